#include "tests/support/faulty_disk.h"

#include <algorithm>

namespace greffe {

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

std::pair<FaultyFs::Disk::Result, FaultyFs::Disk::File> FaultyFs::Disk::Create(
    const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return {Result::kPowerOff, nullptr};
  if (folders_.count(FolderOf(path)) == 0) return {Result::kMissing, nullptr};
  File file = std::make_shared<Inode>();
  live_[path] = file;
  return {Result::kOk, std::move(file)};
}

FaultyFs::Disk::Result FaultyFs::Disk::Append(Inode& file, absl::string_view bytes) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  std::uint64_t fits = bytes.size();
  if (space_left_.has_value()) {
    fits = std::min<std::uint64_t>(fits, *space_left_);
    *space_left_ -= fits;
  }
  file.data.append(bytes.data(), fits);
  return fits == bytes.size() ? Result::kOk : Result::kNoSpace;
}

FaultyFs::Disk::Result FaultyFs::Disk::WriteAt(Inode& file, std::uint64_t offset,
                                               absl::string_view bytes) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  const std::uint64_t end = offset + bytes.size();
  const std::uint64_t old_end = std::min<std::uint64_t>(end, file.synced);
  if (offset < old_end) file.undo.emplace_back(offset, file.data.substr(offset, old_end - offset));
  if (file.data.size() < end) file.data.resize(end);
  std::copy(bytes.begin(), bytes.end(), file.data.begin() + static_cast<std::ptrdiff_t>(offset));
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::Truncate(Inode& file, std::uint64_t size) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  if (size < file.synced) file.undo.emplace_back(size, file.data.substr(size, file.synced - size));
  file.data.resize(size);
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::Sync(Inode& file) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  if (sync_mode_ == SyncMode::kFailing) return Result::kSyncFailed;
  if (sync_mode_ == SyncMode::kHonest) {
    file.synced = file.data.size();
    file.undo.clear();
  }
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::SyncFolder(const std::string& folder) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  if (sync_mode_ == SyncMode::kFailing) return Result::kSyncFailed;
  if (sync_mode_ == SyncMode::kIgnored) return Result::kOk;
  std::erase_if(durable_, [&](const auto& entry) { return FolderOf(entry.first) == folder; });
  for (const auto& [path, file] : live_) {
    if (FolderOf(path) == folder) durable_[path] = file;
  }
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::Rename(const std::string& from, const std::string& to) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  const auto found = live_.find(from);
  if (found == live_.end()) return Result::kMissing;
  const File file = found->second;
  live_.erase(found);
  live_[to] = file;
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::Link(const std::string& from, const std::string& to) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  const auto found = live_.find(from);
  if (found == live_.end()) return Result::kMissing;
  live_[to] = found->second;
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::Delete(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  return live_.erase(path) == 0 ? Result::kMissing : Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::MakeFolder(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  folders_.insert(path);
  return Result::kOk;
}

FaultyFs::Disk::Result FaultyFs::Disk::DeleteFolder(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (!Step()) return Result::kPowerOff;
  return folders_.erase(path) == 0 ? Result::kMissing : Result::kOk;
}

std::pair<FaultyFs::Disk::Result, FaultyFs::Disk::File> FaultyFs::Disk::Find(
    const std::string& path) const {
  const std::lock_guard<std::mutex> lock(mu_);
  if (operations_left_ == 0u) return {Result::kPowerOff, nullptr};
  const auto found = live_.find(path);
  if (found == live_.end()) return {Result::kMissing, nullptr};
  return {Result::kOk, found->second};
}

std::pair<FaultyFs::Disk::Result, std::string> FaultyFs::Disk::Read(const Inode& file,
                                                                    std::uint64_t offset,
                                                                    std::size_t count) const {
  const std::lock_guard<std::mutex> lock(mu_);
  if (operations_left_ == 0u) return {Result::kPowerOff, ""};
  if (offset >= file.data.size()) return {Result::kOk, ""};
  return {Result::kOk, file.data.substr(offset, count)};
}

std::pair<FaultyFs::Disk::Result, std::uint64_t> FaultyFs::Disk::Size(const Inode& file) const {
  const std::lock_guard<std::mutex> lock(mu_);
  if (operations_left_ == 0u) return {Result::kPowerOff, 0};
  return {Result::kOk, file.data.size()};
}

bool FaultyFs::Disk::IsFolder(const std::string& path) const {
  const std::lock_guard<std::mutex> lock(mu_);
  return folders_.count(path) != 0;
}

std::vector<std::string> FaultyFs::Disk::Children(const std::string& folder) const {
  const std::lock_guard<std::mutex> lock(mu_);
  const std::size_t skip = folder == "/" ? 1 : folder.size() + 1;
  std::vector<std::string> names;
  for (const auto& [path, file] : live_) {
    if (FolderOf(path) == folder) names.push_back(path.substr(skip));
  }
  for (const std::string& path : folders_) {
    if (path != folder && FolderOf(path) == folder) names.push_back(path.substr(skip));
  }
  return names;
}

FaultyFs::Disk::Result FaultyFs::Disk::Lock(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  if (operations_left_ == 0u) return Result::kPowerOff;
  if (!locks_.insert(path).second) return Result::kLocked;
  if (live_.count(path) == 0) live_[path] = std::make_shared<Inode>();
  return Result::kOk;
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

void FaultyFs::Disk::Restore(Inode& file, std::mt19937_64* torn) {
  std::uint64_t keep = file.synced;
  if (torn != nullptr && file.data.size() > file.synced) {
    keep += (*torn)() % (file.data.size() - file.synced + 1);
  }
  for (auto old = file.undo.rbegin(); old != file.undo.rend(); ++old) {
    const std::uint64_t end = old->first + old->second.size();
    if (file.data.size() < end) file.data.resize(end);
    std::copy(old->second.begin(), old->second.end(),
              file.data.begin() + static_cast<std::ptrdiff_t>(old->first));
  }
  file.undo.clear();
  file.data.resize(
      std::min<std::uint64_t>(std::max<std::uint64_t>(keep, file.synced), file.data.size()));
  file.synced = file.data.size();
}

void FaultyFs::Disk::Crash(std::optional<std::uint64_t> torn_seed) {
  const std::lock_guard<std::mutex> lock(mu_);
  std::mt19937_64 random(torn_seed.value_or(0));
  live_ = durable_;
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

bool FaultyFs::Disk::FlipBit(const std::string& path, std::uint64_t offset, int bit) {
  const std::lock_guard<std::mutex> lock(mu_);
  const auto found = live_.find(path);
  if (found == live_.end() || offset >= found->second->data.size()) return false;
  char& byte = found->second->data[offset];
  byte = static_cast<char>(byte ^ (1 << bit));
  return true;
}

void FaultyFs::Disk::Plant(const std::string& path, absl::string_view content) {
  const std::lock_guard<std::mutex> lock(mu_);
  File file = std::make_shared<Inode>();
  file->data = std::string(content);
  file->synced = content.size();
  live_[path] = file;
  durable_[path] = file;
}

void FaultyFs::Disk::Remove(const std::string& path) {
  const std::lock_guard<std::mutex> lock(mu_);
  live_.erase(path);
  durable_.erase(path);
}

}  // namespace greffe
