// Runs of peers, waiting events, and what a commit adds at its end.

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/feed/checkpoint.h"
#include "core/sync/digests.h"
#include "server/app/batch.h"
#include "server/app/feed_tree.h"
#include "server/app/refusals.h"

namespace greffe {

absl::StatusOr<Batch::SealedOfRun> Batch::SealedOf(const ConventionHost& host,
                                                   const sync::IngestPlan& plan) const {
  SealedOfRun out;
  std::map<Digest, const v1::SealedValue*> given;
  for (const v1::SealedValue& value : plan.sealed) {
    // That it was erased is but a peer's word: the value stays wanted.
    if (value.erased()) continue;
    const auto commitment = Digest::FromBytes(value.commitment(), "commitment");
    if (commitment.ok()) given[*commitment] = &value;
  }
  for (const sync::PlannedEvent& planned : plan.events) {
    for (const Digest& commitment : sync::CommitmentsOf(planned.event)) {
      const auto stored = settings_.store->ReadSealed(host.id, commitment);
      if (stored.ok()) continue;
      if (!absl::IsNotFound(stored.status())) return stored.status();
      const auto value = given.find(commitment);
      if (value == given.end()) {
        out.missing.push_back(commitment);
        out.wanted.push_back(
            RecordRow{std::string(kWantedTable), WantedKey(host.id, commitment), ""});
        continue;
      }
      out.given.push_back(
          SealedRow{host.id, commitment, value->second->salt(), value->second->value()});
    }
  }
  return out;
}

absl::StatusOr<std::vector<Digest>> Batch::TakeRun(ConventionHost* host, sync::IngestPlan plan) {
  Touched& touched = TouchedOf(host);
  // What must be read is read before anything changes.
  MerkleFrontier start;
  ASSIGN_OR_RETURN(SealedOfRun sealed, SealedOf(*host, plan));
  if (!plan.branch.has_value() && plan.parent.has_value()) {
    ASSIGN_OR_RETURN(
        start, MerkleFrontier::At(plan.forked_at, [&](std::uint8_t level, std::uint64_t index) {
          return host->ReadNode(*plan.parent, level, index);
        }));
  }
  bool head_known = false;
  if (plan.events.empty() && plan.branch.has_value()) {
    ASSIGN_OR_RETURN(const std::vector<StoredHead> heads,
                     settings_.store->ReadHeads(*plan.branch, plan.head.size, 1));
    head_known = !heads.empty() && heads.front().size == plan.head.size;
  }

  std::size_t branch = 0;
  if (plan.branch.has_value()) {
    branch = *host->IndexOf(*plan.branch);
  } else {
    FeedRow row;
    row.replica = plan.head.replica;
    row.key = plan.key;
    row.parent = plan.parent;
    row.forked_at = plan.forked_at;
    row.held = plan.forked_at;
    branch = AddBranch(touched, std::move(row));
    host->edges[branch].held = std::move(start);
  }
  for (sync::PlannedEvent& planned : plan.events) {
    Store(touched, branch, planned.leaf, std::move(planned.bytes));
  }
  if (!head_known) {
    writes_.heads.push_back(
        StoredHead{host->feeds[branch].number, plan.head.size, std::move(plan.note)});
  }
  for (SealedRow& row : sealed.given) writes_.sealed.push_back(std::move(row));
  for (RecordRow& row : sealed.wanted) writes_.records.push_back(std::move(row));
  ApplyWaiting(touched);
  return std::move(sealed.missing);
}

void Batch::ApplyWaiting(Touched& touched) {
  ConventionHost& host = *touched.host;
  v1::Event scratch;
  bool progress = true;
  while (progress && host.damage.ok()) {
    progress = false;
    for (std::size_t i = 0; i < host.feeds.size(); ++i) {
      while (host.feeds[i].held > std::max(host.feeds[i].applied, host.feeds[i].forked_at)) {
        const auto applied = ApplyNext(touched, i, &scratch);
        if (!applied.ok() && !IsDamage(applied.status())) {
          // A fault that may pass says nothing of what is stored: nothing of this batch happens.
          failed_ = applied.status();
          return;
        }
        if (!applied.ok()) {
          // Held events that cannot be read: this convention stops here, the others go on.
          host.damage = AsDamage(applied.status());
          hosts_->ReportDamage(host.id);
          return;
        }
        if (!*applied) break;
        progress = true;
      }
    }
  }
}

absl::StatusOr<bool> Batch::ApplyNext(Touched& touched, std::size_t branch, v1::Event* scratch) {
  ConventionHost& host = *touched.host;
  const FeedRow& feed = host.feeds[branch];
  const std::uint64_t next = std::max(feed.applied, feed.forked_at);
  if (feed.parent.has_value() && feed.applied < feed.forked_at) {
    const FeedRow& parent = host.feeds[*host.IndexOf(*feed.parent)];
    if (parent.applied < feed.forked_at) return false;
  }
  ASSIGN_OR_RETURN(const std::string bytes, ReadEvent(host, EventPosition{feed.number, next}));
  if (!scratch->ParseFromString(bytes)) scratch->Clear();
  ASSIGN_OR_RETURN(const std::optional<std::vector<LocalPoint>> seen, host.Resolve(*scratch));
  if (!seen.has_value()) return false;
  if (!host.state.CanApply(EventPosition{feed.number, next}, *seen)) return false;
  if (next == feed.forked_at && feed.parent.has_value()) {
    ASSIGN_OR_RETURN(host.edges[branch].applied,
                     MerkleFrontier::At(next, [&](std::uint8_t level, std::uint64_t index) {
                       return host.ReadNode(feed.number, level, index);
                     }));
  }
  Apply(touched, branch, LeafHash(bytes), *scratch, *seen);
  return true;
}

absl::Status Batch::AnotherHead(const ConventionHost& host, std::uint64_t size) {
  signing_doubt_ = TwoLanguages(
      absl::StrCat("une autre tête de taille ", size, " est déjà enregistrée pour ",
                   host.id.ToHex()),
      absl::StrCat("another head of size ", size, " is on record for ", host.id.ToHex()));
  return SigningStopped(signing_doubt_);
}

absl::Status Batch::CheckOwnHeads(Touched& touched, const FeedRow& own) {
  // Heads of this batch are not on record yet: once before the first event is enough.
  if (touched.heads_checked) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<StoredHead> beyond,
                   settings_.store->ReadHeads(own.number, own.held + 1, 1));
  if (!beyond.empty()) return AnotherHead(*touched.host, beyond.front().size);
  touched.heads_checked = true;
  return absl::OkStatus();
}

absl::Status Batch::SignHead(Touched& touched) {
  ConventionHost& host = *touched.host;
  const auto own = host.FirstOf(settings_.key->replica_id());
  const FeedRow& feed = host.feeds[*own];
  Checkpoint head;
  head.convention = host.id;
  head.replica = feed.replica;
  head.size = feed.held;
  head.root = host.edges[*own].held.KeepRoot();
  // A feed never signs two roots for one size, whatever went wrong before.
  ASSIGN_OR_RETURN(const std::vector<StoredHead> stored,
                   settings_.store->ReadHeads(feed.number, head.size, 1));
  if (!stored.empty() && stored.front().size == head.size) {
    const auto known = ParseCheckpoint(stored.front().note);
    if (!known.ok() || known->root != head.root) {
      return AnotherHead(host, head.size);
    }
  }
  writes_.heads.push_back(StoredHead{feed.number, head.size, SignCheckpoint(head, *settings_.key)});
  touched.unsigned_bytes = 0;
  return absl::OkStatus();
}

absl::Status Batch::FinishOne(Touched& touched) {
  ConventionHost& host = *touched.host;
  if (touched.unsigned_bytes > 0) RETURN_IF_ERROR(SignHead(touched));

  if (touched.damaged) {
    for (const FeedRow& feed : host.feeds) {
      if (touched.changed_feeds.count(feed.number) != 0) writes_.feeds.push_back(feed);
    }
    writes_.conventions.push_back(host.row);
    changes_.push_back(Change{host.id, host.row.arrivals, false});
    return absl::OkStatus();
  }
  std::vector<Point> points;
  for (std::size_t i = 0; i < host.feeds.size(); ++i) {
    const FeedRow& feed = host.feeds[i];
    if (touched.changed_feeds.count(feed.number) != 0) writes_.feeds.push_back(feed);
    points.push_back(Point{feed.replica, feed.held, host.edges[i].held.KeepRoot()});
  }
  const Digest digest = sync::ConventionDigest(std::move(points));
  const std::set<ReplicaId> indexed_before = std::move(host.indexed);
  const std::string partners_before = std::move(host.partners);
  host.RefreshRoster(settings_.key->replica_id());
  for (const ReplicaId& replica : host.indexed) {
    writes_.sync_index.push_back(SyncIndexRow{replica, host.id, digest});
  }
  for (const ReplicaId& replica : indexed_before) {
    if (host.indexed.count(replica) == 0) {
      writes_.sync_index.push_back(SyncIndexRow{replica, host.id, std::nullopt});
    }
  }
  const bool partners_changed = host.partners != partners_before;
  Change change;
  change.convention = host.id;
  change.arrivals = host.row.arrivals;
  change.roster_changed = host.indexed != indexed_before || partners_changed;
  changes_.push_back(change);
  if (touched.created || partners_changed) {
    writes_.records.push_back(
        RecordRow{std::string(kPartnersTable), host.id.ToHex(), host.partners});
  }

  const std::uint64_t since = host.row.arrivals - host.snapshot_at;
  if (since >= std::max(settings_.snapshot_every, host.row.arrivals / 8)) {
    touched.snapshot_due = true;
    host.snapshot_at = host.row.arrivals;
  }
  writes_.conventions.push_back(host.row);
  return absl::OkStatus();
}

absl::Status Batch::Finish() {
  RETURN_IF_ERROR(failed_);
  for (auto& [id, touched] : touched_) {
    if (touched.changed) RETURN_IF_ERROR(FinishOne(touched));
  }
  return absl::OkStatus();
}

std::vector<std::shared_ptr<ConventionHost>> Batch::SnapshotsDue() const {
  std::vector<std::shared_ptr<ConventionHost>> out;
  for (const auto& [id, touched] : touched_) {
    if (touched.snapshot_due) out.push_back(touched.host);
  }
  return out;
}

void Batch::Publish() {
  for (auto& [id, touched] : touched_) {
    if (!touched.changed) continue;
    for (BranchEdge& edge : touched.host->edges) edge.fresh = FreshBranch{};
    if (touched.damaged) {
      hosts_->PublishRow(touched.host->row);
      continue;
    }
    touched.host->RefreshCut();
    hosts_->Publish(touched.host);
  }
  for (const auto& [host, read_only] : read_only_) {
    host->row.read_only = read_only;
    hosts_->PublishRow(host->row);
    if (read_only) continue;
    host->dropped = true;
    hosts_->Drop(host->id);
  }
  hosts_->PublishShared(writes_.sync_index);
  settings_.attachments->Publish(writes_.attachments);
  published_ = true;
}

}  // namespace greffe
