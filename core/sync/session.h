#ifndef GREFFE_CORE_SYNC_SESSION_H_
#define GREFFE_CORE_SYNC_SESSION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/base/ids.h"
#include "core/sync/nack.h"
#include "core/sync/replica_view.h"
#include "greffe/v1/sync.pb.h"

namespace greffe::sync {

struct SessionOptions {
  // Bytes of run frames in each direction that are sent and not yet acknowledged. The peer's
  // window, from its Hello, holds too.
  std::size_t credit_bytes = 1024 * 1024;
  // Without the frame that is due, or the acknowledgement of the oldest run, the session closes.
  std::int64_t stall_ms = 30'000;
  // The shared root is sent at least this often.
  std::int64_t ping_ms = 300'000;
  // First wait before roots that stay different at rest are compared anew; doubles up to ping_ms.
  std::int64_t compare_again_ms = 10'000;
};

// A run to be given to the sequencer; its outcome comes back through OnStored.
struct IngestRun {
  std::uint64_t ticket = 0;
  v1::Run run;
};

// What became of a run.
struct StoredRun {
  std::uint64_t ticket = 0;
  // Absent: every event of the run is on disk, synced, or was before.
  std::optional<NackReason> refused;
  // Commitments that the run's events name and whose values are neither here nor known as erased.
  std::vector<Digest> missing_sealed;
};

// A chunk to be given to the sequencer; its outcome comes back through OnChunkStored.
struct IngestChunk {
  MissingChunk chunk;
  std::string bytes;
};

// What became of a chunk.
struct StoredChunk {
  MissingChunk chunk;
  // It is on disk, synced, or was before.
  bool stored = false;
  // Not stored because its bytes are not those named: the peer's fault. Otherwise ours.
  bool wrong = false;
};

// What the caller does next, in this order.
struct Step {
  std::vector<v1::Frame> send;
  // Runs to ingest, in order. Outcomes may come at once or later, in the same order.
  std::vector<IngestRun> ingest;
  // Personal values to store: those that match a commitment named by an applied event and are
  // missing.
  std::vector<v1::SealedReply> sealed;
  // Chunks of attachments to ingest, each once.
  std::vector<IngestChunk> chunks;
  // Set: send what is above, then end the stream with this. CANCELLED never; the message starts
  // with the rule: "hello", "frame-size", "limit-…", "credit", "stall", "bad-runs".
  std::optional<absl::Status> close;
  // Both sides hold the same of all they share, as far as frames tell. Roots are told by Tick, so
  // this lags a change by a tick or two.
  bool in_sync = false;
};

// A run that was not taken, or could not be made.
struct RefusedRun {
  enum class Where {
    kHere,
    kThere,
    // Of what is held here, and cannot be read.
    kUnread,
  };
  Where where = Where::kHere;
  ConventionId convention;
  ReplicaId author;
  // Absent for kUnread, and for what another version says.
  std::optional<NackReason> reason;
};

// For people and tests.
struct SessionProgress {
  bool greeted = false;
  bool in_sync = false;
  std::uint64_t frames_sent = 0;
  std::uint64_t frames_received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t runs_sent = 0;
  std::uint64_t runs_received = 0;
  // Sent and not acknowledged.
  std::uint64_t unacknowledged_bytes = 0;
  // Conventions in which points are awaited or runs are to send.
  std::uint64_t conventions_active = 0;
  std::uint64_t conventions_queued = 0;
  // Events that the other side is known to lack, there and here: of the conventions whose points
  // were compared.
  std::uint64_t events_to_send = 0;
  std::uint64_t events_to_receive = 0;
  std::uint64_t runs_refused_here = 0;
  std::uint64_t runs_refused_there = 0;
  std::uint64_t chunks_sent = 0;
  std::uint64_t chunks_received = 0;
  // Chunks that the peer gave and that were not those named.
  std::uint64_t chunks_refused_here = 0;
  std::optional<RefusedRun> last_refusal;
};

// One connection with one peer: a step machine. Frames, outcomes, local changes and time in; frames
// and writes out (docs/sync.md has the diagram). Does no I/O, reads no clock, keeps no thread.
//
// The caller drives it from one thread at a time: Start once, then OnFrame for each frame,
// OnStored for each run handed out, OnLocalChange for every commit that touched a convention
// (whoever wrote it, this session's own runs included), Tick about once a second. `now_ms` is
// monotonic and of the caller's choosing. After a Step with `close` every call returns nothing.
//
// Promises:
// 1. A convention is offered, named or counted only while view.MayShare(convention, peer); frames
//    about another are answered as about one that does not exist.
// 2. Memory is bounded whatever the peer sends.
// 3. A refused run skips that feed, never the session.
// 4. Nothing is acknowledged before OnStored said that it is on disk.
// 5. Chunks are asked for one by one, at most kChunksInFlight at once, after the events that name
//    them; what the peer does not have is asked again when it offers it, or a minute later.
class Session final {
 public:
  // `view` outlives the session. `peer` is the pinned replica at the other end, from its TLS
  // certificate.
  Session(const ReplicaView& view, const ReplicaId& peer, SessionOptions options = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Step Start(std::int64_t now_ms);
  Step OnFrame(const v1::Frame& frame, std::int64_t now_ms);
  Step OnStored(const StoredRun& stored, std::int64_t now_ms);
  Step OnLocalChange(const ConventionId& convention, std::int64_t now_ms);
  Step OnChunkStored(const StoredChunk& stored, std::int64_t now_ms);
  // An attachment became whole here: the peer is told, when it may know of the convention.
  Step OnAttachmentHeld(const ConventionId& convention, const Digest& attachment,
                        std::int64_t now_ms);
  // Asks the peer for personal values that are missing here. Nothing before its Hello, or when the
  // convention is not shared with it.
  Step Want(const ConventionId& convention, std::span<const Digest> commitments,
            std::int64_t now_ms);
  Step Tick(std::int64_t now_ms);

  const ReplicaId& peer() const;
  // The peer's first frame, once it came.
  const std::optional<v1::Hello>& peer_hello() const;
  SessionProgress progress() const;

 private:
  class Impl;
  const std::unique_ptr<Impl> impl_;
};

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_SESSION_H_
