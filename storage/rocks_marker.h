#ifndef GREFFE_STORAGE_ROCKS_MARKER_H_
#define GREFFE_STORAGE_ROCKS_MARKER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace rocksdb {
class Env;
class RandomRWFile;
}  // namespace rocksdb

namespace greffe::rocks {

// A lower bound of the commits acknowledged, kept beside RocksDB's files in COMMITS.
//
// Why: RocksDB takes a damaged length near the end of its log for a write that a crash cut short,
// and opens with the acknowledged commits behind it gone. Each commit carries its number; the
// number of the last acknowledged one is also written here, after the fact and without a sync of
// its own. It may lag behind, after a power loss, and never runs ahead: a store whose last commit
// is older than the marker has lost something. Not thread safe.
class CommitMarker final {
 public:
  // The number in the marker of the store at `path`; 0 when its bytes are no marker's, which only
  // makes the check weaker. NOT_FOUND when there is none, UNAVAILABLE when it cannot be read.
  static absl::StatusOr<std::uint64_t> Read(const std::string& path, rocksdb::Env& env);
  // Whether the file is what a creation cut short leaves, or is not there: no bytes, a part of
  // them, or the marker of no commit. A damaged marker is none of these: there was a store.
  static bool IsOfNoStore(const std::string& path, rocksdb::Env& env);
  // Opens for writing, and makes the file with `commits` when it is missing: before anything else
  // of a new store, so that a store without it has lost it.
  static absl::StatusOr<std::unique_ptr<CommitMarker>> Open(const std::string& path,
                                                            std::uint64_t commits,
                                                            rocksdb::Env& env);
  ~CommitMarker();

  // Best effort: a marker that stays behind is still true.
  void Write(std::uint64_t commits);

 private:
  explicit CommitMarker(std::unique_ptr<rocksdb::RandomRWFile> file);
  const std::unique_ptr<rocksdb::RandomRWFile> file_;
};

// Name of the file.
inline constexpr char kMarkerFile[] = "COMMITS";

}  // namespace greffe::rocks

#endif  // GREFFE_STORAGE_ROCKS_MARKER_H_
