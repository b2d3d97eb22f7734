#ifndef GREFFE_CORE_SYNC_REPLICA_VIEW_H_
#define GREFFE_CORE_SYNC_REPLICA_VIEW_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "greffe/v1/sync.pb.h"

namespace greffe::sync {

// A convention held here with the digest of what is held of it (ConventionDigest).
struct SharedConvention {
  ConventionId id;
  Digest digest;
  friend bool operator==(const SharedConvention&, const SharedConvention&) = default;
};

// One branch of one feed, as held: applied or still waiting.
struct HeldBranch {
  FeedNumber number = 0;
  // Everything held of it.
  Point point;
  // Shares [0, forked_at) with its parent; absent and 0 for a first branch.
  std::optional<FeedNumber> parent;
  std::uint64_t forked_at = 0;
};

// One chunk of an attachment that an applied event names and that is not held here.
struct MissingChunk {
  ConventionId convention;
  Digest attachment;
  std::uint32_t index = 0;
  friend auto operator<=>(const MissingChunk&, const MissingChunk&) = default;
};

// What a session may know of the replica that it speaks for. Answers show only what is on disk,
// synced. Called from Session alone, on the caller's thread; answers may change between two calls
// of one step, but a branch only ever grows.
class ReplicaView {
 public:
  virtual ~ReplicaView() = default;

  virtual ReplicaId id() const = 0;
  // Fills what the replica says of itself: fold_version, clock_ms, partners, name,
  // signing_stopped, and a nonce that was never used. The session fills the rest.
  virtual v1::Hello Introduce() const = 0;

  // Conventions held here whose roster, as applied here, has `peer`; ascending by id. The one
  // source of what may leave (invariant 6).
  virtual std::vector<SharedConvention> Shared(const ReplicaId& peer) const = 0;
  // True when `convention` is among Shared(peer).
  virtual bool MayShare(const ConventionId& convention, const ReplicaId& peer) const = 0;

  // All branches of all feeds of a convention, ascending by number; empty when it is not held.
  // Numbers were given as feeds became known here, so this is also a good order to send them in:
  // the founder's first, an author's after the roster entry that names it.
  virtual std::vector<HeldBranch> Branches(const ConventionId& convention) const = 0;
  // A branch whose first `point.size` events have root `point.root`; of several the one with the
  // smallest number. Absent when none has, or storage cannot tell.
  virtual std::optional<FeedNumber> FindBranch(const ConventionId& convention,
                                               const Point& point) const = 0;
  // Events of one branch from `from`, shared prefix included, ending at the farthest stored head
  // with which the serialised run stays within `bytes_max`. Filled whole: convention, author's key,
  // from, events, head and the sealed values held. OUT_OF_RANGE when the branch ends at `from`;
  // RESOURCE_EXHAUSTED when not even the next head fits; DATA_LOSS when storage is damaged.
  virtual absl::StatusOr<v1::Run> ReadRun(const ConventionId& convention, FeedNumber branch,
                                          std::uint64_t from, std::size_t bytes_max) const = 0;
  // The sealed value of a commitment, or a value marked erased. NOT_FOUND.
  virtual absl::StatusOr<v1::SealedValue> ReadSealed(const ConventionId& convention,
                                                     const Digest& commitment) const = 0;

  // A chunk held of an attachment that the convention names. NOT_FOUND; DATA_LOSS.
  virtual absl::StatusOr<std::string> ReadChunk(const ConventionId& convention,
                                                const Digest& attachment,
                                                std::uint32_t index) const = 0;
  // Chunks missing here of attachments of conventions shared with `peer`, of which `skip` says no;
  // at most `count_max`.
  virtual std::vector<MissingChunk> MissingChunks(
      const ReplicaId& peer, std::size_t count_max,
      const std::function<bool(const MissingChunk&)>& skip) const = 0;
};

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_REPLICA_VIEW_H_
