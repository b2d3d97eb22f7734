#ifndef GREFFE_SERVER_PEERS_LINK_H_
#define GREFFE_SERVER_PEERS_LINK_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "core/base/ids.h"
#include "core/sync/session.h"
#include "greffe/v1/sync.pb.h"
#include "server/app/replica.h"
#include "server/ops/worker_pool.h"

namespace greffe {

// The stream under a link, of either direction. Each call starts something and returns; the link is
// told of its end.
class LinkTransport {
 public:
  virtual ~LinkTransport() = default;
  // Reads the next frame; then PeerLink::OnRead.
  virtual void Read() = 0;
  // Writes one frame; then PeerLink::OnWritten. At most one at a time.
  virtual void Write(v1::Frame frame) = 0;
  // Ends the stream, once; then, when all is over, PeerLink::OnEnded.
  virtual void Close(const absl::Status& status) = 0;
  // Makes reads and writes under way fail soon. At any time before OnEnded.
  virtual void Abort() = 0;
};

// One connection with one peer: drives its sync::Session from a pool, one step at a time, so that
// neither gRPC's threads nor the sequencer's ever wait for it. Bounded: one frame is read at a time
// and none while what waits to be written is beyond kOutgoingBytesMax.
//
// Shared (std::shared_ptr): the stream, the manager and the runs under way in the sequencer each
// end at their own time.
class PeerLink final : public std::enable_shared_from_this<PeerLink> {
 public:
  struct Options {
    Replica* replica = nullptr;
    WorkerPool* pool = nullptr;
    ReplicaId peer;
    // True when this replica dialled.
    bool dialled = false;
    // Milliseconds that never step back.
    std::function<std::int64_t()> now_ms;
    // After each step, with what the step changed; on the pool, one at a time.
    std::function<void(PeerLink&)> on_progress;
    // Once, when the stream is over, with why.
    std::function<void(PeerLink&, const absl::Status&)> on_ended;
  };

  explicit PeerLink(Options options);

  const ReplicaId& peer() const { return options_.peer; }
  bool dialled() const { return options_.dialled; }

  // The stream is open: greet, read. `transport` lives until OnEnded was called.
  void Open(LinkTransport* transport);
  // From the transport. `frame` is absent when nothing more will come.
  void OnRead(std::optional<v1::Frame> frame);
  void OnWritten(bool ok);
  void OnEnded(const absl::Status& status);

  // From the manager.
  void OnLocalChange(const ConventionId& convention);
  void OnAttachmentHeld(const ConventionId& convention, const Digest& attachment);
  void Tick();
  // Ends the connection with this status; what waits to be written is dropped.
  void Close(const absl::Status& status);

  // What the last step left behind.
  sync::SessionProgress progress() const;
  std::optional<v1::Hello> hello() const;
  // Runs of the peer that the sequencer has not answered yet, changes not yet taken: what the last
  // step said may be out of date.
  bool settled() const;

 private:
  struct Inbox {
    bool start = false;
    bool tick = false;
    std::optional<v1::Frame> frame;
    std::deque<sync::StoredRun> stored;
    std::deque<sync::StoredChunk> chunks;
    std::set<ConventionId> changes;
    std::set<std::pair<ConventionId, Digest>> held;
    bool empty() const {
      return !start && !tick && !frame.has_value() && stored.empty() && chunks.empty() &&
             changes.empty() && held.empty();
    }
  };

  void Schedule() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // On the pool; never twice at once.
  void Work();
  void Drive(Inbox inbox);
  void Take(sync::Step step);
  // Personal values that no earlier meeting brought; this peer may have them.
  void AskWanted();
  void OnStored(sync::StoredRun stored);
  void OnChunkStored(const sync::StoredChunk& stored);
  void BeginClose(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  // Reads, writes or closes as the state asks.
  void Pump() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);

  const Options options_;
  // Only touched by Work.
  sync::Session session_;

  mutable absl::Mutex mu_;
  LinkTransport* transport_ ABSL_GUARDED_BY(mu_) = nullptr;
  Inbox inbox_ ABSL_GUARDED_BY(mu_);
  bool working_ ABSL_GUARDED_BY(mu_) = false;
  bool reading_ ABSL_GUARDED_BY(mu_) = false;
  bool read_ended_ ABSL_GUARDED_BY(mu_) = false;
  bool writing_ ABSL_GUARDED_BY(mu_) = false;
  bool ended_ ABSL_GUARDED_BY(mu_) = false;
  std::deque<v1::Frame> outgoing_ ABSL_GUARDED_BY(mu_);
  std::size_t outgoing_bytes_ ABSL_GUARDED_BY(mu_) = 0;
  std::optional<absl::Status> closing_ ABSL_GUARDED_BY(mu_);
  std::int64_t closing_since_ms_ ABSL_GUARDED_BY(mu_) = 0;
  bool close_sent_ ABSL_GUARDED_BY(mu_) = false;
  // The peer had ended the stream before it was closed here.
  bool left_first_ ABSL_GUARDED_BY(mu_) = false;
  sync::SessionProgress progress_ ABSL_GUARDED_BY(mu_);
  std::optional<v1::Hello> hello_ ABSL_GUARDED_BY(mu_);
};

}  // namespace greffe

#endif  // GREFFE_SERVER_PEERS_LINK_H_
