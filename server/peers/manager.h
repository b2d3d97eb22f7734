#ifndef GREFFE_SERVER_PEERS_MANAGER_H_
#define GREFFE_SERVER_PEERS_MANAGER_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "core/base/time.h"
#include "greffe/v1/admin_service.pb.h"
#include "server/identity/home.h"
#include "server/identity/peer_table.h"
#include "server/ops/language.h"
#include "server/ops/log.h"
#include "server/ops/worker_pool.h"
#include "server/peers/backoff.h"
#include "server/peers/link.h"

namespace greffe {

// Keeps this replica connected with its peers: dials those with an address, takes those that dial,
// one connection each in the end. Thread safe.
//
// When both dial at once, the connection of the lower replica id wins; a replica that dials anew
// replaces its own earlier connection. A link counts once its peer's hello came, so an attempt that
// hangs never keeps a good one out.
class PeerManager final {
 public:
  struct Options {
    Replica* replica = nullptr;
    PeerTable* table = nullptr;
    const Identity* identity = nullptr;
    const Clock* clock = nullptr;
    const Logger* log = nullptr;
    // Runs sessions.
    WorkerPool* pool = nullptr;
    // Writes to the peer table, which block.
    WorkerPool* slow = nullptr;
  };
  explicit PeerManager(Options options);
  // Calls Stop.
  ~PeerManager();
  PeerManager(const PeerManager&) = delete;
  PeerManager& operator=(const PeerManager&) = delete;

  void Start();
  // Ends all connections and waits for their end; none is taken any more. May be called again.
  void Stop();

  // A peer that dialled: the link for its stream. UNAUTHENTICATED (rule "peer-key") for a key that
  // is not pinned, FAILED_PRECONDITION (rule "peer-paused"), RESOURCE_EXHAUSTED (rule
  // "limit-links").
  absl::StatusOr<std::shared_ptr<PeerLink>> Accept(const ReplicaId& peer);

  // The table changed for this peer: dial it, or let it go.
  void OnPinned(const ReplicaId& peer);
  void OnPaused(const ReplicaId& peer);
  void OnRemoved(const ReplicaId& peer);
  // This replica acts for another partner, or says other things of it: peers are met anew, so that
  // a hello tells them. Partners that they were not told of at the join they do not believe.
  void OnPartnersChanged();
  // The store was opened again: peers are met anew, so that what was refused meanwhile comes again.
  void OnStoreReopened() { OnPartnersChanged(); }
  // A convention failed its proof: the same, so that peers restore it.
  void OnDamage() { OnPartnersChanged(); }

  // This replica signs no more: the same, so that a hello tells its peers.
  void OnSigningStopped() { OnPartnersChanged(); }

  // How a peer is, for people. Names no convention but those that the partner may see; every one
  // where it is empty.
  v1::PeerView View(const Peer& peer, Language language, const std::string& partner_id) const;
  // Run frames to and from all peers since start.
  struct Bytes {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
  };
  Bytes TotalBytes() const;

  // Meets these peers now. `done` is called once, on the pool: true when every one is in step, or
  // false at `deadline`; without `wait`, as soon as the attempt is made.
  void SyncNow(std::vector<ReplicaId> peers, bool wait, Instant deadline,
               std::function<void(bool)> done);

 private:
  struct PeerState {
    Backoff backoff;
    std::int64_t dial_at_ms = 0;
    std::shared_ptr<PeerLink> dialling;
    // The one that counts, and since when.
    std::shared_ptr<PeerLink> active;
    std::int64_t active_since_ms = 0;
    // Taken from the peer, whose hello has not come.
    std::vector<std::shared_ptr<PeerLink>> arriving;
    // Closed in favour of another, not over yet.
    std::vector<std::shared_ptr<PeerLink>> leaving;
    std::optional<Instant> last_contact;
    absl::Status last_error;
    std::int64_t clock_offset_ms = 0;
    // Of its links that are over.
    Bytes past;
    // Events known to be missing, at the end of the last connection.
    std::uint64_t to_send = 0;
    std::uint64_t to_receive = 0;
  };
  struct Waiter {
    std::vector<ReplicaId> peers;
    std::int64_t deadline_ms = 0;
    std::int64_t not_before_ms = 0;
    std::function<void(bool)> done;
  };

  std::int64_t NowMs() const;
  void Loop();
  void DialDue() ABSL_LOCKS_EXCLUDED(mu_);
  void TickLinks() ABSL_LOCKS_EXCLUDED(mu_);
  void CheckWaiters() ABSL_LOCKS_EXCLUDED(mu_);
  bool InStep(const ReplicaId& peer) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_);
  std::shared_ptr<PeerLink> MakeLink(const ReplicaId& peer, bool dialled);
  void OnProgress(PeerLink& link);
  void OnEnded(PeerLink& link, const absl::Status& status);
  // The link's hello came: it is the active one now, or loses to it.
  void Settle(PeerLink& link, const v1::Hello& hello) ABSL_LOCKS_EXCLUDED(mu_);
  // Closes all links of a peer.
  void CloseAll(const ReplicaId& peer, const absl::Status& status) ABSL_LOCKS_EXCLUDED(mu_);

  const Options options_;
  std::uint64_t listener_ = 0;
  std::thread thread_;

  mutable absl::Mutex mu_;
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  bool started_ ABSL_GUARDED_BY(mu_) = false;
  bool poked_ ABSL_GUARDED_BY(mu_) = false;
  std::size_t links_ ABSL_GUARDED_BY(mu_) = 0;
  std::map<ReplicaId, PeerState> states_ ABSL_GUARDED_BY(mu_);
  std::vector<Waiter> waiters_ ABSL_GUARDED_BY(mu_);
};

}  // namespace greffe

#endif  // GREFFE_SERVER_PEERS_MANAGER_H_
