#ifndef GREFFE_STORAGE_ROCKS_EVENT_STORE_H_
#define GREFFE_STORAGE_ROCKS_EVENT_STORE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/event_store.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace greffe {

namespace rocks {
struct Handle;
}  // namespace rocks

// EventStore over RocksDB (docs/formats/keys.md). One commit is one write batch over all column
// families and one fsync. Memory is bounded whatever the store holds: one block cache and one
// budget of unflushed writes, about 40 MiB together. Thread safe.
class RocksEventStore final : public EventStore {
 public:
  struct Options {
    // Folder of the store, for it alone.
    std::string path;
    // File system, for tests; must outlive the store. Null: the machine's own.
    rocksdb::Env* env = nullptr;
    // Changes no file, takes no lock; Commit fails with FAILED_PRECONDITION.
    bool read_only = false;
    // An absent store is made (never when read_only); otherwise NOT_FOUND.
    bool create_if_missing = true;
  };

  // FAILED_PRECONDITION: another process has it open, or newer software wrote it. DATA_LOSS: it is
  // damaged, or acknowledged commits are missing; the message names the file and the way out.
  // Nothing is ever deleted or repaired here.
  static absl::StatusOr<std::unique_ptr<RocksEventStore>> Open(const Options& options);
  ~RocksEventStore() override;
  RocksEventStore(const RocksEventStore&) = delete;
  RocksEventStore& operator=(const RocksEventStore&) = delete;

  absl::Status Commit(const WriteSet& writes) override;
  absl::Status Reopen() override;
  absl::Status WriteSnapshot(const SnapshotName& name,
                             const std::function<void(const PutPiece& put)>& produce) override;
  absl::StatusOr<std::vector<ConventionRow>> ListConventions() const override;
  absl::StatusOr<std::vector<FeedRow>> ListFeeds(ConventionNumber convention) const override;
  absl::StatusOr<FeedNumber> NextFeedNumber() const override;
  absl::StatusOr<std::vector<std::string>> ReadEvents(FeedNumber feed, std::uint64_t from,
                                                      std::size_t count_max,
                                                      std::size_t bytes_max) const override;
  absl::StatusOr<std::string> ReadEvent(EventPosition at) const override;
  absl::StatusOr<Digest> ReadNode(FeedNumber feed, std::uint8_t level,
                                  std::uint64_t index) const override;
  absl::StatusOr<EventPosition> FindLeaf(ConventionNumber convention,
                                         const Digest& leaf) const override;
  absl::StatusOr<std::vector<StoredHead>> ReadHeads(FeedNumber feed, std::uint64_t size_min,
                                                    std::size_t count_max) const override;
  absl::StatusOr<StoredHead> ReadHeadAtMost(FeedNumber feed, std::uint64_t size_max) const override;
  absl::StatusOr<std::vector<Arrival>> ReadArrivals(ConventionNumber convention, std::uint64_t from,
                                                    std::size_t count_max) const override;
  absl::StatusOr<StoredSnapshot> ReadSnapshot(ConventionNumber convention,
                                              std::uint64_t arrival_max,
                                              std::uint32_t fold_version) const override;
  absl::StatusOr<SealedRow> ReadSealed(const ConventionId& convention,
                                       const Digest& commitment) const override;
  absl::StatusOr<RequestRow> ReadRequest(const ConventionId& convention, absl::string_view user,
                                         const RequestId& request) const override;
  absl::StatusOr<AttachmentRow> ReadAttachment(const ConventionId& convention,
                                               const Digest& attachment) const override;
  absl::StatusOr<std::vector<AttachmentRow>> ReadAttachments(
      const std::optional<ConventionId>& convention) const override;
  absl::StatusOr<std::string> ReadChunk(const ConventionId& convention, const Digest& attachment,
                                        std::uint32_t index) const override;
  absl::StatusOr<std::vector<SyncIndexRow>> ReadSyncIndex(const ReplicaId& replica) const override;
  absl::StatusOr<std::string> ReadRecord(absl::string_view table,
                                         absl::string_view key) const override;
  absl::StatusOr<std::vector<RecordRow>> ReadTable(absl::string_view table) const override;
  std::uint64_t DiskBytes() const override;
  absl::StatusOr<StoreCopy> CopyTo(const std::string& path,
                                   const std::function<bool()>& go_on) const override;

  // For storage/ alone, of a store that is not reopened: the check reads what the interface does
  // not show.
  const rocks::Handle& handle() const { return *handle_; }

 private:
  // Keeps the store open for one call.
  class Use final {
   public:
    Use(absl::Mutex* mutex, rocks::Handle* handle) : mutex_(mutex), handle_(handle) {}
    Use(Use&& other) noexcept : mutex_(other.mutex_), handle_(other.handle_) {
      other.mutex_ = nullptr;
    }
    ~Use() {
      if (mutex_ != nullptr) mutex_->ReaderUnlock();
    }
    rocks::Handle& operator*() const { return *handle_; }
    rocks::Handle* operator->() const { return handle_; }

   private:
    absl::Mutex* mutex_;
    rocks::Handle* handle_;
  };

  RocksEventStore(const Options& options, std::unique_ptr<rocks::Handle> handle);
  static absl::StatusOr<std::unique_ptr<rocks::Handle>> OpenHandle(const Options& options);
  // UNAVAILABLE when reopening failed even for reading.
  absl::StatusOr<Use> Hold() const ABSL_NO_THREAD_SAFETY_ANALYSIS;

  const Options options_;
  // Held for reading by every call, for writing while reopening.
  mutable absl::Mutex handle_mutex_;
  // Null only after a Reopen that failed.
  std::unique_ptr<rocks::Handle> handle_;
  // A copy under way gives way to it.
  std::atomic<bool> reopening_{false};
};

}  // namespace greffe

#endif  // GREFFE_STORAGE_ROCKS_EVENT_STORE_H_
