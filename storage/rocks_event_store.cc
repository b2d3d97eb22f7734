#include "storage/rocks_event_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_status.h"

namespace greffe {
namespace rocks {

absl::StatusOr<std::string> Handle::Get(Family which, absl::string_view key) const {
  std::string value;
  const rocksdb::Status read = db->Get(rocksdb::ReadOptions(), family(which), SliceOf(key), &value);
  if (!read.ok()) return StatusOf(read, FamilyName(which));
  return value;
}

absl::Status Handle::Scan(
    Family which, absl::string_view prefix, absl::string_view from,
    const std::function<bool(absl::string_view key, absl::string_view value)>& row) const {
  const std::string end = PrefixEnd(prefix);
  const rocksdb::Slice bound(end);
  rocksdb::ReadOptions options;
  if (!end.empty()) options.iterate_upper_bound = &bound;
  const std::unique_ptr<rocksdb::Iterator> at(db->NewIterator(options, family(which)));
  for (at->Seek(SliceOf(std::max(from, prefix))); at->Valid(); at->Next()) {
    if (!row(ViewOf(at->key()), ViewOf(at->value()))) break;
  }
  return StatusOf(at->status(), FamilyName(which));
}

}  // namespace rocks

RocksEventStore::RocksEventStore(const Options& options, std::unique_ptr<rocks::Handle> handle)
    : options_(options), handle_(std::move(handle)) {}

RocksEventStore::~RocksEventStore() = default;

absl::StatusOr<RocksEventStore::Use> RocksEventStore::Hold() const {
  handle_mutex_.ReaderLock();
  if (handle_ != nullptr) return Use(&handle_mutex_, handle_.get());
  handle_mutex_.ReaderUnlock();
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "store-closed",
                   .field = options_.path,
                   .fr = "le magasin n'a pas pu être rouvert ; nouvel essai sous peu",
                   .en = "the store could not be opened again; it is tried again shortly"});
}

absl::StatusOr<FeedNumber> RocksEventStore::NextFeedNumber() const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  return handle->next_feed.load();
}

std::uint64_t RocksEventStore::DiskBytes() const {
  std::vector<rocksdb::Env::FileAttributes> files;
  rocksdb::Env* const env = options_.env != nullptr ? options_.env : rocksdb::Env::Default();
  if (!env->GetChildrenFileAttributes(options_.path, &files).ok()) return 0;
  std::uint64_t total = 0;
  for (const auto& file : files) total += file.size_bytes;
  return total;
}

}  // namespace greffe
