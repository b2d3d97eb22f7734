#ifndef GREFFE_TESTS_SUPPORT_FAULTY_FS_H_
#define GREFFE_TESTS_SUPPORT_FAULTY_FS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace rocksdb {
class Env;
}  // namespace rocksdb

namespace greffe {

// A disk for RocksDB that loses power, fills up and decays on demand: a rocksdb::FileSystemWrapper
// over RocksDB's file system in memory that drops at a crash what was not synced. It keeps exactly
// what was synced: the bytes of a file up to its last sync, and names (creations, renames,
// deletions) up to the last sync of their folder. Harsher than ext4, so what survives here survives
// there. Folders themselves appear at once. Thread safe.
//
// A crash: PowerOff() (or PowerOffAfter), destroy every store that uses env(), Crash(), open again.
class FaultyFs final {
 public:
  enum class SyncMode {
    kHonest,
    // Says OK and keeps nothing: a disk that lies, or software without its fsync.
    kIgnored,
    kFailing,
  };

  FaultyFs();
  ~FaultyFs();
  FaultyFs(const FaultyFs&) = delete;
  FaultyFs& operator=(const FaultyFs&) = delete;

  rocksdb::Env* env() const { return env_.get(); }

  // From now on every operation fails and changes nothing.
  void PowerOff();
  // The same after `operations` more that change something: writes, syncs, creations, renames,
  // deletions, truncations.
  void PowerOffAfter(std::uint64_t operations);
  // Operations that changed something since the start.
  std::uint64_t operations() const;
  // Drops what was not synced and turns the power on again; locks are free. With a seed, each file
  // keeps a random part of its unsynced bytes, as a torn write does.
  void Crash(std::optional<std::uint64_t> torn_seed = std::nullopt);

  void set_sync_mode(SyncMode mode);
  // Bytes that can still be written; appends that do not fit are cut there and fail. Absent: no
  // end. Deleting gives nothing back.
  void set_space_left(std::optional<std::uint64_t> bytes);

  // Files under `folder`, sorted.
  std::vector<std::string> Files(absl::string_view folder) const;
  // Content now; empty for a file that is not there.
  std::string Content(absl::string_view path) const;
  // Decay: on the platter, so it survives a crash. False when there is no such byte.
  bool FlipBit(absl::string_view path, std::uint64_t offset, int bit);
  // Replaces or makes a file, synced with its name.
  void Plant(absl::string_view path, absl::string_view content);
  // Removes a file, synced.
  void Remove(absl::string_view path);

 private:
  class Disk;
  class FileSystem;
  std::shared_ptr<Disk> disk_;
  std::unique_ptr<rocksdb::Env> env_;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_SUPPORT_FAULTY_FS_H_
