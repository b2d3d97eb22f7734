#include "server/app/feed_tree.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "server/app/refusals.h"

namespace greffe {
namespace {

// What a frame adds to each event: its tag and its length.
constexpr std::size_t kFramingBytes = 4;

absl::Status HeadMissing(std::uint64_t from) {
  return Damage(absl::StrCat("aucune tête signée après l'événement ", from),
                absl::StrCat("head after event ", from, ": none"));
}

}  // namespace

const FeedRow* FindFeed(std::span<const FeedRow> feeds, FeedNumber feed) {
  for (const FeedRow& row : feeds) {
    if (row.number == feed) return &row;
  }
  return nullptr;
}

FeedNumber OwnerOf(std::span<const FeedRow> feeds, FeedNumber feed, std::uint64_t sequence) {
  const FeedRow* row = FindFeed(feeds, feed);
  while (row != nullptr && row->parent.has_value() && sequence < row->forked_at) {
    row = FindFeed(feeds, *row->parent);
  }
  return row == nullptr ? feed : row->number;
}

NodeReader TreeReader(const EventStore& store, std::span<const FeedRow> feeds, FeedNumber feed) {
  return [&store, rows = std::vector<FeedRow>(feeds.begin(), feeds.end()), feed](
             std::uint8_t level, std::uint64_t index) -> absl::StatusOr<Digest> {
    // A node lies where its last leaf does: one that spans the fork is the branch's own.
    const std::uint64_t last = ((index + 1) << level) - 1;
    return store.ReadNode(OwnerOf(rows, feed, last), level, index);
  };
}

absl::StatusOr<std::string> ReadChecked(const EventStore& store, EventPosition at) {
  ASSIGN_OR_RETURN(std::string bytes, store.ReadEvent(at));
  ASSIGN_OR_RETURN(const Digest leaf, store.ReadNode(at.feed, 0, at.sequence));
  if (LeafHash(bytes) != leaf) {
    return EventRewritten(at.sequence, LeafHash(bytes), leaf);
  }
  return bytes;
}

absl::StatusOr<std::optional<LocalPoint>> ResolvePoint(std::span<const FeedRow> feeds,
                                                       const ReplicaId& replica, std::uint64_t size,
                                                       const Digest& root,
                                                       const RootReader& root_of) {
  if (size == 0) return std::optional<LocalPoint>();
  // By number: a parent comes before its branches, so a shared prefix is found where it is stored.
  for (const FeedRow& row : feeds) {
    if (row.replica != replica || row.held < size || (row.parent && size <= row.forked_at)) {
      continue;
    }
    ASSIGN_OR_RETURN(const Digest found, root_of(row.number, size));
    if (found == root) return std::optional<LocalPoint>(LocalPoint{row.number, size});
  }
  return std::optional<LocalPoint>();
}

absl::StatusOr<Stretch> ReadStretch(const EventStore& store, std::span<const FeedRow> feeds,
                                    FeedNumber feed, std::uint64_t from, std::size_t bytes_max) {
  Stretch out;
  const FeedRow* row = FindFeed(feeds, feed);
  if (row == nullptr || from >= row->held) return out;
  // Shared events are read from the branch that stores them, up to the fork.
  const FeedRow* owner = FindFeed(feeds, OwnerOf(feeds, feed, from));
  std::uint64_t end = row->held;
  for (const FeedRow* r = row; r != owner; r = FindFeed(feeds, *r->parent)) end = r->forked_at;

  ASSIGN_OR_RETURN(out.events, store.ReadEvents(owner->number, from, end - from, bytes_max));
  if (out.events.empty()) return EventMissing(from);
  std::size_t cost = 0;
  std::uint64_t reach = from;
  for (const std::string& event : out.events) {
    cost += event.size() + kFramingBytes;
    if (cost > bytes_max || reach == end) break;
    ++reach;
  }
  auto head = store.ReadHeadAtMost(owner->number, reach);
  if (!head.ok() && !absl::IsNotFound(head.status())) return head.status();
  if (!head.ok() || head->size <= from) {
    // One stretch between two heads is longer than asked for: take it whole.
    ASSIGN_OR_RETURN(std::vector<StoredHead> next, store.ReadHeads(owner->number, from + 1, 1));
    if (next.empty()) return HeadMissing(from);
    head = std::move(next.front());
    while (from + out.events.size() < std::min(end, head->size)) {
      const std::uint64_t at = from + out.events.size();
      ASSIGN_OR_RETURN(std::vector<std::string> more,
                       store.ReadEvents(owner->number, at, head->size - at, bytes_max));
      if (more.empty()) return EventMissing(at);
      for (std::string& event : more) out.events.push_back(std::move(event));
    }
  }
  if (head->size > end) {
    // The fork lies between two heads of the parent: the stretch goes on in the branch itself.
    ASSIGN_OR_RETURN(std::vector<StoredHead> next, store.ReadHeads(feed, from + 1, 1));
    if (next.empty()) return HeadMissing(from);
    out.events.resize(std::min<std::uint64_t>(out.events.size(), end - from));
    while (from + out.events.size() < next.front().size) {
      const std::uint64_t at = from + out.events.size();
      const FeedNumber source = OwnerOf(feeds, feed, at);
      ASSIGN_OR_RETURN(std::vector<std::string> more,
                       store.ReadEvents(source, at, next.front().size - at, bytes_max));
      if (more.empty()) return EventMissing(at);
      for (std::string& event : more) out.events.push_back(std::move(event));
    }
    head = std::move(next.front());
  }
  out.events.resize(head->size - from);
  out.head = *std::move(head);
  return out;
}

}  // namespace greffe
