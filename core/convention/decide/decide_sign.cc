// Signing, recording a signature given on paper or in a file from outside, refusing.

#include <algorithm>
#include <iterator>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/decide.h"
#include "core/convention/decide/decide_signable.h"
#include "core/convention/decide/decide_signatory.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/clause.h"
#include "core/convention/reading/consultation.h"
#include "core/convention/reading/delegation.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/life.h"
#include "core/convention/reading/paper.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/succession.h"
#include "core/convention/text/text_to_sign.h"
#include "core/rules/calendar.h"

namespace greffe {
namespace {

// Signatures of the signatory that stand: not taken back, not corrected.
std::vector<SignatureNumber> Standing(const StateData& data, const Revision& revision,
                                      const std::string& signatory_id) {
  std::vector<SignatureNumber> out;
  for (const SignatureNumber number : revision.signatures) {
    const SignatureFact& one = data.signatures[number];
    if (one.signatory_id == signatory_id && data.events[one.event].authorised && !one.replaced &&
        !IsRetracted(data, number)) {
      out.push_back(number);
    }
  }
  return out;
}

absl::Status AlreadySigned(const StateData& data, const std::string& office,
                           SignatureNumber number) {
  const SignatureFact& one = data.signatures[number];
  const std::string on = one.signed_on.has_value() ? one.signed_on->ToString() : "?";
  return RuleError(
      "already-signed",
      absl::StrCat("« ", office, " » a déjà signé cette révision, le ", FrenchDate(on), "."),
      absl::StrCat("\"", office, "\" has already signed this revision, on ", EnglishDate(on), "."),
      "Rien à faire ; voyez greffe convention status.",
      "Nothing to do; see greffe convention status.");
}

// Puts the name apart: the event bears its commitment alone.
absl::Status SealName(const std::string& name, const CommandContext& context,
                      v1::SignatureGiven* given, Decision* decision) {
  ASSIGN_OR_RETURN(
      const std::string text,
      CheckedText(name, {.field = "signer_name", .characters_max = limits::kOfficeCharacters}));
  if (text.empty()) return absl::OkStatus();
  if (context.salt.size() != 32) return absl::InternalError("salt: want 32 random bytes");
  const Digest commitment = SealedCommitment(context.salt, text);
  v1::SealedValue& sealed = decision->sealed.emplace_back();
  sealed.set_commitment(commitment.ToBytes());
  sealed.set_salt(context.salt);
  sealed.set_value(text);
  given->set_signer_name(commitment.ToBytes());
  return absl::OkStatus();
}

template <typename Request>
absl::StatusOr<RevisionNumber> FindRevision(const StateData& data, const Request& request) {
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, request.act_id()));
  if (act.facts->revisions.empty()) {
    return RuleError("not-frozen", "cet acte n'est pas figé : il n'y a rien à signer.",
                     "this act is not frozen: there is nothing to sign.",
                     "Figez-le d'abord : greffe act freeze.",
                     "Freeze it first: greffe act freeze.");
  }
  return FindRevisionOfAct(data, act, request.revision());
}

// How the signature recorded was given. What a signatory gives in Greffe nobody records for it.
absl::StatusOr<v1::SignatureKind> KindOf(const v1::RecordSignatureRequest& request) {
  switch (request.kind()) {
    case v1::SIGNATURE_KIND_UNSPECIFIED:
    case v1::SIGNATURE_KIND_PAPER:
      return v1::SIGNATURE_KIND_PAPER;
    case v1::SIGNATURE_KIND_OUTSIDE_FILE:
      return v1::SIGNATURE_KIND_OUTSIDE_FILE;
    case v1::SIGNATURE_KIND_ELECTRONIC:
      return ToStatus(
          {.code = absl::StatusCode::kInvalidArgument,
           .rule = "signature-kind",
           .field = "kind",
           .fr = "une signature dans Greffe est donnée par son signataire : elle ne s'enregistre "
                 "pas pour lui.",
           .en = "a signature in Greffe is given by its signatory: nobody records it in its place.",
           .next_fr = "Le signataire signe : greffe act sign. Une signature donnée ailleurs "
                      "s'enregistre avec son image (--scan) ou son fichier (--outside-file).",
           .next_en = "The signatory signs: greffe act sign. A signature given elsewhere is "
                      "recorded with its scan (--scan) or its file (--outside-file)."});
    default:
      return FieldError("signature-kind", "kind",
                        "une signature enregistrée est sur papier ou dans un fichier externe.",
                        "a signature on record is on paper or in an outside file.");
  }
}

// Signatures on paper or in files from outside that this record corrects: which of the two it was
// may be what was wrong. One given in Greffe is its signatory's own word.
absl::StatusOr<std::vector<SignatureNumber>> SignaturesToCorrect(
    const StateData& data, const v1::RecordSignatureRequest& request, RevisionNumber revision,
    const v1::Signatory& signatory) {
  std::vector<SignatureNumber> out;
  for (int i = 0; i < request.replaces_size(); ++i) {
    const std::string field = absl::StrCat("replaces[", i, "]");
    ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(request.replaces(i), field));
    const SignatureNumber number = data.FindSignature(leaf);
    const bool same = number != kNone && data.signatures[number].revision == revision &&
                      data.signatures[number].signatory_id == signatory.id();
    if (!same || (data.signatures[number].kind != v1::SIGNATURE_KIND_PAPER &&
                  data.signatures[number].kind != v1::SIGNATURE_KIND_OUTSIDE_FILE)) {
      return FieldError("replaces", field,
                        "ce n'est pas une signature de ce signataire sur cette révision, sur "
                        "papier ou dans un fichier externe.",
                        "this is no signature of this signatory over this revision, on paper or in "
                        "an outside file.");
    }
    if (data.signatures[number].replaced) {
      const SignatureFact& now = data.signatures[ShownFor(data, number)];
      const std::string on = now.signed_on.has_value() ? now.signed_on->ToString() : "?";
      return ToStatus(
          {.code = absl::StatusCode::kAborted,
           .rule = "changed-since-read",
           .field = field,
           .fr = absl::StrCat("cette signature a déjà été corrigée : elle porte la date du ",
                              FrenchDate(on), " ; vous proposez le ",
                              FrenchDate(request.signed_on()), "."),
           .en = absl::StrCat("this signature was already corrected: it bears ", EnglishDate(on),
                              "; you say ", EnglishDate(request.signed_on()), "."),
           .next_fr = "Relisez (greffe convention status), puis corrigez la correction.",
           .next_en = "Read again (greffe convention status), then correct the correction."});
    }
    out.push_back(number);
  }
  return out;
}

template <typename Response>
void FillSignature(const ConventionState& after, std::span<const Digest> leaves,
                   Response* response) {
  if (leaves.empty()) return;
  const StateData& data = after.data();
  const SignatureNumber number = data.FindSignature(leaves.front());
  if (number == kNone) return;
  const RevisionNumber revision = data.signatures[number].revision;
  const Conclusion conclusion = Conclude(data, revision);
  response->set_signature(leaves.front().ToHex());
  response->set_signed_(static_cast<std::uint32_t>(
      conclusion.chosen.size() -
      std::count(conclusion.chosen.begin(), conclusion.chosen.end(), kNone)));
  response->set_needed(SignaturesNeeded(data.revisions[revision]));
  response->set_concluded(conclusion.concluded);
}

// FAILED_PRECONDITION where a text signed on paper waits to be attested.
absl::Status CheckAttested(const StateData& data, const Revision& revision,
                           const CommandContext& context) {
  if (!revision.on_paper) return absl::OkStatus();
  if (StandingAttestation(data, revision, context.partner_id) != kNone) return absl::OkStatus();
  return RuleError(
      "attest-first",
      "ce texte est entré comme signé sur papier : votre partenaire l'atteste d'abord.",
      "this text entered as signed on paper: your partner attests it first.",
      "Attestez-le : greffe act attest.", "Attest it: greffe act attest.");
}

}  // namespace

absl::Status CheckSignable(const StateData& data, RevisionNumber number) {
  const Revision& revision = data.revisions[number];
  if (!revision.valid) {
    return RuleError("revision-invalid",
                     "cette révision ne peut pas être conclue : elle est mal "
                     "formée ou son auteur n'avait pas qualité.",
                     "this revision cannot be concluded: it is malformed or its author had no "
                     "authority.",
                     "Voyez les observations : greffe convention status.",
                     "See the findings: greffe convention status.");
  }
  if (IsWithdrawn(data, number) && !IsConcluded(data, number)) {
    return RuleError("withdrawn", "cette révision a été retirée : elle ne se signe plus.",
                     "this revision was withdrawn: it can no longer be signed.",
                     "Voyez l'acte : greffe act show.", "See the act: greffe act show.");
  }
  for (const RevisionNumber other : data.acts.at(revision.act).revisions) {
    if (other == number || !IsConcluded(data, other)) continue;
    return RuleError("other-concluded",
                     absl::StrCat("une autre révision de cet acte est conclue : ",
                                  data.LeafOf(data.revisions[other].event).ToHex(), "."),
                     absl::StrCat("another revision of this act is concluded: ",
                                  data.LeafOf(data.revisions[other].event).ToHex(), "."),
                     "Voyez l'acte : greffe act show.", "See the act: greffe act show.");
  }
  return absl::OkStatus();
}

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::SignActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_SIGNATORY}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  RETURN_IF_ERROR(RequireUnderstood(data));
  ASSIGN_OR_RETURN(const RevisionNumber number, FindRevision(data, request));
  const Revision& revision = data.revisions[number];
  ASSIGN_OR_RETURN(const v1::Signatory* const signatory,
                   FindSignatory(data,
                                 {.revision = &revision,
                                  .signing = SigningPartners(data, number),
                                  .signatory_id = request.signatory_id(),
                                  .own_office = true,
                                  .capacity = request.capacity()},
                                 context));
  RETURN_IF_ERROR(CheckSignable(data, number));
  RETURN_IF_ERROR(RequireNotEnded(data, context.today));
  RETURN_IF_ERROR(RequireTakesEffect(data, number, context.today));
  if (revision.on_paper) {
    return RuleError("on-paper",
                     "ce texte a été signé sur papier : personne ne le signe à nouveau.",
                     "this text was signed on paper: nobody signs it again.",
                     "Attestez-le : greffe act attest.", "Attest it: greffe act attest.");
  }
  if (const auto signed_by = Standing(data, revision, signatory->id()); !signed_by.empty()) {
    return AlreadySigned(data, signatory->office(), signed_by.front());
  }
  RETURN_IF_ERROR(CheckStillToSign(data, number));
  const rules::ParisTime now = rules::ParisTimeOf(context.now);
  RETURN_IF_ERROR(
      CheckMaySign(data, number, signatory->partner_id(), context.today,
                   now.day == context.today ? rules::Minute(now.minute) : std::nullopt));
  RETURN_IF_ERROR(CheckConsulted(data, number));
  Decision decision;
  v1::SignatureGiven* given = decision.events.emplace_back().mutable_signature_given();
  given->set_revision(data.LeafOf(revision.event).ToBytes());
  given->set_signatory_id(signatory->id());
  given->set_kind(v1::SIGNATURE_KIND_ELECTRONIC);
  given->set_signed_on(context.today.ToString());
  RETURN_IF_ERROR(SetCapacity(
      data,
      {.capacity = request.capacity(), .delegation = request.delegation(), .on = context.today},
      context, given));
  RETURN_IF_ERROR(SealName(request.signer_name(), context, given, &decision));
  return decision;
}

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::RecordSignatureRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_SECRETARIAT}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  RETURN_IF_ERROR(RequireUnderstood(data));
  ASSIGN_OR_RETURN(const v1::SignatureKind kind, KindOf(request));
  ASSIGN_OR_RETURN(const RevisionNumber number, FindRevision(data, request));
  const Revision& revision = data.revisions[number];
  ASSIGN_OR_RETURN(const v1::Signatory* const signatory,
                   FindSignatory(data,
                                 {.revision = &revision,
                                  .signing = SigningPartners(data, number),
                                  .fact = true,
                                  .signatory_id = request.signatory_id()},
                                 context));
  RETURN_IF_ERROR(CheckAttested(data, revision, context));
  ASSIGN_OR_RETURN(const CivilDate signed_on, ParseDay(request.signed_on(), "signed_on"));
  if (signed_on > context.today) {
    return FieldError("future-date", "signed_on",
                      absl::StrCat("le ", FrenchDate(signed_on.ToString()), " est dans l'avenir."),
                      absl::StrCat(EnglishDate(signed_on.ToString()), " is in the future."));
  }
  ASSIGN_OR_RETURN(const Digest scan, ParseLeaf(request.scan_digest(), "scan_digest"));
  ASSIGN_OR_RETURN(const std::vector<SignatureNumber> corrected,
                   SignaturesToCorrect(data, request, number, *signatory));
  if (corrected.empty()) {
    if (const auto signed_by = Standing(data, revision, signatory->id()); !signed_by.empty()) {
      return AlreadySigned(data, signatory->office(), signed_by.front());
    }
  }
  Decision decision;
  v1::SignatureGiven* given = decision.events.emplace_back().mutable_signature_given();
  given->set_revision(data.LeafOf(revision.event).ToBytes());
  given->set_signatory_id(signatory->id());
  given->set_kind(kind);
  given->set_signed_on(signed_on.ToString());
  given->set_scan_digest(scan.ToBytes());
  std::set<std::string> replaces;
  for (const SignatureNumber one : corrected) {
    replaces.insert(data.LeafOf(data.signatures[one].event).ToBytes());
  }
  for (const std::string& leaf : replaces) given->add_replaces(leaf);
  // A correction that says no name and no capacity keeps those on record, the name sealed as it is.
  std::string capacity = request.capacity();
  for (const SignatureNumber one : corrected) {
    const SignatureFact& was = data.signatures[one];
    if (was.signer_name.has_value()) given->set_signer_name(was.signer_name->ToBytes());
    if (!request.has_capacity() && !was.capacity.empty()) capacity = was.capacity;
  }
  RETURN_IF_ERROR(SetCapacity(
      data,
      {.capacity = capacity, .delegation = request.delegation(), .on = signed_on, .fact = true},
      context, given));
  RETURN_IF_ERROR(SealName(request.signer_name(), context, given, &decision));
  return decision;
}

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::RefuseActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_SIGNATORY}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  ASSIGN_OR_RETURN(const RevisionNumber number, FindRevision(data, request));
  const Revision& revision = data.revisions[number];
  ASSIGN_OR_RETURN(const v1::Signatory* const signatory,
                   FindSignatory(data,
                                 {.revision = &revision,
                                  .signing = SigningPartners(data, number),
                                  .signatory_id = request.signatory_id(),
                                  .own_office = true},
                                 context));
  ASSIGN_OR_RETURN(const std::string reason,
                   CheckedText(request.reason(), {.field = "reason",
                                                  .characters_max = limits::kRemarkCharacters,
                                                  .required = true}));
  if (IsConcluded(data, number)) {
    return RuleError("concluded", "cette révision est conclue : elle ne peut plus être refusée.",
                     "this revision is concluded: it can no longer be refused.",
                     "Proposez un avenant : greffe act propose.",
                     "Propose an avenant: greffe act propose.");
  }
  Decision decision;
  v1::SignatureRefused* refused = decision.events.emplace_back().mutable_signature_refused();
  refused->set_revision(data.LeafOf(revision.event).ToBytes());
  refused->set_signatory_id(signatory->id());
  refused->set_reason(reason);
  // A signature that stays would conclude what its office refuses. Corrected ones conclude too.
  for (const SignatureNumber one : revision.signatures) {
    const SignatureFact& fact = data.signatures[one];
    if (fact.signatory_id != signatory->id() || !fact.counts || IsRetracted(data, one)) continue;
    v1::SignatureRetracted* retracted =
        decision.events.emplace_back().mutable_signature_retracted();
    retracted->set_signature(data.LeafOf(fact.event).ToBytes());
    retracted->set_reason(reason);
  }
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::SignActRequest&,
                std::span<const Digest> leaves, v1::SignActResponse* response) {
  FillSignature(after, leaves, response);
  if (leaves.empty()) return;
  const SignatureNumber number = after.data().FindSignature(leaves.front());
  if (number != kNone) response->set_signatory_id(after.data().signatures[number].signatory_id);
}

void FillAnswer(const ConventionState& after, const v1::RecordSignatureRequest&,
                std::span<const Digest> leaves, v1::RecordSignatureResponse* response) {
  FillSignature(after, leaves, response);
  if (leaves.empty()) return;
  const StateData& data = after.data();
  const std::string leaf = leaves.front().ToHex();
  std::vector<v1::Finding> found;
  const auto add = [&](const std::vector<v1::Finding>& some) {
    std::copy_if(some.begin(), some.end(), std::back_inserter(found),
                 [&](const v1::Finding& one) { return one.leaf() == leaf; });
  };
  const SignatureNumber number = data.FindSignature(leaves.front());
  if (number == kNone || !data.signatures[number].signed_on.has_value()) return;
  const CivilDate on = *data.signatures[number].signed_on;
  const ConsolidatedText text = TextInForce(data, on);
  const LifeBook book(data, text, on);
  const PartyBook names(data);
  add(SignatureFindings(data, names, VoteReading(data, names), number));
  // Without a capacity it was given by the holder: nothing to ask of delegations.
  if (!data.signatures[number].capacity.empty()) add(CapacityFindings(data));
  add(EndedFindings(data, book));
  add(LifeFindings(data, names, book, text, on));
  CiteClauses(data, text, on, &found);
  for (v1::Finding& one : found) *response->add_findings() = std::move(one);
}

}  // namespace greffe
