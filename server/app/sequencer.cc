#include "server/app/sequencer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
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
// Between two attempts to open the store again.
constexpr absl::Duration kReopenAfterMin = absl::Milliseconds(250);
constexpr absl::Duration kReopenAfterMax = absl::Seconds(15);

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
    absl::MutexLock lock(&sequencer->mutex_);
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
  absl::Duration pause = kReopenAfterMin;
  absl::Time reopen_at = absl::InfiniteFuture();
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      const auto due = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return stopping_ || !queue_.empty();
      };
      mutex_.AwaitWithDeadline(absl::Condition(&due), reopen_at);
      if (stopping_) return;
    }
    Process(Take());
    if (!Broken()) continue;
    if (reopen_at == absl::InfiniteFuture()) reopen_at = absl::Now() + pause;
    if (absl::Now() < reopen_at) continue;
    const bool open = Reopen().ok();
    pause = open ? kReopenAfterMin : std::min(2 * pause, kReopenAfterMax);
    reopen_at = open ? absl::InfiniteFuture() : absl::Now() + pause;
  }
}

absl::Status Sequencer::Reopen() {
  if (!Broken()) return absl::OkStatus();
  absl::Status opened = hosts_->Reload([this] { return store_->Reopen(); });
  if (opened.ok()) opened = ReadAgain();
  if (!opened.ok()) {
    NoteFailure("store-not-reopened", opened);
    TellDue();
    return opened;
  }
  std::vector<Batch::Change> changes;
  {
    absl::MutexLock lock(&mutex_);
    broken_ = absl::OkStatus();
    changes.swap(in_doubt_);
  }
  settings_.notice("store-reopened", "conventions", absl::StrCat(changes.size()));
  Notify(changes);
  return absl::OkStatus();
}

absl::Status Sequencer::ReadAgain() {
  ASSIGN_OR_RETURN(next_feed_, store_->NextFeedNumber());
  const std::string stopped = signing_stopped();
  if (stopped.empty()) return absl::OkStatus();
  // The commit that was to keep it may be the one that failed.
  WriteSet writes;
  writes.records.push_back(
      RecordRow{std::string(kSettingsTable), std::string(kSigningStoppedKey), stopped});
  return store_->Commit(writes);
}

bool Sequencer::Broken() const {
  absl::MutexLock lock(&mutex_);
  return !broken_.ok();
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
  if (works.empty()) return;
  absl::Status commit;
  std::vector<Batch::Change> changes;
  std::vector<std::shared_ptr<ConventionHost>> snapshots;
  {
    Batch batch(settings_, hosts_, next_feed_);
    if (Broken()) {
      commit = StoreMustBeReopened();
    } else {
      for (const auto& work : works) work->Run(batch);
      commit = batch.Finish();
      if (!commit.ok()) NoteFailure("commit-failed", commit);
      // When this batch is not written, a restart finds the same head again.
      if (!batch.signing_doubt().empty()) {
        StopSigning(batch.signing_doubt(), "own-head-unknown", batch);
      }
    }
    if (commit.ok() && !batch.empty()) {
      const absl::Status written = store_->Commit(batch.writes());
      if (!written.ok()) {
        commit = CommitFailed(written);
        {
          absl::MutexLock lock(&mutex_);
          broken_ = written;
          in_doubt_ = batch.changes();
        }
        NoteFailure("commit-failed", commit);
      } else {
        Count(&ReplicaCounters::commits);
        Count(&ReplicaCounters::events, batch.events());
      }
    }
    if (commit.ok()) {
      batch.Publish();
      next_feed_ = batch.next_feed();
      changes = batch.changes();
      snapshots = batch.SnapshotsDue();
    }
  }
  TellDue();
  for (const auto& work : works) work->Done(commit);
  Notify(changes);
  // After the answers: snapshots are for a later start, nobody waits for them.
  WriteSnapshots(snapshots);
  TellDue();
}

void Sequencer::WriteSnapshots(const std::vector<std::shared_ptr<ConventionHost>>& hosts) {
  for (const auto& host : hosts) {
    // This thread alone changes states: it is as the commit left it.
    absl::ReaderMutexLock held(&host->mutex);
    const absl::Status written =
        store_->WriteSnapshot({host->row.number, host->row.arrivals, kFoldVersion},
                              [&](const EventStore::PutPiece& put) { host->state.Snapshot(put); });
    if (written.ok()) continue;
    // What was answered stands without its shortcut; the store is opened again all the same.
    {
      absl::MutexLock lock(&mutex_);
      broken_ = written;
    }
    NoteFailure("snapshot-failed", written);
    return;
  }
}

void Sequencer::NoteFailure(absl::string_view event, const absl::Status& failure) {
  std::string rule = RefusalOf(failure).rule;
  if (rule.empty()) rule = absl::StatusCodeToString(failure.code());
  due_.push_back({std::string(event), std::move(rule)});
}

void Sequencer::TellDue() {
  for (const DueNotice& one : std::exchange(due_, {})) {
    settings_.notice(one.event, "rule", one.rule);
  }
}

absl::Status Sequencer::Writable() const {
  absl::MutexLock lock(&mutex_);
  if (!broken_.ok()) return StoreMustBeReopened();
  if (!signing_stopped_.empty()) return SigningStopped(signing_stopped_);
  return held_ ? RestoredNotSynced() : absl::OkStatus();
}

void Sequencer::HoldSigning(bool held) {
  {
    absl::MutexLock lock(&mutex_);
    held_ = held;
  }
  settings_.notice(held ? "signing-held" : "signing-resumed", "rule",
                   RefusalOf(RestoredNotSynced()).rule);
}

std::string Sequencer::signing_stopped() const {
  absl::MutexLock lock(&mutex_);
  return signing_stopped_;
}

void Sequencer::StopSigning(const std::string& reason, absl::string_view rule, Batch& batch) {
  {
    absl::MutexLock lock(&mutex_);
    if (!signing_stopped_.empty()) return;
    signing_stopped_ = reason;
  }
  due_.push_back({"signing-stopped", std::string(rule)});
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

void Sequencer::Announce(const Published& published) {
  absl::MutexLock lock(&listeners_mutex_);
  for (const auto& [number, listener] : listeners_) listener(published);
}

void Sequencer::Notify(const std::vector<Batch::Change>& changes) {
  for (const Batch::Change& change : changes) {
    Announce(Published{change.convention, change.arrivals, change.roster_changed, std::nullopt});
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
