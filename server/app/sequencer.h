#ifndef GREFFE_SERVER_APP_SEQUENCER_H_
#define GREFFE_SERVER_APP_SEQUENCER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "server/app/batch.h"
#include "server/app/hosts.h"
#include "storage/event_store.h"

namespace greffe {

struct Published;
struct ReplicaCounters;

// One thing to do in turn.
class Work {
 public:
  virtual ~Work() = default;
  // Bytes that it adds to a commit, roughly.
  virtual std::size_t bytes() const = 0;
  // True: it begins a commit of its own, so that it meets only what is on disk.
  virtual bool alone() const { return false; }
  // Puts its effect into the batch, or keeps why not.
  virtual void Run(Batch& batch) = 0;
  // The batch is on disk and published, or nothing of it happened: `commit` says why.
  virtual void Done(const absl::Status& commit) = 0;
};

// Takes commands and peers' runs in turn, in batches of what piled up during the last commit.
// Queue, Writable, StopSigning and the listeners may be called from any thread.
class Sequencer final {
 public:
  static absl::StatusOr<std::unique_ptr<Sequencer>> Open(BatchSettings settings, EventStore* store,
                                                         Hosts* hosts);
  ~Sequencer();

  void Start();
  bool RunOnce();
  // Answered with UNAVAILABLE at once when it stops, RESOURCE_EXHAUSTED when the queue is full.
  void Queue(std::unique_ptr<Work> work);

  // After a failed commit: opens the store again and drops every state that was in memory, so that
  // writing goes on. Once started, the sequencer does it by itself, ever more rarely while it
  // fails; only its thread may. OK when nothing had failed; codes of EventStore::Reopen.
  absl::Status Reopen();

  // Why nothing may be signed, or OK: a failed commit, a foreign head of the own feed, or
  // HoldSigning.
  absl::Status Writable() const;
  // Of a replica that was restored from a backup: nothing is signed while it is held.
  void HoldSigning(bool held);
  // Signing stopped alone: a failed commit is another matter.
  std::string signing_stopped() const;
  // Takes effect at once; kept across restarts by the next commit of `batch`. `rule` is what the
  // log says: `own-feed-ahead`, `own-head-unknown`.
  void StopSigning(const std::string& reason, absl::string_view rule, Batch& batch);

  std::uint64_t AddListener(std::function<void(const Published&)> listener);
  void RemoveListener(std::uint64_t listener);

  // Tells the listeners. Called from the sequencer's thread.
  void Announce(const Published& published);

  // Counts in; queue_length filled.
  ReplicaCounters Counters() const;
  void Count(std::uint64_t ReplicaCounters::*counter, std::uint64_t by = 1);
  const BatchSettings& settings() const { return settings_; }
  Hosts& hosts() { return *hosts_; }

 private:
  Sequencer(BatchSettings settings, EventStore* store, Hosts* hosts);
  void Loop();
  std::vector<std::unique_ptr<Work>> Take();
  void Process(std::vector<std::unique_ptr<Work>> works);
  bool Broken() const;
  absl::Status ReadAgain();
  // An event with the rule of a failure is to be told.
  void NoteFailure(absl::string_view event, const absl::Status& failure);
  // Tells what is due: never under the lock of a convention, since a log may be slow (ADR 1).
  void TellDue();
  void WriteSnapshots(const std::vector<std::shared_ptr<ConventionHost>>& hosts);
  void Notify(const std::vector<Batch::Change>& changes);

  const BatchSettings settings_;
  EventStore* const store_;
  Hosts* const hosts_;
  FeedNumber next_feed_ = 1;
  struct DueNotice {
    std::string event;
    std::string rule;
  };
  // Of the sequencer's thread.
  std::vector<DueNotice> due_;

  mutable absl::Mutex mutex_;
  std::deque<std::unique_ptr<Work>> queue_ ABSL_GUARDED_BY(mutex_);
  std::size_t queued_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status broken_ ABSL_GUARDED_BY(mutex_);
  // Of the commit that failed: whether they came about is known once the store is open again.
  std::vector<Batch::Change> in_doubt_ ABSL_GUARDED_BY(mutex_);
  std::string signing_stopped_ ABSL_GUARDED_BY(mutex_);
  bool held_ ABSL_GUARDED_BY(mutex_) = false;
  struct Counts;
  const std::unique_ptr<Counts> counts_ ABSL_PT_GUARDED_BY(mutex_);

  absl::Mutex listeners_mutex_;
  std::map<std::uint64_t, std::function<void(const Published&)>> listeners_
      ABSL_GUARDED_BY(listeners_mutex_);
  std::uint64_t next_listener_ ABSL_GUARDED_BY(listeners_mutex_) = 1;

  std::thread thread_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_SEQUENCER_H_
