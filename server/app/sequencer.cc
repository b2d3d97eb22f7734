#include "server/app/sequencer.h"

#include <algorithm>
#include <utility>

#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/app/refusals.h"
#include "server/app/replica.h"

namespace greffe {
namespace {

// One commit at most, so that the first in it does not wait long.
constexpr std::size_t kBatchItems = 512;
constexpr std::size_t kBatchBytes = 1024 * 1024;
// What may wait: more is refused, so that memory stays bounded.
constexpr std::size_t kQueueItems = 8192;
constexpr std::size_t kQueueBytes = 64 * 1024 * 1024;

}  // namespace

struct Sequencer::Counts {
  ReplicaCounters values;
};

Sequencer::Sequencer(BatchSettings settings, EventStore* store, Hosts* hosts)
    : settings_(std::move(settings)),
      store_(store),
      hosts_(hosts),
      counts_(std::make_unique<Counts>()) {}

absl::StatusOr<std::unique_ptr<Sequencer>> Sequencer::Open(BatchSettings settings,
                                                           EventStore* store, Hosts* hosts) {
  std::unique_ptr<Sequencer> sequencer(new Sequencer(std::move(settings), store, hosts));
  ASSIGN_OR_RETURN(sequencer->next_feed_, store->NextFeedNumber());
  auto stopped = store->ReadRecord(kSettingsTable, kSigningStoppedKey);
  if (stopped.ok()) {
    sequencer->signing_stopped_ = *std::move(stopped);
  } else if (!absl::IsNotFound(stopped.status())) {
    return stopped.status();
  }
  return sequencer;
}

Sequencer::~Sequencer() {
  std::deque<std::unique_ptr<Work>> left;
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
  {
    absl::MutexLock lock(&mutex_);
    left.swap(queue_);
  }
  for (const auto& work : left) work->Done(ReplicaStopping());
}

void Sequencer::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Sequencer::Loop() {
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      const auto due = [this]() { return stopping_ || !queue_.empty(); };
      mutex_.Await(absl::Condition(&due));
      if (stopping_) return;
    }
    Process(Take());
  }
}

bool Sequencer::RunOnce() {
  std::vector<std::unique_ptr<Work>> works = Take();
  if (works.empty()) return false;
  Process(std::move(works));
  return true;
}

std::vector<std::unique_ptr<Work>> Sequencer::Take() {
  absl::MutexLock lock(&mutex_);
  std::vector<std::unique_ptr<Work>> works;
  std::size_t bytes = 0;
  while (!queue_.empty() && works.size() < kBatchItems && bytes < kBatchBytes) {
    const bool alone = queue_.front()->alone();
    if (alone && !works.empty()) break;
    bytes += queue_.front()->bytes();
    queued_bytes_ -= queue_.front()->bytes();
    works.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (alone) break;
  }
  return works;
}

void Sequencer::Queue(std::unique_ptr<Work> work) {
  absl::Status refused;
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) {
      refused = ReplicaStopping();
    } else if (queue_.size() >= kQueueItems || queued_bytes_ > kQueueBytes) {
      refused = QueueFull();
    } else {
      queued_bytes_ += work->bytes();
      queue_.push_back(std::move(work));
      return;
    }
  }
  work->Done(refused);
}

void Sequencer::Process(std::vector<std::unique_ptr<Work>> works) {
  absl::Status commit;
  std::vector<Batch::Change> changes;
  {
    Batch batch(settings_, hosts_, next_feed_);
    bool broken = false;
    {
      absl::MutexLock lock(&mutex_);
      broken = !broken_.ok();
    }
    if (broken) {
      commit = StoreMustBeReopened();
    } else {
      for (const auto& work : works) work->Run(batch);
      commit = batch.Finish();
      if (!commit.ok()) NoteFailure(commit);
    }
    if (commit.ok() && !batch.empty()) {
      const absl::Status written = store_->Commit(batch.writes());
      if (!written.ok()) {
        absl::MutexLock lock(&mutex_);
        broken_ = written;
        commit = CommitFailed(written);
        NoteFailure(commit);
      } else {
        Count(&ReplicaCounters::commits);
        Count(&ReplicaCounters::events, batch.events());
      }
    }
    if (commit.ok()) {
      batch.Publish();
      next_feed_ = batch.next_feed();
      changes = batch.changes();
    }
  }
  for (const auto& work : works) work->Done(commit);
  Notify(changes);
}

void Sequencer::NoteFailure(const absl::Status& commit) const {
  const std::string rule = RefusalOf(commit).rule;
  settings_.notice("commit-failed", "rule",
                   rule.empty() ? absl::StatusCodeToString(commit.code()) : rule);
}

absl::Status Sequencer::Writable() const {
  absl::MutexLock lock(&mutex_);
  if (!broken_.ok()) return StoreMustBeReopened();
  if (!signing_stopped_.empty()) return SigningStopped(signing_stopped_);
  return absl::OkStatus();
}

std::string Sequencer::signing_stopped() const {
  absl::MutexLock lock(&mutex_);
  return signing_stopped_;
}

void Sequencer::StopSigning(const std::string& reason, Batch& batch) {
  absl::MutexLock lock(&mutex_);
  if (!signing_stopped_.empty()) return;
  signing_stopped_ = reason;
  settings_.notice("signing-stopped", "rule", "own-feed-ahead");
  batch.writes().records.push_back(
      RecordRow{std::string(kSettingsTable), std::string(kSigningStoppedKey), reason});
}

std::uint64_t Sequencer::AddListener(std::function<void(const Published&)> listener) {
  absl::MutexLock lock(&listeners_mutex_);
  listeners_[next_listener_] = std::move(listener);
  return next_listener_++;
}

void Sequencer::RemoveListener(std::uint64_t listener) {
  absl::MutexLock lock(&listeners_mutex_);
  listeners_.erase(listener);
}

void Sequencer::Notify(const std::vector<Batch::Change>& changes) {
  absl::MutexLock lock(&listeners_mutex_);
  for (const Batch::Change& change : changes) {
    for (const auto& [number, listener] : listeners_) {
      listener(Published{change.convention, change.arrivals, change.roster_changed});
    }
  }
}

ReplicaCounters Sequencer::Counters() const {
  absl::MutexLock lock(&mutex_);
  ReplicaCounters out = counts_->values;
  out.queue_length = queue_.size();
  return out;
}

void Sequencer::Count(std::uint64_t ReplicaCounters::*counter, std::uint64_t by) {
  absl::MutexLock lock(&mutex_);
  counts_->values.*counter += by;
}

}  // namespace greffe
