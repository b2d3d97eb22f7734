#ifndef GREFFE_STORAGE_ROCKS_STATUS_H_
#define GREFFE_STORAGE_ROCKS_STATUS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace rocksdb {
class Status;
}  // namespace rocksdb

// RocksDB's codes in ours, in this one place.
namespace greffe::rocks {

// Of a read or a write. NOT_FOUND, DATA_LOSS, RESOURCE_EXHAUSTED (disk full), UNAVAILABLE (other
// I/O), INTERNAL. `subject` says what was read or written.
absl::Status StatusOf(const rocksdb::Status& status, absl::string_view subject);

// Of an attempt to open the store at `path`. FAILED_PRECONDITION: another process holds it.
// DATA_LOSS: damaged, naming the file when RocksDB or its log (`log_lines`) does.
absl::Status OpenStatusOf(const rocksdb::Status& status, absl::string_view path,
                          absl::string_view log_lines);

// DATA_LOSS for a store that must not be used: what was found, and the way out.
absl::Status DamagedStore(absl::string_view file, absl::string_view fr, absl::string_view en);
// NOT_FOUND: there is no store at `path`.
absl::Status NoStore(absl::string_view path);
// FAILED_PRECONDITION: another process has the store at `path` open.
absl::Status StoreInUse(absl::string_view path);

// The file of the store that `text` names: the last of the most telling kind (000012.sst and
// 000009.log, then CURRENT, then MANIFEST-000004); empty when none.
std::string FileNamedIn(absl::string_view text);

}  // namespace greffe::rocks

#endif  // GREFFE_STORAGE_ROCKS_STATUS_H_
