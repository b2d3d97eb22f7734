#include "core/convention/text/conclude.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/convention/text/signature_search.h"
#include "core/rules/signing.h"

namespace greffe {
namespace {

// Those that have no other of them in their past. Facts stand in an order in which each comes after
// its past.
std::vector<EventNumber> FirstRetractions(const StateData& data, const SignatureFact& signature) {
  std::vector<EventNumber> first;
  for (const std::uint32_t r : signature.retractions) {
    const RetractionFact& one = data.retractions[r];
    const bool follows = std::any_of(first.begin(), first.end(), [&](EventNumber earlier) {
      return data.Saw(one.event, earlier);
    });
    if (one.counts && !follows) first.push_back(one.event);
  }
  return first;
}

// The day shown for each of Revision.signatures: its own, or that of the correction in its place
// (ShownFor). Corrections come after what they correct.
std::vector<std::optional<CivilDate>> DaysShown(const StateData& data, const Revision& revision) {
  using Key = std::pair<CivilDate, Digest>;
  std::map<SignatureNumber, Key> corrected;
  std::vector<std::optional<CivilDate>> days(revision.signatures.size());
  for (std::size_t i = days.size(); i-- > 0;) {
    const SignatureNumber s = revision.signatures[i];
    const SignatureFact& fact = data.signatures[s];
    if (!fact.signed_on.has_value()) continue;
    Key key{*fact.signed_on, data.LeafOf(fact.event)};
    const auto shown = fact.replaced ? corrected.find(s) : corrected.end();
    if (shown != corrected.end()) key = shown->second;
    days[i] = key.first;
    for (const SignatureNumber replaced : fact.replaces) {
      const auto [other, first] = corrected.emplace(replaced, key);
      if (!first) other->second = std::min(other->second, key);
    }
  }
  return days;
}

// Per signature needed, those that may give it, by (date, leaf).
Candidates CandidatesOf(const StateData& data, const Revision& revision, EventNumber seen_by) {
  const std::vector<std::vector<std::size_t>> groups = rules::SigningGroups(revision.signatories);
  std::vector<std::size_t> group_of(revision.signatories.size(), 0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::size_t signatory : groups[g]) group_of[signatory] = g;
  }
  const std::vector<std::optional<CivilDate>> days = DaysShown(data, revision);
  Candidates candidates(groups.size());
  for (std::size_t i = 0; i < days.size(); ++i) {
    const SignatureNumber s = revision.signatures[i];
    const SignatureFact& fact = data.signatures[s];
    if (!fact.counts || (seen_by != kNone && !data.Saw(seen_by, fact.event))) continue;
    // Apply keeps no signature of nobody and counts none without a day; a snapshot may say
    // anything.
    const v1::Signatory* const signatory = FindSignatory(revision, fact.signatory_id);
    if (signatory == nullptr || !days[i].has_value()) continue;
    const auto place = static_cast<std::size_t>(signatory - revision.signatories.data());
    candidates[group_of[place]].push_back(
        {s, fact.event, place, *days[i], FirstRetractions(data, fact)});
  }
  for (std::vector<Candidate>& own : candidates) {
    std::sort(own.begin(), own.end(), [&](const Candidate& a, const Candidate& b) {
      if (a.date != b.date) return a.date < b.date;
      return data.LeafOf(a.event) < data.LeafOf(b.event);
    });
  }
  return candidates;
}

bool IsComplete(const Candidates& candidates) {
  const auto given = std::count_if(candidates.begin(), candidates.end(),
                                   [](const auto& own) { return !own.empty(); });
  return rules::MakeOneAct(static_cast<std::size_t>(given), candidates.size());
}

// Per signature needed the first that nobody took back: those stand together whatever their authors
// saw, so that there is nothing to search. Nothing when one needed has none.
std::optional<std::vector<std::uint32_t>> NeverTakenBack(const Candidates& candidates) {
  std::vector<std::uint32_t> choice;
  for (const std::vector<Candidate>& own : candidates) {
    const auto stands = std::find_if(own.begin(), own.end(),
                                     [](const Candidate& one) { return one.retracted_by.empty(); });
    if (stands == own.end()) return std::nullopt;
    choice.push_back(static_cast<std::uint32_t>(stands - own.begin()));
  }
  return choice;
}

CivilDate LastDay(const Candidates& candidates, const std::vector<std::uint32_t>& choice) {
  CivilDate last = candidates[0][choice[0]].date;
  for (std::size_t need = 1; need < candidates.size(); ++need) {
    last = std::max(last, candidates[need][choice[need]].date);
  }
  return last;
}

// The least date by which a choice can be made, and that choice. Where signatures stand that nobody
// took back, only the search for an earlier day may give up: no web of others around them undoes
// what they conclude.
SignatureSearch::Answer Earliest(const StateData& data, const Candidates& candidates,
                                 CivilDate* concluded_on) {
  SignatureSearch::Answer best{.choice = NeverTakenBack(candidates)};
  // Each date that may be the last one.
  CivilDate least = candidates[0][0].date;
  for (const std::vector<Candidate>& own : candidates) least = std::max(least, own[0].date);
  if (best.choice.has_value()) {
    *concluded_on = LastDay(candidates, *best.choice);
    if (*concluded_on == least) return best;
  }
  std::set<CivilDate> all;
  for (const std::vector<Candidate>& own : candidates) {
    for (const Candidate& one : own) {
      const bool later = best.choice.has_value() && one.date > *concluded_on;
      if (one.date >= least && !later) all.insert(one.date);
    }
  }
  const std::vector<CivilDate> dates(all.begin(), all.end());
  SignatureSearch search(data, candidates);
  // Whether there is a choice does not hang on the dates, which corrections may change.
  if (!best.choice.has_value()) best = search.Run(dates.back());
  std::size_t found = dates.size() - 1;
  for (std::size_t first = 0; best.choice.has_value() && first < found;) {
    const std::size_t middle = first + (found - first) / 2;
    SignatureSearch::Answer answer = search.Run(dates[middle]);
    if (answer.gave_up) break;
    if (answer.choice.has_value()) {
      best = std::move(answer);
      found = middle;
    } else {
      first = middle + 1;
    }
  }
  *concluded_on = dates[found];
  return best;
}

}  // namespace

Conclusion Conclude(const StateData& data, RevisionNumber number) {
  const Revision& revision = data.revisions[number];
  const Candidates candidates = CandidatesOf(data, revision, kNone);
  Conclusion conclusion;
  conclusion.chosen.assign(revision.signatories.size(), kNone);
  for (const std::vector<Candidate>& own : candidates) {
    const auto stands = std::find_if(own.begin(), own.end(),
                                     [](const Candidate& one) { return one.retracted_by.empty(); });
    if (stands != own.end()) conclusion.chosen[stands->signatory] = stands->signature;
  }
  if (!revision.valid || !IsComplete(candidates)) return conclusion;

  CivilDate concluded_on;
  const SignatureSearch::Answer answer = Earliest(data, candidates, &concluded_on);
  conclusion.too_long = answer.gave_up;
  if (!answer.choice.has_value()) return conclusion;
  conclusion.concluded = true;
  conclusion.concluded_on = concluded_on;
  conclusion.chosen.assign(revision.signatories.size(), kNone);
  for (std::size_t need = 0; need < candidates.size(); ++need) {
    const Candidate& one = candidates[need][(*answer.choice)[need]];
    conclusion.chosen[one.signatory] = one.signature;
  }
  return conclusion;
}

bool IsConcluded(const StateData& data, RevisionNumber number, EventNumber seen_by) {
  // Most of what is frozen nobody signed yet.
  if (!data.revisions[number].valid || data.revisions[number].signatures.empty()) return false;
  const Candidates candidates = CandidatesOf(data, data.revisions[number], seen_by);
  if (!IsComplete(candidates)) return false;
  if (NeverTakenBack(candidates).has_value()) return true;
  CivilDate latest = candidates[0][0].date;
  for (const std::vector<Candidate>& own : candidates) latest = std::max(latest, own.back().date);
  return SignatureSearch(data, candidates).Run(latest).choice.has_value();
}

const v1::Signatory* FindSignatory(const Revision& revision, absl::string_view id) {
  const auto at =
      std::lower_bound(revision.signatories.begin(), revision.signatories.end(), id,
                       [](const v1::Signatory& s, absl::string_view i) { return s.id() < i; });
  return at == revision.signatories.end() || at->id() != id ? nullptr : &*at;
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
    if (IsConcluded(data, r)) concluded.push_back(r);
  }
  std::sort(concluded.begin(), concluded.end(), [&](RevisionNumber a, RevisionNumber b) {
    return data.LeafOf(data.revisions[a].event) < data.LeafOf(data.revisions[b].event);
  });
  return concluded;
}

bool IsAbandoned(const StateData& data, const ActFacts& act) {
  if (act.changes.empty() || data.OpeningOf(act).kind == v1::ACT_KIND_ORIGINAL) return false;
  const std::vector<const DraftChange*> draft = data.CurrentDraft(act);
  return std::all_of(draft.begin(), draft.end(), [](const DraftChange* one) { return one->drop; });
}

v1::ActStanding StandingOf(const StateData& data, const ActFacts& act) {
  bool frozen = false;
  bool withdrawn = false;
  for (const RevisionNumber r : act.revisions) {
    if (IsConcluded(data, r)) return v1::ACT_STANDING_CONCLUDED;
    if (IsWithdrawn(data, r)) {
      withdrawn = true;
    } else if (data.revisions[r].valid) {
      frozen = true;
    }
  }
  if (frozen) return v1::ACT_STANDING_FROZEN;
  return withdrawn || IsAbandoned(data, act) ? v1::ACT_STANDING_WITHDRAWN : v1::ACT_STANDING_DRAFT;
}

}  // namespace greffe
