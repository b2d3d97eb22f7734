#include "core/convention/authority.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/facts_check.h"
#include "core/convention/french.h"
#include "core/convention/succession.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

// Every revision that this one builds on, nearest first.
std::vector<RevisionNumber> Foundations(const StateData& data, RevisionNumber revision) {
  std::vector<RevisionNumber> out = data.revisions[revision].bases;
  std::set<RevisionNumber> known(out.begin(), out.end());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const RevisionNumber base : data.revisions[out[i]].bases) {
      if (known.insert(base).second) out.push_back(base);
    }
  }
  return out;
}

// How much a coverage gives.
int Rank(v1::MandateCoverage coverage) {
  switch (coverage) {
    case v1::MANDATE_COVERAGE_COVERED:
      return 2;
    case v1::MANDATE_COVERAGE_LEGAL_REVIEW:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

Authorities::Authorities(const StateData& data, const PartyBook& book, RevisionNumber revision)
    : data_(data),
      book_(book),
      revision_(revision),
      draft_{{}, data.PartnerOf(data.OpeningOf(data.acts.at(data.revisions[revision].act)).event)},
      struck_(StruckVotes(data, Struck::kOrSuspended)),
      of_one_place_(OfOnePlace(data)),
      votes_(VotesOn(revision)) {}

Authorities::Authorities(const StateData& data, const PartyBook& book, Draft draft)
    : data_(data),
      book_(book),
      revision_(kNone),
      draft_(std::move(draft)),
      struck_(StruckVotes(data, Struck::kOrSuspended)),
      of_one_place_(OfOnePlace(data)) {}

bool Authorities::IsStruck(const DeliberationFact& fact) const {
  const std::set<EventNumber> records = struck_.empty() ? struck_ : RecordsOf(data_, fact);
  return std::any_of(records.begin(), records.end(),
                     [&](EventNumber one) { return struck_.count(one) > 0; });
}

Authorities::Ballot Authorities::Read(const DeliberationFact& fact) const {
  const v1::Deliberation& vote = *fact.deliberation;
  const bool struck = IsStruck(fact);
  return {&fact,
          CivilDate::TryParse(vote.sitting_on()),
          !struck && rules::GivesMandate(vote),
          struck,
          rules::FirstContradiction(vote, book_.ReceiptOwnerOf(vote.partner_id())),
          rules::ExecutoryOf(vote)};
}

Authorities::Votes Authorities::VotesOn(RevisionNumber revision) const {
  Votes out;
  const std::vector<const DeliberationFact*> facts = StandingDeliberations(data_, revision);
  out.ballots.reserve(facts.size());
  for (const DeliberationFact* fact : facts) {
    const std::string& voter = fact->deliberation->partner_id();
    out.ballots.push_back(Read(*fact));
    const auto place = of_one_place_.find(voter);
    if (place == of_one_place_.end()) {
      out.by_partner[voter].all.push_back(&out.ballots.back());
      continue;
    }
    for (const std::string& partner : place->second) {
      out.by_partner[partner].all.push_back(&out.ballots.back());
    }
  }
  for (auto& [partner, ballots] : out.by_partner) Sort(&ballots);
  return out;
}

void Authorities::Sort(Ballots* ballots) {
  // Of one assembly several votes are rare.
  if (ballots->all.size() < 2) return;
  for (const Ballot* one : ballots->all) {
    if (one->mandate) {
      ballots->mandates.push_back(one);
    } else if (!one->struck && one->sat_on.has_value()) {
      ballots->refusals.push_back(one);
    }
  }
  const auto earlier = [](const Ballot* a, const Ballot* b) { return a->sat_on < b->sat_on; };
  std::stable_sort(ballots->mandates.begin(), ballots->mandates.end(), earlier);
  std::stable_sort(ballots->refusals.begin(), ballots->refusals.end(), earlier);
  // One whose record holds together first, executory before not, the earliest of these.
  const auto rank = [](const Ballot& one) {
    return std::tuple(one.contradiction.has_value(), !one.executory.on.has_value(),
                      one.executory.on.value_or(CivilDate{}));
  };
  ballots->best_from = ballots->mandates;
  for (std::size_t i = ballots->mandates.size(); i-- > 1;) {
    const Ballot* const later = ballots->best_from[i];
    if (rank(*later) < rank(*ballots->best_from[i - 1])) ballots->best_from[i - 1] = later;
  }
}

// What was voted before the last refusal of that day or earlier gives nothing any more: what was
// signed before the refusal stays signed. Where there never was a mandate the last ballot on record
// is shown.
Authorities::Choice Authorities::Choose(const Ballots& ballots, CivilDate on) {
  if (ballots.mandates.empty()) return {ballots.all.back(), nullptr};
  const auto refused =
      std::upper_bound(ballots.refusals.begin(), ballots.refusals.end(), on,
                       [](CivilDate day, const Ballot* one) { return day < *one->sat_on; });
  if (refused == ballots.refusals.begin()) return {ballots.best_from.front(), nullptr};
  const Ballot* const last = *std::prev(refused);
  const auto since =
      std::lower_bound(ballots.mandates.begin(), ballots.mandates.end(), last->sat_on,
                       [](const Ballot* one, const auto& day) { return one->sat_on < day; });
  if (since == ballots.mandates.end()) return {ballots.best_from.front(), last};
  return {ballots.best_from[static_cast<std::size_t>(since - ballots.mandates.begin())], nullptr};
}

bool Authorities::Serves(const std::string& voter, const std::string& partner) const {
  const auto place = of_one_place_.find(voter);
  return voter == partner || (place != of_one_place_.end() && place->second.count(partner) > 0);
}

// The mandate given earlier that covers most; the nearest of equals.
void Authorities::LookBehind(const std::string& partner, CivilDate on, PartyAuthority* out) {
  out->coverage = v1::MANDATE_COVERAGE_NEW_DELIBERATION;
  if (!earlier_.has_value()) {
    earlier_.emplace();
    const std::vector<RevisionNumber> bases =
        revision_ == kNone ? draft_.foundation : Foundations(data_, revision_);
    for (const RevisionNumber base : bases) earlier_->emplace_back(base, VotesOn(base));
  }
  const rules::Avenant avenant{draft_.proposer, on};
  for (const auto& [base, votes] : *earlier_) {
    const auto found = votes.by_partner.find(partner);
    if (found == votes.by_partner.end()) continue;
    const Choice choice = Choose(found->second, on);
    const Ballot& ballot = *choice.ballot;
    if (!ballot.mandate || choice.contrary != nullptr) continue;
    const v1::MandateCoverage coverage =
        rules::CoverageOf(ballot.vote->deliberation->scope(), avenant);
    if (out->vote != nullptr && Rank(coverage) <= Rank(out->coverage)) continue;
    out->vote = ballot.vote;
    out->voted_on = base;
    out->contradiction = ballot.contradiction;
    out->executory = ballot.executory;
    out->coverage = coverage;
  }
}

PartyAuthority Authorities::Of(const std::string& partner, CivilDate on) {
  PartyAuthority out;
  if (!draft_.votes || !VotesFor(data_, book_, revision_, partner)) {
    out.stage = v1::AUTHORITY_STAGE_NOT_REQUIRED;
    return out;
  }
  const auto found = votes_.by_partner.find(partner);
  if (found == votes_.by_partner.end()) {
    out.stage = v1::AUTHORITY_STAGE_PENDING;
    const bool amends = revision_ == kNone || !data_.revisions[revision_].bases.empty();
    if (amends) LookBehind(partner, on, &out);
    if (out.coverage != v1::MANDATE_COVERAGE_COVERED) {
      // Corrected, it would give nothing either.
      out.contradiction.reset();
      return out;
    }
  } else {
    const Choice choice = Choose(found->second, on);
    const Ballot& ballot = *choice.ballot;
    out.vote = ballot.vote;
    out.voted_on = revision_;
    out.executory = ballot.executory;
    out.struck = ballot.struck;
    out.stage = v1::AUTHORITY_STAGE_NO_MANDATE;
    if (!ballot.mandate) return out;
    if (choice.contrary != nullptr) {
      out.contrary = choice.contrary->vote;
      return out;
    }
    out.contradiction = ballot.contradiction;
  }
  if (out.contradiction.has_value()) {
    out.stage = v1::AUTHORITY_STAGE_NO_MANDATE;
    return out;
  }
  out.stage =
      out.executory.on.has_value() ? v1::AUTHORITY_STAGE_EXECUTORY : v1::AUTHORITY_STAGE_VOTED;
  return out;
}

std::set<EventNumber> StruckVotes(const StateData& data, Struck how) {
  std::set<EventNumber> out;
  for (const LifeFact& fact : data.life) {
    if (static_cast<v1::LifeRecorded::FactCase>(fact.kind) !=
        v1::LifeRecorded::kDeliberationChallenged) {
      continue;
    }
    const EventRow& row = data.events[fact.event];
    const bool strikes =
        fact.variant == v1::CHALLENGE_KIND_ANNULLED ||
        fact.variant == v1::CHALLENGE_KIND_WITHDRAWN ||
        (fact.variant == v1::CHALLENGE_KIND_SUSPENDED && how == Struck::kOrSuspended);
    if (!strikes || !row.authorised || row.replaced || fact.answers == kNone) continue;
    const auto vote = data.deliberation_by_event.find(fact.answers);
    if (vote == data.deliberation_by_event.end()) continue;
    const std::string& partner = data.deliberations[vote->second].deliberation->partner_id();
    if (data.PartnerOf(fact.event) == partner) out.insert(fact.answers);
  }
  return out;
}

bool VotesFor(const StateData& data, const PartyBook& book, RevisionNumber revision,
              const std::string& partner) {
  if (revision == kNone) return book.Deliberates(partner);
  const Revision& frozen = data.revisions[revision];
  const ActFacts& act = data.acts.at(frozen.act);
  // What a clause leaves to a committee was voted with the clause (domain.md section 5.5).
  if (!frozen.clauses.empty()) return false;
  if (book.Deliberates(partner)) return true;
  return std::any_of(frozen.content.begin(), frozen.content.end(), [&](std::uint32_t place) {
    const v1::Element* const put = act.changes[place].put.get();
    return put != nullptr && put->has_party() && put->party().partner_id() == partner &&
           put->party().deliberates();
  });
}

}  // namespace greffe
