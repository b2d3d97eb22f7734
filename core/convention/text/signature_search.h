#ifndef GREFFE_CORE_CONVENTION_TEXT_SIGNATURE_SEARCH_H_
#define GREFFE_CORE_CONVENTION_TEXT_SIGNATURE_SEARCH_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/convention/state/state.h"

// Signatures that stand together: is there a moment at which every signature needed was given and
// none of them taken back? Private to core/convention.
//
// Said of causal pasts: a choice of one candidate per signature needed stands when none of those
// chosen has the retraction of another in its past. That is the detection of a weak conjunctive
// predicate (Garg and Waldecker, 1994): along one feed pasts only grow, so that of two candidates
// that do not go together the one taken back gives way to the next of its feed, for good, and one
// walk along the feeds answers. A choice is left only where a signature needed has candidates on
// several feeds, or on branches of a fork.
namespace greffe {

// A counting signature that may be one of those that conclude.
struct Candidate {
  SignatureNumber signature = kNone;
  EventNumber event = kNone;
  // Place of its signatory in the revision.
  std::size_t signatory = 0;
  // Of the data shown for it.
  CivilDate date;
  // Counting retractions of it, those left out that have another of them in their past.
  std::vector<EventNumber> retracted_by;
};

// Per signature needed, in the order in which one is preferred to another.
using Candidates = std::vector<std::vector<Candidate>>;

class SignatureSearch final {
 public:
  // Both live as long as this.
  SignatureSearch(const StateData& data, const Candidates& candidates);

  struct Answer {
    // Per signature needed, a place in its candidates; nothing when no choice was found.
    std::optional<std::vector<std::uint32_t>> choice;
    // Tried too many combinations of feeds: there may be a choice.
    bool gave_up = false;
  };
  // A choice of candidates that are dated `latest` at the latest. Candidates that come later, by
  // others or on the same feeds, never take a choice away, as long as the search does not give up.
  Answer Run(CivilDate latest);

 private:
  // Candidates for one signature needed, each in the past of the next.
  using Chain = std::vector<std::uint32_t>;

  std::vector<Chain> ChainsOf(const std::vector<Candidate>& own) const;
  // True when the later event's branch goes through the other: its whole past is the later one's.
  bool IsOnTheWayTo(EventNumber later, EventNumber event) const;
  const Candidate& At(std::size_t need) const;
  bool TakenBackBefore(const Candidate& candidate, EventNumber event) const;
  // To the next candidate of its chain; false at its end.
  bool Advance(std::size_t need);
  bool Settle(std::vector<std::size_t> moved);
  bool Place(std::size_t next);

  const StateData& data_;
  const Candidates& candidates_;
  std::vector<std::vector<Chain>> chains_;

  // Of one run: chains without the candidates that come too late; needs by number of chains; where
  // each one stands; how many candidates may still be tried.
  std::vector<std::vector<Chain>> open_;
  std::vector<std::size_t> order_;
  struct Standing {
    const Chain* chain = nullptr;
    std::size_t at = 0;
  };
  std::vector<Standing> standing_;
  int steps_ = 0;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_SIGNATURE_SEARCH_H_
