#include "server/app/replay.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"

namespace greffe {
namespace {

// Pages that keep memory small and reads few.
constexpr std::size_t kArrivalsPage = 1024;
constexpr std::size_t kReplayPage = 256;
constexpr std::size_t kReplayPageBytes = 64 * 1024;

// Reads events of each feed ahead: arrivals of one feed come in its order.
class EventPages {
 public:
  explicit EventPages(const EventStore& store) : store_(store) {}

  absl::StatusOr<const std::string*> Read(EventPosition at) {
    Page& page = pages_[at.feed];
    if (page.events.empty() || at.sequence < page.from ||
        at.sequence >= page.from + page.events.size()) {
      ASSIGN_OR_RETURN(page.events,
                       store_.ReadEvents(at.feed, at.sequence, kReplayPage, kReplayPageBytes));
      page.from = at.sequence;
      if (page.events.empty()) {
        return EventMissing(at.sequence);
      }
    }
    return &page.events[at.sequence - page.from];
  }

 private:
  struct Page {
    std::uint64_t from = 0;
    std::vector<std::string> events;
  };
  const EventStore& store_;
  std::map<FeedNumber, Page> pages_;
};

// Points of applied events are held, so with one branch there is nothing to compare.
absl::StatusOr<bool> ResolveSeen(const EventStore& store, std::span<const FeedRow> feeds,
                                 const v1::Event& event, std::vector<LocalPoint>* seen) {
  seen->clear();
  for (const v1::FeedPoint& point : event.seen()) {
    const FeedRow* only = nullptr;
    int branches = 0;
    for (const FeedRow& row : feeds) {
      if (row.replica.view() == absl::string_view(point.replica_id())) {
        only = &row;
        ++branches;
      }
    }
    if (branches == 0) return false;
    if (branches == 1) {
      seen->push_back(LocalPoint{only->number, point.size()});
      continue;
    }
    ASSIGN_OR_RETURN(const Digest root, Digest::FromBytes(point.root(), "seen.root"));
    ASSIGN_OR_RETURN(const std::optional<LocalPoint> found,
                     ResolvePoint(feeds, only->replica, point.size(), root,
                                  [&](FeedNumber feed, std::uint64_t size) {
                                    return RootAt(size, TreeReader(store, feeds, feed));
                                  }));
    if (!found.has_value()) return false;
    seen->push_back(*found);
  }
  return true;
}

}  // namespace

void AddBranches(std::span<const FeedRow> feeds, ConventionState* state) {
  for (const FeedRow& row : feeds) {
    state->AddBranch(FeedBranch{row.number, row.replica, row.parent, row.forked_at});
  }
}

absl::Status Replay(const EventStore& store, std::span<const FeedRow> feeds,
                    ConventionNumber convention, std::uint64_t from, std::uint64_t to,
                    const ReplayFilter& filter, ConventionState* state,
                    const std::function<void(EventPosition, const Digest&)>& on_leaf,
                    const std::function<bool()>& cancelled) {
  AddBranches(feeds, state);
  EventPages pages(store);
  v1::Event event;
  std::vector<LocalPoint> seen;
  const bool filtered = filter.admit != nullptr || filter.admit_event != nullptr;
  while (from < to) {
    if (cancelled && cancelled()) return absl::CancelledError("replay");
    ASSIGN_OR_RETURN(
        const std::vector<Arrival> arrivals,
        store.ReadArrivals(convention, from, std::min<std::uint64_t>(kArrivalsPage, to - from)));
    if (arrivals.empty()) {
      return Damage(absl::StrCat("arrivée ", from, " : absente"),
                    absl::StrCat("arrival ", from, ": missing"));
    }
    for (const Arrival& arrival : arrivals) {
      if (filter.admit && !filter.admit(arrival)) continue;
      ASSIGN_OR_RETURN(const std::string* bytes, pages.Read(arrival.at));
      const Digest leaf = LeafHash(*bytes);
      if (on_leaf) on_leaf(arrival.at, leaf);
      if (!event.ParseFromString(*bytes)) event.Clear();
      ASSIGN_OR_RETURN(const bool resolved, ResolveSeen(store, feeds, event, &seen));
      if (!resolved || !state->CanApply(arrival.at, seen)) {
        if (filtered) continue;
        return Damage(absl::StrCat("événement ", arrival.at.sequence, ", ", leaf.ToHex(),
                                   " : ce qu'il avait vu n'est pas appliqué avant lui"),
                      absl::StrCat("event ", arrival.at.sequence, ", ", leaf.ToHex(),
                                   ": what it has seen is not applied before it"));
      }
      if (filter.admit_event && !filter.admit_event(event)) continue;
      state->Apply(ApplicableEvent{arrival.at, leaf, seen, &event});
    }
    from += arrivals.size();
  }
  return absl::OkStatus();
}

}  // namespace greffe
