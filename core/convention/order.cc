#include "core/convention/order.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace greffe {

std::uint64_t PastSize(const StateData& data, EventNumber event) {
  return data.causality.PastSize(data.events[event].branch, data.events[event].sequence);
}

bool Before(const StateData& data, EventNumber a, EventNumber b) {
  return std::make_tuple(PastSize(data, a), data.events[a].leaf) <
         std::make_tuple(PastSize(data, b), data.events[b].leaf);
}

void SortEvents(const StateData& data, std::vector<EventNumber>* events) {
  std::sort(events->begin(), events->end(),
            [&](EventNumber a, EventNumber b) { return Before(data, a, b); });
}

std::vector<EventNumber> LastOfEachBranch(const StateData& data,
                                          const std::vector<EventNumber>& events) {
  std::map<BranchIndex, EventNumber> last;
  for (const EventNumber event : events) {
    const EventRow& row = data.events[event];
    const auto [known, first] = last.emplace(row.branch, event);
    if (!first && data.events[known->second].sequence < row.sequence) known->second = event;
  }
  std::vector<EventNumber> out;
  for (const auto& [branch, event] : last) out.push_back(event);
  return out;
}

}  // namespace greffe
