#include "tests/support/mini_replica.h"

#include <cstdlib>

namespace greffe::testing_support {
namespace {

CivilDate Day(absl::string_view text) { return *CivilDate::Parse(text, "date"); }

// Events are recorded from this second of the replica's day on, each a second after the last of its
// feed.
constexpr std::int64_t kFirstSecond = 8 * 60 * 60;

}  // namespace

MiniNet::MiniNet()
    : nonce_(16, 'n'), convention_(DeriveConventionId(ReplicaIdOf(KeyOf(0)), nonce_)) {}

MiniNet::~MiniNet() = default;

PublicKey MiniNet::KeyOf(int index) {
  PublicKey key;
  key.bytes.fill(static_cast<std::uint8_t>(index + 1));
  return key;
}

MiniReplica& MiniNet::replica(int index) {
  while (static_cast<int>(replicas_.size()) <= index) {
    replicas_.push_back(std::make_unique<MiniReplica>(*this, static_cast<int>(replicas_.size())));
  }
  return *replicas_[index];
}

void MiniNet::Send(int from, int to) {
  MiniReplica& sender = replica(from);
  MiniReplica& receiver = replica(to);
  for (const auto& [author, sequence] : sender.arrivals_) {
    if (receiver.applied_[author] <= sequence) receiver.Apply(feeds_[author][sequence]);
  }
}

void MiniNet::SyncAll() {
  const int count = static_cast<int>(replicas_.size());
  for (int round = 0; round < 2; ++round) {
    for (int i = 1; i < count; ++i) Send(i, 0);
    for (int i = 1; i < count; ++i) Send(0, i);
  }
}

MiniReplica::MiniReplica(MiniNet& net, int index)
    : today(Day("2025-06-30")),
      net_(net),
      index_(index),
      id_(ReplicaIdOf(MiniNet::KeyOf(index))),
      state_(net.convention()) {
  reader_ = [this](EventPosition at) -> absl::StatusOr<std::string> {
    for (const auto& [author, feed] : feeds_) {
      if (feed == at.feed) return net_.feeds_[author][at.sequence].bytes;
    }
    return absl::NotFoundError("no such feed");
  };
}

FeedNumber MiniReplica::FeedOf(int author) {
  const auto [at, added] = feeds_.emplace(author, static_cast<FeedNumber>(feeds_.size() + 1));
  if (added) {
    state_.AddBranch({.number = at->second, .replica = ReplicaIdOf(MiniNet::KeyOf(author))});
  }
  return at->second;
}

CommandContext MiniReplica::Context(const std::string& partner, std::vector<v1::Role> roles,
                                    const std::string& office) {
  CommandContext context;
  context.replica = id_;
  context.partner_id = partner;
  context.office = office;
  context.roles = std::move(roles);
  ++requests_;
  for (int i = 0; i < 8; ++i) {
    context.request.bytes[i] = static_cast<std::uint8_t>(requests_ >> (8 * i));
  }
  context.request.bytes[15] = static_cast<std::uint8_t>(index_ + 1);
  context.today = today;
  context.read_cut = Cut();
  context.salt = std::string(32, 's');
  context.read_event = reader_;
  return context;
}

std::vector<LocalPoint> MiniReplica::Cut() const {
  std::vector<LocalPoint> cut;
  for (const auto& [author, size] : applied_) {
    if (size > 0) cut.push_back({.feed = feeds_.at(author), .size = size});
  }
  return cut;
}

std::vector<Digest> MiniReplica::Write(const Decision& decision, const CommandContext& context) {
  std::vector<Digest> leaves;
  for (v1::Event event : decision.events) {
    MiniNet::Stored stored;
    stored.author = index_;
    stored.sequence = net_.feeds_[index_].size();
    event.set_format(1);
    event.set_convention_id(net_.convention().ToBytes());
    event.set_replica_id(id_.ToBytes());
    event.set_sequence(stored.sequence);
    event.mutable_recorded_at()->set_seconds(std::int64_t{today.days} * 24 * 60 * 60 +
                                             kFirstSecond +
                                             static_cast<std::int64_t>(stored.sequence));
    for (const auto& [author, size] : applied_) {
      if (author == index_ || size == 0 || cited_[author] == size) continue;
      cited_[author] = size;
      stored.seen.push_back({author, size});
      v1::FeedPoint* point = event.add_seen();
      point->set_replica_id(ReplicaIdOf(MiniNet::KeyOf(author)).ToBytes());
      point->set_size(size);
      point->set_root(std::string(32, 'r'));
    }
    event.mutable_actor()->set_person_id(std::string(16, 'p'));
    event.mutable_actor()->set_office(context.office);
    event.mutable_actor()->set_partner_id(context.partner_id);
    event.set_request_id(context.request.ToBytes());
    if (decision.complete) decision.complete(leaves, &event);
    stored.bytes = event.SerializeAsString();
    stored.leaf = LeafHash(stored.bytes);
    leaves.push_back(stored.leaf);
    net_.feeds_[index_].push_back(stored);
    Apply(stored);
  }
  return leaves;
}

void MiniReplica::Apply(const MiniNet::Stored& stored) {
  v1::Event event;
  if (!event.ParseFromString(stored.bytes)) std::abort();
  std::vector<LocalPoint> seen;
  for (const auto& [author, size] : stored.seen) {
    seen.push_back({.feed = FeedOf(author), .size = size});
  }
  const EventPosition at{.feed = FeedOf(stored.author), .sequence = stored.sequence};
  if (!state_.CanApply(at, seen)) std::abort();
  state_.Apply({.at = at, .leaf = stored.leaf, .seen = seen, .event = &event});
  applied_[stored.author] = stored.sequence + 1;
  arrivals_.push_back({stored.author, stored.sequence});
}

Known MiniReplica::At(absl::string_view in_force_on) const {
  return Known{.state = state_,
               .cut = "gt1.test",
               .in_force_on = Day(in_force_on),
               .clock_date = Day(in_force_on),
               .read_event = reader_};
}

}  // namespace greffe::testing_support
