// Attesting a text that was signed on paper before it entered.

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/french_name.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "core/convention/decide/decide_deliberation.h"
#include "core/convention/decide/decide_signable.h"
#include "core/convention/decide_common.h"
#include "core/convention/reading/delegation.h"
#include "core/convention/reading/paper.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

// The partner's own offices in the revision: id → office.
absl::StatusOr<std::map<std::string, std::string>> OwnOffices(const StateData& data,
                                                              const Revision& revision,
                                                              const CommandContext& context) {
  std::map<std::string, std::string> own;
  for (const v1::Signatory& one : revision.signatories) {
    if (one.partner_id() == context.partner_id) own[one.id()] = one.office();
  }
  if (!own.empty()) return own;
  return ToStatus(
      {.code = absl::StatusCode::kPermissionDenied,
       .rule = "own-partner",
       .fr = absl::StrCat("votre partenaire, ", TheParty(PartnerName(data, context.partner_id)),
                          ", n'est pas signataire de cet acte."),
       .en = absl::StrCat("your partner, ", PartnerName(data, context.partner_id),
                          ", is not a signatory of this act."),
       .next_fr = "Voyez qui signe : greffe act show. Si vous avez plusieurs "
                  "partenaires, prenez le jeton du bon : --token-file.",
       .next_en = "See who signs: greffe act show. If you have several partners, take "
                  "the token of the right one: --token-file."});
}

absl::Status CheckOwn(const StateData& data, const v1::AttestActRequest& request,
                      const CommandContext& context,
                      const std::map<std::string, std::string>& own) {
  for (int i = 0; i < request.signatures_size(); ++i) {
    if (own.count(request.signatures(i).signatory_id()) > 0) continue;
    std::vector<std::string> ids;
    for (const auto& [id, office] : own) ids.push_back(absl::StrCat(id, " (", office, ")"));
    return ToStatus(
        {.code = absl::StatusCode::kPermissionDenied,
         .rule = "own-partner",
         .field = absl::StrCat("signatures[", i, "].signatory_id"),
         .fr = absl::StrCat("« ", request.signatures(i).signatory_id(), " » ne signe pas pour ",
                            TheParty(PartnerName(data, context.partner_id)), "."),
         .en = absl::StrCat("\"", request.signatures(i).signatory_id(), "\" does not sign for ",
                            PartnerName(data, context.partner_id), "."),
         .next_fr = absl::StrCat("Vos signataires : ", absl::StrJoin(ids, ", "), "."),
         .next_en = absl::StrCat("Your signatories: ", absl::StrJoin(ids, ", "), ".")});
  }
  v1::PaperSigning signing;
  *signing.mutable_signatures() = request.signatures();
  std::map<std::string, std::string> offices;
  for (const auto& [id, office] : own) offices[id] = context.partner_id;
  std::vector<Problem> problems;
  CheckPaperSigning(signing, offices, context.today, "request", &problems);
  return ToStatus(problems, DryRun::kNone);
}

// What is attested of each own office: the partner's own word, else what the statements shown say
// in one voice. Offices of which nothing is known are left out.
class Attested {
 public:
  Attested(const StateData& data, const v1::AttestActRequest& request,
           const std::vector<const PaperStatement*>& shown) {
    for (const v1::PaperSignature& one : request.signatures()) said_[one.signatory_id()] = one;
    for (const PaperStatement* statement : shown) {
      for (const v1::PaperSignature& one : statement->signing->signatures()) {
        stated_[one.signatory_id()].push_back(&one);
      }
    }
  }

  absl::StatusOr<v1::PaperSignature> Of(const std::string& office) const {
    v1::PaperSignature out;
    out.set_signatory_id(office);
    if (const auto said = said_.find(office); said != said_.end()) out = said->second;
    const auto stated = stated_.find(office);
    if (stated == stated_.end()) return out;
    std::set<std::string> dates;
    std::set<std::string> scans;
    std::set<std::string> capacities;
    for (const v1::PaperSignature* one : stated->second) {
      if (!one->signed_on().empty()) dates.insert(one->signed_on());
      if (!one->scan_sha256().empty()) scans.insert(one->scan_sha256());
      if (!one->capacity().empty()) capacities.insert(one->capacity());
    }
    if (out.signed_on().empty() && dates.size() > 1) {
      return FieldError(
          "several-dates", absl::StrCat("signatures.", office),
          absl::StrCat("plusieurs dates sont déclarées (", absl::StrJoin(dates, ", "),
                       ") : dites laquelle est la vôtre (--signed-on ", office, "=AAAA-MM-JJ)."),
          absl::StrCat("several dates are stated (", absl::StrJoin(dates, ", "),
                       "): say which is yours (--signed-on ", office, "=YYYY-MM-DD)."));
    }
    if (out.signed_on().empty() && !dates.empty()) out.set_signed_on(*dates.begin());
    if (out.scan_sha256().empty() && scans.size() == 1) out.set_scan_sha256(*scans.begin());
    if (out.capacity().empty() && capacities.size() > 1) {
      return FieldError(
          "several-capacities", absl::StrCat("signatures.", office),
          absl::StrCat("plusieurs qualités sont déclarées (", absl::StrJoin(capacities, ", "),
                       ") : dites laquelle est la vôtre (--capacity ", office, "=QUALITÉ)."),
          absl::StrCat("several capacities are stated (", absl::StrJoin(capacities, ", "),
                       "): say which is yours (--capacity ", office, "=CAPACITY)."));
    }
    if (out.capacity().empty() && !capacities.empty()) out.set_capacity(*capacities.begin());
    return out;
  }

 private:
  std::map<std::string, v1::PaperSignature> said_;
  std::map<std::string, std::vector<const v1::PaperSignature*>> stated_;
};

bool HasSigned(const StateData& data, const Revision& revision, const std::string& office) {
  return std::any_of(revision.signatures.begin(), revision.signatures.end(),
                     [&](SignatureNumber n) {
                       const SignatureFact& one = data.signatures[n];
                       return one.counts && one.signatory_id == office && !IsRetracted(data, n);
                     });
}

absl::Status AppendSignatures(const StateData& data, const Revision& revision,
                              const v1::AttestActRequest& request, const Attested& attested,
                              const std::map<std::string, std::string>& own,
                              const CommandContext& context, Decision* decision) {
  for (const auto& [id, office] : own) {
    ASSIGN_OR_RETURN(const v1::PaperSignature signature, attested.Of(id));
    const bool said = std::any_of(request.signatures().begin(), request.signatures().end(),
                                  [&id = id](const auto& one) { return one.signatory_id() == id; });
    if (HasSigned(data, revision, id)) {
      if (!said) continue;
      return RuleError("already-signed",
                       absl::StrCat("la signature de « ", office, " » est déjà enregistrée."),
                       absl::StrCat("the signature of \"", office, "\" is already on record."),
                       "Pour la corriger : greffe correct.", "To correct it: greffe correct.");
    }
    const auto date = CivilDate::Parse(signature.signed_on(), "signed_on");
    // Without a date it stays missing, listed, and counts for nothing: no date is invented.
    if (!date.ok() || *date > context.today) continue;
    v1::SignatureGiven* given = decision->events.emplace_back().mutable_signature_given();
    given->set_revision(data.LeafOf(revision.event).ToBytes());
    given->set_signatory_id(id);
    given->set_kind(v1::SIGNATURE_KIND_PAPER);
    given->set_signed_on(date->ToString());
    if (const auto scan = Digest::FromHex(signature.scan_sha256(), "scan_sha256"); scan.ok()) {
      given->set_scan_digest(scan->ToBytes());
    }
    // L-04: as the paper says it; the finding says where no delegation on record allows it.
    RETURN_IF_ERROR(SetCapacity(data, {.capacity = signature.capacity(), .on = *date, .fact = true},
                                context, given));
  }
  return absl::OkStatus();
}

// The votes stated of the partner become its own records, once each.
void AppendVotes(const StateData& data, const Revision& revision,
                 const std::vector<const PaperStatement*>& shown, const CommandContext& context,
                 Decision* decision) {
  for (const PaperStatement* statement : shown) {
    for (const v1::Deliberation& stated : statement->signing->deliberations()) {
      if (stated.partner_id() != context.partner_id) continue;
      v1::Deliberation vote = stated;
      vote.set_revision(data.LeafOf(revision.event).ToBytes());
      if (!CheckDeliberation(vote, "deliberation", context.today).ok()) continue;
      if (!CheckNotRecorded(data, vote).ok()) continue;
      const bool twice =
          std::any_of(decision->events.begin(), decision->events.end(), [&](const v1::Event& one) {
            return one.deliberation_recorded().deliberation().sitting_on() == vote.sitting_on() &&
                   one.deliberation_recorded().deliberation().number() == vote.number() &&
                   one.has_deliberation_recorded();
          });
      if (twice) continue;
      *decision->events.emplace_back().mutable_deliberation_recorded()->mutable_deliberation() =
          std::move(vote);
    }
  }
}

}  // namespace

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::AttestActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  RETURN_IF_ERROR(RequireUnderstood(data));
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, request.act_id()));
  ASSIGN_OR_RETURN(const RevisionNumber number, FindRevisionOfAct(data, act, request.revision()));
  const Revision& revision = data.revisions[number];
  if (!revision.on_paper) {
    return RuleError("not-on-paper",
                     "ce texte n'est pas entré comme signé sur papier : il se signe.",
                     "this text did not enter as signed on paper: it is to be signed.",
                     "Signez-le : greffe act sign.", "Sign it: greffe act sign.");
  }
  ASSIGN_OR_RETURN(const auto own, OwnOffices(data, revision, context));
  RETURN_IF_ERROR(CheckOwn(data, request, context, own));
  RETURN_IF_ERROR(CheckSignable(data, number));

  std::vector<const PaperStatement*> shown = StatementsOf(data, revision);
  std::erase_if(shown,
                [&](const PaperStatement* one) { return !WasShown(data, context, one->event); });
  Decision decision;
  const bool first = StandingAttestation(data, revision, context.partner_id) == kNone;
  if (first) {
    v1::PaperTextAttested* attested = decision.events.emplace_back().mutable_paper_text_attested();
    attested->set_revision(data.LeafOf(revision.event).ToBytes());
    for (const PaperStatement* one : shown) {
      attested->add_statements(data.LeafOf(one->event).ToBytes());
    }
  }
  RETURN_IF_ERROR(AppendSignatures(data, revision, request, Attested(data, request, shown), own,
                                   context, &decision));
  AppendVotes(data, revision, shown, context, &decision);
  if (decision.events.empty()) {
    return RuleError("already-attested",
                     "votre partenaire a déjà attesté ce texte, et rien ne s'y ajoute.",
                     "your partner has already attested this text, and nothing is added to it.",
                     "Pour une date qui manquait : greffe act attest ACTE --signed-on "
                     "FONCTION=AAAA-MM-JJ.",
                     "For a date that was missing: greffe act attest ACT --signed-on "
                     "OFFICE=YYYY-MM-DD.");
  }
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::AttestActRequest& request,
                std::span<const Digest> leaves, v1::AttestActResponse* response) {
  const StateData& data = after.data();
  const auto leaf = Digest::FromHex(request.revision(), "revision");
  const RevisionNumber number = leaf.ok() ? data.FindRevision(*leaf) : kNone;
  if (number == kNone) return;
  const Revision& revision = data.revisions[number];
  const Conclusion conclusion = Conclude(data, number);
  response->set_attested(CountAttested(data, revision));
  response->set_partners(static_cast<std::uint32_t>(PartnersOf(revision).size()));
  response->set_signed_(static_cast<std::uint32_t>(
      conclusion.chosen.size() -
      std::count(conclusion.chosen.begin(), conclusion.chosen.end(), kNone)));
  response->set_needed(SignaturesNeeded(revision));
  response->set_concluded(conclusion.concluded);
}

}  // namespace greffe
