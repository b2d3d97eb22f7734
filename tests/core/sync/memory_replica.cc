#include "tests/core/sync/memory_replica.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/feed/checkpoint.h"

namespace greffe::sync {

MemoryReplica::MemoryReplica(const std::string& name)
    : key_(*SigningKey::FromSeed(Sha256({name}).view())), name_(name) {}

ConventionId MemoryReplica::OpenConvention(std::uint64_t nonce) {
  const std::string nonce16 = Sha256({absl::StrCat("nonce ", nonce)}).ToBytes().substr(0, 16);
  const ConventionId id = DeriveConventionId(this->id(), nonce16);
  v1::Event event;
  event.mutable_convention_opened()->set_nonce(nonce16);
  event.mutable_convention_opened()->set_public_key(key_->public_key().ToBytes());
  AppendEvents(id, {event});
  return id;
}

void MemoryReplica::Admit(const ConventionId& convention, const MemoryReplica& other) {
  v1::Event event;
  event.mutable_roster_entry_set()->set_public_key(other.key().public_key().ToBytes());
  event.mutable_roster_entry_set()->add_partner_ids("partner");
  AppendEvents(convention, {event});
}

void MemoryReplica::Append(const ConventionId& convention, std::string_view text, int count,
                           bool head_each) {
  std::vector<v1::Event> events;
  for (int i = 0; i < count; ++i) {
    v1::Event event;
    event.mutable_progress_reported()->set_comment(std::string(text));
    events.push_back(event);
    if (head_each) AppendEvents(convention, std::exchange(events, {}));
  }
  if (!events.empty()) AppendEvents(convention, events);
}

MemoryReplica::Branch& MemoryReplica::OwnBranch(const ConventionId& id) {
  Convention& convention = conventions_[id];
  for (auto& [number, branch] : convention.branches) {
    if (branch.replica == this->id()) return branch;
  }
  Branch& branch = convention.branches[convention.next++];
  branch.replica = this->id();
  branch.key = key_->public_key();
  return branch;
}

void MemoryReplica::AppendEvents(const ConventionId& id, const std::vector<v1::Event>& events) {
  Branch& branch = OwnBranch(id);
  std::size_t unsigned_bytes = 0;
  for (v1::Event event : events) {
    event.set_format(1);
    event.set_convention_id(id.ToBytes());
    event.set_replica_id(this->id().ToBytes());
    event.set_sequence(branch.events.size());
    const std::string bytes = event.SerializeAsString();
    if (unsigned_bytes > 0 && unsigned_bytes + bytes.size() > limits::kHeadEveryBytes) {
      SignHead(id, branch);
      unsigned_bytes = 0;
    }
    unsigned_bytes += bytes.size();
    Extend(conventions_[id], branch, bytes);
  }
  SignHead(id, branch);
}

void MemoryReplica::Extend(Convention& convention, Branch& branch, const std::string& bytes) {
  branch.events.push_back(bytes);
  branch.leaves.push_back(LeafHash(bytes));
  branch.frontier.Append(branch.leaves.back());
  branch.roots.push_back(branch.frontier.Root());
  v1::Event event;
  event.ParseFromString(bytes);
  std::string key;
  if (event.has_convention_opened()) key = event.convention_opened().public_key();
  if (event.has_roster_entry_set()) key = event.roster_entry_set().public_key();
  if (key.empty()) return;
  const PublicKey named = *PublicKey::FromBytes(key, "key");
  convention.authors.insert(named);
  convention.roster.insert(ReplicaIdOf(named));
}

void MemoryReplica::SignHead(const ConventionId& id, Branch& branch) {
  const Checkpoint head{.convention = id,
                        .replica = branch.replica,
                        .size = branch.events.size(),
                        .root = branch.frontier.Root()};
  branch.heads[head.size] = SignCheckpoint(head, *key_);
}

void MemoryReplica::RestoreFrom(const ConventionId& convention, const MemoryReplica& other) {
  conventions_[convention] = other.conventions_.at(convention);
}

IngestContext MemoryReplica::Context(const ConventionId& id, const PublicKey& key) const {
  IngestContext context{.convention = id, .branches = {}};
  const auto found = conventions_.find(id);
  if (found == conventions_.end()) return context;
  context.convention_held = true;
  context.author_known = found->second.authors.count(key) > 0;
  context.feeds_held = found->second.branches.size();
  for (const auto& [number, branch] : found->second.branches) {
    if (branch.key != key) continue;
    context.branches.push_back(
        {.number = number,
         .parent = branch.parent,
         .forked_at = branch.forked_at,
         .held = branch.events.size(),
         .read_node = [&leaves = branch.leaves](std::uint8_t level,
                                                std::uint64_t index) -> absl::StatusOr<Digest> {
           const std::uint64_t begin = index << level;
           const std::uint64_t end = (index + 1) << level;
           if (end > leaves.size()) return absl::NotFoundError("node");
           MerkleFrontier subtree;
           for (std::uint64_t i = begin; i < end; ++i) subtree.Append(leaves[i]);
           return subtree.Root();
         }});
  }
  return context;
}

StoredRun MemoryReplica::Ingest(const IngestRun& ingest) {
  StoredRun stored{.ticket = ingest.ticket, .refused = std::nullopt, .missing_sealed = {}};
  const auto address = AddressOf(ingest.run);
  const auto outcome = PlanIngest(Context(address->convention, address->key), ingest.run);
  if (const auto* refusal = std::get_if<IngestRefusal>(&*outcome)) {
    stored.refused = refusal->reason;
    return stored;
  }
  const IngestPlan& plan = std::get<IngestPlan>(*outcome);
  Convention& convention = conventions_[address->convention];
  events_stored_again += static_cast<std::uint64_t>(ingest.run.events_size()) - plan.events.size();
  FeedNumber number = plan.branch.value_or(convention.next);
  if (!plan.branch) {
    ++convention.next;
    Branch fresh{.replica = address->replica,
                 .key = plan.key,
                 .parent = plan.parent,
                 .forked_at = plan.forked_at,
                 .events = {},
                 .leaves = {},
                 .roots = {},
                 .heads = {},
                 .frontier = {}};
    if (plan.parent) {
      const Branch& parent = convention.branches.at(*plan.parent);
      for (std::uint64_t i = 0; i < plan.forked_at; ++i) {
        Extend(convention, fresh, parent.events[i]);
        const auto head = parent.heads.find(i + 1);
        if (head != parent.heads.end()) fresh.heads.insert(*head);
      }
    }
    convention.branches.emplace(number, std::move(fresh));
  }
  Branch& branch = convention.branches.at(number);
  for (const PlannedEvent& event : plan.events) {
    Extend(convention, branch, event.bytes);
    for (const Digest& commitment : CommitmentsOf(event.event)) {
      stored.missing_sealed.push_back(commitment);
    }
  }
  branch.heads[plan.head.size] = plan.note;
  for (const v1::SealedValue& value : plan.sealed) {
    sealed[address->convention][*Digest::FromBytes(value.commitment(), "")] = value;
  }
  std::erase_if(stored.missing_sealed, [&](const Digest& commitment) {
    return sealed[address->convention].count(commitment) > 0;
  });
  return stored;
}

void MemoryReplica::StoreSealed(const v1::SealedReply& reply) {
  const ConventionId id = *ConventionId::FromBytes(reply.convention_id(), "");
  for (const v1::SealedValue& value : reply.values()) {
    sealed[id][*Digest::FromBytes(value.commitment(), "")] = value;
  }
}

v1::Hello MemoryReplica::Introduce() const {
  v1::Hello hello;
  hello.set_fold_version(1);
  hello.set_clock_ms(1'700'000'000'000);
  hello.set_name(name_);
  hello.set_nonce(std::string(kNonceBytes - 1, 'n') + static_cast<char>(++introduced));
  v1::PartnerCard& card = *hello.add_partners();
  card.set_partner_id(name_);
  card.set_name(name_);
  return hello;
}

std::vector<SharedConvention> MemoryReplica::Shared(const ReplicaId& peer) const {
  std::vector<SharedConvention> shared;
  for (const auto& [id, convention] : conventions_) {
    if (convention.roster.count(peer) > 0) shared.push_back({id, ConventionDigest(Points(id))});
  }
  return shared;
}

bool MemoryReplica::MayShare(const ConventionId& convention, const ReplicaId& peer) const {
  const auto found = conventions_.find(convention);
  return found != conventions_.end() && found->second.roster.count(peer) > 0;
}

std::vector<HeldBranch> MemoryReplica::Branches(const ConventionId& convention) const {
  std::vector<HeldBranch> held;
  const auto found = conventions_.find(convention);
  if (found == conventions_.end()) return held;
  for (const auto& [number, branch] : found->second.branches) {
    if (withheld.count(branch.replica) > 0) continue;
    held.push_back({.number = number,
                    .point = {.replica = branch.replica,
                              .size = branch.events.size(),
                              .root = branch.frontier.Root()},
                    .parent = branch.parent,
                    .forked_at = branch.forked_at});
  }
  return held;
}

StoredChunk MemoryReplica::Store(const IngestChunk& chunk) {
  const auto named = chunk_digests.find(chunk.chunk);
  if (named == chunk_digests.end() || Sha256({chunk.bytes}) != named->second) {
    return {.chunk = chunk.chunk, .stored = false, .wrong = true};
  }
  if (!chunks.emplace(chunk.chunk, chunk.bytes).second) ++chunks_stored_again;
  return {.chunk = chunk.chunk, .stored = true, .wrong = false};
}

absl::StatusOr<std::string> MemoryReplica::ReadChunk(const ConventionId& convention,
                                                     const Digest& attachment,
                                                     std::uint32_t index) const {
  const auto found = chunks.find({convention, attachment, index});
  if (found == chunks.end()) return absl::NotFoundError("chunk");
  return found->second;
}

std::vector<MissingChunk> MemoryReplica::MissingChunks(
    const ReplicaId& peer, std::size_t count_max,
    const std::function<bool(const MissingChunk&)>& skip) const {
  std::vector<MissingChunk> out;
  for (const auto& [chunk, digest] : chunk_digests) {
    if (out.size() == count_max) break;
    if (chunks.count(chunk) > 0 || !MayShare(chunk.convention, peer) || skip(chunk)) continue;
    out.push_back(chunk);
  }
  return out;
}

std::vector<Point> MemoryReplica::Points(const ConventionId& convention) const {
  std::vector<Point> points;
  for (const HeldBranch& branch : Branches(convention)) points.push_back(branch.point);
  std::sort(points.begin(), points.end());
  return points;
}

std::optional<FeedNumber> MemoryReplica::FindBranch(const ConventionId& convention,
                                                    const Point& point) const {
  const auto found = conventions_.find(convention);
  if (found == conventions_.end() || point.size == 0) return std::nullopt;
  for (const auto& [number, branch] : found->second.branches) {
    if (branch.replica == point.replica && point.size <= branch.events.size() &&
        branch.roots[point.size - 1] == point.root) {
      return number;
    }
  }
  return std::nullopt;
}

absl::StatusOr<v1::Run> MemoryReplica::ReadRun(const ConventionId& convention, FeedNumber number,
                                               std::uint64_t from, std::size_t bytes_max) const {
  const Branch& branch = conventions_.at(convention).branches.at(number);
  std::optional<v1::Run> best;
  v1::Run run;
  run.set_convention_id(convention.ToBytes());
  run.set_public_key(branch.key.ToBytes());
  run.set_from(from);
  if (from >= branch.events.size()) return absl::OutOfRangeError("end");
  std::size_t bytes = kCheckpointBytesMax;
  for (std::uint64_t next = from; next < branch.events.size(); ++next) {
    bytes += branch.events[next].size() + 4;
    if (bytes > bytes_max) break;
    run.add_events(branch.events[next]);
    const auto head = branch.heads.find(next + 1);
    if (head == branch.heads.end()) continue;
    run.set_head(head->second);
    best = run;
    // One head is enough for tests of many small runs.
    if (bytes > bytes_max / 2) break;
  }
  if (!best) return absl::ResourceExhaustedError("no head within the bytes");
  if (tamper) tamper(*best);
  return *std::move(best);
}

absl::StatusOr<v1::SealedValue> MemoryReplica::ReadSealed(const ConventionId& convention,
                                                          const Digest& commitment) const {
  const auto of = sealed.find(convention);
  if (of == sealed.end()) return absl::NotFoundError("value");
  const auto value = of->second.find(commitment);
  if (value == of->second.end()) return absl::NotFoundError("value");
  return value->second;
}

std::set<ConventionId> MemoryReplica::Held() const {
  std::set<ConventionId> held;
  for (const auto& [id, convention] : conventions_) held.insert(id);
  return held;
}

std::uint64_t MemoryReplica::EventsHeld(const ConventionId& convention) const {
  std::uint64_t events = 0;
  const auto found = conventions_.find(convention);
  if (found == conventions_.end()) return 0;
  for (const auto& [number, branch] : found->second.branches) {
    events += branch.events.size() - branch.forked_at;
  }
  return events;
}

}  // namespace greffe::sync
