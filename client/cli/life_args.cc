#include "client/cli/life_args.h"

#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/draft_file.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/life_show.h"
#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/cli/show.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kDigitsMin = 6;

bool Names(const std::string& text, const std::string& leaf) {
  return text.size() >= kDigitsMin && absl::StartsWith(leaf, text);
}

void Put(const std::string& from, std::string* to) {
  if (!from.empty()) *to = from;
}

// Nothing is on record: there is no hash to answer.
void PrintDryRun(Context& context, const v1::RecordFactResponse& answer) {
  for (const v1::DraftProblem& problem : answer.problems()) {
    PrintProblem(context, context.T({"Serait refusé : ", "Would be refused: "}), problem);
  }
  if (answer.problems().empty()) {
    PrintLed(context, context.T({"Serait enregistré : ", "Would be recorded: "}),
             LongDate(context.lang(), answer.would_record().happened_on()));
    for (const std::string& line :
         LifeDetails(context.lang(), answer.would_record(), NamesIn(context, answer.labels()))) {
      PrintLed(context, "  ", line);
    }
    PrintFindings(context, answer.findings());
  }
  context.Note(
      context.T({"Essai à blanc : rien n'a été enregistré.", "Dry run: nothing was recorded."}));
}

}  // namespace

absl::StatusOr<const v1::LifeFactView*> LifeFacts::Find(const std::string& text) {
  RETURN_IF_ERROR(Read());
  std::vector<const v1::LifeFactView*> found;
  const auto look = [&](const v1::LifeFactView& one) {
    if (Names(text, one.event().leaf())) found.push_back(&one);
  };
  for (const v1::LifeThread& thread : view_->threads()) {
    look(thread.opening());
    for (const v1::LifeFactView& one : thread.answers()) look(one);
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    std::vector<std::string> leaves;
    for (const v1::LifeFactView* one : found) leaves.push_back(one->event().leaf());
    return AmbiguousName(text, leaves);
  }
  constexpr Message kNotFound = {"fait « $0 » introuvable.", "no fact “$0”."};
  constexpr Message kLook = {"Cherchez son empreinte : greffe life show $1",
                             "Look for its hash: greffe life show $1"};
  return Context::RefuseBy("not-found", absl::StatusCode::kNotFound, kNotFound, kLook, text,
                           convention_);
}

absl::StatusOr<std::string> LifeFacts::FindLeaf(const std::string& text, const char* option) {
  if (text.size() == 2 * kDigestBytes) return ParseHex(text, kDigestBytes, option);
  ASSIGN_OR_RETURN(const v1::LifeFactView* const found, Find(text));
  return ParseHex(found->event().leaf(), kDigestBytes, option);
}

absl::Status LifeFacts::Read() {
  if (view_.has_value()) return absl::OkStatus();
  v1::GetLifeRequest request;
  request.set_convention_id(convention_);
  ASSIGN_OR_RETURN(v1::GetLifeResponse answer, WholeLife(client_, std::move(request)));
  view_ = std::move(*answer.mutable_view());
  return absl::OkStatus();
}

absl::StatusOr<std::string> FindDeliberation(Client& client, const std::string& convention,
                                             const std::string& text) {
  if (text.size() == 2 * kDigestBytes) return text;
  v1::GetHistoryRequest request;
  request.set_convention_id(convention);
  ASSIGN_OR_RETURN(const v1::GetHistoryResponse answer, WholeHistory(client, std::move(request)));
  std::set<std::string> found;
  for (const v1::HistoryEntry& entry : answer.view().entries()) {
    for (const v1::DeliberationView& vote : entry.deliberations()) {
      if (Names(text, vote.event().leaf())) found.insert(vote.event().leaf());
    }
  }
  if (found.size() == 1) return *found.begin();
  if (found.size() > 1) return AmbiguousName(text, {found.begin(), found.end()});
  constexpr Message kNotFound = {"délibération « $0 » introuvable.", "no deliberation “$0”."};
  constexpr Message kLook = {"Cherchez son empreinte : greffe audit events $1",
                             "Look for its hash: greffe audit events $1"};
  return Context::RefuseBy("not-found", absl::StatusCode::kNotFound, kNotFound, kLook, text,
                           convention);
}

void LifeArgs::AddConvention(Command& command) {
  command.Argument("CONVENTION", &convention, help::kConvention);
}

void LifeArgs::AddAnswered(Command& command) {
  command.Argument("FACT", &fact,
                   {"Empreinte du fait, ou ses 6 premiers chiffres (greffe life show)",
                    "Hash of the fact, or its first 6 digits (greffe life show)"});
}

void LifeArgs::AddOptions(Command& command) {
  command
      .Option("--on", "DATE", &on,
              {"Jour du fait, selon la preuve (aujourd'hui)",
               "Day of the fact, as the evidence says (today)"})
      .Option("--text", "TEXT", &text,
              {"En clair, sans nom de personne", "In plain words, no names of persons"})
      .Option("--evidence", "FILE", &evidence,
              {"La preuve ; seule son empreinte est gardée (voir greffe attachment add)",
               "The proof; only its digest is kept (see greffe attachment add)"})
      .Option("--evidence-sha256", "HEX", &evidence_digest,
              {"L'empreinte de la preuve", "The digest of the proof"})
      .List("--replaces", "FACT", &replaces,
            {"Corrige ce fait de votre partenaire", "Corrects this fact of your partner"})
      .Option("--reason", "TEXT", &reason, {"Pourquoi il est corrigé", "Why it is corrected"})
      .Flag("--dry-run", &dry_run,
            {"Montre ce qui serait enregistré et constaté, ou refusé ; n'enregistre rien",
             "Shows what would be recorded and found, or refused; records nothing"});
}

absl::Status LifeArgs::ReadEvidence() {
  if (evidence.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(evidence_digest, DigestOfFile(evidence, "--evidence"));
  return absl::OkStatus();
}

absl::Status FillLife(const LifeArgs& args, LifeFacts& facts, v1::LifeRecorded* fact) {
  Put(args.element, fact->mutable_element_id());
  Put(args.on, fact->mutable_happened_on());
  if (fact->happened_on().empty()) fact->set_happened_on(TodayInParis());
  Put(args.text, fact->mutable_text());
  Put(args.reason, fact->mutable_reason());
  if (!args.evidence_digest.empty()) {
    ASSIGN_OR_RETURN(*fact->mutable_evidence_digest(),
                     ParseHex(args.evidence_digest, kDigestBytes, "--evidence-sha256"));
  }
  if (!args.fact.empty()) {
    ASSIGN_OR_RETURN(*fact->mutable_answers(), facts.FindLeaf(args.fact, "FACT"));
  }
  for (const std::string& one : args.replaces) {
    ASSIGN_OR_RETURN(*fact->add_replaces(), facts.FindLeaf(one, "--replaces"));
  }
  return absl::OkStatus();
}

CommandResult SendLife(Context& context, Client& client, const LifeArgs& args,
                       v1::LifeRecorded fact, const SourceMap* map) {
  v1::RecordFactRequest request;
  request.set_convention_id(args.convention);
  request.set_dry_run(args.dry_run);
  *request.mutable_fact() = std::move(fact);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  auto recorded = client.RecordFact(request);
  if (!recorded.ok())
    return map == nullptr ? recorded.status() : WithLines(recorded.status(), *map);
  if (map != nullptr) PlaceProblems(recorded->mutable_problems(), *map);
  context.Show(*recorded, [&] {
    if (args.dry_run) return PrintDryRun(context, *recorded);
    constexpr Message kRecorded = {"Fait enregistré : $0", "Fact on record: $0"};
    context.out() << context.F(kRecorded, recorded->fact()) << '\n';
    PrintFindings(context, recorded->findings());
  });
  return recorded->problems().empty() ? kDone : kRefused;
}

absl::Status NeedOption(const char* option, const std::string& given) {
  if (!given.empty()) return absl::OkStatus();
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, msg::kMissing, option),
                     .en = Fill(Lang::kEnglish, msg::kMissing, option)});
}

}  // namespace greffe::cli
