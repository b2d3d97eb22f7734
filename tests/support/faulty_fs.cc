#include "tests/support/faulty_fs.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <utility>

#include "tests/support/faulty_disk.h"

namespace greffe {
namespace {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

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

// RocksDB's own, so that what is wrapped is nobody's imitation of a file system.
std::shared_ptr<rocksdb::FileSystem> InMemory() {
  const std::unique_ptr<rocksdb::Env> env(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  return env->GetFileSystem();
}

}  // namespace

// Forwards to the base what changes nothing; what changes something goes by way of the disk, which
// notes what a crash would take back.
class FaultyFs::FileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit FileSystem(std::shared_ptr<Disk> disk, const std::shared_ptr<rocksdb::FileSystem>& base)
      : rocksdb::FileSystemWrapper(base), disk_(std::move(disk)) {}
  const char* Name() const override { return "FaultyFs"; }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* out,
                             IODebugContext* dbg) override;
  IOStatus NewRandomAccessFile(const std::string& path, const FileOptions& options,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* out,
                               IODebugContext* dbg) override;
  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* out,
                           IODebugContext* dbg) override;
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* out,
                              IODebugContext* dbg) override;
  IOStatus NewRandomRWFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* out,
                           IODebugContext* dbg) override;
  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* out, IODebugContext* dbg) override;

  IOStatus FileExists(const std::string& path, const IOOptions& options,
                      IODebugContext* dbg) override {
    return WhenPowered([&] { return target()->FileExists(path, options, dbg); });
  }
  IOStatus GetChildren(const std::string& path, const IOOptions& options,
                       std::vector<std::string>* out, IODebugContext* dbg) override {
    return WhenPowered([&] { return target()->GetChildren(path, options, out, dbg); });
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions& options, std::uint64_t* out,
                       IODebugContext* dbg) override {
    return WhenPowered([&] { return target()->GetFileSize(path, options, out, dbg); });
  }
  IOStatus DeleteFile(const std::string& path, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    return disk_->Delete(Disk::Normal(path));
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    return disk_->Rename(Disk::Normal(from), Disk::Normal(to));
  }
  // RocksDB copies instead.
  IOStatus LinkFile(const std::string& from, const std::string& /*to*/,
                    const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::NotSupported("links", from);
  }
  IOStatus Truncate(const std::string& path, std::size_t size, const IOOptions& options,
                    IODebugContext* dbg) override {
    const Disk::File file = disk_->Find(Disk::Normal(path));
    if (file == nullptr) return IOStatus::PathNotFound("no such file", path);
    return disk_->Truncate(*file, size,
                           [&] { return target()->Truncate(path, size, options, dbg); });
  }
  IOStatus CreateDir(const std::string& path, const IOOptions& options,
                     IODebugContext* dbg) override {
    return disk_->Change([&] { return target()->CreateDir(path, options, dbg); });
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* dbg) override {
    return disk_->Change([&] { return target()->CreateDirIfMissing(path, options, dbg); });
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions& options,
                     IODebugContext* dbg) override {
    return disk_->Change([&] { return target()->DeleteDir(path, options, dbg); });
  }
  IOStatus LockFile(const std::string& path, const IOOptions& /*options*/, rocksdb::FileLock** out,
                    IODebugContext* /*dbg*/) override {
    const IOStatus locked = disk_->Lock(Disk::Normal(path));
    *out = locked.ok() ? new HeldLock(Disk::Normal(path)) : nullptr;
    return locked;
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions& /*options*/,
                      IODebugContext* /*dbg*/) override {
    const std::unique_ptr<HeldLock> held(static_cast<HeldLock*>(lock));
    disk_->Unlock(held->path);
    return IOStatus::OK();
  }
  IOStatus NewLogger(const std::string& /*path*/, const IOOptions& /*options*/,
                     std::shared_ptr<rocksdb::Logger>* out, IODebugContext* /*dbg*/) override {
    *out = std::make_shared<NoLog>();
    return IOStatus::OK();
  }

 private:
  class Reader;
  class RandomReader;
  class Writer;
  class ReadWriter;
  class Folder;

  template <typename Read>
  IOStatus WhenPowered(const Read& read) const {
    IOStatus powered = disk_->Powered();
    return powered.ok() ? read() : powered;
  }

  const std::shared_ptr<Disk> disk_;
};

class FaultyFs::FileSystem::Reader final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  Reader(std::unique_ptr<rocksdb::FSSequentialFile> base, std::shared_ptr<Disk> disk)
      : FSSequentialFileOwnerWrapper(std::move(base)), disk_(std::move(disk)) {}
  IOStatus Read(std::size_t n, const IOOptions& options, Slice* result, char* scratch,
                IODebugContext* dbg) override {
    const IOStatus powered = disk_->Powered();
    return powered.ok() ? target()->Read(n, options, result, scratch, dbg) : powered;
  }

 private:
  const std::shared_ptr<Disk> disk_;
};

class FaultyFs::FileSystem::RandomReader final : public rocksdb::FSRandomAccessFileOwnerWrapper {
 public:
  RandomReader(std::unique_ptr<rocksdb::FSRandomAccessFile> base, std::shared_ptr<Disk> disk)
      : FSRandomAccessFileOwnerWrapper(std::move(base)), disk_(std::move(disk)) {}
  IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions& options, Slice* result,
                char* scratch, IODebugContext* dbg) const override {
    const IOStatus powered = disk_->Powered();
    return powered.ok() ? target()->Read(offset, n, options, result, scratch, dbg) : powered;
  }

 private:
  const std::shared_ptr<Disk> disk_;
};

class FaultyFs::FileSystem::Writer final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  Writer(std::unique_ptr<rocksdb::FSWritableFile> base, std::shared_ptr<Disk> disk, Disk::File file)
      : FSWritableFileOwnerWrapper(std::move(base)),
        disk_(std::move(disk)),
        file_(std::move(file)) {}
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* dbg) override {
    return disk_->Append(*file_, data.size(), [&](std::uint64_t fits) {
      return target()->Append(Slice(data.data(), fits), options, dbg);
    });
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& /*verification*/,
                  IODebugContext* dbg) override {
    return Append(data, options, dbg);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* dbg) override {
    return disk_->Truncate(*file_, size, [&] { return target()->Truncate(size, options, dbg); });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    return disk_->Sync(*file_, [&] { return target()->Sync(options, dbg); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return disk_->Sync(*file_, [&] { return target()->Fsync(options, dbg); });
  }
  // Neither is a sync, and the base in memory would take them for one.
  IOStatus Flush(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::OK();
  }
  IOStatus RangeSync(std::uint64_t /*offset*/, std::uint64_t /*count*/,
                     const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return IOStatus::OK();
  }
  bool IsSyncThreadSafe() const override { return true; }
  std::uint64_t GetFileSize(const IOOptions& /*options*/, IODebugContext* /*dbg*/) override {
    return disk_->SizeOf(*file_);
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const Disk::File file_;
};

class FaultyFs::FileSystem::ReadWriter final : public rocksdb::FSRandomRWFileOwnerWrapper {
 public:
  ReadWriter(std::unique_ptr<rocksdb::FSRandomRWFile> base, std::shared_ptr<Disk> disk,
             Disk::File file)
      : FSRandomRWFileOwnerWrapper(std::move(base)),
        disk_(std::move(disk)),
        file_(std::move(file)) {}
  IOStatus Write(std::uint64_t offset, const Slice& data, const IOOptions& options,
                 IODebugContext* dbg) override {
    return disk_->WriteAt(*file_, offset, data.size(),
                          [&] { return target()->Write(offset, data, options, dbg); });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* dbg) override {
    return disk_->Sync(*file_, [&] { return target()->Sync(options, dbg); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return disk_->Sync(*file_, [&] { return target()->Fsync(options, dbg); });
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const Disk::File file_;
};

class FaultyFs::FileSystem::Folder final : public rocksdb::FSDirectoryWrapper {
 public:
  Folder(std::unique_ptr<rocksdb::FSDirectory> base, std::shared_ptr<Disk> disk, std::string path)
      : FSDirectoryWrapper(std::move(base)), disk_(std::move(disk)), path_(std::move(path)) {}
  IOStatus Fsync(const IOOptions& options, IODebugContext* dbg) override {
    return disk_->SyncFolder(path_, [&] { return FSDirectoryWrapper::Fsync(options, dbg); });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* dbg,
                               const rocksdb::DirFsyncOptions& /*which*/) override {
    return Fsync(options, dbg);
  }

 private:
  const std::shared_ptr<Disk> disk_;
  const std::string path_;
};

IOStatus FaultyFs::FileSystem::NewSequentialFile(const std::string& path,
                                                 const FileOptions& options,
                                                 std::unique_ptr<rocksdb::FSSequentialFile>* out,
                                                 IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSSequentialFile> base;
  IOStatus done =
      WhenPowered([&] { return target()->NewSequentialFile(path, options, &base, dbg); });
  if (done.ok()) *out = std::make_unique<Reader>(std::move(base), disk_);
  return done;
}

IOStatus FaultyFs::FileSystem::NewRandomAccessFile(
    const std::string& path, const FileOptions& options,
    std::unique_ptr<rocksdb::FSRandomAccessFile>* out, IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSRandomAccessFile> base;
  IOStatus done =
      WhenPowered([&] { return target()->NewRandomAccessFile(path, options, &base, dbg); });
  if (done.ok()) *out = std::make_unique<RandomReader>(std::move(base), disk_);
  return done;
}

IOStatus FaultyFs::FileSystem::NewWritableFile(const std::string& path, const FileOptions& options,
                                               std::unique_ptr<rocksdb::FSWritableFile>* out,
                                               IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSWritableFile> base;
  Disk::File file;
  IOStatus done = disk_->Create(
      Disk::Normal(path), [&] { return target()->NewWritableFile(path, options, &base, dbg); },
      &file);
  if (done.ok()) *out = std::make_unique<Writer>(std::move(base), disk_, std::move(file));
  return done;
}

IOStatus FaultyFs::FileSystem::ReopenWritableFile(const std::string& path,
                                                  const FileOptions& options,
                                                  std::unique_ptr<rocksdb::FSWritableFile>* out,
                                                  IODebugContext* dbg) {
  Disk::File file = disk_->Find(Disk::Normal(path));
  if (file == nullptr) return NewWritableFile(path, options, out, dbg);
  std::unique_ptr<rocksdb::FSWritableFile> base;
  IOStatus done =
      WhenPowered([&] { return target()->ReopenWritableFile(path, options, &base, dbg); });
  if (done.ok()) *out = std::make_unique<Writer>(std::move(base), disk_, std::move(file));
  return done;
}

IOStatus FaultyFs::FileSystem::NewRandomRWFile(const std::string& path, const FileOptions& options,
                                               std::unique_ptr<rocksdb::FSRandomRWFile>* out,
                                               IODebugContext* dbg) {
  Disk::File file = disk_->Find(Disk::Normal(path));
  if (file == nullptr) return IOStatus::PathNotFound("no such file", path);
  std::unique_ptr<rocksdb::FSRandomRWFile> base;
  IOStatus done = WhenPowered([&] { return target()->NewRandomRWFile(path, options, &base, dbg); });
  if (done.ok()) *out = std::make_unique<ReadWriter>(std::move(base), disk_, std::move(file));
  return done;
}

IOStatus FaultyFs::FileSystem::NewDirectory(const std::string& path, const IOOptions& options,
                                            std::unique_ptr<rocksdb::FSDirectory>* out,
                                            IODebugContext* dbg) {
  std::unique_ptr<rocksdb::FSDirectory> base;
  IOStatus done = WhenPowered([&] { return target()->NewDirectory(path, options, &base, dbg); });
  if (done.ok()) *out = std::make_unique<Folder>(std::move(base), disk_, Disk::Normal(path));
  return done;
}

FaultyFs::FaultyFs() {
  const std::shared_ptr<rocksdb::FileSystem> base = InMemory();
  disk_ = std::make_shared<Disk>(base);
  env_ = rocksdb::NewCompositeEnv(std::make_shared<FileSystem>(disk_, base));
}

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
  return disk_->Content(Disk::Normal(path));
}

bool FaultyFs::FlipBit(absl::string_view path, std::uint64_t offset, int bit) {
  return disk_->FlipBit(Disk::Normal(path), offset, bit);
}

void FaultyFs::Plant(absl::string_view path, absl::string_view content) {
  disk_->Plant(Disk::Normal(path), content);
}

void FaultyFs::Remove(absl::string_view path) { disk_->Remove(Disk::Normal(path)); }

}  // namespace greffe
