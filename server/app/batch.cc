#include "server/app/batch.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"

namespace greffe {
namespace {

constexpr std::uint32_t kEventFormat = 1;
constexpr std::size_t kPersonBytes = 16;
// Tag and length of a citation in an event.
constexpr std::size_t kCitationFraming = 2;
// A citation at most, and what an event holds beside payload and citations.
constexpr std::size_t kCitationBytesMax = 96;
constexpr std::size_t kHeaderBytesMax = 2048;

absl::Status EventTooLarge(std::size_t bytes) {
  return ToStatus(
      {.code = absl::StatusCode::kInvalidArgument,
       .rule = "limit-event",
       .fr = absl::StrCat("Ce changement fait ", bytes, " octets ; un événement en a au plus ",
                          limits::kEventBytes, "."),
       .en = absl::StrCat("This change takes ", bytes, " bytes; an event has at most ",
                          limits::kEventBytes, "."),
       .next_fr = "Partagez-le en plusieurs éléments plus courts.",
       .next_en = "Split it into several shorter elements."});
}

// Logins have no "/".
std::string AccountOf(const UserCall& call) { return absl::StrCat(call.user, "/", call.account); }

std::string PersonKey(const ConventionId& convention, const std::string& account) {
  return absl::StrCat(convention.ToHex(), "/", account);
}

// Leaf hashes, among all that a message holds of their length.
std::vector<Digest> DigestsIn(const google::protobuf::Message& message) {
  using google::protobuf::FieldDescriptor;
  std::vector<Digest> out;
  std::vector<const FieldDescriptor*> fields;
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  reflection.ListFields(message, &fields);
  std::string scratch;
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        const std::vector<Digest> below =
            DigestsIn(field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                           : reflection.GetMessage(message, field));
        out.insert(out.end(), below.begin(), below.end());
      } else if (field->type() == FieldDescriptor::TYPE_BYTES) {
        const std::string& bytes =
            field->is_repeated()
                ? reflection.GetRepeatedStringReference(message, field, i, &scratch)
                : reflection.GetStringReference(message, field, &scratch);
        const auto digest = Digest::FromBytes(bytes, "leaf");
        if (digest.ok()) out.push_back(*digest);
      }
    }
  }
  return out;
}

}  // namespace

std::string WantedKey(const ConventionId& convention, const Digest& commitment) {
  return absl::StrCat(convention.ToHex(), "/", commitment.ToHex());
}

Batch::Batch(const BatchSettings& settings, Hosts* hosts, FeedNumber next_feed)
    : settings_(settings),
      hosts_(hosts),
      next_feed_(next_feed),
      next_convention_(hosts->next_convention()) {}

Batch::~Batch() {
  for (auto& [id, touched] : touched_) {
    ConventionHost& host = *touched.host;
    if (!published_ && touched.changed) {
      host.dropped = true;
      hosts_->Drop(id);
    }
    host.mutex.Unlock();
    // Only the sequencer holds two hosts at once, in any order; Abseil's detector would take two
    // batches with opposite orders for a deadlock to come, and abort.
    host.mutex.ForgetDeadlockInfo();
  }
  touched_.clear();
  hosts_->Trim();
}

absl::StatusOr<ConventionHost*> Batch::Touch(const ConventionId& id) {
  const auto found = touched_.find(id);
  if (found != touched_.end()) return found->second.host.get();
  ASSIGN_OR_RETURN(std::shared_ptr<ConventionHost> host, hosts_->Get(id));
  host->mutex.Lock();
  Touched& touched = touched_[id];
  touched.damaged = !host->damage.ok();
  touched.host = std::move(host);
  return touched.host.get();
}

ConventionHost* Batch::Create(const ConventionId& id) {
  ConventionRow row;
  row.number = next_convention_++;
  row.id = id;
  Touched& touched = touched_[id];
  touched.created = true;
  touched.host = std::make_shared<ConventionHost>(*settings_.store, row);
  touched.host->mutex.Lock();
  return touched.host.get();
}

void Batch::Forget(const ConventionId& id) {
  const auto it = touched_.find(id);
  if (it == touched_.end() || !it->second.created || it->second.changed) return;
  it->second.host->mutex.Unlock();
  touched_.erase(it);
}

Batch::Touched& Batch::TouchedOf(const ConventionHost* host) { return touched_.at(host->id); }

std::size_t Batch::AddBranch(Touched& touched, FeedRow row) {
  ConventionHost& host = *touched.host;
  row.number = next_feed_++;
  row.convention = host.row.number;
  host.state.AddBranch(FeedBranch{row.number, row.replica, row.parent, row.forked_at});
  host.feeds.push_back(row);
  host.edges.emplace_back();
  host.edges.back().fresh.from = row.forked_at;
  touched.changed_feeds.insert(row.number);
  touched.changed = true;
  return host.feeds.size() - 1;
}

std::size_t Batch::OwnBranch(Touched& touched) {
  if (const auto own = touched.host->FirstOf(settings_.key->replica_id())) return *own;
  FeedRow row;
  row.replica = settings_.key->replica_id();
  row.key = settings_.key->public_key();
  return AddBranch(touched, std::move(row));
}

absl::StatusOr<std::string> Batch::PersonOf(const ConventionHost& host,
                                            const std::string& account) {
  const auto known = host.persons.find(account);
  if (known != host.persons.end()) return known->second;
  auto stored = settings_.store->ReadRecord(kPersonsTable, PersonKey(host.id, account));
  if (stored.ok()) return *std::move(stored);
  if (!absl::IsNotFound(stored.status())) return stored.status();
  return settings_.random(kPersonBytes);
}

std::deque<Batch::Citation> Batch::ToCite(const ConventionHost& host,
                                          const std::vector<v1::Event>& events) const {
  std::vector<std::pair<int, Citation>> points;
  for (std::size_t i = 0; i < host.feeds.size(); ++i) {
    const FeedRow& feed = host.feeds[i];
    if (feed.replica == settings_.key->replica_id() || feed.applied <= feed.forked_at) continue;
    const auto cited = host.cited.find(feed.number);
    if (cited != host.cited.end() && cited->second >= feed.applied) continue;
    Citation citation;
    citation.point.set_replica_id(feed.replica.ToBytes());
    citation.point.set_size(feed.applied);
    citation.point.set_root(host.edges[i].applied.Root().ToBytes());
    citation.local = LocalPoint{feed.number, feed.applied};
    points.emplace_back(feed.parent.has_value() ? 1 : 0, std::move(citation));
  }
  const std::size_t all = points.size() * kCitationBytesMax;
  if (!events.empty() &&
      all + events.front().ByteSizeLong() + kHeaderBytesMax > limits::kEventBytes) {
    RankCitations(host, events, &points);
  }
  std::sort(points.begin(), points.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first, a.second.point.replica_id(), a.second.local) <
           std::tie(b.first, b.second.point.replica_id(), b.second.local);
  });
  std::deque<Citation> out;
  for (auto& [rank, citation] : points) out.push_back(std::move(citation));
  return out;
}

// They may not all fit. What an event names must be in its past; then those who may have a say;
// then the rest, of which forks and strangers can make any number.
void Batch::RankCitations(const ConventionHost& host, const std::vector<v1::Event>& events,
                          std::vector<std::pair<int, Citation>>* points) const {
  std::set<FeedNumber> named;
  for (const v1::Event& event : events) {
    for (const Digest& leaf : DigestsIn(event)) {
      const auto at = settings_.store->FindLeaf(host.row.number, leaf);
      if (at.ok()) named.insert(at->feed);
    }
  }
  std::set<std::string> roster;
  for (const RosterEntry& entry : host.state.Roster()) roster.insert(entry.replica.ToBytes());
  for (auto& [rank, citation] : *points) {
    const bool branch = rank > 0;
    rank = named.count(citation.local.feed) != 0                       ? 0
           : !branch && roster.count(citation.point.replica_id()) != 0 ? 1
                                                                       : 2;
  }
}

std::vector<LocalPoint> Batch::Cite(std::deque<Citation>* left, v1::Event* event) {
  std::size_t bytes = event->ByteSizeLong();
  std::vector<LocalPoint> seen;
  while (!left->empty()) {
    const std::size_t more = left->front().point.ByteSizeLong() + kCitationFraming;
    if (bytes + more > limits::kEventBytes) break;
    bytes += more;
    *event->add_seen() = std::move(left->front().point);
    seen.push_back(left->front().local);
    left->pop_front();
  }
  return seen;
}

absl::StatusOr<std::vector<Digest>> Batch::Append(ConventionHost* host, const UserCall& call,
                                                  const RequestId& request, Decision decision) {
  Touched& touched = TouchedOf(host);
  const std::string account = AccountOf(call);
  ASSIGN_OR_RETURN(const std::string person, PersonOf(*host, account));
  // Everything that can be refused is, before anything changes.
  const auto known = host->FirstOf(settings_.key->replica_id());
  const std::uint64_t from = known ? host->feeds[*known].held : 0;
  if (known) RETURN_IF_ERROR(CheckOwnHeads(touched, host->feeds[*known]));
  std::deque<Citation> to_cite = ToCite(*host, decision.events);
  std::vector<std::vector<LocalPoint>> seen;
  std::vector<std::string> encoded;
  std::vector<Digest> leaves;
  for (std::size_t i = 0; i < decision.events.size(); ++i) {
    v1::Event& event = decision.events[i];
    event.set_format(kEventFormat);
    event.set_convention_id(host->id.ToBytes());
    event.set_replica_id(settings_.key->replica_id().ToBytes());
    event.set_sequence(from + i);
    const Instant now = settings_.clock->Now();
    event.mutable_recorded_at()->set_seconds(now.micros / 1'000'000);
    event.mutable_recorded_at()->set_nanos(static_cast<int>(now.micros % 1'000'000) * 1000);
    event.mutable_actor()->set_person_id(person);
    event.mutable_actor()->set_office(call.office);
    event.mutable_actor()->set_partner_id(call.partner_id);
    event.set_request_id(request.ToBytes());
    if (decision.complete) decision.complete(leaves, &event);
    seen.push_back(Cite(&to_cite, &event));
    std::string bytes = event.SerializeAsString();
    if (bytes.size() > limits::kEventBytes) return EventTooLarge(bytes.size());
    leaves.push_back(LeafHash(bytes));
    encoded.push_back(std::move(bytes));
  }

  const std::size_t own = OwnBranch(touched);
  if (host->persons.emplace(account, person).second) {
    writes_.records.push_back(
        RecordRow{std::string(kPersonsTable), PersonKey(host->id, account), person});
  }
  for (const auto& points : seen) {
    for (const LocalPoint& point : points) host->cited[point.feed] = point.size;
  }
  for (std::size_t i = 0; i < encoded.size(); ++i) {
    if (touched.unsigned_bytes > 0 &&
        touched.unsigned_bytes + encoded[i].size() > limits::kHeadEveryBytes) {
      failed_ = SignHead(touched);
      if (!failed_.ok()) return failed_;
    }
    touched.unsigned_bytes += encoded[i].size();
    Store(touched, own, leaves[i], std::move(encoded[i]));
    Apply(touched, own, leaves[i], decision.events[i], seen[i]);
  }
  for (v1::SealedValue& sealed : decision.sealed) {
    SealedRow row;
    row.convention = host->id;
    ASSIGN_OR_RETURN(row.commitment, Digest::FromBytes(sealed.commitment(), "commitment"));
    row.salt = std::move(*sealed.mutable_salt());
    row.value = std::move(*sealed.mutable_value());
    writes_.sealed.push_back(std::move(row));
  }
  // One's own events may be what others' waited for.
  ApplyWaiting(touched);
  return leaves;
}

void Batch::Store(Touched& touched, std::size_t branch, const Digest& leaf, std::string bytes) {
  ConventionHost& host = *touched.host;
  FeedRow& feed = host.feeds[branch];
  BranchEdge& edge = host.edges[branch];
  std::vector<MerkleNode> completed;
  edge.held.Append(leaf, &completed);
  for (const MerkleNode& node : completed) {
    edge.fresh.nodes[std::make_pair(node.level, node.index)] = node.hash;
    writes_.nodes.push_back(StoredNode{feed.number, node});
  }
  if (edge.fresh.events.empty()) edge.fresh.from = feed.held;
  edge.fresh.events.push_back(writes_.events.size());
  StoredEvent stored;
  stored.at = EventPosition{feed.number, feed.held};
  stored.convention = host.row.number;
  stored.leaf = leaf;
  stored.bytes = std::move(bytes);
  writes_.events.push_back(std::move(stored));
  feed.held += 1;
  touched.changed_feeds.insert(feed.number);
  touched.changed = true;
}

void Batch::Apply(Touched& touched, std::size_t branch, const Digest& leaf, const v1::Event& event,
                  std::span<const LocalPoint> seen) {
  ConventionHost& host = *touched.host;
  FeedRow& feed = host.feeds[branch];
  BranchEdge& edge = host.edges[branch];
  const EventPosition at{feed.number, std::max(feed.applied, feed.forked_at)};
  host.state.Apply(ApplicableEvent{at, leaf, seen, &event});
  edge.applied.Append(leaf);
  feed.applied = at.sequence + 1;
  if (event.has_attachment_named()) OpenAttachment(host, at, leaf);
  host.last_received = std::max(host.last_received, settings_.clock->Now());
  writes_.arrivals.push_back(Arrival{host.row.number, host.row.arrivals, at, host.last_received});
  host.row.arrivals += 1;
  touched.changed_feeds.insert(feed.number);
  touched.changed = true;
}

void Batch::OpenAttachment(const ConventionHost& host, EventPosition at, const Digest& leaf) {
  const std::optional<NamedAttachment> named = host.state.AttachmentNamedBy(leaf);
  if (!named) return;
  for (const AttachmentRow& row : writes_.attachments) {
    if (row.convention == host.id && row.attachment == named->id) return;
  }
  const auto known = settings_.store->ReadAttachment(host.id, named->id);
  if (known.ok()) return;
  if (!absl::IsNotFound(known.status())) {
    failed_ = known.status();
    return;
  }
  AttachmentRow row;
  row.convention = host.id;
  row.attachment = named->id;
  row.sha256 = named->sha256;
  row.size = named->size;
  row.named_at = at;
  row.chunks = NoChunks(named->size);
  writes_.attachments.push_back(std::move(row));
}

absl::StatusOr<std::string> Batch::ReadEvent(const ConventionHost& host, EventPosition at) const {
  if (const auto i = host.IndexOf(at.feed)) {
    const FreshBranch& fresh = host.edges[*i].fresh;
    if (!fresh.events.empty() && at.sequence >= fresh.from &&
        at.sequence < fresh.from + fresh.events.size()) {
      return writes_.events[fresh.events[at.sequence - fresh.from]].bytes;
    }
  }
  return ReadChecked(*settings_.store, at);
}

bool Batch::Wrote(const ConventionId& id) const {
  const auto found = touched_.find(id);
  return found != touched_.end() && found->second.changed;
}

bool Batch::empty() const {
  return writes_.conventions.empty() && writes_.feeds.empty() && writes_.events.empty() &&
         writes_.heads.empty() && writes_.sealed.empty() && writes_.requests.empty() &&
         writes_.records.empty() && writes_.attachments.empty() && writes_.chunks.empty();
}

}  // namespace greffe
