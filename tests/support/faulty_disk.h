#ifndef GREFFE_TESTS_SUPPORT_FAULTY_DISK_H_
#define GREFFE_TESTS_SUPPORT_FAULTY_DISK_H_

#include <cstdint>
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

// The platter under FaultyFs: files, names, what of them is synced. Thread safe. Results say what
// an operating system would.
class FaultyFs::Disk final {
 public:
  enum class Result { kOk, kPowerOff, kNoSpace, kSyncFailed, kMissing, kLocked };

  // A file, by whatever names it has.
  struct Inode {
    std::string data;
    std::uint64_t synced = 0;
    // What overwritten synced bytes were, oldest first.
    std::vector<std::pair<std::uint64_t, std::string>> undo;
  };
  using File = std::shared_ptr<Inode>;

  static std::string Normal(absl::string_view path);
  static std::string FolderOf(const std::string& path);

  // Change something; each counts as one operation.
  std::pair<Result, File> Create(const std::string& path);
  Result Append(Inode& file, absl::string_view bytes);
  Result WriteAt(Inode& file, std::uint64_t offset, absl::string_view bytes);
  Result Truncate(Inode& file, std::uint64_t size);
  Result Sync(Inode& file);
  Result SyncFolder(const std::string& folder);
  Result Rename(const std::string& from, const std::string& to);
  Result Link(const std::string& from, const std::string& to);
  Result Delete(const std::string& path);
  Result MakeFolder(const std::string& path);
  Result DeleteFolder(const std::string& path);

  // Change nothing.
  std::pair<Result, File> Find(const std::string& path) const;
  std::pair<Result, std::string> Read(const Inode& file, std::uint64_t offset,
                                      std::size_t count) const;
  std::pair<Result, std::uint64_t> Size(const Inode& file) const;
  bool IsFolder(const std::string& path) const;
  std::vector<std::string> Children(const std::string& folder) const;
  Result Lock(const std::string& path);
  void Unlock(const std::string& path);

  // What FaultyFs offers.
  void PowerOffAfter(std::uint64_t operations);
  std::uint64_t operations() const;
  void Crash(std::optional<std::uint64_t> torn_seed);
  void set_sync_mode(SyncMode mode);
  void set_space_left(std::optional<std::uint64_t> bytes);
  std::vector<std::string> Files(const std::string& folder) const;
  bool FlipBit(const std::string& path, std::uint64_t offset, int bit);
  void Plant(const std::string& path, absl::string_view content);
  void Remove(const std::string& path);

 private:
  // Counts an operation; false when the power is off. Called with mu_ held.
  bool Step();
  static void Restore(Inode& file, std::mt19937_64* torn);

  mutable std::mutex mu_;
  // All below guarded by mu_.
  std::map<std::string, File> live_;
  std::map<std::string, File> durable_;
  std::set<std::string> folders_ = {"/"};
  std::set<std::string> locks_;
  std::uint64_t operations_ = 0;
  std::optional<std::uint64_t> operations_left_;
  std::optional<std::uint64_t> space_left_;
  SyncMode sync_mode_ = SyncMode::kHonest;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_SUPPORT_FAULTY_DISK_H_
