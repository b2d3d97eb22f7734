#include "core/convention/checks/authority.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/elements/french.h"
#include "core/convention/state/order.h"
#include "core/convention/text/consolidate.h"
#include "core/rules/vote.h"

namespace greffe {
namespace {

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

// Gone for good before gone for a time, then the earlier.
bool Graver(const Strike& a, const Strike& b) {
  const auto rank = [](v1::ChallengeKind kind) {
    return kind == v1::CHALLENGE_KIND_ANNULLED ? 0 : kind == v1::CHALLENGE_KIND_WITHDRAWN ? 1 : 2;
  };
  return std::tuple(rank(a.kind), a.on) < std::tuple(rank(b.kind), b.on);
}

}  // namespace

Authorities::Authorities(const StateData& data, const PartyBook& book, const VoteReading& reading,
                         RevisionNumber revision)
    : data_(data),
      book_(book),
      reading_(reading),
      revision_(revision),
      draft_{{}, data.PartnerOf(data.OpeningOf(data.acts.at(data.revisions[revision].act)).event)},
      votes_(&reading.On(revision)) {}

Authorities::Authorities(const StateData& data, const PartyBook& book, const VoteReading& reading,
                         Draft draft)
    : data_(data),
      book_(book),
      reading_(reading),
      revision_(kNone),
      draft_(std::move(draft)),
      votes_(nullptr) {}

std::optional<Strike> VoteReading::StrikeOf(const DeliberationFact& fact) const {
  std::optional<Strike> out;
  if (struck_.empty()) return out;
  for (const EventNumber one : RecordsOf(data_, fact)) {
    const auto found = struck_.find(one);
    if (found == struck_.end()) continue;
    if (!out.has_value() || Graver(found->second, *out)) out = found->second;
  }
  return out;
}

VoteReading::Ballot VoteReading::ReadVote(const DeliberationFact& fact) const {
  const v1::Deliberation& vote = *fact.deliberation;
  const std::optional<Strike> struck = StrikeOf(fact);
  return {&fact,
          CivilDate::TryParse(vote.sitting_on()),
          !struck.has_value() && rules::GivesMandate(vote),
          struck,
          rules::FirstContradiction(vote, book_.ReceiptOwnerOf(vote.partner_id())),
          rules::ExecutoryOf(vote)};
}

const VoteReading::Votes& VoteReading::On(RevisionNumber revision) const {
  // One for all freezes of a text: anybody may freeze one any number of times.
  const RevisionNumber text = same_.FirstOf(revision);
  const auto known = by_text_.find(text);
  if (known != by_text_.end()) return known->second;
  return by_text_.emplace(text, ReadAll(text)).first->second;
}

VoteReading::Votes VoteReading::ReadAll(RevisionNumber revision) const {
  Votes out;
  std::vector<const DeliberationFact*> facts;
  const std::vector<RevisionNumber> same = same_.Of(revision);
  for (const RevisionNumber one : same) {
    const std::vector<const DeliberationFact*> more = StandingDeliberations(data_, one);
    facts.insert(facts.end(), more.begin(), more.end());
  }
  if (same.size() > 1) {
    std::sort(facts.begin(), facts.end(),
              [&](const auto* a, const auto* b) { return Before(data_, a->event, b->event); });
  }
  out.ballots.reserve(facts.size());
  for (const DeliberationFact* fact : facts) {
    out.ballots.push_back(ReadVote(*fact));
    out.by_voter[fact->deliberation->partner_id()].all.push_back(&out.ballots.back());
  }
  for (const std::vector<MovedPlaces::Holder>& holders : moved.places) {
    std::set<const Ballot*> all;
    std::set<const Ballot*> here;
    for (const MovedPlaces::Holder& one : holders) {
      const auto voted = out.by_voter.find(one.partner);
      if (voted == out.by_voter.end()) continue;
      for (const Ballot* ballot : voted->second.all) {
        all.insert(ballot);
        const bool holder =
            !one.since.has_value() || (ballot->sat_on.has_value() && *one.since <= *ballot->sat_on);
        if (holder) here.insert(ballot);
      }
    }
    // They stand in one vector, in the order of the records.
    const std::set<const Ballot*>& serving = here.empty() ? all : here;
    out.by_place.emplace_back().all.assign(serving.begin(), serving.end());
  }
  for (auto& [voter, ballots] : out.by_voter) Sort(&ballots);
  for (Ballots& ballots : out.by_place) Sort(&ballots);
  return out;
}

std::tuple<bool, bool, CivilDate> VoteReading::RankOf(const Ballot& ballot) {
  return {ballot.contradiction.has_value(), !ballot.executory.on.has_value(),
          ballot.executory.on.value_or(CivilDate{})};
}

void VoteReading::Sort(Ballots* ballots) {
  for (const Ballot* one : ballots->all) {
    if (one->mandate) {
      ballots->mandates.push_back(one);
    } else if (!one->struck.has_value() && one->sat_on.has_value()) {
      ballots->refusals.push_back(one);
    }
  }
  const auto earlier = [](const Ballot* a, const Ballot* b) { return a->sat_on < b->sat_on; };
  std::stable_sort(ballots->mandates.begin(), ballots->mandates.end(), earlier);
  std::stable_sort(ballots->refusals.begin(), ballots->refusals.end(), earlier);
  ballots->best_from = ballots->mandates;
  for (std::size_t i = ballots->mandates.size(); i-- > 1;) {
    const Ballot* const later = ballots->best_from[i];
    if (RankOf(*later) < RankOf(*ballots->best_from[i - 1])) ballots->best_from[i - 1] = later;
  }
}

const Authorities::Ballot* Authorities::LastRefusal(const Ballots& ballots, CivilDate on) {
  const auto after =
      std::upper_bound(ballots.refusals.begin(), ballots.refusals.end(), on,
                       [](CivilDate day, const Ballot* one) { return day < *one->sat_on; });
  return after == ballots.refusals.begin() ? nullptr : *std::prev(after);
}

std::size_t Authorities::FirstSince(const Ballots& ballots, const Ballot* refusal) {
  if (refusal == nullptr) return 0;
  const auto since =
      std::lower_bound(ballots.mandates.begin(), ballots.mandates.end(), refusal->sat_on,
                       [](const Ballot* one, const auto& day) { return one->sat_on < day; });
  return static_cast<std::size_t>(since - ballots.mandates.begin());
}

// What was voted before the last refusal of that day or earlier gives nothing any more: what was
// signed before the refusal stays signed. Where there never was a mandate the last ballot on record
// is shown.
Authorities::Choice Authorities::Choose(const Ballots& ballots, CivilDate on) {
  if (ballots.mandates.empty()) return {ballots.all.back(), nullptr};
  const Ballot* const last = LastRefusal(ballots, on);
  const std::size_t first = FirstSince(ballots, last);
  if (first == ballots.mandates.size()) return {ballots.best_from.front(), last};
  return {ballots.best_from[first], nullptr};
}

std::vector<const Authorities::Ballots*> Authorities::PlacesOf(const Votes* votes,
                                                               const std::string& partner) const {
  std::vector<const Ballots*> out;
  if (votes == nullptr || votes->ballots.empty()) return out;
  const auto moved = reading_.moved.of_partner.find(partner);
  if (moved == reading_.moved.of_partner.end()) {
    const auto voted = votes->by_voter.find(partner);
    if (voted != votes->by_voter.end()) out.push_back(&voted->second);
    return out;
  }
  for (const std::size_t place : moved->second) {
    if (!votes->by_place[place].all.empty()) out.push_back(&votes->by_place[place]);
  }
  return out;
}

std::vector<const DeliberationFact*> Authorities::VotesOf(const std::string& partner) const {
  std::set<const Ballot*> ballots;
  for (const Ballots* place : PlacesOf(votes_, partner)) {
    ballots.insert(place->all.begin(), place->all.end());
  }
  std::vector<const DeliberationFact*> out;
  for (const Ballot* one : ballots) out.push_back(one->vote);
  return out;
}

// Of the mandates given earlier that stand, the one that covers most; of these one whose record
// holds together, then one that may be used that day; the nearest of equals.
void Authorities::LookBehind(const std::string& partner, CivilDate on, PartyAuthority* out) {
  out->coverage = v1::MANDATE_COVERAGE_NEW_DELIBERATION;
  if (!earlier_.has_value()) {
    earlier_.emplace();
    const std::vector<RevisionNumber> bases =
        revision_ == kNone ? draft_.foundation
                           : WithAllBelow(data_, data_.revisions[revision_].bases);
    std::size_t distance = 0;
    const auto look_at = [&](RevisionNumber one) {
      const Votes& votes = reading_.On(one);
      if (!votes.ballots.empty()) earlier_->push_back({one, distance, &votes});
      ++distance;
    };
    for (const RevisionNumber base : bases) look_at(base);
    below_ = bases.size();
    std::set<RevisionNumber> known(bases.begin(), bases.end());
    for (const RevisionNumber other : reading_.for_avenants()) {
      if (known.insert(other).second) look_at(other);
    }
  }
  const rules::Avenant avenant{draft_.proposer, on};
  using Key = std::tuple<int, bool, int, std::size_t, CivilDate>;
  std::optional<Key> best;
  for (const auto& [base, distance, votes] : *earlier_) {
    for (const Ballots* place : PlacesOf(votes, partner)) {
      for (std::size_t i = FirstSince(*place, LastRefusal(*place, on)); i < place->mandates.size();
           ++i) {
        const Ballot& ballot = *place->mandates[i];
        const v1::MandateCoverage coverage =
            rules::CoverageOf(ballot.vote->deliberation->scope(), avenant);
        // What was voted on another act for that act alone says nothing of this one.
        if (distance >= below_ && Rank(coverage) == 0) continue;
        const Key key{-Rank(coverage), ballot.contradiction.has_value(),
                      -static_cast<int>(rules::OrderOfSignature(ballot.executory, on, {})),
                      distance, ballot.executory.on.value_or(CivilDate{})};
        if (best.has_value() && !(key < *best)) continue;
        best = key;
        out->vote = ballot.vote;
        out->voted_on = base;
        out->contradiction = ballot.contradiction;
        out->executory = ballot.executory;
        out->coverage = coverage;
      }
    }
  }
}

PartyAuthority Authorities::Of(const std::string& partner, CivilDate on) {
  PartyAuthority out;
  const auto [votes, first] = votes_for_.try_emplace(partner);
  if (first) votes->second = draft_.votes && VotesFor(data_, book_, revision_, partner);
  if (!votes->second) {
    out.stage = v1::AUTHORITY_STAGE_NOT_REQUIRED;
    return out;
  }
  const std::vector<const Ballots*> places = PlacesOf(votes_, partner);
  if (places.empty()) {
    out.stage = v1::AUTHORITY_STAGE_PENDING;
    const bool amends = revision_ == kNone || !data_.revisions[revision_].bases.empty();
    if (amends) LookBehind(partner, on, &out);
    if (out.coverage != v1::MANDATE_COVERAGE_COVERED) {
      // Corrected, it would give nothing either.
      out.contradiction.reset();
      return out;
    }
  } else {
    const auto rank = [](const Choice& one) {
      return std::tuple(!one.ballot->mandate, one.contrary != nullptr,
                        VoteReading::RankOf(*one.ballot));
    };
    Choice choice = Choose(*places.front(), on);
    for (const Ballots* place : places) {
      const Choice other = Choose(*place, on);
      if (rank(other) < rank(choice)) choice = other;
    }
    const Ballot& ballot = *choice.ballot;
    out.vote = ballot.vote;
    out.voted_on = revision_;
    out.executory = ballot.executory;
    out.struck = ballot.struck;
    out.stage = v1::AUTHORITY_STAGE_NO_MANDATE;
    if (!ballot.mandate) return out;
    if (choice.contrary != nullptr) {
      out.contrary = choice.contrary->vote;
      const std::string& voter = ballot.vote->deliberation->partner_id();
      const std::string& other = out.contrary->deliberation->partner_id();
      if (voter != other) {
        out.voter = book_.Name(voter);
        out.contrary_voter = book_.Name(other);
      }
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

std::vector<RevisionNumber> VotedForAvenants(const StateData& data) {
  std::set<RevisionNumber> voted;
  for (const DeliberationFact& fact : data.deliberations) {
    const EventRow& row = data.events[fact.event];
    const bool avenants = fact.deliberation->scope().reach() == v1::MANDATE_REACH_AVENANTS;
    if (row.authorised && !row.replaced && avenants) voted.insert(fact.revision);
  }
  std::vector<RevisionNumber> out(voted.begin(), voted.end());
  std::sort(out.begin(), out.end(), [&](RevisionNumber a, RevisionNumber b) {
    return data.LeafOf(data.revisions[a].event) < data.LeafOf(data.revisions[b].event);
  });
  return out;
}

std::set<EventNumber> StruckVotes(const StateData& data, Struck how) {
  std::set<EventNumber> out;
  for (const auto& [vote, strike] : FindStrikes(data, how)) out.insert(vote);
  return out;
}

std::map<EventNumber, Strike> FindStrikes(const StateData& data, Struck how) {
  std::map<EventNumber, Strike> out;
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
    if (data.PartnerOf(fact.event) != partner) continue;
    const Strike strike{static_cast<v1::ChallengeKind>(fact.variant), fact.day};
    const auto [known, first] = out.emplace(fact.answers, strike);
    if (!first && Graver(strike, known->second)) known->second = strike;
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
