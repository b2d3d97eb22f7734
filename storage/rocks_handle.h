#ifndef GREFFE_STORAGE_ROCKS_HANDLE_H_
#define GREFFE_STORAGE_ROCKS_HANDLE_H_

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/rocks_event_store.h"
#include "storage/rocks_keys.h"
#include "storage/rocks_marker.h"

// Inside storage/ only: what the parts of RocksEventStore share.
namespace greffe::rocks {

inline rocksdb::Slice SliceOf(absl::string_view text) { return {text.data(), text.size()}; }
inline absl::string_view ViewOf(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

// Keeps RocksDB's last warnings instead of a LOG file: they name the damaged file when its status
// does not, and a store opened read-only is left as it was. Thread safe.
class LastWarnings final : public rocksdb::Logger {
 public:
  LastWarnings() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override;
  // Oldest first, one a line.
  std::string Text() const;

 private:
  static constexpr std::size_t kLinesMax = 16;
  mutable std::mutex mu_;
  std::deque<std::string> lines_;  // Guarded by mu_.
};

struct Handle {
  ~Handle();

  // Constant once open.
  RocksEventStore::Options options;
  rocksdb::Env* env = nullptr;
  std::shared_ptr<LastWarnings> warnings;
  std::unique_ptr<rocksdb::DB> db;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilyCount> families{};
  std::unique_ptr<CommitMarker> marker;

  // Serialises Commit.
  std::mutex commit_mu;
  std::uint64_t commits = 0;  // Guarded by commit_mu.
  bool failed = false;        // Guarded by commit_mu.
  std::atomic<FeedNumber> next_feed{0};

  rocksdb::ColumnFamilyHandle* family(Family which) const {
    return families[static_cast<std::size_t>(which)];
  }
  // The value under a key. NOT_FOUND.
  absl::StatusOr<std::string> Get(Family which, absl::string_view key) const;
  // Calls `row` for each row whose key starts with `prefix` and is at least `from`, ascending, as
  // of one moment, until it returns false. The status is RocksDB's.
  absl::Status Scan(
      Family which, absl::string_view prefix, absl::string_view from,
      const std::function<bool(absl::string_view key, absl::string_view value)>& row) const;
};

// FAILED_PRECONDITION when a process has the store open: it holds LOCK. Taken for a moment only;
// nothing is made in the folder, so that copies without a LOCK pass.
absl::Status CheckNotInUse(const std::string& path, rocksdb::Env& env);

// Options of the whole and of each family: they bound memory and decide what a crash leaves.
rocksdb::DBOptions DatabaseOptions(const RocksEventStore::Options& options, rocksdb::Env* env,
                                   std::shared_ptr<rocksdb::Logger> log);
std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors();

}  // namespace greffe::rocks

#endif  // GREFFE_STORAGE_ROCKS_HANDLE_H_
