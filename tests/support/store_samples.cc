#include "tests/support/store_samples.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/feed/checkpoint.h"
#include "core/sync/digests.h"
#include "greffe/v1/event.pb.h"

namespace greffe {
namespace {

// 1 January 2024.
constexpr std::int64_t kStartSeconds = 1704067200;

std::string Nonce(ConventionNumber number) {
  std::string nonce(16, 'n');
  nonce[15] = static_cast<char>(number);
  nonce[14] = static_cast<char>(number >> 8);
  return nonce;
}

}  // namespace

std::unique_ptr<SigningKey> SampleKey(std::uint8_t number) {
  return *SigningKey::FromSeed(std::string(32, static_cast<char>(number + 1)));
}

SampleConvention::SampleConvention(ConventionNumber number, FeedNumber first_feed, int replicas)
    : number_(number) {
  for (int i = 0; i < replicas; ++i) {
    Feed feed;
    feed.key = SampleKey(static_cast<std::uint8_t>(i));
    feed.row.number = first_feed + static_cast<FeedNumber>(i);
    feed.row.convention = number;
    feed.row.replica = feed.key->replica_id();
    feed.row.key = feed.key->public_key();
    feed.seen.resize(static_cast<std::size_t>(replicas));
    feeds_.push_back(std::move(feed));
  }
  id_ = DeriveConventionId(feeds_[0].row.replica, Nonce(number));
}

SampleConvention::~SampleConvention() = default;

const SigningKey& SampleConvention::key(int replica) const {
  return *feeds_[static_cast<std::size_t>(replica)].key;
}

ConventionRow SampleConvention::Row() const {
  return {.number = number_, .id = id_, .arrivals = arrivals_, .read_only = false};
}

std::string SampleConvention::EventBytes(std::size_t replica, std::size_t text_bytes) {
  Feed& feed = feeds_[replica];
  v1::Event event;
  event.set_format(1);
  event.set_convention_id(id_.ToBytes());
  event.set_replica_id(feed.row.replica.ToBytes());
  event.set_sequence(feed.frontier.size());
  event.mutable_recorded_at()->set_seconds(kStartSeconds + static_cast<std::int64_t>(arrivals_));
  for (std::size_t other = 0; other < feeds_.size(); ++other) {
    const MerkleFrontier& end = feeds_[other].frontier;
    if (other == replica || end.size() == feed.seen[other]) continue;
    v1::FeedPoint* point = event.add_seen();
    point->set_replica_id(feeds_[other].row.replica.ToBytes());
    point->set_size(end.size());
    point->set_root(end.Root().ToBytes());
    feed.seen[other] = end.size();
  }
  std::string text = absl::StrCat("secretariat numero ", feed.frontier.size(), " ");
  while (text.size() < text_bytes) text += "abcdefghij";
  event.mutable_actor()->set_office(text);
  event.mutable_actor()->set_partner_id("exemple");
  if (replica == 0 && feed.frontier.size() == 0) {
    event.mutable_convention_opened()->set_nonce(Nonce(number_));
    event.mutable_convention_opened()->set_public_key(feed.row.key.ToBytes());
  }
  return event.SerializeAsString();
}

StoredHead SampleConvention::Head(int replica) const {
  const Feed& feed = feeds_[static_cast<std::size_t>(replica)];
  const Checkpoint head{.convention = id_,
                        .replica = feed.row.replica,
                        .size = feed.frontier.size(),
                        .root = feed.frontier.Root()};
  return {.feed = feed.row.number, .size = head.size, .note = SignCheckpoint(head, *feed.key)};
}

WriteSet SampleConvention::Append(int replica, int count, std::size_t text_bytes) {
  const auto index = static_cast<std::size_t>(replica);
  Feed& feed = feeds_[index];
  WriteSet writes;
  for (int i = 0; i < count; ++i) {
    const EventPosition at{.feed = feed.row.number, .sequence = feed.frontier.size()};
    std::string bytes = EventBytes(index, text_bytes);
    const Digest leaf = LeafHash(bytes);
    std::vector<MerkleNode> completed;
    feed.frontier.Append(leaf, &completed);
    for (const MerkleNode& node : completed) writes.nodes.push_back({feed.row.number, node});
    writes.events.push_back(
        {.at = at, .convention = number_, .leaf = leaf, .bytes = std::move(bytes)});
    writes.arrivals.push_back(
        {.convention = number_,
         .arrival = arrivals_,
         .at = at,
         .received_at = {(kStartSeconds + static_cast<std::int64_t>(arrivals_)) * 1'000'000}});
    ++arrivals_;
  }
  feed.row.held = feed.row.applied = feed.frontier.size();
  writes.heads.push_back(Head(replica));
  writes.feeds.push_back(feed.row);
  writes.conventions.push_back(Row());
  std::vector<Point> points;
  for (const Feed& held : feeds_) {
    // Feeds without an event have no row yet.
    if (held.row.held == 0) continue;
    points.push_back({held.row.replica, held.row.held, held.frontier.Root()});
  }
  const Digest held = sync::ConventionDigest(std::move(points));
  for (std::size_t other = 1; other < feeds_.size(); ++other) {
    writes.sync_index.push_back(
        {.replica = feeds_[other].row.replica, .convention = id_, .digest = held});
  }
  return writes;
}

}  // namespace greffe
