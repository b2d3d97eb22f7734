#include "core/convention/conclude.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/rules/signing.h"

namespace greffe {
namespace {

// Steps of the search for a valid choice. Real conflicts take a handful.
constexpr int kStepsMax = 100000;

struct Candidate {
  SignatureNumber signature = kNone;
  // Place of its signatory in the revision, and of the signature needed that it gives.
  std::size_t signatory = 0;
  std::size_t group = 0;
  // Of the data shown for it.
  CivilDate date;
  // Candidates for other signatures needed that cannot stand beside it.
  std::vector<std::uint32_t> conflicts;
};

struct Ballot {
  std::vector<Candidate> candidates;
  // Per signature needed, places in `candidates`, by (date, leaf).
  std::vector<std::vector<std::uint32_t>> of;
};

Ballot MakeBallot(const StateData& data, const Revision& revision, EventNumber seen_by) {
  Ballot ballot;
  for (const std::vector<std::size_t>& group : rules::SigningGroups(revision.signatories)) {
    const std::size_t place = ballot.of.size();
    std::vector<std::uint32_t>& own = ballot.of.emplace_back();
    for (const std::size_t signatory : group) {
      for (const SignatureNumber s : revision.signatures) {
        const SignatureFact& fact = data.signatures[s];
        if (!fact.counts || fact.signatory_id != revision.signatories[signatory].id()) continue;
        if (seen_by != kNone && !data.Saw(seen_by, fact.event)) continue;
        own.push_back(static_cast<std::uint32_t>(ballot.candidates.size()));
        ballot.candidates.push_back(
            {s, signatory, place, *data.signatures[ShownFor(data, s)].signed_on, {}});
      }
    }
    std::sort(own.begin(), own.end(), [&](std::uint32_t x, std::uint32_t y) {
      const Candidate& a = ballot.candidates[x];
      const Candidate& b = ballot.candidates[y];
      if (a.date != b.date) return a.date < b.date;
      return data.LeafOf(data.signatures[a.signature].event) <
             data.LeafOf(data.signatures[b.signature].event);
    });
  }
  for (std::uint32_t b = 0; b < ballot.candidates.size(); ++b) {
    const SignatureFact& taken_back = data.signatures[ballot.candidates[b].signature];
    for (const std::uint32_t r : taken_back.retractions) {
      if (!data.retractions[r].counts) continue;
      for (std::uint32_t a = 0; a < ballot.candidates.size(); ++a) {
        const SignatureFact& other = data.signatures[ballot.candidates[a].signature];
        // Only one signature of a group is ever chosen.
        if (ballot.candidates[a].group == ballot.candidates[b].group) continue;
        if (!data.Saw(other.event, data.retractions[r].event)) continue;
        ballot.candidates[a].conflicts.push_back(b);
        ballot.candidates[b].conflicts.push_back(a);
      }
    }
  }
  return ballot;
}

// Looks for one candidate per signatory, none after `latest`, none in conflict.
class Search {
 public:
  Search(const Ballot& ballot, CivilDate latest, int& steps)
      : ballot_(ballot), latest_(latest), steps_(steps) {}

  // Places in Ballot.candidates per signatory; nothing when there is no choice or steps ran out.
  std::optional<std::vector<std::uint32_t>> Run() {
    choice_.assign(ballot_.of.size(), kNone);
    for (std::uint32_t i = 0; i < ballot_.of.size(); ++i) {
      for (const std::uint32_t c : ballot_.of[i]) {
        const Candidate& candidate = ballot_.candidates[c];
        if (candidate.date <= latest_ && candidate.conflicts.empty()) {
          choice_[i] = c;
          break;
        }
      }
      if (choice_[i] == kNone) open_.push_back(i);
    }
    if (!Choose(0)) return std::nullopt;
    return choice_;
  }

 private:
  bool Choose(std::size_t next) {
    if (next == open_.size()) return true;
    for (const std::uint32_t c : ballot_.of[open_[next]]) {
      const Candidate& candidate = ballot_.candidates[c];
      if (candidate.date > latest_) continue;
      if (--steps_ < 0) return false;
      const bool free = std::none_of(
          candidate.conflicts.begin(), candidate.conflicts.end(), [this](std::uint32_t other) {
            return std::find(choice_.begin(), choice_.end(), other) != choice_.end();
          });
      if (!free) continue;
      choice_[open_[next]] = c;
      if (Choose(next + 1)) return true;
      choice_[open_[next]] = kNone;
    }
    return false;
  }

  const Ballot& ballot_;
  const CivilDate latest_;
  int& steps_;
  std::vector<std::uint32_t> choice_;
  // Signatures needed whose every candidate is in some conflict.
  std::vector<std::uint32_t> open_;
};

}  // namespace

Conclusion Conclude(const StateData& data, RevisionNumber number, EventNumber seen_by) {
  const Revision& revision = data.revisions[number];
  const Ballot ballot = MakeBallot(data, revision, seen_by);
  Conclusion conclusion;
  conclusion.chosen.assign(revision.signatories.size(), kNone);
  for (std::size_t i = 0; i < ballot.of.size(); ++i) {
    for (const std::uint32_t c : ballot.of[i]) {
      if (IsRetracted(data, ballot.candidates[c].signature)) continue;
      conclusion.chosen[ballot.candidates[c].signatory] = ballot.candidates[c].signature;
      break;
    }
  }
  const bool anyone_missing =
      std::any_of(ballot.of.begin(), ballot.of.end(), [](const auto& own) { return own.empty(); });
  if (!revision.valid || ballot.of.empty() || anyone_missing) return conclusion;

  // Each date that may be the last one, earliest first.
  CivilDate least = ballot.candidates[ballot.of[0][0]].date;
  for (const auto& own : ballot.of) least = std::max(least, ballot.candidates[own[0]].date);
  std::set<CivilDate> dates;
  for (const Candidate& candidate : ballot.candidates) {
    if (candidate.date >= least) dates.insert(candidate.date);
  }
  int steps = kStepsMax;
  for (const CivilDate latest : dates) {
    const std::optional<std::vector<std::uint32_t>> choice = Search(ballot, latest, steps).Run();
    if (choice.has_value()) {
      conclusion.concluded = true;
      conclusion.concluded_on = latest;
      conclusion.chosen.assign(revision.signatories.size(), kNone);
      for (const std::uint32_t c : *choice) {
        conclusion.chosen[ballot.candidates[c].signatory] = ballot.candidates[c].signature;
      }
      return conclusion;
    }
    if (steps < 0) break;
  }
  conclusion.too_long = steps < 0;
  return conclusion;
}

std::uint32_t SignaturesNeeded(const Revision& revision) {
  return static_cast<std::uint32_t>(rules::SigningGroups(revision.signatories).size());
}

SignatureNumber ShownFor(const StateData& data, SignatureNumber signature) {
  if (!data.signatures[signature].replaced) return signature;
  // Corrections of corrections; what they correct lies in their past, so that this ends.
  std::set<SignatureNumber> family{signature};
  SignatureNumber shown = kNone;
  const Revision& revision = data.revisions[data.signatures[signature].revision];
  for (const SignatureNumber s : revision.signatures) {
    const SignatureFact& fact = data.signatures[s];
    const bool corrects = std::any_of(fact.replaces.begin(), fact.replaces.end(),
                                      [&](SignatureNumber r) { return family.contains(r); });
    if (!corrects) continue;
    family.insert(s);
    if (fact.replaced) continue;
    const auto key = [&](SignatureNumber n) {
      return std::pair(*data.signatures[n].signed_on, data.LeafOf(data.signatures[n].event));
    };
    if (shown == kNone || key(s) < key(shown)) shown = s;
  }
  return shown == kNone ? signature : shown;
}

bool IsRetracted(const StateData& data, SignatureNumber signature) {
  const std::vector<std::uint32_t>& retractions = data.signatures[signature].retractions;
  return std::any_of(retractions.begin(), retractions.end(),
                     [&](std::uint32_t r) { return data.retractions[r].counts; });
}

bool IsWithdrawn(const StateData& data, RevisionNumber revision) {
  const std::vector<std::uint32_t>& withdrawals = data.revisions[revision].withdrawals;
  return std::any_of(withdrawals.begin(), withdrawals.end(),
                     [&](std::uint32_t w) { return data.withdrawals[w].counts; });
}

std::vector<RevisionNumber> ConcludedRevisions(const StateData& data) {
  std::vector<RevisionNumber> concluded;
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    if (Conclude(data, r).concluded) concluded.push_back(r);
  }
  std::sort(concluded.begin(), concluded.end(), [&](RevisionNumber a, RevisionNumber b) {
    return data.LeafOf(data.revisions[a].event) < data.LeafOf(data.revisions[b].event);
  });
  return concluded;
}

v1::ActStanding StandingOf(const StateData& data, const ActFacts& act) {
  bool frozen = false;
  bool withdrawn = false;
  for (const RevisionNumber r : act.revisions) {
    if (Conclude(data, r).concluded) return v1::ACT_STANDING_CONCLUDED;
    if (IsWithdrawn(data, r)) {
      withdrawn = true;
    } else if (data.revisions[r].valid) {
      frozen = true;
    }
  }
  if (frozen) return v1::ACT_STANDING_FROZEN;
  return withdrawn ? v1::ACT_STANDING_WITHDRAWN : v1::ACT_STANDING_DRAFT;
}

}  // namespace greffe
