#include "tests/support/faulty_disk.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

using rocksdb::FileOptions;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

// The words are those of a real disk, which storage/ reads.
IOStatus PowerIsOff() { return IOStatus::IOError("power is off"); }
IOStatus NoSuchFile(const std::string& path) {
  return IOStatus::PathNotFound("no such file", path);
}

}  // namespace

std::string FaultyFs::Disk::Normal(absl::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c != '/' || out.empty() || out.back() != '/') out.push_back(c);
  }
  if (out.size() > 1 && out.back() == '/') out.pop_back();
  return out;
}

std::string FaultyFs::Disk::FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) return "/";
  return path.substr(0, slash);
}

bool FaultyFs::Disk::Step() {
  if (operations_left_.has_value()) {
    if (*operations_left_ == 0) return false;
    --*operations_left_;
  }
  ++operations_;
  return true;
}

std::string FaultyFs::Disk::ReadBase(const Inode& file, std::uint64_t offset,
                                     std::uint64_t count) const {
  std::unique_ptr<rocksdb::FSRandomAccessFile> reader;
  std::string bytes(count, '\0');
  Slice got;
  if (!base_->NewRandomAccessFile(file.path, FileOptions(), &reader, nullptr).ok() ||
      !reader->Read(offset, count, IOOptions(), &got, bytes.data(), nullptr).ok()) {
    return "";
  }
  return got.ToString();
}

void FaultyFs::Disk::WriteBase(const std::string& path, std::uint64_t offset,
                               absl::string_view bytes) {
  std::unique_ptr<rocksdb::FSRandomRWFile> writer;
  if (!base_->NewRandomRWFile(path, FileOptions(), &writer, nullptr).ok()) return;
  writer->Write(offset, Slice(bytes.data(), bytes.size()), IOOptions(), nullptr)
      .PermitUncheckedError();
  writer->Close(IOOptions(), nullptr).PermitUncheckedError();
}

IOStatus FaultyFs::Disk::Move(Inode& file, const std::string& to) {
  IOStatus moved = base_->RenameFile(file.path, to, IOOptions(), nullptr);
  if (moved.ok()) file.path = to;
  return moved;
}

IOStatus FaultyFs::Disk::Unlink(const std::string& path) {
  const auto found = live_.find(path);
  if (found == live_.end()) {
    changes_[FolderOf(path)].push_back({.path = path});
    return IOStatus::OK();
  }
  const File file = found->second;
  IOStatus moved = Move(*file, absl::StrCat(kLost, "/", next_lost_++));
  if (!moved.ok()) return moved;
  live_.erase(found);
  changes_[FolderOf(path)].push_back({.path = path, .before = file});
  return IOStatus::OK();
}

IOStatus FaultyFs::Disk::Create(const std::string& path, const Operation& create, File* out) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  IOStatus done = Unlink(path);
  if (done.ok()) done = create();
  if (!done.ok()) return done;
  *out = std::make_shared<Inode>(Inode{.path = path});
  live_[path] = *out;
  return done;
}

IOStatus FaultyFs::Disk::Append(Inode& file, std::uint64_t count,
                                const std::function<IOStatus(std::uint64_t)>& append) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  const std::uint64_t fits = std::min(count, space_left_.value_or(count));
  if (space_left_.has_value()) *space_left_ -= fits;
  IOStatus done = append(fits);
  if (done.ok()) file.size += fits;
  if (done.ok() && fits < count) return IOStatus::NoSpace("no space left");
  return done;
}

IOStatus FaultyFs::Disk::WriteAt(Inode& file, std::uint64_t offset, std::uint64_t count,
                                 const Operation& write) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  const std::uint64_t old_end = std::min(offset + count, file.synced);
  if (offset < old_end) file.undo.emplace_back(offset, ReadBase(file, offset, old_end - offset));
  IOStatus done = write();
  if (done.ok()) file.size = std::max(file.size, offset + count);
  return done;
}

IOStatus FaultyFs::Disk::Truncate(Inode& file, std::uint64_t size, const Operation& truncate) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  if (size < file.synced) file.undo.emplace_back(size, ReadBase(file, size, file.synced - size));
  IOStatus done = truncate();
  if (done.ok()) file.size = size;
  return done;
}

IOStatus FaultyFs::Disk::Sync(Inode& file, const Operation& sync) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  if (sync_mode_ == SyncMode::kFailing) return IOStatus::IOError("fsync failed");
  if (sync_mode_ == SyncMode::kIgnored) return IOStatus::OK();
  IOStatus done = sync();
  if (!done.ok()) return done;
  file.synced = file.size;
  file.undo.clear();
  return done;
}

void FaultyFs::Disk::ForgetNames(const std::string& folder) {
  for (const NameChange& change : changes_[folder]) {
    if (change.before == nullptr || change.before->path.rfind(kLost, 0) != 0) continue;
    base_->DeleteFile(change.before->path, IOOptions(), nullptr).PermitUncheckedError();
  }
  changes_.erase(folder);
}

IOStatus FaultyFs::Disk::SyncFolder(const std::string& folder, const Operation& sync) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  if (sync_mode_ == SyncMode::kFailing) return IOStatus::IOError("fsync failed");
  if (sync_mode_ == SyncMode::kIgnored) return IOStatus::OK();
  IOStatus done = sync();
  if (done.ok()) ForgetNames(folder);
  return done;
}

IOStatus FaultyFs::Disk::Rename(const std::string& from, const std::string& to) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  if (FolderOf(from) != FolderOf(to)) return IOStatus::NotSupported("rename across folders", from);
  const auto found = live_.find(from);
  if (found == live_.end()) return NoSuchFile(from);
  const File file = found->second;
  if (from == to) return IOStatus::OK();
  IOStatus done = Unlink(to);
  if (done.ok()) done = Move(*file, to);
  if (!done.ok()) return done;
  live_.erase(from);
  live_[to] = file;
  changes_[FolderOf(from)].push_back({.path = from, .before = file, .renamed_to = to});
  return done;
}

IOStatus FaultyFs::Disk::Delete(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return PowerIsOff();
  return live_.count(path) == 0 ? NoSuchFile(path) : Unlink(path);
}

IOStatus FaultyFs::Disk::Change(const Operation& change) {
  const std::lock_guard<std::mutex> lock(mu_);
  return Step() ? change() : PowerIsOff();
}

IOStatus FaultyFs::Disk::Powered() const {
  const std::lock_guard<std::mutex> lock(mu_);
  return operations_left_ == 0u ? PowerIsOff() : IOStatus::OK();
}

FaultyFs::Disk::File FaultyFs::Disk::Find(const std::string& path) const {
  const std::lock_guard<std::mutex> lock(mu_);
  const auto found = live_.find(path);
  return found == live_.end() ? nullptr : found->second;
}

std::uint64_t FaultyFs::Disk::SizeOf(const Inode& file) const {
  const std::lock_guard<std::mutex> lock(mu_);
  return file.size;
}

IOStatus FaultyFs::Disk::Lock(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (operations_left_ == 0u) return PowerIsOff();
  if (!locks_.insert(path).second) {
    return IOStatus::IOError("lock hold by current process", path);
  }
  if (live_.count(path) != 0) return IOStatus::OK();
  changes_[FolderOf(path)].push_back({.path = path});
  live_[path] = std::make_shared<Inode>(Inode{.path = path});
  return rocksdb::WriteStringToFile(base_.get(), "", path);
}

void FaultyFs::Disk::Unlock(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  locks_.erase(path);
}

void FaultyFs::Disk::PowerOffAfter(std::uint64_t operations) {
  const std::lock_guard<std::mutex> lock(mu_);
  operations_left_ = operations;
}

std::uint64_t FaultyFs::Disk::operations() const {
  const std::lock_guard<std::mutex> lock(mu_);
  return operations_;
}

void FaultyFs::Disk::Undo(const NameChange& change) {
  if (change.before == nullptr) {
    base_->DeleteFile(change.path, IOOptions(), nullptr).PermitUncheckedError();
    live_.erase(change.path);
    return;
  }
  live_.erase(change.renamed_to);
  if (live_.count(change.path) != 0) {
    base_->DeleteFile(change.path, IOOptions(), nullptr).PermitUncheckedError();
  }
  Move(*change.before, change.path).PermitUncheckedError();
  live_[change.path] = change.before;
}

void FaultyFs::Disk::Restore(Inode& file, std::mt19937_64* torn) {
  std::uint64_t keep = file.synced;
  if (torn != nullptr && file.size > file.synced) {
    keep += (*torn)() % (file.size - file.synced + 1);
  }
  for (auto old = file.undo.rbegin(); old != file.undo.rend(); ++old) {
    WriteBase(file.path, old->first, old->second);
  }
  file.undo.clear();
  if (keep != file.size) {
    base_->Truncate(file.path, keep, IOOptions(), nullptr).PermitUncheckedError();
  }
  file.size = file.synced = keep;
}

void FaultyFs::Disk::Crash(std::optional<std::uint64_t> torn_seed) {
  const std::lock_guard<std::mutex> lock(mu_);
  std::mt19937_64 random(torn_seed.value_or(0));
  for (const auto& [folder, changes] : changes_) {
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) Undo(*change);
  }
  changes_.clear();
  for (const auto& [path, file] : live_) Restore(*file, torn_seed.has_value() ? &random : nullptr);
  locks_.clear();
  operations_left_.reset();
}

void FaultyFs::Disk::set_sync_mode(SyncMode mode) {
  const std::lock_guard<std::mutex> lock(mu_);
  sync_mode_ = mode;
}

void FaultyFs::Disk::set_space_left(std::optional<std::uint64_t> bytes) {
  const std::lock_guard<std::mutex> lock(mu_);
  space_left_ = bytes;
}

std::vector<std::string> FaultyFs::Disk::Files(const std::string& folder) const {
  const std::lock_guard<std::mutex> lock(mu_);
  const std::string prefix = folder == "/" ? folder : folder + "/";
  std::vector<std::string> paths;
  for (const auto& [path, file] : live_) {
    if (path.compare(0, prefix.size(), prefix) == 0) paths.push_back(path);
  }
  return paths;
}

std::string FaultyFs::Disk::Content(const std::string& path) const {
  const std::lock_guard<std::mutex> lock(mu_);
  const auto found = live_.find(path);
  return found == live_.end() ? "" : ReadBase(*found->second, 0, found->second->size);
}

bool FaultyFs::Disk::FlipBit(const std::string& path, std::uint64_t offset, int bit) {
  const std::lock_guard<std::mutex> lock(mu_);
  const auto found = live_.find(path);
  if (found == live_.end() || offset >= found->second->size) return false;
  std::string byte = ReadBase(*found->second, offset, 1);
  byte[0] = static_cast<char>(byte[0] ^ (1 << bit));
  WriteBase(path, offset, byte);
  return true;
}

void FaultyFs::Disk::Plant(const std::string& path, absl::string_view content) {
  const std::lock_guard<std::mutex> lock(mu_);
  ForgetNames(FolderOf(path));
  if (!rocksdb::WriteStringToFile(base_.get(), Slice(content.data(), content.size()), path).ok()) {
    return;
  }
  live_[path] = std::make_shared<Inode>(
      Inode{.path = path, .size = content.size(), .synced = content.size()});
}

void FaultyFs::Disk::Remove(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  ForgetNames(FolderOf(path));
  if (live_.erase(path) == 0) return;
  base_->DeleteFile(path, IOOptions(), nullptr).PermitUncheckedError();
}

}  // namespace greffe
