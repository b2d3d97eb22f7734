#ifndef GREFFE_CORE_CONVENTION_ORDER_H_
#define GREFFE_CORE_CONVENTION_ORDER_H_

#include <cstdint>
#include <vector>

#include "core/convention/state.h"

// One order of events for lists that people read. Private to core/convention.
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

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ORDER_H_
