#ifndef GREFFE_TESTS_SERVER_APP_WATCHED_STORE_H_
#define GREFFE_TESTS_SERVER_APP_WATCHED_STORE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/event_store.h"

namespace greffe::test {

// A store whose commits fail when told to, and whose last commit can be looked at.
class WatchedStore final : public EventStore {
 public:
  explicit WatchedStore(std::unique_ptr<EventStore> store) : store_(std::move(store)) {}

  // The next commit fails with this, and every one after it as the contract says. `late`: all of it
  // is on disk when the store is opened again.
  void FailNext(absl::Status status, bool late = false) {
    failure_ = std::move(status);
    late_ = late;
  }
  // Reopen fails with this until it is OK.
  void FailReopen(absl::Status status) { reopen_failure_ = std::move(status); }
  // Snapshots fail with this until it is OK.
  void FailSnapshots(absl::Status status) { snapshot_failure_ = std::move(status); }
  // Reads of this event give these bytes instead.
  void Rewrite(EventPosition at, std::string bytes) {
    rewritten_at_ = at;
    rewritten_ = std::move(bytes);
  }
  // Reads of this event fail with this until it is OK.
  void FailReads(EventPosition at, absl::Status status) {
    unread_at_ = at;
    unread_ = std::move(status);
  }
  // Reads of nodes of trees fail with this until it is OK.
  void FailNodes(absl::Status status) { node_failure_ = std::move(status); }
  // A head on record that no commit of this store wrote, as after a restored backup.
  void PlantHead(StoredHead head) { planted_ = std::move(head); }
  const WriteSet& last() const { return last_; }
  std::size_t commits() const { return commits_; }
  std::size_t snapshots() const { return snapshots_; }

  absl::Status Commit(const WriteSet& writes) override {
    if (failed_) return absl::FailedPreconditionError("reopen the store");
    if (!failure_.ok()) {
      failed_ = true;
      in_doubt_ = writes;
      return failure_;
    }
    last_ = writes;
    ++commits_;
    return store_->Commit(writes);
  }
  absl::Status WriteSnapshot(const SnapshotName& name,
                             const std::function<void(const PutPiece& put)>& produce) override {
    if (!snapshot_failure_.ok()) return snapshot_failure_;
    ++snapshots_;
    return store_->WriteSnapshot(name, produce);
  }
  absl::Status Reopen() override {
    if (!reopen_failure_.ok()) return reopen_failure_;
    // A commit that was said to fail may have reached the disk.
    if (failed_ && late_) {
      const absl::Status written = store_->Commit(in_doubt_);
      if (!written.ok()) return written;
    }
    failed_ = false;
    failure_ = absl::OkStatus();
    return store_->Reopen();
  }
  absl::StatusOr<std::vector<ConventionRow>> ListConventions() const override {
    return store_->ListConventions();
  }
  absl::StatusOr<std::vector<FeedRow>> ListFeeds(ConventionNumber convention) const override {
    return store_->ListFeeds(convention);
  }
  absl::StatusOr<FeedNumber> NextFeedNumber() const override { return store_->NextFeedNumber(); }
  absl::StatusOr<std::vector<std::string>> ReadEvents(FeedNumber feed, std::uint64_t from,
                                                      std::size_t count_max,
                                                      std::size_t bytes_max) const override {
    auto events = store_->ReadEvents(feed, from, count_max, bytes_max);
    if (events.ok() && !unread_.ok() && feed == unread_at_.feed && from <= unread_at_.sequence &&
        unread_at_.sequence < from + events->size()) {
      return unread_;
    }
    if (events.ok() && feed == rewritten_at_.feed && from <= rewritten_at_.sequence &&
        rewritten_at_.sequence < from + events->size() && !rewritten_.empty()) {
      (*events)[rewritten_at_.sequence - from] = rewritten_;
    }
    return events;
  }
  absl::StatusOr<std::string> ReadEvent(EventPosition at) const override {
    if (at == unread_at_ && !unread_.ok()) return unread_;
    if (at == rewritten_at_ && !rewritten_.empty()) return rewritten_;
    return store_->ReadEvent(at);
  }
  absl::StatusOr<Digest> ReadNode(FeedNumber feed, std::uint8_t level,
                                  std::uint64_t index) const override {
    if (!node_failure_.ok()) return node_failure_;
    return store_->ReadNode(feed, level, index);
  }
  absl::StatusOr<EventPosition> FindLeaf(ConventionNumber convention,
                                         const Digest& leaf) const override {
    return store_->FindLeaf(convention, leaf);
  }
  absl::StatusOr<std::vector<StoredHead>> ReadHeads(FeedNumber feed, std::uint64_t size_min,
                                                    std::size_t count_max) const override {
    if (planted_ && planted_->feed == feed && planted_->size >= size_min && count_max > 0) {
      return std::vector<StoredHead>{*planted_};
    }
    return store_->ReadHeads(feed, size_min, count_max);
  }
  absl::StatusOr<StoredHead> ReadHeadAtMost(FeedNumber feed,
                                            std::uint64_t size_max) const override {
    return store_->ReadHeadAtMost(feed, size_max);
  }
  absl::StatusOr<std::vector<Arrival>> ReadArrivals(ConventionNumber convention, std::uint64_t from,
                                                    std::size_t count_max) const override {
    return store_->ReadArrivals(convention, from, count_max);
  }
  absl::StatusOr<StoredSnapshot> ReadSnapshot(ConventionNumber convention,
                                              std::uint64_t arrival_max,
                                              std::uint32_t fold_version) const override {
    return store_->ReadSnapshot(convention, arrival_max, fold_version);
  }
  absl::StatusOr<SealedRow> ReadSealed(const ConventionId& convention,
                                       const Digest& commitment) const override {
    return store_->ReadSealed(convention, commitment);
  }
  absl::StatusOr<RequestRow> ReadRequest(const ConventionId& convention, absl::string_view user,
                                         const RequestId& request) const override {
    return store_->ReadRequest(convention, user, request);
  }
  absl::StatusOr<AttachmentRow> ReadAttachment(const ConventionId& convention,
                                               const Digest& attachment) const override {
    return store_->ReadAttachment(convention, attachment);
  }
  absl::StatusOr<std::vector<AttachmentRow>> ReadAttachments(
      const std::optional<ConventionId>& convention) const override {
    return store_->ReadAttachments(convention);
  }
  absl::StatusOr<std::string> ReadChunk(const ConventionId& convention, const Digest& attachment,
                                        std::uint32_t index) const override {
    return store_->ReadChunk(convention, attachment, index);
  }
  absl::StatusOr<std::vector<SyncIndexRow>> ReadSyncIndex(const ReplicaId& replica) const override {
    return store_->ReadSyncIndex(replica);
  }
  absl::StatusOr<std::string> ReadRecord(absl::string_view table,
                                         absl::string_view key) const override {
    return store_->ReadRecord(table, key);
  }
  absl::StatusOr<std::vector<RecordRow>> ReadTable(absl::string_view table) const override {
    return store_->ReadTable(table);
  }
  std::uint64_t DiskBytes() const override { return store_->DiskBytes(); }
  absl::StatusOr<StoreCopy> CopyTo(const std::string& path,
                                   const std::function<bool()>& go_on) const override {
    return store_->CopyTo(path, go_on);
  }

 private:
  std::unique_ptr<EventStore> store_;
  absl::Status failure_;
  absl::Status reopen_failure_;
  absl::Status node_failure_;
  absl::Status snapshot_failure_;
  bool failed_ = false;
  bool late_ = false;
  std::optional<StoredHead> planted_;
  WriteSet in_doubt_;
  WriteSet last_;
  std::size_t commits_ = 0;
  std::size_t snapshots_ = 0;
  EventPosition rewritten_at_;
  EventPosition unread_at_;
  absl::Status unread_;
  std::string rewritten_;
};

}  // namespace greffe::test

#endif  // GREFFE_TESTS_SERVER_APP_WATCHED_STORE_H_
