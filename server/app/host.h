#ifndef GREFFE_SERVER_APP_HOST_H_
#define GREFFE_SERVER_APP_HOST_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "core/convention/convention.h"
#include "core/feed/merkle.h"
#include "greffe/v1/event.pb.h"
#include "storage/event_store.h"

namespace greffe {

// What a commit being prepared adds to a branch, until it is on disk.
struct FreshBranch {
  absl::flat_hash_map<std::pair<std::uint8_t, std::uint64_t>, Digest> nodes;
  // Events from sequence `from` on, by index in WriteSet.events.
  std::uint64_t from = 0;
  std::vector<std::size_t> events;
};

// The right edge of a tree, and its root once that was worked out: most branches do not move from
// one commit to the next. As thread safe as its host.
class TreeEdge final {
 public:
  TreeEdge() = default;
  TreeEdge(MerkleFrontier frontier) : frontier_(std::move(frontier)) {}  // NOLINT: one is the other

  std::uint64_t size() const { return frontier_.size(); }
  void Append(const Digest& leaf, std::vector<MerkleNode>* completed = nullptr) {
    frontier_.Append(leaf, completed);
    root_.reset();
  }
  Digest Root() const { return root_ ? *root_ : frontier_.Root(); }
  // The same, and kept until the tree grows. Under the host's exclusive lock.
  const Digest& KeepRoot() {
    if (!root_) root_ = frontier_.Root();
    return *root_;
  }

 private:
  MerkleFrontier frontier_;
  std::optional<Digest> root_;
};

// The right edges of one branch's tree.
struct BranchEdge {
  // After row.held events, and after row.applied.
  TreeEdge held;
  TreeEdge applied;
  FreshBranch fresh;
};

// As much of a branch as stands its proof: whole up to a signed head.
struct SoundPrefix {
  std::uint64_t size = 0;
  Digest root;
};

// One convention in memory: its state and the edges of its trees. `mutex` guards everything but
// `store` and `id`; the sequencer holds it for writing from the first change of a batch until the
// synced commit returned, so that nobody reads what is not durable.
struct ConventionHost {
  ConventionHost(const EventStore& store, const ConventionRow& row);

  const EventStore& store;
  const ConventionId id;
  mutable absl::Mutex mutex;

  ConventionRow row;
  // By number; `edges` has the same order.
  std::vector<FeedRow> feeds;
  std::vector<BranchEdge> edges;
  ConventionState state;
  // Stamp of the last arrival.
  Instant last_received;
  // Arrival of the last snapshot written.
  std::uint64_t snapshot_at = 0;
  // Replicas, this one left out, that have a row in the sync index.
  std::set<ReplicaId> indexed;
  // Partners in the roster, a line each: the convention's value in kPartnersTable.
  std::string partners;
  // What this replica's feed has cited, or its author seen, of other branches.
  std::map<FeedNumber, std::uint64_t> cited;
  // Random ids of persons who acted here, by login and account.
  std::map<std::string, std::string> persons;
  // Why it is read-only: what failed its proof, in both languages. OK: nothing.
  absl::Status damage;
  // While it is damaged: what stands, by branch. Peers are told of that alone, and restore the
  // rest.
  std::map<FeedNumber, SoundPrefix> sound;
  // True when damage left no usable state.
  bool unreadable = false;
  // True when a commit failed: the state holds what is not on disk and must not be read.
  bool dropped = false;
  // The cut of `state`, published with it; after so many arrivals.
  v1::Cut cut;
  std::string token;
  std::uint64_t cut_arrivals = 0;

  // Index in `feeds`, or absent.
  std::optional<std::size_t> IndexOf(FeedNumber feed) const;
  // This replica's own branch that it appends to: the first one.
  std::optional<std::size_t> FirstOf(const ReplicaId& replica) const;
  // Roots of what is held, fresh events included.
  absl::StatusOr<Digest> RootOf(FeedNumber feed, std::uint64_t size) const;
  // Nodes of what is held, fresh ones included.
  absl::StatusOr<Digest> ReadNode(FeedNumber feed, std::uint8_t level, std::uint64_t index) const;
  // Event.seen found here, or absent when one point is not held. DATA_LOSS.
  absl::StatusOr<std::optional<std::vector<LocalPoint>>> Resolve(const v1::Event& event) const;
  // Events held that are not applied.
  std::uint64_t Waiting() const;
  // Makes `cut` and `token` those of the state; nothing to do where nothing was applied since.
  void RefreshCut();
  // Makes `indexed` and `partners` those of the state's roster.
  void RefreshRoster(const ReplicaId& self);
  std::size_t MemoryBytes() const;
};

// Reads a convention from the store: nearest snapshot, then the arrivals after it, checked against
// the trees. What fails its proof is said in `damage`, what stands in `sound`. Errors: UNAVAILABLE.
absl::StatusOr<std::shared_ptr<ConventionHost>> LoadHost(const EventStore& store,
                                                         const ConventionRow& row,
                                                         const ReplicaId& self);

// True when a read says that stored bytes are gone or changed. Damage is told, not returned: other
// conventions go on. Any other error may pass.
bool IsDamage(const absl::Status& status);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_HOST_H_
