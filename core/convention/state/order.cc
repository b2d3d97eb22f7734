#include "core/convention/state/order.h"

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

std::vector<RevisionNumber> WithAllBelow(const StateData& data,
                                         const std::vector<RevisionNumber>& revisions) {
  std::vector<RevisionNumber> out;
  std::vector<bool> known(data.revisions.size(), false);
  const auto add = [&](RevisionNumber one) {
    if (!known[one]) out.push_back(one);
    known[one] = true;
  };
  std::for_each(revisions.begin(), revisions.end(), add);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::vector<RevisionNumber>& bases = data.revisions[out[i]].bases;
    std::for_each(bases.begin(), bases.end(), add);
  }
  return out;
}

RevisionOrder::RevisionOrder(const StateData& data, const std::vector<RevisionNumber>& revisions)
    : all_(WithAllBelow(data, revisions)) {
  std::sort(all_.begin(), all_.end());
  below_.reserve(all_.size());
  for (std::size_t i = 0; i < all_.size(); ++i) {
    // What comes later, it does not build on.
    std::vector<bool>& mine = below_.emplace_back(i, false);
    // The latest first: what one of them builds on is then known with all below it.
    std::vector<RevisionNumber> bases = data.revisions[all_[i]].bases;
    std::sort(bases.rbegin(), bases.rend());
    for (const RevisionNumber base : bases) {
      const std::size_t at = PlaceOf(base);
      if (mine[at]) continue;
      mine[at] = true;
      const std::vector<bool>& its = below_[at];
      for (std::size_t one = 0; one < its.size(); ++one) mine[one] = mine[one] || its[one];
    }
  }
}

std::size_t RevisionOrder::PlaceOf(RevisionNumber revision) const {
  const auto at = std::lower_bound(all_.begin(), all_.end(), revision);
  return at == all_.end() || *at != revision ? all_.size()
                                             : static_cast<std::size_t>(at - all_.begin());
}

bool RevisionOrder::BuildsOn(RevisionNumber later, RevisionNumber base) const {
  const std::size_t from = PlaceOf(later);
  const std::size_t to = PlaceOf(base);
  // Places beyond are of what came later, or of none.
  return from < all_.size() && to < below_[from].size() && below_[from][to];
}

}  // namespace greffe
