#ifndef GREFFE_SERVER_APP_FEED_TREE_H_
#define GREFFE_SERVER_APP_FEED_TREE_H_

#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "core/feed/merkle.h"
#include "storage/event_store.h"

namespace greffe {

// The trees of a convention's feeds as stored. A branch stores what is its own; what it shares is
// found in its parent. All functions are thread safe.

// The row of a branch, or null.
const FeedRow* FindFeed(std::span<const FeedRow> feeds, FeedNumber feed);
// The branch that stores event `sequence` of `feed`.
FeedNumber OwnerOf(std::span<const FeedRow> feeds, FeedNumber feed, std::uint64_t sequence);
// Reads complete nodes of a branch, shared ones from where they are stored. The rows are copied.
NodeReader TreeReader(const EventStore& store, std::span<const FeedRow> feeds, FeedNumber feed);
// An event of a branch, its own or shared, checked against the leaf stored for it. DATA_LOSS.
absl::StatusOr<std::string> ReadChecked(const EventStore& store, EventPosition at);

// The point in this store, or absent when no branch held has it. A point in a shared prefix is one
// of the branch that stores it. `root_of` gives roots of branches up to what is held.
using RootReader = std::function<absl::StatusOr<Digest>(FeedNumber, std::uint64_t size)>;
absl::StatusOr<std::optional<LocalPoint>> ResolvePoint(std::span<const FeedRow> feeds,
                                                       const ReplicaId& replica, std::uint64_t size,
                                                       const Digest& root,
                                                       const RootReader& root_of);

// Head that ends the longest stretch of `feed` from `from` on whose events take at most
// `bytes_max`, or else the next head, with these events. Empty events: nothing from there.
struct Stretch {
  std::vector<std::string> events;
  StoredHead head;
};
absl::StatusOr<Stretch> ReadStretch(const EventStore& store, std::span<const FeedRow> feeds,
                                    FeedNumber feed, std::uint64_t from, std::size_t bytes_max);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_FEED_TREE_H_
