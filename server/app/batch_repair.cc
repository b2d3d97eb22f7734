// What a commit does for a convention that fails its proof, and for one that stands again.

#include <utility>

#include "core/base/status_macros.h"
#include "core/feed/checkpoint.h"
#include "server/app/batch.h"

namespace greffe {
namespace {

constexpr std::size_t kAllHeads = static_cast<std::size_t>(-1);

absl::Status AnotherBranch() {
  return absl::FailedPreconditionError("a head held here says otherwise: another branch");
}

}  // namespace

absl::Status Batch::Restore(ConventionHost* host, sync::IngestPlan plan) {
  Touched& touched = TouchedOf(host);
  if (plan.events.empty()) return absl::OkStatus();
  FeedRow& feed = host->feeds[*host->IndexOf(*plan.branch)];
  const bool longer = plan.head.size > feed.held;
  // What a peer shows beyond the own feed is another matter, once this one stands.
  if (longer && feed.replica == settings_.key->replica_id()) return AnotherBranch();
  const std::uint64_t from = host->sound[feed.number].size;
  ASSIGN_OR_RETURN(MerkleFrontier edge,
                   MerkleFrontier::At(from, [&](std::uint8_t level, std::uint64_t index) {
                     return host->ReadNode(feed.number, level, index);
                   }));
  ASSIGN_OR_RETURN(const std::vector<StoredHead> heads,
                   settings_.store->ReadHeads(feed.number, from + 1, kAllHeads));
  auto next = heads.begin();
  for (const sync::PlannedEvent& planned : plan.events) {
    edge.Append(planned.leaf);
    if (next == heads.end() || next->size != edge.size()) continue;
    const auto said = OpenCheckpoint(next->note, feed.key);
    if (said.ok() && said->convention == host->id && said->size == edge.size() &&
        said->root != edge.Root()) {
      return AnotherBranch();
    }
    ++next;
  }
  ASSIGN_OR_RETURN(SealedOfRun sealed, SealedOf(*host, plan));

  for (sync::PlannedEvent& planned : plan.events) {
    StoredEvent stored;
    stored.at = EventPosition{feed.number, planned.sequence};
    stored.convention = host->row.number;
    stored.leaf = planned.leaf;
    stored.bytes = std::move(planned.bytes);
    writes_.events.push_back(std::move(stored));
  }
  for (const MerkleNode& node : plan.nodes) {
    writes_.nodes.push_back(StoredNode{feed.number, node});
  }
  writes_.heads.push_back(StoredHead{feed.number, plan.head.size, std::move(plan.note)});
  for (SealedRow& row : sealed.given) writes_.sealed.push_back(std::move(row));
  for (RecordRow& row : sealed.wanted) writes_.records.push_back(std::move(row));
  if (longer) feed.held = plan.head.size;
  host->sound[feed.number] = SoundPrefix{plan.head.size, plan.head.root};
  touched.changed_feeds.insert(feed.number);
  touched.changed = true;
  return absl::OkStatus();
}

void Batch::SetReadOnly(ConventionHost* host, bool read_only) {
  ConventionRow row = host->row;
  row.read_only = read_only;
  writes_.conventions.push_back(row);
  changes_.push_back(Change{host->id, row.arrivals, false});
  read_only_.emplace_back(host, read_only);
}

void Batch::Resume(ConventionHost* host) {
  Touched& touched = TouchedOf(host);
  touched.changed = true;
  ApplyWaiting(touched);
}

}  // namespace greffe
