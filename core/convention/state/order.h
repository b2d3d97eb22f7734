#ifndef GREFFE_CORE_CONVENTION_STATE_ORDER_H_
#define GREFFE_CORE_CONVENTION_STATE_ORDER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/convention/state/state.h"

// One order of events for lists that people read, and what builds on what. Private to
// core/convention.
namespace greffe {

// Number of events in the past of an event, itself included: larger than that of any cause, and
// the same in every replica, whatever the order of arrival.
std::uint64_t PastSize(const StateData& data, EventNumber event);
// By (PastSize, leaf): causes before effects.
bool Before(const StateData& data, EventNumber a, EventNumber b);
void SortEvents(const StateData& data, std::vector<EventNumber>* events);
// Of events, of each branch the last: whoever saw these saw all of them, and what some event had
// seen the last of its branch had. Few, however many events a feed holds.
std::vector<EventNumber> LastOfEachBranch(const StateData& data,
                                          const std::vector<EventNumber>& events);

// The revisions and all that they build on, each once, nearest first.
std::vector<RevisionNumber> WithAllBelow(const StateData& data,
                                         const std::vector<RevisionNumber>& revisions);

// What builds on what, among some revisions and all that they build on: worked out once for all
// pairs, a bit for each. Whoever asks for one pair after another would walk down each time.
class RevisionOrder final {
 public:
  RevisionOrder(const StateData& data, const std::vector<RevisionNumber>& revisions);

  // True when `later` builds on `base`, directly or through others. False for one that is not among
  // these.
  bool BuildsOn(RevisionNumber later, RevisionNumber base) const;

 private:
  // Place in `all_`; its size for one that is not there.
  std::size_t PlaceOf(RevisionNumber revision) const;

  // By number: what a revision builds on comes before it.
  std::vector<RevisionNumber> all_;
  // By place, what it builds on, by place.
  std::vector<std::vector<bool>> below_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_ORDER_H_
