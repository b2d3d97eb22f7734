#ifndef GREFFE_CORE_SYNC_INGEST_H_
#define GREFFE_CORE_SYNC_INGEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/feed/checkpoint.h"
#include "core/feed/merkle.h"
#include "core/sync/nack.h"
#include "greffe/v1/event.pb.h"
#include "greffe/v1/sync.pb.h"

namespace greffe::sync {

// Feeds of one convention; more is refused.
inline constexpr std::size_t kFeedsPerConventionMax = 4096;

// Of conventions whose roster, as applied here, does not have this replica for a partner of its
// own: how many one peer may bring, and how many bytes of runs of them. Who is brought in late is
// sent everything before the entry that names it, one convention after the other.
inline constexpr std::size_t kStrangersPerPeerMax = 64;
inline constexpr std::uint64_t kStrangerBytesPerPeerMax = 64ull << 20;

// A held branch of the run's feed, with its stored tree.
struct IngestBranch {
  FeedNumber number = 0;
  // Shares [0, forked_at) with its parent.
  std::optional<FeedNumber> parent;
  std::uint64_t forked_at = 0;
  std::uint64_t held = 0;
  // Reads any complete node of [0, held), the shared prefix included.
  NodeReader read_node;
};

// What is held, as far as one run concerns it.
struct IngestContext {
  ConventionId convention;
  // False: the convention is not held; the run must open it.
  bool convention_held = false;
  // True when any applied roster event names the author's key.
  bool author_known = false;
  // Branches of all feeds of the convention.
  std::size_t feeds_held = 0;
  // Branches of the run's feed, ascending by number.
  std::vector<IngestBranch> branches;
  // Of a convention not held: partners of this replica's own for which neither the author nor the
  // sender is known to act. An opening that claims one is refused.
  std::vector<std::string> guarded_partners;
  // What the sender brought of conventions of strangers; absent for a convention of our own
  // partners.
  struct Strangers {
    // Conventions, this one included.
    std::size_t conventions = 0;
    std::uint64_t bytes = 0;
  };
  std::optional<Strangers> strangers;
};

struct PlannedEvent {
  std::uint64_t sequence = 0;
  Digest leaf;
  std::string bytes;
  // Parsed from `bytes`.
  v1::Event event;
};

// What to write for a verified run. Nothing beyond its head is in here.
struct IngestPlan {
  PublicKey key;
  // The head's content and its text.
  Checkpoint head;
  std::string note;
  // Append to this branch. Absent: a new branch.
  std::optional<FeedNumber> branch;
  // Of a new branch: shares [0, forked_at) with `parent`. Absent and 0: the feed was not held.
  std::optional<FeedNumber> parent;
  std::uint64_t forked_at = 0;
  // Not yet held, in order. Empty: all of the run was held on `branch`; the head may still be new.
  std::vector<PlannedEvent> events;
  // Complete nodes that these events add to the branch's own, leaf first.
  std::vector<MerkleNode> nodes;
  // The branch's tree after the run; meaningful when `events` is not empty.
  MerkleFrontier frontier;
  // Values in the run that fit their commitments. Whether an event names them is the caller's
  // check.
  std::vector<v1::SealedValue> sealed;
};

struct IngestRefusal {
  NackReason reason = NackReason::kMalformed;
  // For logs: what was got and wanted. Holds no personal data.
  std::string detail;
};

// Verifies a run against what is held: form and limits, author, every event's header, every leaf
// against what is held, the head's signature, size and root. Pure; hashes each event once.
// DATA_LOSS and other codes only from read_node.
absl::StatusOr<std::variant<IngestPlan, IngestRefusal>> PlanIngest(const IngestContext& context,
                                                                   const v1::Run& run);

// Author of a run: what to look up for its context. INVALID_ARGUMENT when lengths are wrong; then
// answer kMalformed.
struct RunAddress {
  ConventionId convention;
  PublicKey key;
  ReplicaId replica;
};
absl::StatusOr<RunAddress> AddressOf(const v1::Run& run);

// Commitments that an event names.
std::vector<Digest> CommitmentsOf(const v1::Event& event);

// OK when commitment, salt and value have their lengths and fit, or the value is marked erased and
// absent. INVALID_ARGUMENT naming what is wrong, never the value.
absl::Status CheckSealed(const v1::SealedValue& sealed);

// OK when the event's header fits its place and its bytes could be written by honest software:
// format, convention, replica, sequence, lengths, citations of other feeds only. Newer payloads and
// fields pass. INVALID_ARGUMENT naming the field.
absl::Status CheckEventHeader(const v1::Event& event, const ConventionId& convention,
                              const ReplicaId& replica, std::uint64_t sequence);

// OK when `event` may open `convention` as event 0 of the feed of `key`.
absl::Status CheckOpening(const v1::Event& event, const ConventionId& convention,
                          const PublicKey& key);

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_INGEST_H_
