#include "tests/sim/sim_node.h"

#include <utility>

#include "core/base/status_macros.h"

namespace greffe::sim {
namespace {

constexpr absl::string_view kFolder = "/store";

}  // namespace

Node::Node(Options options)
    : options_(std::move(options)),
      key_(*SigningKey::FromSeed(Sha256({options_.key_name}).view())),
      disk_(std::make_unique<FaultyFs>()),
      clock_(options_.world_ms),
      random_(options_.random_seed) {}

std::string Node::RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_());
  return bytes;
}

RosterCandidate Node::card() const {
  return RosterCandidate{key_->public_key(), options_.name, {options_.partner_id}};
}

absl::Status Node::Boot() {
  ASSIGN_OR_RETURN(store_,
                   RocksEventStore::Open({.path = std::string(kFolder), .env = disk_->env()}));
  ReplicaOptions replica;
  replica.store = store_.get();
  replica.key = key_.get();
  replica.clock = &clock_;
  replica.random = [this](std::size_t count) { return RandomBytes(count); };
  replica.name = options_.name;
  replica.own_partners = [this] {
    v1::PartnerCard card;
    card.set_partner_id(options_.partner_id);
    card.set_name(options_.partner_id);
    card.set_kind(v1::PARTNER_KIND_COMMUNE);
    return std::vector<v1::PartnerCard>{card};
  };
  replica.peers = options_.peers;
  // Small, so that snapshots and loading are part of what is simulated.
  replica.snapshot_every = 16;
  replica.host_bytes = 1u << 20;
  auto opened = Replica::Open(std::move(replica));
  if (!opened.ok()) {
    store_.reset();
    return opened.status();
  }
  replica_ = *std::move(opened);
  view_ = std::make_unique<WithholdingView>(replica_->view(), withheld);
  replica_->AddListener([this](const Published& published) {
    if (published.attachment_held) {
      held.insert({published.convention, *published.attachment_held});
    } else {
      changed.insert(published.convention);
    }
  });
  return absl::OkStatus();
}

void Node::Crash(std::optional<std::uint64_t> torn_seed) {
  disk_->PowerOff();
  Stop();
  disk_->Crash(torn_seed);
}

void Node::Stop() {
  view_.reset();
  replica_.reset();
  store_.reset();
  outcomes.clear();
  chunks.clear();
  changed.clear();
  held.clear();
}

bool Node::RunOnce() { return replica_->RunOnce(); }

void Node::SubmitRun(std::uint64_t session, const ReplicaId& peer, const sync::IngestRun& run) {
  replica_->SubmitRun(peer, run, [this, session](sync::StoredRun stored) {
    outcomes.push_back({.session = session, .stored = std::move(stored)});
  });
}

void Node::SubmitChunk(std::uint64_t session, const ReplicaId& peer, sync::IngestChunk chunk) {
  replica_->SubmitChunk(
      peer, chunk.chunk, std::move(chunk.bytes),
      [this, session, named = chunk.chunk](absl::StatusOr<ChunkOutcome> outcome) {
        chunks.push_back({.session = session,
                          .stored = {.chunk = named,
                                     .stored = outcome.ok(),
                                     .wrong = absl::IsInvalidArgument(outcome.status())}});
      });
}

UserCall Node::call() const {
  UserCall call;
  call.user = "agent";
  call.partner_id = options_.partner_id;
  call.office = "Maire";
  call.roles = {v1::ROLE_READER,    v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT,
                v1::ROLE_SIGNATORY, v1::ROLE_AUDITOR,     v1::ROLE_ADMIN};
  return call;
}

void Node::CloneDisk(const Node& other) {
  // Makes the folder.
  RocksEventStore::Open({.path = std::string(kFolder), .env = disk_->env()}).IgnoreError();
  for (const std::string& file : disk_->Files(kFolder)) disk_->Remove(file);
  for (const std::string& file : other.disk_->Files(kFolder)) {
    // A lock belongs to a machine.
    if (file.ends_with("/LOCK")) continue;
    disk_->Plant(file, other.disk_->Content(file));
  }
}

bool Node::Rewrite(const ConventionId& convention, const ReplicaId& author,
                   std::uint64_t sequence) {
  auto store = RocksEventStore::Open({.path = std::string(kFolder), .env = disk_->env()});
  if (!store.ok()) return false;
  const auto conventions = (*store)->ListConventions();
  for (const ConventionRow& row : conventions.ok() ? *conventions : std::vector<ConventionRow>()) {
    if (row.id != convention) continue;
    const auto feeds = (*store)->ListFeeds(row.number);
    for (const FeedRow& feed : feeds.ok() ? *feeds : std::vector<FeedRow>()) {
      if (feed.replica != author) continue;
      const EventPosition at{feed.number, sequence};
      auto bytes = (*store)->ReadEvent(at);
      if (!bytes.ok()) continue;
      const Digest leaf = LeafHash(*bytes);
      bytes->back() = static_cast<char>(bytes->back() ^ 1);
      WriteSet writes;
      writes.events.push_back(StoredEvent{at, row.number, leaf, *std::move(bytes)});
      return (*store)->Commit(writes).ok();
    }
  }
  return false;
}

}  // namespace greffe::sim
