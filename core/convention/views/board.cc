#include "core/convention/views/board.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/french.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/ended.h"
#include "core/convention/text/succession.h"
#include "core/convention/text/text_to_sign.h"
#include "core/rules/signing.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// L-36: empty while the act may still have effect.
rules::Words WhyOver(const StateData& data, const LifeBook& book, RevisionNumber revision,
                     const std::optional<rules::End>& end) {
  if (IsStillborn(data, book, revision)) return StillbornWords(data, book, revision);
  if (!end.has_value()) return {};
  const std::string last = end->last_day.ToString();
  return {absl::StrCat("Plus rien ne se signe : la convention a pris fin le ", FrenchDate(last),
                       " (L-36)."),
          absl::StrCat("Nothing is signed any more: the convention ended on ", EnglishDate(last),
                       " (L-36).")};
}

}  // namespace

Board::Board(const StateData& data, const LifeBook& book, RevisionNumber revision, CivilDate today,
             const std::optional<rules::End>& over, const VoteReading& reading, EventTeller* teller)
    : data_(data), revision_(revision), today_(today), moved_(reading.moved), teller_(*teller) {
  if (revision == kNone) return;
  conclusion_ = Conclude(data, revision);
  authorities_.emplace(data, teller->book(), reading, revision);
  signing_ = SigningPartners(data, revision);
  left_to_co_chairs_ = data.revisions[revision].left_to_co_chairs;
  // What was signed on paper was signed: nobody takes it up again.
  if (!conclusion_.concluded && !data.revisions[revision].on_paper) {
    concluded_since_ = ConcludedBeside(data, revision);
    over_ = WhyOver(data, book, revision, over);
  }
  const Revision& frozen = data.revisions[revision];
  withdrawers_.push_back(data.PartnerOf(data.OpeningOf(data.acts.at(frozen.act)).event));
  if (const std::string& freezer = data.PartnerOf(frozen.event); freezer != withdrawers_[0]) {
    withdrawers_.push_back(freezer);
  }
}

v1::PartyStanding Board::Of(const std::string& partner) {
  v1::PartyStanding out;
  out.set_partner_id(partner);
  out.set_name(teller_.book().Name(partner));
  out.set_deliberates(VotesFor(data_, teller_.book(), revision_, partner));
  for (const std::vector<MovedPlaces::Holder>& holders : moved_.places) {
    if (holders.empty() || holders.back().partner != partner) continue;
    for (const MovedPlaces::Holder& one : holders) {
      if (one.partner != partner) out.add_succeeds(one.partner);
    }
  }
  if (revision_ == kNone) return out;
  const PartyAuthority authority = authorities_->Of(partner, today_);
  for (const DeliberationFact* fact : authorities_->VotesOf(partner)) {
    *out.add_deliberations() = MakeDeliberationView(*fact, &teller_);
  }
  FillAuthority(authority, &out);
  FillSignatures(partner, &out);
  if (left_to_co_chairs_ && out.offices() == 0) {
    out.set_why("Les coprésidents du comité décident seuls (L-20).");
    out.set_why_en("The co-chairs of the committee decide alone (L-20).");
  }
  if (conclusion_.concluded) {
    // Nobody is waited for, but who lost the vote that its signature stands on.
    rules::Words lost = StepOnceStruck(authority);
    out.set_blocking(!lost.fr.empty());
    out.set_next_step(std::move(lost.fr));
    out.set_next_step_en(std::move(lost.en));
    return out;
  }
  if (IsWithdrawn(data_, revision_)) return out;
  rules::Words step = NextStep(authority, out);
  if (const std::string heir = Successor(out); !step.fr.empty() && !heir.empty()) {
    absl::StrAppend(&step.fr, " Par le successeur : ", heir, " (L-60).");
    absl::StrAppend(&step.en, " By the successor: ", heir, " (L-60).");
  }
  if (rules::Words refused = RefusalStep(partner); !refused.fr.empty()) step = std::move(refused);
  const bool author = MayWithdraw(partner);
  const bool rebase = !concluded_since_.empty() && over_.fr.empty();
  if (rebase && (author || !step.fr.empty())) step = RebaseStep(author);
  out.set_blocking(!step.fr.empty() && (!rebase || author));
  out.set_next_step(std::move(step.fr));
  out.set_next_step_en(std::move(step.en));
  if (!over_.fr.empty()) SayOver(&out);
  return out;
}

void Board::FillAuthority(const PartyAuthority& authority, v1::PartyStanding* out) {
  out->set_stage(authority.stage);
  out->set_coverage(authority.coverage);
  // The dates of a vote that does not stand prove nothing.
  rules::Words why = authority.executory.why;
  if (authority.struck.has_value()) {
    why = StrikeWords(*authority.struck);
    absl::StrAppend(&why.fr, " (L-58)");
    absl::StrAppend(&why.en, " (L-58)");
  } else if (authority.stage == v1::AUTHORITY_STAGE_NO_MANDATE) {
    why = WhyNoBasis(data_, authority);
  }
  out->set_why(std::move(why.fr));
  out->set_why_en(std::move(why.en));
  if (authority.vote == nullptr) return;
  links_.emplace(data_.LeafOf(authority.vote->event).ToHex(),
                 Link{.partner = out->partner_id(), .vote = true});
  const v1::Deliberation& vote = *authority.vote->deliberation;
  const rules::Words arithmetic = rules::VoteArithmetic(vote);
  // Of a text signed on paper long ago the votes may not be known.
  if (vote.members_in_office() > 0) {
    const rules::Words where = GivenOn(authority);
    out->set_vote(absl::StrCat(arithmetic.fr, where.fr));
    out->set_vote_en(absl::StrCat(arithmetic.en, where.en));
  }
  out->set_sitting_on(vote.sitting_on());
  out->set_published_on(vote.published_on());
  out->set_received_on(vote.received_on());
  // Also of a vote on an earlier text that does not carry this one: its dates are shown.
  const bool stands = authority.stage != v1::AUTHORITY_STAGE_NO_MANDATE;
  if (stands && !authority.struck.has_value() && authority.executory.on.has_value()) {
    out->set_executory_on(authority.executory.on->ToString());
  }
  if (vote.has_scope()) *out->mutable_scope() = vote.scope();
}

void Board::FillSignatures(const std::string& partner, v1::PartyStanding* out) {
  const Revision& revision = data_.revisions[revision_];
  // Offices of which one is enough count once.
  bool one_of = false;
  for (std::size_t i = 0; i < revision.signatories.size(); ++i) {
    const v1::Signatory& signatory = revision.signatories[i];
    if (signatory.partner_id() != partner) continue;
    if (!signatory.one_of() || !one_of) out->set_offices(out->offices() + 1);
    one_of = one_of || signatory.one_of();
    v1::OfficeStanding* office = out->add_signing();
    office->set_id(signatory.id());
    office->set_office(signatory.office());
    office->set_one_of(signatory.one_of());
    const SignatureNumber chosen = conclusion_.chosen[i];
    if (chosen == kNone) continue;
    const SignatureFact& shown = data_.signatures[ShownFor(data_, chosen)];
    office->set_signed_on(shown.signed_on->ToString());
    office->set_kind(shown.kind);
    office->set_on_behalf(rules::OnBehalf({.office = signatory.office(),
                                           .capacity = shown.capacity,
                                           .delegated = shown.delegation.has_value()})
                              .fr);
    out->set_signed_(out->signed_() + 1);
    links_.emplace(data_.LeafOf(shown.event).ToHex(), Link{.partner = partner, .vote = false});
    switch (shown.kind) {
      case v1::SIGNATURE_KIND_PAPER:
        out->set_paper(out->paper() + 1);
        break;
      case v1::SIGNATURE_KIND_OUTSIDE_FILE:
        out->set_outside(out->outside() + 1);
        break;
      default:
        out->set_electronic(out->electronic() + 1);
    }
  }
}

// Who signs by law what is still to be signed for the party; empty when it does itself.
std::string Board::Successor(const v1::PartyStanding& party) const {
  for (const v1::OfficeStanding& office : party.signing()) {
    const auto signs = signing_.find(office.id());
    if (!office.signed_on().empty() || signs == signing_.end()) continue;
    if (signs->second != party.partner_id()) return teller_.book().Name(signs->second);
  }
  return "";
}

bool IsMandated(const v1::PartyStanding& party) {
  // By a mandate given earlier there is no vote on this text.
  return !party.deliberations().empty() && (party.stage() == v1::AUTHORITY_STAGE_VOTED ||
                                            party.stage() == v1::AUTHORITY_STAGE_EXECUTORY);
}

}  // namespace greffe
