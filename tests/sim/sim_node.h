#ifndef GREFFE_TESTS_SIM_SIM_NODE_H_
#define GREFFE_TESTS_SIM_SIM_NODE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/base/signature.h"
#include "server/app/replica.h"
#include "storage/rocks_event_store.h"
#include "tests/sim/virtual_clock.h"
#include "tests/sim/withholding_view.h"
#include "tests/support/faulty_fs.h"

namespace greffe::sim {

// An outcome of a run that was handed to the sequencer, for the session it came from.
struct Outcome {
  std::uint64_t session = 0;
  sync::StoredRun stored;
};

// The same of a chunk of an attachment.
struct TakenChunk {
  std::uint64_t session = 0;
  sync::StoredChunk stored;
};

// A command that a node answered: it is on disk, so its author says.
struct Acknowledged {
  std::string convention;
  std::vector<std::string> leaves;
};

// One machine: disk, clock, store, replica. Steps are taken by hand; nothing happens between them
// but RocksDB's own background work. Not thread safe.
class Node final {
 public:
  struct Options {
    std::string name;
    // The key's seed is made from it; a twin has its original's.
    std::string key_name;
    std::string partner_id;
    std::uint64_t random_seed = 0;
    std::function<std::vector<RosterCandidate>()> peers;
    const std::int64_t* world_ms = nullptr;
  };

  explicit Node(Options options);

  // Opens store and replica. What an honest disk may never make fail.
  absl::Status Boot();
  // Power is lost now: what was not synced is gone, except a random part of it with a seed.
  void Crash(std::optional<std::uint64_t> torn_seed = std::nullopt);
  // The machine stops in order.
  void Stop();
  bool up() const { return replica_ != nullptr; }

  // Takes what is queued as one batch. Outcomes and changed conventions are then in `outcomes` and
  // `changed`. False: nothing was queued.
  bool RunOnce();
  // Commands and answers. The answer comes during RunOnce.
  template <typename Request>
  void Submit(const Request& request,
              std::function<void(absl::StatusOr<ResponseOf<Request>>)> done) {
    replica_->Submit(call(), request, std::move(done));
  }
  void SubmitRun(std::uint64_t session, const ReplicaId& peer, const sync::IngestRun& run);
  void SubmitChunk(std::uint64_t session, const ReplicaId& peer, sync::IngestChunk chunk);

  UserCall call() const;
  Replica& replica() { return *replica_; }
  // What sessions see: without what this relay withholds.
  const sync::ReplicaView& view() const { return *view_; }
  const sync::ReplicaView& honest_view() const { return replica_->view(); }
  const SigningKey& key() const { return *key_; }
  const ReplicaId& id() const { return key_->replica_id(); }
  const std::string& name() const { return options_.name; }
  const std::string& partner_id() const { return options_.partner_id; }
  RosterCandidate card() const;
  FaultyFs& disk() { return *disk_; }
  VirtualClock& clock() { return clock_; }
  std::string RandomBytes(std::size_t count);

  // Copies another node's disk, which is down or idle: a clone of the machine.
  void CloneDisk(const Node& other);

  // The bytes of one stored event change on the disk of a machine that is down, in a row that the
  // store takes for sound: F12. False when it is not held.
  bool Rewrite(const ConventionId& convention, const ReplicaId& author, std::uint64_t sequence);

  std::vector<Outcome> outcomes;
  std::vector<TakenChunk> chunks;
  std::set<ConventionId> changed;
  // Attachments that became whole here.
  std::set<std::pair<ConventionId, Digest>> held;
  std::vector<Acknowledged> acknowledged;
  std::set<ReplicaId> withheld;
  // False: it tells two stories, and may be blamed.
  bool honest = true;

 private:
  const Options options_;
  const std::unique_ptr<SigningKey> key_;
  const std::unique_ptr<FaultyFs> disk_;
  VirtualClock clock_;
  std::mt19937_64 random_;
  std::unique_ptr<RocksEventStore> store_;
  std::unique_ptr<Replica> replica_;
  std::unique_ptr<WithholdingView> view_;
};

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_SIM_NODE_H_
