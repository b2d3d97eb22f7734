#include "tests/support/faulty_fs.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "tests/support/faulty_disk.h"

namespace greffe {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

absl::string_view ViewOf(const Slice& slice) { return {slice.data(), slice.size()}; }

// RocksDB's own log of what it does goes nowhere.
class NoLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* /*format*/, va_list /*arguments*/) override {}
};

class HeldLock final : public rocksdb::FileLock {
 public:
  explicit HeldLock(std::string path) : path(std::move(path)) {}
  const std::string path;
};

}  // namespace

// RocksDB's view of the disk.
class FaultyFs::FileSystem final : public rocksdb::FileSystem {
 public:
  explicit FileSystem(std::shared_ptr<Disk> disk) : disk_(std::move(disk)) {}
  const char* Name() const override { return "FaultyFs"; }

  IOStatus NewSequentialFile(const std::string& path, const rocksdb::FileOptions& /*options*/,
                             std::unique_ptr<rocksdb::FSSequentialFile>* out,
                             IODebugContext* /*dbg*/) override;
  IOStatus NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions& /*options*/,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* out,
                               IODebugContext* /*dbg*/) override;
  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& /*options*/,
                           std::unique_ptr<rocksdb::FSWritableFile>* out,
                           IODebugContext* /*dbg*/) override;
  IOStatus ReopenWritableFile(const std::string& path, const rocksdb::FileOptions& /*options*/,
                              std::unique_ptr<rocksdb::FSWritableFile>* out,
                              IODebugContext* /*dbg*/) override;
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions& /*options*/,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* out,
                           IODebugContext* /*dbg*/) override;
  IOStatus NewDirectory(const std::string& path, const IOOptions& /*options*/,
                        std::unique_ptr<rocksdb::FSDirectory>* out,
                        IODebugContext* /*dbg*/) override;

  IOStatus FileExists(const std::string& path, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    const auto [result, file] = disk_->Find(Disk::Normal(path));
    if (result == Disk::Result::kMissing) {
      return disk_->IsFolder(Disk::Normal(path)) ? IOStatus::OK() : IOStatus::NotFound(path);
    }
    return StatusOf(result, path);
  }
  IOStatus GetChildren(const std::string& path, const IOOptions& /*options*/,
                       std::vector<std::string>* out, IODebugContext* /*dbg*/) override {
    const std::string folder = Disk::Normal(path);
    if (!disk_->IsFolder(folder)) return IOStatus::NotFound(path);
    *out = disk_->Children(folder);
    return IOStatus::OK();
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Delete(Disk::Normal(path)), path);
  }
  IOStatus Truncate(const std::string& path, std::size_t size, const IOOptions& /*options*/,
                    IODebugContext* /*dbg*/) override {
    const auto [result, file] = disk_->Find(Disk::Normal(path));
    if (file == nullptr) return StatusOf(result, path);
    return StatusOf(disk_->Truncate(*file, size), path);
  }
  IOStatus CreateDir(const std::string& path, const IOOptions& /*options*/,
                     IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->MakeFolder(Disk::Normal(path)), path);
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& /*options*/,
                              IODebugContext* /*dbg*/) override {
    if (disk_->IsFolder(Disk::Normal(path))) return IOStatus::OK();
    return StatusOf(disk_->MakeFolder(Disk::Normal(path)), path);
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions& /*options*/,
                     IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->DeleteFolder(Disk::Normal(path)), path);
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions& /*options*/, std::uint64_t* out,
                       IODebugContext* /*dbg*/) override {
    const auto [found, file] = disk_->Find(Disk::Normal(path));
    if (file == nullptr) return StatusOf(found, path);
    const auto [result, size] = disk_->Size(*file);
    *out = size;
    return StatusOf(result, path);
  }
  IOStatus GetFileModificationTime(const std::string& /*path*/, const IOOptions& /*options*/,
                                   std::uint64_t* out, IODebugContext* /*dbg*/) override {
    *out = 0;
    return IOStatus::OK();
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Rename(Disk::Normal(from), Disk::Normal(to)), from);
  }
  IOStatus LinkFile(const std::string& from, const std::string& to, const IOOptions& /*options*/,
                    IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Link(Disk::Normal(from), Disk::Normal(to)), from);
  }
  IOStatus LockFile(const std::string& path, const IOOptions& /*options*/, rocksdb::FileLock** out,
                    IODebugContext* /*dbg*/) override {
    const IOStatus locked = StatusOf(disk_->Lock(Disk::Normal(path)), path);
    *out = locked.ok() ? new HeldLock(Disk::Normal(path)) : nullptr;
    return locked;
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    const std::unique_ptr<HeldLock> held(static_cast<HeldLock*>(lock));
    disk_->Unlock(held->path);
    return IOStatus::OK();
  }
  IOStatus GetTestDirectory(const IOOptions& /*options*/, std::string* out,
                            IODebugContext* /*dbg*/) override {
    *out = "/test";
    return IOStatus::OK();
  }
  IOStatus NewLogger(const std::string& /*path*/, const IOOptions& /*options*/,
                     std::shared_ptr<rocksdb::Logger>* out, IODebugContext* /*dbg*/) override {
    *out = std::make_shared<NoLog>();
    return IOStatus::OK();
  }
  IOStatus GetAbsolutePath(const std::string& path, const IOOptions& /*options*/, std::string* out,
                           IODebugContext* /*dbg*/) override {
    *out = path;
    return IOStatus::OK();
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions& /*options*/, bool* out,
                       IODebugContext* /*dbg*/) override {
    *out = disk_->IsFolder(Disk::Normal(path));
    return IOStatus::OK();
  }

  // One place for codes; the words are those of a real disk, which storage/ reads.
  static IOStatus StatusOf(Disk::Result result, const std::string& path) {
    switch (result) {
      case Disk::Result::kOk:
        return IOStatus::OK();
      case Disk::Result::kPowerOff:
        return IOStatus::IOError("power is off", path);
      case Disk::Result::kNoSpace:
        return IOStatus::NoSpace("no space left", path);
      case Disk::Result::kSyncFailed:
        return IOStatus::IOError("fsync failed", path);
      case Disk::Result::kMissing:
        return IOStatus::PathNotFound("no such file", path);
      case Disk::Result::kLocked:
        return IOStatus::IOError("lock hold by current process", path);
    }
    return IOStatus::IOError("unknown", path);
  }

 private:
  class Reader;
  class RandomReader;
  class Writer;
  class ReadWriter;
  class Folder;
  const std::shared_ptr<Disk> disk_;
};

namespace {

IOStatus CopyOut(const IOStatus& status, const std::string& bytes, Slice* result, char* scratch) {
  std::copy(bytes.begin(), bytes.end(), scratch);
  *result = Slice(scratch, bytes.size());
  return status;
}

}  // namespace

class FaultyFs::FileSystem::Reader final : public rocksdb::FSSequentialFile {
 public:
  Reader(std::shared_ptr<Disk> disk, Disk::File file)
      : disk_(std::move(disk)), file_(std::move(file)) {}
  IOStatus Read(std::size_t n, const IOOptions& /*options*/, Slice* result, char* scratch,
                IODebugContext* /*dbg*/) override {
    const auto [code, bytes] = disk_->Read(*file_, at_, n);
    at_ += bytes.size();
    return CopyOut(StatusOf(code, "read"), bytes, result, scratch);
  }
  IOStatus Skip(std::uint64_t n) override {
    at_ += n;
    return IOStatus::OK();
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const Disk::File file_;
  std::uint64_t at_ = 0;
};

class FaultyFs::FileSystem::RandomReader final : public rocksdb::FSRandomAccessFile {
 public:
  RandomReader(std::shared_ptr<Disk> disk, Disk::File file)
      : disk_(std::move(disk)), file_(std::move(file)) {}
  IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions& /*options*/, Slice* result,
                char* scratch, IODebugContext* /*dbg*/) const override {
    const auto [code, bytes] = disk_->Read(*file_, offset, n);
    return CopyOut(StatusOf(code, "read"), bytes, result, scratch);
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const Disk::File file_;
};

class FaultyFs::FileSystem::Writer final : public rocksdb::FSWritableFile {
 public:
  Writer(std::shared_ptr<Disk> disk, Disk::File file)
      : disk_(std::move(disk)), file_(std::move(file)) {}
  using rocksdb::FSWritableFile::Append;
  IOStatus Append(const Slice& data, const IOOptions& /*options*/,
                  IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Append(*file_, ViewOf(data)), "append");
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& /*options*/,
                    IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Truncate(*file_, size), "truncate");
  }
  IOStatus Close(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::OK();
  }
  IOStatus Flush(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::OK();
  }
  IOStatus Sync(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Sync(*file_), "sync");
  }
  bool IsSyncThreadSafe() const override { return true; }
  std::uint64_t GetFileSize(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return disk_->Size(*file_).second;
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const Disk::File file_;
};

class FaultyFs::FileSystem::ReadWriter final : public rocksdb::FSRandomRWFile {
 public:
  ReadWriter(std::shared_ptr<Disk> disk, Disk::File file)
      : disk_(std::move(disk)), file_(std::move(file)) {}
  IOStatus Write(std::uint64_t offset, const Slice& data, const IOOptions& /*options*/,
                 IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->WriteAt(*file_, offset, ViewOf(data)), "write");
  }
  IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions& /*options*/, Slice* result,
                char* scratch, IODebugContext* /*dbg*/) const override {
    const auto [code, bytes] = disk_->Read(*file_, offset, n);
    return CopyOut(StatusOf(code, "read"), bytes, result, scratch);
  }
  IOStatus Flush(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::OK();
  }
  IOStatus Sync(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->Sync(*file_), "sync");
  }
  IOStatus Close(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::OK();
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const Disk::File file_;
};

class FaultyFs::FileSystem::Folder final : public rocksdb::FSDirectory {
 public:
  Folder(std::shared_ptr<Disk> disk, std::string path)
      : disk_(std::move(disk)), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return StatusOf(disk_->SyncFolder(path_), path_);
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const std::string path_;
};

IOStatus FaultyFs::FileSystem::NewSequentialFile(const std::string& path,
                                                 const rocksdb::FileOptions& /*options*/,
                                                 std::unique_ptr<rocksdb::FSSequentialFile>* out,
                                                 IODebugContext* /*dbg*/) {
  auto [result, file] = disk_->Find(Disk::Normal(path));
  if (file != nullptr) *out = std::make_unique<Reader>(disk_, std::move(file));
  return StatusOf(result, path);
}

IOStatus FaultyFs::FileSystem::NewRandomAccessFile(
    const std::string& path, const rocksdb::FileOptions& /*options*/,
    std::unique_ptr<rocksdb::FSRandomAccessFile>* out, IODebugContext* /*dbg*/) {
  auto [result, file] = disk_->Find(Disk::Normal(path));
  if (file != nullptr) *out = std::make_unique<RandomReader>(disk_, std::move(file));
  return StatusOf(result, path);
}

IOStatus FaultyFs::FileSystem::NewWritableFile(const std::string& path,
                                               const rocksdb::FileOptions& /*options*/,
                                               std::unique_ptr<rocksdb::FSWritableFile>* out,
                                               IODebugContext* /*dbg*/) {
  auto [result, file] = disk_->Create(Disk::Normal(path));
  if (file != nullptr) *out = std::make_unique<Writer>(disk_, std::move(file));
  return StatusOf(result, path);
}

IOStatus FaultyFs::FileSystem::ReopenWritableFile(const std::string& path,
                                                  const rocksdb::FileOptions& options,
                                                  std::unique_ptr<rocksdb::FSWritableFile>* out,
                                                  IODebugContext* dbg) {
  auto [result, file] = disk_->Find(Disk::Normal(path));
  if (file == nullptr) return NewWritableFile(path, options, out, dbg);
  *out = std::make_unique<Writer>(disk_, std::move(file));
  return StatusOf(result, path);
}

IOStatus FaultyFs::FileSystem::NewRandomRWFile(const std::string& path,
                                               const rocksdb::FileOptions& /*options*/,
                                               std::unique_ptr<rocksdb::FSRandomRWFile>* out,
                                               IODebugContext* /*dbg*/) {
  auto [result, file] = disk_->Find(Disk::Normal(path));
  if (file != nullptr) *out = std::make_unique<ReadWriter>(disk_, std::move(file));
  return StatusOf(result, path);
}

IOStatus FaultyFs::FileSystem::NewDirectory(const std::string& path, const IOOptions& /*options*/,
                                            std::unique_ptr<rocksdb::FSDirectory>* out,
                                            IODebugContext* /*dbg*/) {
  const std::string folder = Disk::Normal(path);
  if (!disk_->IsFolder(folder)) return IOStatus::PathNotFound("no such folder", path);
  *out = std::make_unique<Folder>(disk_, folder);
  return IOStatus::OK();
}

FaultyFs::FaultyFs()
    : disk_(std::make_shared<Disk>()),
      env_(rocksdb::NewCompositeEnv(std::make_shared<FileSystem>(disk_))) {}

FaultyFs::~FaultyFs() = default;

void FaultyFs::PowerOff() { disk_->PowerOffAfter(0); }
void FaultyFs::PowerOffAfter(std::uint64_t operations) { disk_->PowerOffAfter(operations); }
std::uint64_t FaultyFs::operations() const { return disk_->operations(); }
void FaultyFs::Crash(std::optional<std::uint64_t> torn_seed) { disk_->Crash(torn_seed); }
void FaultyFs::set_sync_mode(SyncMode mode) { disk_->set_sync_mode(mode); }
void FaultyFs::set_space_left(std::optional<std::uint64_t> bytes) { disk_->set_space_left(bytes); }

std::vector<std::string> FaultyFs::Files(absl::string_view folder) const {
  return disk_->Files(Disk::Normal(folder));
}

std::string FaultyFs::Content(absl::string_view path) const {
  const auto [result, file] = disk_->Find(Disk::Normal(path));
  if (file == nullptr) return "";
  return disk_->Read(*file, 0, std::numeric_limits<std::size_t>::max()).second;
}

bool FaultyFs::FlipBit(absl::string_view path, std::uint64_t offset, int bit) {
  return disk_->FlipBit(Disk::Normal(path), offset, bit);
}

void FaultyFs::Plant(absl::string_view path, absl::string_view content) {
  disk_->Plant(Disk::Normal(path), content);
}

void FaultyFs::Remove(absl::string_view path) { disk_->Remove(Disk::Normal(path)); }

}  // namespace greffe
