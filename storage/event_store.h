#ifndef GREFFE_STORAGE_EVENT_STORE_H_
#define GREFFE_STORAGE_EVENT_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "core/base/signature.h"
#include "core/base/time.h"
#include "core/feed/merkle.h"

namespace greffe {

// Number of a convention in this store. Local, as FeedNumber is.
using ConventionNumber = std::uint32_t;

// One convention held here.
struct ConventionRow {
  ConventionNumber number = 0;
  ConventionId id;
  // Events applied: the next arrival.
  std::uint64_t arrivals = 0;
  // Set when it failed its proof: nothing is appended until it is repaired.
  bool read_only = false;
};

// One branch of one feed. A branch other than the first shares events [0, forked_at) with its
// parent branch and stores only its own; forked_at is 0 and parent absent for a first branch.
struct FeedRow {
  FeedNumber number = 0;
  ConventionNumber convention = 0;
  ReplicaId replica;
  PublicKey key;
  std::optional<FeedNumber> parent;
  std::uint64_t forked_at = 0;
  // Events held, shared prefix included; always ends at a verified head.
  std::uint64_t held = 0;
  // Events applied, shared prefix included; applied <= held.
  std::uint64_t applied = 0;
};

struct StoredEvent {
  EventPosition at;
  ConventionNumber convention = 0;
  Digest leaf;
  std::string bytes;
};

struct StoredNode {
  FeedNumber feed = 0;
  MerkleNode node;
};

struct StoredHead {
  FeedNumber feed = 0;
  std::uint64_t size = 0;
  std::string note;
};

// An event becomes part of the state here.
struct Arrival {
  ConventionNumber convention = 0;
  std::uint64_t arrival = 0;
  EventPosition at;
  // max(previous, clock).
  Instant received_at;
};

// Digest of what is held of a convention, kept for each replica in its roster but this one.
// Absent digest: the replica left the roster.
struct SyncIndexRow {
  ReplicaId replica;
  ConventionId convention;
  std::optional<Digest> digest;
};

struct SnapshotName {
  ConventionNumber convention = 0;
  // The state after the arrivals [0, arrival).
  std::uint64_t arrival = 0;
  std::uint32_t fold_version = 0;
};

struct StoredSnapshot {
  SnapshotName name;
  std::string bytes;
};

// A personal value, apart from the events.
struct SealedRow {
  ConventionId convention;
  Digest commitment;
  std::string salt;
  std::string value;
  // Salt and value are gone, and the fact that they were here stays.
  bool erased = false;
};

// How much of an attachment is here. Numbers are stored.
enum class AttachmentHolding : std::uint8_t {
  kMissing = 0,
  // All chunks are here and the whole has its SHA-256.
  kHeld = 1,
  // All chunks are here and the whole has another SHA-256: it is never served.
  kFalse = 2,
};

// An attachment that an applied event names.
struct AttachmentRow {
  ConventionId convention;
  // AttachmentIdOf (core/convention/state/attachment.h).
  Digest attachment;
  Digest sha256;
  std::uint64_t size = 0;
  // An event that names it.
  EventPosition named_at;
  AttachmentHolding holding = AttachmentHolding::kMissing;
  // One bit per chunk held, least bit first.
  std::string chunks;
};

// One chunk of an attachment.
struct ChunkRow {
  ConventionId convention;
  Digest attachment;
  std::uint32_t index = 0;
  std::string bytes;
};

// What a command answered, kept for ever (invariant 10).
struct RequestRow {
  ConventionId convention;
  std::string user;
  RequestId request;
  // Content of the request under a key of this replica alone.
  Digest content_mac;
  std::string reply;
};

// A row of the replica's own tables: users, peers, partners, settings. Absent value: deleted.
struct RecordRow {
  std::string table;
  std::string key;
  std::optional<std::string> value;
};

// What a copy of a store holds.
struct StoreCopy {
  // Of all its files.
  std::uint64_t bytes = 0;
  std::uint64_t conventions = 0;
  // Of all feeds, shared prefixes counted once.
  std::uint64_t events = 0;
};

// Everything one commit writes. All of it is there after a crash, or nothing.
struct WriteSet {
  std::vector<ConventionRow> conventions;
  std::vector<FeedRow> feeds;
  std::vector<StoredEvent> events;
  std::vector<StoredNode> nodes;
  std::vector<StoredHead> heads;
  std::vector<Arrival> arrivals;
  std::vector<SyncIndexRow> sync_index;
  std::vector<SealedRow> sealed;
  std::vector<RequestRow> requests;
  std::vector<RecordRow> records;
  std::vector<AttachmentRow> attachments;
  std::vector<ChunkRow> chunks;
};

// Where a replica keeps what it knows. One writer at a time (the sequencer), any number of readers
// at once; a reader sees whole commits. Positions are dense: the store checks nothing about
// meaning, the caller appends in order. Codes: NOT_FOUND; DATA_LOSS for bytes that fail a checksum
// or cannot be parsed, naming file or key; RESOURCE_EXHAUSTED when the disk is full; UNAVAILABLE
// for other I/O failures. After a failed Commit nothing of it is visible, and every further Commit
// fails with FAILED_PRECONDITION until the store is opened again.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // Atomic, and on disk (synced) when it returns OK.
  virtual absl::Status Commit(const WriteSet& writes) = 0;
  // After a failed Commit, for the writer: closes and opens again, so that what is read is what is
  // on disk (the failed commit whole, or nothing of it) and Commit works. Reads under way end
  // first; others wait. Not OK, with the codes above: reads go on where they can, writes do not,
  // and it may be called again.
  virtual absl::Status Reopen() = 0;

  // Writes a snapshot that `produce` hands to `put` piece by piece, so that a large one is never
  // whole in memory. Not synced: it is a shortcut, and after a crash it is there whole or not at
  // all. A failure counts as one of Commit.
  using PutPiece = std::function<void(absl::string_view piece)>;
  virtual absl::Status WriteSnapshot(const SnapshotName& name,
                                     const std::function<void(const PutPiece& put)>& produce) = 0;

  virtual absl::StatusOr<std::vector<ConventionRow>> ListConventions() const = 0;
  // All branches of all feeds of a convention, by number.
  virtual absl::StatusOr<std::vector<FeedRow>> ListFeeds(ConventionNumber convention) const = 0;
  // The largest feed number in use plus one, over all conventions.
  virtual absl::StatusOr<FeedNumber> NextFeedNumber() const = 0;

  // Own events of one branch from `from` (>= forked_at), at least one and at most `bytes_max` bytes
  // and `count_max` events; empty at the end.
  virtual absl::StatusOr<std::vector<std::string>> ReadEvents(FeedNumber feed, std::uint64_t from,
                                                              std::size_t count_max,
                                                              std::size_t bytes_max) const = 0;
  // One event of the branch's own.
  virtual absl::StatusOr<std::string> ReadEvent(EventPosition at) const = 0;
  // Own node of one branch.
  virtual absl::StatusOr<Digest> ReadNode(FeedNumber feed, std::uint8_t level,
                                          std::uint64_t index) const = 0;
  virtual absl::StatusOr<EventPosition> FindLeaf(ConventionNumber convention,
                                                 const Digest& leaf) const = 0;

  // Heads of one branch with size in [size_min, ...), ascending, at most `count_max`.
  virtual absl::StatusOr<std::vector<StoredHead>> ReadHeads(FeedNumber feed, std::uint64_t size_min,
                                                            std::size_t count_max) const = 0;
  // The largest head with size <= size_max. NOT_FOUND when there is none.
  virtual absl::StatusOr<StoredHead> ReadHeadAtMost(FeedNumber feed,
                                                    std::uint64_t size_max) const = 0;

  // Arrivals [from, from + count_max).
  virtual absl::StatusOr<std::vector<Arrival>> ReadArrivals(ConventionNumber convention,
                                                            std::uint64_t from,
                                                            std::size_t count_max) const = 0;

  // The latest snapshot of this fold version with arrival <= arrival_max. NOT_FOUND.
  virtual absl::StatusOr<StoredSnapshot> ReadSnapshot(ConventionNumber convention,
                                                      std::uint64_t arrival_max,
                                                      std::uint32_t fold_version) const = 0;

  virtual absl::StatusOr<SealedRow> ReadSealed(const ConventionId& convention,
                                               const Digest& commitment) const = 0;
  virtual absl::StatusOr<RequestRow> ReadRequest(const ConventionId& convention,
                                                 absl::string_view user,
                                                 const RequestId& request) const = 0;

  virtual absl::StatusOr<AttachmentRow> ReadAttachment(const ConventionId& convention,
                                                       const Digest& attachment) const = 0;
  // Attachments of one convention, or of all; ascending by convention and id.
  virtual absl::StatusOr<std::vector<AttachmentRow>> ReadAttachments(
      const std::optional<ConventionId>& convention) const = 0;
  virtual absl::StatusOr<std::string> ReadChunk(const ConventionId& convention,
                                                const Digest& attachment,
                                                std::uint32_t index) const = 0;

  // Rows of one replica, ascending by convention id.
  virtual absl::StatusOr<std::vector<SyncIndexRow>> ReadSyncIndex(
      const ReplicaId& replica) const = 0;

  virtual absl::StatusOr<std::string> ReadRecord(absl::string_view table,
                                                 absl::string_view key) const = 0;
  // All rows of a table, ascending by key.
  virtual absl::StatusOr<std::vector<RecordRow>> ReadTable(absl::string_view table) const = 0;

  // Bytes of the store's files on disk.
  virtual std::uint64_t DiskBytes() const = 0;

  // Makes a store of its own in `path`, a folder that is not there yet: as this one is at one
  // moment of the call, between two commits. It shares no file with this one, is on disk when this
  // returns OK, and has been opened once. Reads and commits go on meanwhile. `go_on` is asked
  // often; false ends with CANCELLED. UNAVAILABLE also when this store is opened again meanwhile.
  // Not OK: what is at `path`, if anything, is no store, and for the caller to remove.
  virtual absl::StatusOr<StoreCopy> CopyTo(const std::string& path,
                                           const std::function<bool()>& go_on) const = 0;
};

}  // namespace greffe

#endif  // GREFFE_STORAGE_EVENT_STORE_H_
