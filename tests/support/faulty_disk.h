#ifndef GREFFE_TESTS_SUPPORT_FAULTY_DISK_H_
#define GREFFE_TESTS_SUPPORT_FAULTY_DISK_H_

#include <rocksdb/file_system.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/faulty_fs.h"

namespace greffe {

// What a crash would take from the base file system under FaultyFs: for each file how much of it is
// synced and what overwritten bytes were, for each folder how its names stood at its last sync.
// Does the operations on the base, so that what is noted and what is done never part. Thread safe.
class FaultyFs::Disk final {
 public:
  // A file, by whatever name it has.
  struct Inode {
    // Where its bytes are in the base.
    std::string path;
    std::uint64_t size = 0;
    std::uint64_t synced = 0;
    // What overwritten synced bytes were, oldest first.
    std::vector<std::pair<std::uint64_t, std::string>> undo;
  };
  using File = std::shared_ptr<Inode>;
  using Status = rocksdb::IOStatus;
  using Operation = std::function<Status()>;

  explicit Disk(std::shared_ptr<rocksdb::FileSystem> base) : base_(std::move(base)) {}

  static std::string Normal(absl::string_view path);
  static std::string FolderOf(const std::string& path);

  // Each counts as one operation, and does it on the base unless the power is off.
  Status Create(const std::string& path, const Operation& create, File* out);
  // `append` is given how many of the `count` bytes still fit.
  Status Append(Inode& file, std::uint64_t count,
                const std::function<Status(std::uint64_t)>& append);
  Status WriteAt(Inode& file, std::uint64_t offset, std::uint64_t count, const Operation& write);
  Status Truncate(Inode& file, std::uint64_t size, const Operation& truncate);
  Status Sync(Inode& file, const Operation& sync);
  Status SyncFolder(const std::string& folder, const Operation& sync);
  // Within one folder.
  Status Rename(const std::string& from, const std::string& to);
  Status Delete(const std::string& path);
  // Of folders, which appear and go at once.
  Status Change(const Operation& change);

  // Change nothing.
  Status Powered() const;
  File Find(const std::string& path) const;
  std::uint64_t SizeOf(const Inode& file) const;
  // Makes the file when there is none.
  Status Lock(const std::string& path);
  void Unlock(const std::string& path);

  // What FaultyFs offers.
  void PowerOffAfter(std::uint64_t operations);
  std::uint64_t operations() const;
  void Crash(std::optional<std::uint64_t> torn_seed);
  void set_sync_mode(SyncMode mode);
  void set_space_left(std::optional<std::uint64_t> bytes);
  std::vector<std::string> Files(const std::string& folder) const;
  std::string Content(const std::string& path) const;
  bool FlipBit(const std::string& path, std::uint64_t offset, int bit);
  void Plant(const std::string& path, absl::string_view content);
  void Remove(const std::string& path);

  // Where the bytes of deleted and replaced files wait for their folder's sync.
  static constexpr char kLost[] = "/.lost";

 private:
  // One change of a name since its folder's last sync.
  struct NameChange {
    std::string path;
    // The file that the name stood for before, if it did.
    File before;
    // Where that file went by this name's renaming; empty when it was deleted or replaced.
    std::string renamed_to;
  };

  // All with mu_ held. Counts an operation; false when the power is off.
  bool Step();
  // Takes a name away; its file waits among the lost.
  Status Unlink(const std::string& path);
  Status Move(Inode& file, const std::string& to);
  void Undo(const NameChange& change);
  void Restore(Inode& file, std::mt19937_64* torn);
  void ForgetNames(const std::string& folder);
  std::string ReadBase(const Inode& file, std::uint64_t offset, std::uint64_t count) const;
  void WriteBase(const std::string& path, std::uint64_t offset, absl::string_view bytes);

  const std::shared_ptr<rocksdb::FileSystem> base_;
  mutable std::mutex mu_;
  // All below guarded by mu_.
  std::map<std::string, File> live_;
  // Oldest first, by folder.
  std::map<std::string, std::vector<NameChange>> changes_;
  std::uint64_t next_lost_ = 0;
  std::set<std::string> locks_;
  std::uint64_t operations_ = 0;
  std::optional<std::uint64_t> operations_left_;
  std::optional<std::uint64_t> space_left_;
  SyncMode sync_mode_ = SyncMode::kHonest;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_SUPPORT_FAULTY_DISK_H_
