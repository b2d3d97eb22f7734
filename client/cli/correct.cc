#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/deliberation_args.h"
#include "client/cli/fact_search.h"
#include "client/cli/files.h"
#include "client/cli/follow_args.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/life_args.h"
#include "client/cli/life_correct.h"
#include "client/cli/show.h"
#include "client/cli/signature_evidence.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

// What a fact is, for which of the options say something of it.
enum class FactKind {
  kProgress,
  kMeasurement,
  kMeeting,
  kPredecessor,
  kDeliberation,
  kSignature,
  kLife
};

struct CorrectArgs {
  std::string fact, convention, reason, read_cut, signed_on, signer_name, delegation;
  SignatureEvidence evidence;
  ProgressArgs progress;
  MeasurementArgs measurement;
  MeetingArgs meeting;
  PredecessorArgs predecessor;
  DeliberationArgs deliberation;
  // Of a deliberation one, of a review asked for several.
  std::vector<std::string> partners;
  LifeCorrection life{{{"--partner", &partners}}};
  // Options that fit each kind; the others fit all.
  std::map<FactKind, std::set<std::string>> fitting;
  std::function<std::vector<std::string>()> given, emptied;
};

// Of a delegation, and of a signature given by one.
constexpr char kCapacity[] = "--capacity";

// The leaf that a further correction names.
std::string LeafOf(const v1::RecordDeliberationResponse& response) {
  return response.deliberation();
}
std::string LeafOf(const v1::RecordSignatureResponse& response) { return response.signature(); }
std::string LeafOf(const v1::RecordFactResponse& response) { return response.fact(); }
std::string LeafOf(const v1::CorrectFactResponse& response) {
  return response.receipt().leaves().empty() ? "" : response.receipt().leaves(0);
}

template <typename Response>
CommandResult Corrected(Context& context, const absl::StatusOr<Response>& response,
                        const std::string& leaf) {
  if (!response.ok()) return response.status();
  context.Show(*response, [&] {
    constexpr Message kCorrected = {"Le fait $0 est remplacé ; les deux restent dans l'histoire.",
                                    "Fact $0 is replaced; both stay in the history."};
    context.out() << context.F(kCorrected, ShortHash(leaf)) << '\n';
    const std::string now = LeafOf(*response);
    if (now.empty()) return;
    constexpr Message kNow = {"Sa correction : $0", "Its correction: $0"};
    context.out() << context.F(kNow, now) << '\n';
  });
  return kDone;
}

CommandResult CorrectFollowUp(Context& context, Client& client, const CorrectArgs& args,
                              const Fact& fact, const v1::FollowUpValue& value) {
  v1::CorrectFactRequest request;
  request.set_convention_id(fact.convention_id);
  request.set_fact(fact.leaf);
  request.set_reason(args.reason);
  switch (value.value_case()) {
    case v1::FollowUpValue::kProgress:
      *request.mutable_progress() = value.progress();
      RETURN_IF_ERROR(args.progress.Fill(*request.mutable_progress()));
      request.mutable_progress()->clear_replaces();
      break;
    case v1::FollowUpValue::kMeeting:
      *request.mutable_meeting() = value.meeting();
      RETURN_IF_ERROR(args.meeting.Fill(*request.mutable_meeting()));
      request.mutable_meeting()->clear_replaces();
      break;
    case v1::FollowUpValue::kPredecessor:
      *request.mutable_predecessor() = value.predecessor();
      args.predecessor.Fill(*request.mutable_predecessor());
      if (!args.measurement.source.empty()) {
        request.mutable_predecessor()->set_source(args.measurement.source);
      }
      request.mutable_predecessor()->clear_replaces();
      break;
    default:
      *request.mutable_measurement() = value.measurement();
      args.measurement.Fill(*request.mutable_measurement());
      request.mutable_measurement()->clear_replaces();
  }
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto recorded = client.CorrectFact(request);
  const CommandResult done = Corrected(context, recorded, fact.leaf);
  if (recorded.ok() && !context.globals.json) PrintFindings(context, recorded->findings());
  return done;
}

CommandResult CorrectDeliberation(Context& context, Client& client, const CorrectArgs& args,
                                  const Fact& fact, const v1::Deliberation& deliberation) {
  v1::RecordDeliberationRequest request;
  request.set_convention_id(fact.convention_id);
  *request.mutable_deliberation() = deliberation;
  if (args.partners.size() > 1) {
    return UsageError({.field = "--partner",
                       .fr = "une délibération est d'un seul partenaire.",
                       .en = "a deliberation is of one partner."});
  }
  if (!args.partners.empty()) {
    request.mutable_deliberation()->set_partner_id(args.partners.front());
  }
  RETURN_IF_ERROR(args.deliberation.Fill(*request.mutable_deliberation()));
  request.add_replaces(fact.leaf);
  request.set_reason(args.reason);
  request.set_read_cut(args.read_cut.empty() ? fact.cut : args.read_cut);
  context.RepeatWithCut(request.read_cut());
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto recorded = client.RecordDeliberation(request);
  const CommandResult done = Corrected(context, recorded, fact.leaf);
  if (recorded.ok() && !context.globals.json) PrintFindings(context, recorded->findings());
  return done;
}

CommandResult CorrectSignature(Context& context, Client& client, const CorrectArgs& args,
                               const Fact& fact, const RecordedSignature& was) {
  v1::RecordSignatureRequest request;
  request.set_convention_id(fact.convention_id);
  request.set_act_id(was.act_id);
  request.set_revision(was.revision);
  request.set_signatory_id(was.signatory_id);
  request.set_signed_on(args.signed_on.empty() ? was.signature.signed_on() : args.signed_on);
  request.set_kind(was.signature.kind());
  request.set_scan_digest(was.signature.scan_digest());
  RETURN_IF_ERROR(args.evidence.Fill(request));
  request.set_signer_name(args.signer_name);
  const std::vector<std::string> given = args.given();
  if (std::count(given.begin(), given.end(), kCapacity) > 0) {
    request.set_capacity(args.life.TextOf(kCapacity));
  }
  if (!args.delegation.empty()) {
    LifeFacts facts(client, fact.convention_id);
    ASSIGN_OR_RETURN(const std::string leaf, facts.FindLeaf(args.delegation, "--delegation"));
    request.set_delegation(absl::BytesToHexString(leaf));
  }
  request.add_replaces(fact.leaf);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto recorded = client.RecordSignature(request);
  const CommandResult done = Corrected(context, recorded, fact.leaf);
  if (recorded.ok() && !context.globals.json) PrintFindings(context, recorded->findings());
  return done;
}

CommandResult CorrectLife(Context& context, Client& client, const CorrectArgs& args,
                          const Fact& fact, const v1::LifeRecorded& was) {
  v1::RecordFactRequest request;
  request.set_convention_id(fact.convention_id);
  const std::vector<std::string> emptied = args.emptied();
  ASSIGN_OR_RETURN(*request.mutable_fact(),
                   args.life.Correct(was, {emptied.begin(), emptied.end()}));
  ASSIGN_OR_RETURN(const std::string evidence, args.deliberation.EvidenceDigest());
  if (!evidence.empty()) request.mutable_fact()->set_evidence_digest(evidence);
  v1::LifeRecorded before = was;
  before.clear_replaces();
  before.clear_reason();
  if (before.SerializeAsString() == request.fact().SerializeAsString()) {
    return UsageError({.fr = "rien à corriger : le fait dit déjà cela.",
                       .en = "nothing to correct: the fact says so already.",
                       .next_fr = absl::StrCat("le fait : greffe life show ", fact.convention_id),
                       .next_en = absl::StrCat("the fact: greffe life show ", fact.convention_id)});
  }
  ASSIGN_OR_RETURN(*request.mutable_fact()->add_replaces(), ParseHex(fact.leaf, 32, "FACT"));
  request.mutable_fact()->set_reason(args.reason);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  const auto recorded = client.RecordFact(request);
  const CommandResult done = Corrected(context, recorded, fact.leaf);
  if (recorded.ok() && !context.globals.json) PrintFindings(context, recorded->findings());
  return done;
}

FactKind KindOf(const Fact& fact) {
  if (std::holds_alternative<RecordedSignature>(fact.content)) return FactKind::kSignature;
  if (std::holds_alternative<v1::LifeRecorded>(fact.content)) return FactKind::kLife;
  const auto* const value = std::get_if<v1::FollowUpValue>(&fact.content);
  if (value == nullptr) return FactKind::kDeliberation;
  switch (value->value_case()) {
    case v1::FollowUpValue::kProgress:
      return FactKind::kProgress;
    case v1::FollowUpValue::kMeeting:
      return FactKind::kMeeting;
    case v1::FollowUpValue::kPredecessor:
      return FactKind::kPredecessor;
    default:
      return FactKind::kMeasurement;
  }
}

// A correction is for ever: one that would say nothing, or not what was meant, is not recorded.
absl::Status CheckFits(const CorrectArgs& args, FactKind kind) {
  const std::set<std::string>& fits = args.fitting.at(kind);
  const std::string options = absl::StrJoin(fits, ", ");
  bool some = false;
  for (const std::string& option : args.given()) {
    some = some || (fits.count(option) > 0 && option != "--read-cut");
    const bool specific =
        std::any_of(args.fitting.begin(), args.fitting.end(),
                    [&](const auto& one) { return one.second.count(option) > 0; });
    if (!specific || fits.count(option) > 0) continue;
    return UsageError({.field = option,
                       .fr = "cette option ne dit rien d'un fait de cette sorte : rien n'est fait.",
                       .en = "this option says nothing of a fact of this kind: nothing is done.",
                       .next_fr = absl::StrCat("celles qui conviennent : ", options),
                       .next_en = absl::StrCat("those that fit: ", options)});
  }
  // A fact of life says itself what it can be without. "" says nothing of the others.
  for (const std::string& option : args.emptied()) {
    // The holder of the office signed after all.
    if (kind == FactKind::kSignature && option == kCapacity) continue;
    const bool evidence = option == "--evidence" || option == "--evidence-digest";
    if (fits.count(option) == 0 || (kind == FactKind::kLife && !evidence)) continue;
    return UsageError({.field = option,
                       .fr = "cette option est vide : rien n'est fait.",
                       .en = "this option is empty: nothing is done.",
                       .next_fr = "donnez-lui une valeur, ou laissez-la.",
                       .next_en = "give it a value, or leave it out."});
  }
  if (some) return absl::OkStatus();
  return UsageError({.fr = "rien à corriger : dites ce qui change.",
                     .en = "nothing to correct: say what changes.",
                     .next_fr = absl::StrCat("une de ces options : ", options),
                     .next_en = absl::StrCat("one of these options: ", options)});
}

CommandResult Correct(Context& context, const CorrectArgs& args) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const Fact fact, FindFact(*client, args.fact, args.convention));
  RETURN_IF_ERROR(CheckFits(args, KindOf(fact)));
  if (const auto* value = std::get_if<v1::FollowUpValue>(&fact.content)) {
    return CorrectFollowUp(context, *client, args, fact, *value);
  }
  if (const auto* vote = std::get_if<v1::Deliberation>(&fact.content)) {
    return CorrectDeliberation(context, *client, args, fact, *vote);
  }
  if (const auto* was = std::get_if<v1::LifeRecorded>(&fact.content)) {
    return CorrectLife(context, *client, args, fact, *was);
  }
  return CorrectSignature(context, *client, args, fact, std::get<RecordedSignature>(fact.content));
}

}  // namespace

void AddCorrectCommand(CommandLine& line) {
  const auto args = std::make_shared<CorrectArgs>();
  Command command = line.Add("", group::kNone, "correct",
                             {"Remplace un fait faux ; les deux restent dans l'histoire",
                              "Replaces a wrong fact; both stay in the history"});
  command
      .Argument("FACT", &args->fact,
                {"Empreinte du fait, ou ses 6 premiers chiffres au moins",
                 "Hash of the fact, or at least its first 6 digits"})
      .RequiredOption("--reason", "TEXT", &args->reason, help::kReason)
      .Convention(&args->convention);
  const auto fitting = [&](FactKind kind, const auto& describe) {
    const std::vector<std::string> before = command.OptionNames();
    describe();
    for (const std::string& name : command.OptionNames()) {
      if (std::count(before.begin(), before.end(), name) == 0) args->fitting[kind].insert(name);
    }
  };
  fitting(FactKind::kMeasurement, [&] { args->measurement.AddTo(command); });
  fitting(FactKind::kProgress, [&] { args->progress.AddTo(command); });
  fitting(FactKind::kMeeting, [&] { args->meeting.AddTo(command); });
  fitting(FactKind::kPredecessor, [&] { args->predecessor.AddTo(command); });
  // One --source for every kind of fact that has one.
  args->fitting[FactKind::kPredecessor].insert("--source");
  fitting(FactKind::kDeliberation, [&] {
    command.List("--partner", "PARTNER", &args->partners,
                 {"Partenaire dont l'assemblée a voté, ou à qui la relecture est demandée",
                  "Partner whose assembly voted, or of whom the review is asked"});
    args->deliberation.AddFactsTo(command);
    command.Option("--read-cut", "CUT", &args->read_cut, help::kReadCut);
  });
  fitting(FactKind::kSignature, [&] {
    command.Option("--signed-on", "DATE", &args->signed_on,
                   {"Date que porte la signature", "Date that the signature bears"});
    args->evidence.AddTo(command);
    command.Option("--signer-name", "TEXT", &args->signer_name,
                   {"Nom de la personne, gardé hors des événements ; celui du fait sinon",
                    "Name of the person, kept apart from the events; else the fact's"});
    command.Option("--delegation", "FACT", &args->delegation,
                   {"Par quelle délégation la signature est donnée (L-04)",
                    "By which delegation the signature is given (L-04)"});
  });
  fitting(FactKind::kLife, [&] { args->life.AddTo(command); });
  args->fitting[FactKind::kSignature].insert(kCapacity);
  args->fitting[FactKind::kLife].insert({"--partner", "--evidence", "--evidence-digest"});
  args->given = command.OptionsGiven();
  args->emptied = command.OptionsEmptied();
  command
      .Examples({"  greffe correct a41f09 --value 21 --reason \"chiffres inversés\"\n"
                 "  greffe correct 8c41d0 --on 2026-03-02 --letter 1A0001 --reason \"mal lu\"\n"
                 "  greffe correct 5f02b7 --final=false --text \"\" --reason \"appel formé\"\n"
                 "Le fait reste ce qu'il était, sauf ce que disent les options : celles de la "
                 "commande\nqui l'a enregistré. D'un fait de la vie, --OPTION=false revient sur "
                 "un oui, et\n--OPTION \"\" retire un texte. D'une signature, --capacity \"\" "
                 "dit que le titulaire a signé.",
                 "  greffe correct a41f09 --value 21 --reason \"digits swapped\"\n"
                 "  greffe correct 8c41d0 --on 2026-03-02 --letter 1A0001 --reason \"misread\"\n"
                 "  greffe correct 5f02b7 --final=false --text \"\" --reason \"appeal lodged\"\n"
                 "The fact stays what it was, but for what the options say: those of the command "
                 "that\nrecorded it. Of a fact of life, --OPTION=false takes a yes back, and "
                 "--OPTION \"\"\na text out. Of a signature, --capacity \"\" says that the holder "
                 "signed."})
      .Run([args](Context& context) { return Correct(context, *args); });
}

}  // namespace greffe::cli
