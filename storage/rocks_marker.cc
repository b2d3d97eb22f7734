#include "storage/rocks_marker.h"

#include <rocksdb/env.h>

#include <utility>

#include "core/base/digest.h"
#include "storage/rocks_bytes.h"
#include "storage/rocks_status.h"

namespace greffe::rocks {
namespace {

constexpr std::size_t kCheckBytes = 8;
constexpr std::size_t kMarkerBytes = 8 + kCheckBytes;

std::string Encode(std::uint64_t commits) {
  const std::string number = ByteWriter().U64(commits).Take();
  const Digest check = Sha256({"greffe/v1/commits", number});
  return ByteWriter().Bytes(number).Bytes(check.view().substr(0, kCheckBytes)).Take();
}

std::string FileName(const std::string& path) { return path + "/" + kMarkerFile; }

// The file with its name, on disk.
rocksdb::Status Make(const std::string& path, std::uint64_t commits, rocksdb::Env& env) {
  rocksdb::Status made =
      rocksdb::WriteStringToFile(&env, Encode(commits), FileName(path), /*should_sync=*/true);
  std::unique_ptr<rocksdb::Directory> folder;
  if (made.ok()) made = env.NewDirectory(path, &folder);
  if (made.ok()) made = folder->Fsync();
  return made;
}

}  // namespace

CommitMarker::CommitMarker(std::unique_ptr<rocksdb::RandomRWFile> file) : file_(std::move(file)) {}

CommitMarker::~CommitMarker() { file_->Close().PermitUncheckedError(); }

absl::StatusOr<std::uint64_t> CommitMarker::Read(const std::string& path, rocksdb::Env& env) {
  const std::string name = FileName(path);
  if (env.FileExists(name).IsNotFound()) return absl::NotFoundError(name);
  std::string bytes;
  const rocksdb::Status read = rocksdb::ReadFileToString(&env, name, &bytes);
  if (!read.ok()) return StatusOf(read, name);
  if (bytes.size() != kMarkerBytes) return 0;
  const std::uint64_t commits = ByteReader(bytes).U64();
  return bytes == Encode(commits) ? commits : 0;
}

bool CommitMarker::IsOfNoStore(const std::string& path, rocksdb::Env& env) {
  const std::string name = FileName(path);
  if (env.FileExists(name).IsNotFound()) return true;
  std::string bytes;
  if (!rocksdb::ReadFileToString(&env, name, &bytes).ok()) return false;
  return bytes.size() < kMarkerBytes || bytes == Encode(0);
}

absl::StatusOr<std::unique_ptr<CommitMarker>> CommitMarker::Open(const std::string& path,
                                                                 std::uint64_t commits,
                                                                 rocksdb::Env& env) {
  const std::string name = FileName(path);
  if (!env.FileExists(name).ok()) {
    const rocksdb::Status made = Make(path, commits, env);
    if (!made.ok()) return StatusOf(made, name);
  }
  std::unique_ptr<rocksdb::RandomRWFile> file;
  const rocksdb::Status opened = env.NewRandomRWFile(name, &file, rocksdb::EnvOptions());
  if (!opened.ok()) return StatusOf(opened, name);
  std::unique_ptr<CommitMarker> marker(new CommitMarker(std::move(file)));
  marker->Write(commits);
  return marker;
}

void CommitMarker::Write(std::uint64_t commits) {
  file_->Write(0, Encode(commits)).PermitUncheckedError();
}

}  // namespace greffe::rocks
