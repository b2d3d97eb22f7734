#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/files.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/life_args.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/signature_evidence.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "client/status.h"
#include "core/base/status_macros.h"
#include "core/rules/vote.h"

namespace greffe::cli {
namespace {

struct SignArgs {
  std::string act, convention, office, revision, signer_name, reason, signed_on;
  std::string capacity, delegation;
  SignatureEvidence evidence;
  std::vector<std::string> replaces;
};

const v1::RevisionView* RevisionNamed(const v1::ActView& act, const std::string& revision) {
  for (const auto& one : act.revisions()) {
    if (one.revision() == revision) return &one;
  }
  return nullptr;
}

// The office that the replica will take, by its own rule: the one named, the partner's only one, or
// the user's own. Null when none fits: the replica says why.
const v1::Signatory* OfficeSignedFor(const v1::RevisionView& revision, const v1::UserView& user,
                                     const std::string& given) {
  std::vector<const v1::Signatory*> own;
  const v1::Signatory* same_office = nullptr;
  for (const auto& view : revision.signatories()) {
    const v1::Signatory& one = view.signatory();
    if (!given.empty() && one.id() == given) return &one;
    if (one.partner_id() != user.partner_id()) continue;
    own.push_back(&one);
    if (one.office() == user.office()) same_office = &one;
  }
  if (!given.empty()) return nullptr;
  return own.size() == 1 ? own.front() : same_office;
}

// What is about to be signed: hash, redline and office. On stderr, so that stdout holds the answer.
void ShowWhatIsSigned(Context& context, const FoundAct& found, const std::string& revision,
                      const v1::UserView& user, const PartnerNames& names, const SignArgs& args) {
  const v1::ActView& act = found.answer.act();
  const v1::RevisionView* const shown = RevisionNamed(act, revision);
  Facts facts;
  facts.Add(context.T({"Acte", "Act"}), act.title());
  facts.Add(context.T({"Révision", "Revision"}), revision);
  if (shown != nullptr) {
    facts.Add(context.T({"Libellé", "Label"}), shown->label());
    facts.Add(context.T({"Effet", "Effective"}), LongDate(context.lang(), shown->effective_from()));
  }
  const v1::Signatory* const office =
      shown == nullptr ? nullptr : OfficeSignedFor(*shown, user, args.office);
  facts.Add(context.T({"Fonction", "Office"}),
            office == nullptr
                ? context.T({"aucune des vôtres", "none of yours"})
                : absl::StrCat(office->office(), ", ", NameAndId(names, office->partner_id())));
  // The redline is the latest revision's alone.
  if (shown != LatestRevision(act)) {
    facts.Print(context.err(), context.width());
    constexpr Message kOlder = {"! Ce n'est pas la dernière révision de l'acte.",
                                "! This is not the act's latest revision."};
    context.Note(context.T(kOlder));
    return;
  }
  int added = 0, removed = 0, changed = 0;
  for (const auto& entry : found.answer.redline()) {
    added += entry.kind() == v1::DIFF_KIND_ADDED;
    removed += entry.kind() == v1::DIFF_KIND_REMOVED;
    changed += entry.kind() == v1::DIFF_KIND_CHANGED;
  }
  constexpr Message kRedline = {"$0 ajouté(s), $1 changé(s), $2 retiré(s)",
                                "$0 added, $1 changed, $2 removed"};
  facts.Add(context.T({"Changements", "Changes"}), context.F(kRedline, added, changed, removed));
  facts.Print(context.err(), context.width());
  constexpr int kShown = 12;
  for (int i = 0; i < std::min(found.answer.redline_size(), kShown); ++i) {
    const auto& entry = found.answer.redline(i);
    const std::string line =
        absl::StrCat("  ", SignOf(entry.kind()), " ",
                     entry.place().empty() ? entry.element_id() : entry.place());
    context.err() << Ellipsize(PrintableLine(line), context.width()) << '\n';
  }
  if (found.answer.redline_size() > kShown) {
    constexpr Message kMore = {"  … tout voir : greffe act show $0", "  … all: greffe act show $0"};
    context.Note(context.F(kMore, ShortHash(act.act_id())));
  }
}

void Warn(Context& context, absl::string_view what) {
  for (const std::string& line : Wrap(Printable(what), context.width() - 2)) {
    context.err() << "! " << line << '\n';
  }
}

// What speaks against signing, said before the question is asked: the replica refuses what comes
// before the deliberation is executory (L-08), and records the rest.
void WarnAboutVotes(Context& context, const v1::StatusView& view, const std::string& revision,
                    const std::string& partner) {
  std::set<std::string> leaves = {revision};
  for (const auto& party : view.parties()) {
    if (party.partner_id() != partner || view.revision().revision() != revision) continue;
    bool mandated = false;
    for (const auto& vote : party.deliberations()) {
      mandated |= rules::GivesMandate(vote.deliberation());
      leaves.insert(vote.event().leaf());
    }
    // A mandate given earlier may cover it (L-34), where its record holds together.
    mandated |= party.coverage() == v1::MANDATE_COVERAGE_COVERED &&
                party.stage() != v1::AUTHORITY_STAGE_NO_MANDATE;
    if (!party.deliberates() || mandated) continue;
    constexpr Message kNoVote = {"Aucune délibération $0 n'est enregistrée sur ce texte (L-05).",
                                 "No deliberation $0 is on record for this text (L-05)."};
    constexpr Message kNoMandate = {
        "La délibération $0 n'approuve pas ce texte ou n'autorise pas sa signature (L-05).",
        "The deliberation $0 does not approve this text or authorise its signature (L-05)."};
    Warn(context, context.F(party.deliberations().empty() ? kNoVote : kNoMandate,
                            OfWhom(context.lang(), party.name())));
  }
  for (const auto& finding : view.findings()) {
    if (leaves.count(finding.leaf()) > 0) Warn(context, WordsOf(context, finding));
  }
}

template <typename Response>
void PrintOutcome(Context& context, const Response& response) {
  constexpr Message kSigned = {"Signé : $0 signature(s) sur $1.", "Signed: $0 signature(s) of $1."};
  context.out() << context.F(kSigned, response.signed_(), response.needed());
  if (response.concluded()) {
    context.out() << context.T({" L'acte est conclu.", " The act is concluded."});
  }
  context.out() << '\n';
}

CommandResult Sign(Context& context, const SignArgs& args) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  // Where nothing is shown or asked, the replica's own refusal is soon enough.
  const bool shown = !context.globals.json || !context.globals.yes;
  v1::UserView user;
  if (shown) {
    ASSIGN_OR_RETURN(user, UserWithRole(*client, {v1::ROLE_SIGNATORY}));
  }
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  v1::SignActRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  ASSIGN_OR_RETURN(*request.mutable_revision(), RevisionToDecideOn(found, args.revision));
  request.set_signatory_id(args.office);
  request.set_signer_name(args.signer_name);
  request.set_capacity(args.capacity);
  if (!args.delegation.empty()) {
    LifeFacts facts(*client, found.convention_id);
    ASSIGN_OR_RETURN(const std::string leaf, facts.FindLeaf(args.delegation, "--delegation"));
    request.set_delegation(absl::BytesToHexString(leaf));
  }
  if (shown) {
    v1::GetStatusRequest board;
    board.set_convention_id(found.convention_id);
    board.set_act_id(request.act_id());
    ASSIGN_OR_RETURN(const v1::GetStatusResponse status, client->GetStatus(board));
    PartnerNames names;
    names.Add(status.view());
    ShowWhatIsSigned(context, found, request.revision(), user, names, args);
    WarnAboutVotes(context, status.view(), request.revision(), user.partner_id());
  }
  RETURN_IF_ERROR(context.Confirm(msg::kAskSign));
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(const v1::SignActResponse signed_act, client->SignAct(request));
  context.Show(signed_act, [&] { PrintOutcome(context, signed_act); });
  return kDone;
}

CommandResult Refuse(Context& context, const SignArgs& args) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  v1::RefuseActRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  ASSIGN_OR_RETURN(*request.mutable_revision(), RevisionToDecideOn(found, args.revision));
  request.set_signatory_id(args.office);
  request.set_reason(args.reason);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(const v1::RefuseActResponse refused, client->RefuseAct(request));
  context.Show(refused, [&] {
    constexpr Message kRefusedText = {"Le refus de la révision $0 est enregistré.",
                                      "The refusal of revision $0 is on record."};
    context.out() << context.F(kRefusedText, ShortHash(request.revision())) << '\n';
  });
  return kDone;
}

// The whole hash of a signature of the act by its first digits, at least 6; what names none is left
// to the replica to refuse.
absl::StatusOr<std::string> SignatureNamed(const v1::ActView& act, const std::string& text) {
  std::set<std::string> found;
  for (const v1::RevisionView& revision : act.revisions()) {
    for (const v1::SignatoryView& office : revision.signatories()) {
      for (const v1::SignatureView& one : office.signatures()) {
        if (text.size() >= 6 && absl::StartsWith(one.event().leaf(), text)) {
          found.insert(one.event().leaf());
        }
      }
    }
  }
  if (found.size() > 1) return AmbiguousName(text, {found.begin(), found.end()});
  return found.empty() ? text : *found.begin();
}

CommandResult RecordSignature(Context& context, const SignArgs& args) {
  v1::RecordSignatureRequest request;
  RETURN_IF_ERROR(args.evidence.Fill(request));
  if (request.scan_digest().empty()) return SignatureEvidence::NeedOne();
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  ASSIGN_OR_RETURN(*request.mutable_revision(), RevisionToDecideOn(found, args.revision));
  request.set_signatory_id(args.office);
  request.set_signed_on(args.signed_on);
  request.set_signer_name(args.signer_name);
  if (!args.capacity.empty()) request.set_capacity(args.capacity);
  if (!args.delegation.empty()) {
    LifeFacts facts(*client, found.convention_id);
    ASSIGN_OR_RETURN(const std::string leaf, facts.FindLeaf(args.delegation, "--delegation"));
    request.set_delegation(absl::BytesToHexString(leaf));
  }
  for (const std::string& leaf : args.replaces) {
    ASSIGN_OR_RETURN(*request.add_replaces(), SignatureNamed(found.answer.act(), leaf));
  }
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(const v1::RecordSignatureResponse recorded, client->RecordSignature(request));
  context.Show(recorded, [&] {
    PrintOutcome(context, recorded);
    if (request.kind() == v1::SIGNATURE_KIND_OUTSIDE_FILE) {
      constexpr Message kUnverified = {
          "Signature dans un fichier externe : Greffe en garde l'empreinte et ne la vérifie pas.",
          "Signature in an outside file: Greffe keeps its digest and does not verify it."};
      PrintText(context, "", context.T(kUnverified), 0);
    }
    PrintFindings(context, recorded.findings());
  });
  return kDone;
}

}  // namespace

void AddSignCommands(CommandLine& line) {
  constexpr Message kSigner = {"Nom de la personne, gardé hors des événements",
                               "Name of the person, kept apart from the events"};
  constexpr Message kWhichDelegation = {
      "Laquelle, s'il y en a plusieurs : son empreinte, 6 chiffres au moins",
      "Which one, where there are several: its hash, at least 6 digits"};
  const auto sign = std::make_shared<SignArgs>();
  line.Add("act", group::kAct, "sign",
           {"Signe la révision figée, pour votre partenaire et votre fonction",
            "Signs the frozen revision, for your partner and office"})
      .Argument("ACT", &sign->act, help::kAct)
      .Option("--office", "OFFICE", &sign->office, help::kOffice)
      .Option("--signer-name", "TEXT", &sign->signer_name, kSigner)
      .Option("--capacity", "TEXT", &sign->capacity,
              {"En quelle qualité vous signez pour la fonction, comme « première adjointe » ; une "
               "délégation enregistrée doit le permettre (L-04)",
               "In which capacity you sign for the office, in French; a delegation on record must "
               "allow it (L-04)"})
      .Option("--delegation", "FACT", &sign->delegation, kWhichDelegation)
      .Option("--revision", "HEX", &sign->revision, help::kRevision)
      .Convention(&sign->convention)
      .Examples(
          {"  greffe act sign 8c41d0     montre l'empreinte et les changements, puis demande\n"
           "  greffe act sign 8c41d0 --office commune-maire --yes",
           "  greffe act sign 8c41d0     shows hash and changes, then asks\n"
           "  greffe act sign 8c41d0 --office commune-maire --yes"})
      .Run([sign](Context& context) { return Sign(context, *sign); });

  const auto refuse = std::make_shared<SignArgs>();
  line.Add("act", group::kAct, "refuse",
           {"Refuse la révision ; après une signature, la reprend aussi",
            "Refuses the revision; after a signature, takes that back too"})
      .Argument("ACT", &refuse->act, help::kAct)
      .RequiredOption("--reason", "TEXT", &refuse->reason, help::kReason)
      .Option("--office", "OFFICE", &refuse->office, help::kOffice)
      .Option("--revision", "HEX", &refuse->revision, help::kRevision)
      .Convention(&refuse->convention)
      .Run([refuse](Context& context) { return Refuse(context, *refuse); });

  const auto record = std::make_shared<SignArgs>();
  Command recording = line.Add(
      "signature", group::kSignature, "record",
      {"Enregistre une signature sur papier ou dans un fichier externe, avec son empreinte",
       "Records a signature on paper or in an outside file, with its digest"});
  recording.Argument("ACT", &record->act, help::kAct)
      .Option("--office", "OFFICE", &record->office, help::kOffice)
      .RequiredOption("--signed-on", "DATE", &record->signed_on,
                      {"Date que porte la signature", "Date that the signature bears"});
  record->evidence.AddTo(recording);
  recording.Option("--signer-name", "TEXT", &record->signer_name, kSigner)
      .Option("--capacity", "TEXT", &record->capacity,
              {"En quelle qualité quelqu'un a signé pour la fonction, comme « première adjointe » "
               "sous « P/ le maire empêché » (L-04)",
               "In which capacity somebody signed for the office, in French (L-04)"})
      .Option("--delegation", "FACT", &record->delegation, kWhichDelegation)
      .Option("--revision", "HEX", &record->revision, help::kRevision)
      .List("--replaces", "LEAF", &record->replaces,
            {"Enregistrement que celui-ci corrige", "Record that this one corrects"})
      .Convention(&record->convention)
      .Examples(
          {"  greffe signature record 8c41d0 --office commune-maire --signed-on 2026-03-12 \\\n"
           "    --scan page.pdf --capacity \"première adjointe\"\n"
           "  greffe signature record 8c41d0 --office caf-direction --signed-on 2026-03-14 \\\n"
           "    --outside-file signe.p7s",
           "  greffe signature record 8c41d0 --office commune-maire --signed-on 2026-03-12 \\\n"
           "    --scan page.pdf --capacity \"première adjointe\"\n"
           "  greffe signature record 8c41d0 --office caf-direction --signed-on 2026-03-14 \\\n"
           "    --outside-file signed.p7s"})
      .Run([record](Context& context) { return RecordSignature(context, *record); });
}

}  // namespace greffe::cli
