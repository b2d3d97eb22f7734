// A copy of a store that is being written to. RocksDB's own Checkpoint links table files where it
// can: then one bad sector, or one chown of the copy, would be the store's too.

#include <rocksdb/file_checksum.h>
#include <rocksdb/metadata.h>
#include <rocksdb/options.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_status.h"

namespace greffe {
namespace {

using rocks::StatusOf;

// How much is written between two questions whether to go on.
constexpr std::uint64_t kPieceBytes = 1 << 20;

// While it lives, files that the store no longer needs stay for the copy to read.
class KeptFiles final {
 public:
  static absl::StatusOr<std::unique_ptr<KeptFiles>> Of(rocksdb::DB* db, const std::string& path) {
    RETURN_IF_ERROR(StatusOf(db->DisableFileDeletions(), path));
    return std::unique_ptr<KeptFiles>(new KeptFiles(db));
  }
  // Not by force: another copy may be under way.
  ~KeptFiles() { db_->EnableFileDeletions(/*force=*/false).PermitUncheckedError(); }
  KeptFiles(const KeptFiles&) = delete;
  KeptFiles& operator=(const KeptFiles&) = delete;

 private:
  explicit KeptFiles(rocksdb::DB* db) : db_(db) {}
  rocksdb::DB* const db_;
};

// The files of one moment between two commits, and how many commits they hold. Nothing is flushed:
// that would need room on the store's own disk, and a failure there would stop its writes.
absl::StatusOr<std::vector<rocksdb::LiveFileStorageInfo>> FilesNow(rocks::Handle& handle,
                                                                   std::uint64_t* commits) {
  rocksdb::LiveFilesStorageInfoOptions options;
  options.wal_size_for_flush = std::numeric_limits<std::uint64_t>::max();
  options.include_checksum_info = true;
  std::vector<rocksdb::LiveFileStorageInfo> files;
  const std::lock_guard<std::mutex> lock(handle.commit_mu);
  RETURN_IF_ERROR(
      StatusOf(handle.db->GetLiveFilesStorageInfo(options, &files), handle.options.path));
  *commits = handle.commits;
  return files;
}

using GoOn = std::function<absl::Status()>;

// A table that is no longer what RocksDB wrote: a copy of it would be found damaged on the day on
// which it is needed.
absl::Status DamagedTable(const std::string& file) {
  return ToStatus(
      {.code = absl::StatusCode::kDataLoss,
       .rule = "store-damaged",
       .field = file,
       .fr = absl::StrCat("le fichier ", file,
                          " du magasin a changé depuis son écriture (CRC-32C) : son disque "
                          "l'a abîmé, ou quelqu'un"),
       .en = absl::StrCat("the file ", file,
                          " of the store changed since it was written (CRC-32C): its disk "
                          "damaged it, or somebody did"),
       .next_fr = "Gardez la dernière bonne sauvegarde, quel que soit son âge. Arrêtez greffed, "
                  "copiez son dossier entier ailleurs, puis greffed check dit ce qui est perdu.",
       .next_en =
           "Keep the last good backup, whatever its age. Stop greffed, copy its whole folder "
           "elsewhere, then greffed check says what is lost."});
}

// The checksum that the manifest keeps of a table, computed over what is copied: no byte is read
// twice. Null for what has none, such as a log.
std::unique_ptr<rocksdb::FileChecksumGenerator> ChecksumOf(
    const rocksdb::LiveFileStorageInfo& file) {
  rocksdb::FileChecksumGenContext context;
  context.file_name = file.relative_filename;
  context.requested_checksum_func_name = file.file_checksum_func_name;
  auto out = rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator(context);
  if (out != nullptr && file.file_checksum_func_name != out->Name()) out.reset();
  return out;
}

absl::Status CopyBytes(const rocksdb::LiveFileStorageInfo& file, rocksdb::WritableFile* to,
                       rocksdb::Env& env, const GoOn& go_on) {
  const std::string name = absl::StrCat(file.directory, "/", file.relative_filename);
  std::unique_ptr<rocksdb::SequentialFile> from;
  RETURN_IF_ERROR(StatusOf(env.NewSequentialFile(name, &from, rocksdb::EnvOptions()), name));
  std::vector<char> buffer(kPieceBytes);
  const auto checksum = ChecksumOf(file);
  for (std::uint64_t left = file.size; left > 0;) {
    RETURN_IF_ERROR(go_on());
    rocksdb::Slice piece;
    RETURN_IF_ERROR(StatusOf(from->Read(std::min(left, kPieceBytes), &piece, buffer.data()), name));
    if (piece.empty()) {
      return rocks::DamagedStore(file.relative_filename,
                                 absl::StrCat("le fichier ", name, " est coupé"),
                                 absl::StrCat("the file ", name, " is cut short"));
    }
    RETURN_IF_ERROR(StatusOf(to->Append(piece), file.relative_filename));
    if (checksum != nullptr) checksum->Update(piece.data(), piece.size());
    left -= piece.size();
  }
  if (checksum == nullptr) return absl::OkStatus();
  checksum->Finalize();
  const bool whole = checksum->GetChecksum() == file.file_checksum;
  return whole ? absl::OkStatus() : DamagedTable(file.relative_filename);
}

absl::Status CopyFile(const rocksdb::LiveFileStorageInfo& file, const std::string& folder,
                      rocksdb::Env& env, const GoOn& go_on) {
  const std::string name = absl::StrCat(folder, "/", file.relative_filename);
  rocksdb::EnvOptions plain;
  // A full disk is an error of a write, and a signal to who wrote into a mapping.
  plain.use_mmap_writes = false;
  std::unique_ptr<rocksdb::WritableFile> to;
  RETURN_IF_ERROR(StatusOf(env.NewWritableFile(name, &to, plain), name));
  if (file.replacement_contents.empty()) {
    RETURN_IF_ERROR(CopyBytes(file, to.get(), env, go_on));
  } else {
    RETURN_IF_ERROR(StatusOf(to->Append(file.replacement_contents), name));
  }
  RETURN_IF_ERROR(StatusOf(to->Fsync(), name));
  return StatusOf(to->Close(), name);
}

// What the copy holds, read from the copy.
absl::StatusOr<StoreCopy> Read(const RocksEventStore& copy) {
  StoreCopy out;
  out.bytes = copy.DiskBytes();
  ASSIGN_OR_RETURN(const std::vector<ConventionRow> conventions, copy.ListConventions());
  out.conventions = conventions.size();
  for (const ConventionRow& convention : conventions) {
    ASSIGN_OR_RETURN(const std::vector<FeedRow> feeds, copy.ListFeeds(convention.number));
    for (const FeedRow& feed : feeds) out.events += feed.held - feed.forked_at;
  }
  return out;
}

absl::Status ReopenedMeanwhile(const std::string& path) {
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "store-reopened",
                   .field = path,
                   .fr = "le magasin a dû être rouvert pendant la copie",
                   .en = "the store had to be opened again during the copy",
                   .next_fr = "recommencez",
                   .next_en = "try again"});
}

}  // namespace

absl::StatusOr<StoreCopy> RocksEventStore::CopyTo(const std::string& path,
                                                  const std::function<bool()>& go_on) const {
  const GoOn checked = [&]() -> absl::Status {
    // Who opens it again waits for us, and everybody else for that one.
    if (reopening_) return ReopenedMeanwhile(options_.path);
    return go_on() ? absl::OkStatus() : absl::CancelledError("copy");
  };
  {
    ASSIGN_OR_RETURN(const Use handle, Hold());
    rocksdb::Env& env = *handle->env;
    ASSIGN_OR_RETURN(const auto kept, KeptFiles::Of(handle->db.get(), options_.path));
    std::uint64_t commits = 0;
    ASSIGN_OR_RETURN(const auto files, FilesNow(*handle, &commits));
    RETURN_IF_ERROR(StatusOf(env.CreateDir(path), path));
    for (const auto& file : files) RETURN_IF_ERROR(CopyFile(file, path, env, checked));
    // Whoever opens the copy can tell that all of these are in it.
    RETURN_IF_ERROR(rocks::CommitMarker::Open(path, commits, env).status());
    std::unique_ptr<rocksdb::Directory> folder;
    RETURN_IF_ERROR(StatusOf(env.NewDirectory(path, &folder), path));
    RETURN_IF_ERROR(StatusOf(folder->Fsync(), path));
  }
  ASSIGN_OR_RETURN(const auto copy, Open({.path = path, .env = options_.env, .read_only = true}));
  return Read(*copy);
}

}  // namespace greffe
