#include <rocksdb/cache.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <cstdarg>
#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"

namespace greffe {
namespace rocks {
namespace {

constexpr std::size_t kBlockCacheBytes = 16 << 20;
// Of all families together, before the oldest is written out; others go on filling meanwhile. Each
// family has at most two waiting, so that a slow disk makes writers wait, not memory grow.
// Larger ones made a first sync no faster.
constexpr std::size_t kUnflushedBytesMax = 6 << 20;
constexpr std::size_t kFamilyBufferBytes = 2 << 20;
// Tables in memory grow by such blocks: whole pages, so that what is written out goes back to the
// system (server/ops/allocator.cc) and leaves no holes between rows that stay.
constexpr std::size_t kArenaBlockBytes = 128 << 10;
// One for each file being written; 1 MiB by default.
constexpr std::size_t kFileBufferBytes = 128 << 10;
constexpr std::uint64_t kLogBytesMax = 32 << 20;
constexpr int kOpenFilesMax = 256;
constexpr std::uint64_t kStoreFormat = 1;

rocksdb::ColumnFamilyOptions FamilyOptions(Family family,
                                           const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = 8 << 10;
  table.format_version = 5;
  // Indexes and filters count as cache, so that memory does not grow with the store.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  // Of the few tables written last, which every lookup asks: without looking for them in the cache.
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  if (family == Family::kLeaves || family == Family::kRequests) {
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  }
  rocksdb::ColumnFamilyOptions out;
  out.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  out.write_buffer_size = kFamilyBufferBytes;
  out.arena_block_size = kArenaBlockBytes;
  if (family == Family::kRequests) {
    // Each command asks for a request that is not there.
    out.memtable_prefix_bloom_size_ratio = 0.05;
    out.memtable_whole_key_filtering = true;
  }
  // Numbers that grow below one feed or convention: each row goes in behind the one before.
  std::size_t same = 0;
  if (family == Family::kEvents || family == Family::kArrivals || family == Family::kHeads)
    same = 4;
  if (family == Family::kNodes) same = 5;  // Feed and level.
  if (same > 0) {
    out.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(same));
  }
  out.target_file_size_base = 8 << 20;
  out.max_bytes_for_level_base = 64 << 20;
  // Digests do not compress; texts do.
  // Scans and PDF are compressed already.
  const bool digests = family == Family::kNodes || family == Family::kLeaves ||
                       family == Family::kSyncIndex || family == Family::kChunks;
  out.compression = digests ? rocksdb::kNoCompression : rocksdb::kLZ4Compression;
  return out;
}

bool HasFilesOfAStore(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> names;
  if (!env.GetChildren(path, &names).ok()) return false;
  for (const std::string& name : names) {
    if (absl::EndsWith(name, ".sst") || absl::EndsWith(name, ".log")) return true;
  }
  // The marker comes first: alone, and of no commit, it is what a creation cut short left.
  return !CommitMarker::IsOfNoStore(path, env);
}

// Whether there is a store. A folder that lost its CURRENT must not become an empty store.
absl::StatusOr<bool> StoreExists(const RocksEventStore::Options& options, rocksdb::Env& env) {
  const std::string current = options.path + "/CURRENT";
  const rocksdb::Status found = env.FileExists(current);
  if (found.ok()) return true;
  if (!found.IsNotFound()) return StatusOf(found, current);
  if (HasFilesOfAStore(env, options.path)) {
    return DamagedStore("CURRENT",
                        absl::StrCat("le fichier ", current, " manque, à côté de données"),
                        absl::StrCat("the file ", current, " is missing beside data"));
  }
  return false;
}

// Makes a folder, and syncs the one above it so that its name outlives a power loss. Best effort
// there: one may write in a folder that one may not list.
absl::Status CreateFolder(const std::string& path, rocksdb::Env& env) {
  RETURN_IF_ERROR(StatusOf(env.CreateDirIfMissing(path), path));
  const std::size_t slash = path.rfind('/');
  const std::string above = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  std::unique_ptr<rocksdb::Directory> folder;
  rocksdb::Status synced = env.NewDirectory(above, &folder);
  if (synced.ok()) synced = folder->Fsync();
  synced.PermitUncheckedError();
  return absl::OkStatus();
}

absl::Status CreateFolders(const std::string& path, rocksdb::Env& env) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string parent = path.substr(0, slash);
    if (!env.FileExists(parent).ok()) RETURN_IF_ERROR(CreateFolder(parent, env));
  }
  return CreateFolder(path, env);
}

// Opens the first `families_max` families: all of them, except to look.
absl::Status OpenDatabase(Handle& handle, std::size_t families_max = kFamilyCount) {
  const rocksdb::DBOptions options = DatabaseOptions(handle.options, handle.env, handle.warnings);
  std::vector<rocksdb::ColumnFamilyDescriptor> wanted = FamilyDescriptors();
  wanted.resize(families_max);
  const std::string& path = handle.options.path;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened =
      handle.options.read_only ? rocksdb::DB::OpenForReadOnly(options, path, wanted, &families, &db)
                               : rocksdb::DB::Open(options, path, wanted, &families, &db);
  if (!opened.ok()) return OpenStatusOf(opened, path, handle.warnings->Text());
  handle.db.reset(db);
  std::copy(families.begin(), families.end(), handle.families.begin());
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> Count(const Handle& handle, absl::string_view key) {
  absl::StatusOr<std::string> value = handle.Get(Family::kDefault, key);
  if (absl::IsNotFound(value.status())) return 0;
  if (!value.ok()) return value.status();
  return DecodeCount(key, *value);
}

absl::Status CheckFormat(Handle& handle) {
  ASSIGN_OR_RETURN(const std::uint64_t format, Count(handle, kFormatKey));
  if (format == kStoreFormat) return absl::OkStatus();
  if (format > kStoreFormat) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "store-format",
         .field = handle.options.path,
         .fr = absl::StrCat("ce magasin a le format ", format, " ; ce logiciel lit le format ",
                            kStoreFormat),
         .en = absl::StrCat("this store has format ", format, "; this software reads format ",
                            kStoreFormat),
         .next_fr = "installez la version de greffed qui l'a écrit, ou une plus récente",
         .next_en = "install the version of greffed that wrote it, or a newer one"});
  }
  if (handle.options.read_only) return absl::OkStatus();
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const rocksdb::Status written = handle.db->Put(synced, handle.family(Family::kDefault),
                                                 SliceOf(kFormatKey), EncodeCount(kStoreFormat));
  return StatusOf(written, "format");
}

// The log written last, which is where commits are missing from; empty when there is none.
std::string NewestLog(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> names;
  if (!env.GetChildren(path, &names).ok()) return "";
  std::string newest;
  for (const std::string& name : names) {
    if (absl::EndsWith(name, ".log")) newest = std::max(newest, name);
  }
  return newest;
}

// The commits that the store holds against those it acknowledged (see CommitMarker).
absl::Status CheckCommits(Handle& handle) {
  ASSIGN_OR_RETURN(handle.commits, Count(handle, kCommitsKey));
  const std::string& path = handle.options.path;
  const absl::StatusOr<std::uint64_t> read = CommitMarker::Read(path, *handle.env);
  if (absl::IsNotFound(read.status())) {
    const std::string marker = absl::StrCat(path, "/", kMarkerFile);
    return DamagedStore(
        kMarkerFile,
        absl::StrCat("le fichier ", marker,
                     " manque : sans lui, rien ne dit si des enregistrements ont disparu"),
        absl::StrCat("the file ", marker,
                     " is missing: without it nothing tells whether records are gone"));
  }
  RETURN_IF_ERROR(read.status());
  const std::uint64_t acknowledged = *read;
  if (handle.commits >= acknowledged) return absl::OkStatus();
  const std::string named = FileNamedIn(handle.warnings->Text());
  const std::string newest = NewestLog(*handle.env, path);
  std::string why_fr = absl::StrCat("journal ", named, " endommagé");
  std::string why_en = absl::StrCat("log ", named, " is damaged");
  if (named.empty() && newest.empty()) {
    why_fr = "il n'y reste aucun journal (.log) ; ils ont été enlevés";
    why_en = "it has no log (.log) left; they were taken away";
  } else if (named.empty()) {
    // RocksDB complains of nothing when a log is cut short, nor when the last one is gone: it
    // records their names only once they are full.
    why_fr = absl::StrCat("le dernier journal qui s'y trouve, ", newest,
                          ", est coupé ou endommagé, ou un journal plus récent a été enlevé");
    why_en = absl::StrCat("the last log found there, ", newest,
                          ", is cut short or damaged, or a later one was taken away");
  }
  const std::string file = named.empty() ? newest : named;
  return DamagedStore(file.empty() ? path : file,
                      absl::StrCat("le magasin ", path, " a perdu des enregistrements confirmés (",
                                   handle.commits, " sur ", acknowledged, ") : ", why_fr),
                      absl::StrCat("the store ", path, " lost acknowledged commits (",
                                   handle.commits, " of ", acknowledged, "): ", why_en));
}

// Looks at a store without changing it. Opening for writing replaces the log by what could be read
// of it: with acknowledged commits missing from it, that would destroy what could still be saved.
absl::Status LookBeforeWriting(const Handle& handle) {
  Handle look;
  look.options = handle.options;
  look.options.read_only = true;
  look.env = handle.env;
  look.warnings = std::make_shared<LastWarnings>();
  // The default family alone holds the counts.
  RETURN_IF_ERROR(OpenDatabase(look, 1));
  RETURN_IF_ERROR(CheckFormat(look));
  return CheckCommits(look);
}

// Whether opening for writing finds the room that it needs: it writes out what the logs hold.
absl::Status TryRoom(const std::string& path, rocksdb::Env& env) {
  constexpr std::size_t kPieceBytes = 64 << 10;
  constexpr std::uint64_t kRoomBytes = 1 << 20;
  std::uint64_t left = kRoomBytes;
  std::vector<rocksdb::Env::FileAttributes> files;
  RETURN_IF_ERROR(StatusOf(env.GetChildrenFileAttributes(path, &files), path));
  for (const auto& file : files) {
    if (absl::EndsWith(file.name, ".log")) left += file.size_bytes;
  }
  const std::string name = path + "/ROOM";
  std::unique_ptr<rocksdb::WritableFile> file;
  rocksdb::Status tried = env.NewWritableFile(name, &file, rocksdb::EnvOptions());
  // No zeros: a file system may keep those without room.
  const std::string piece(kPieceBytes, 'x');
  for (; tried.ok() && left > 0; left -= std::min<std::uint64_t>(left, kPieceBytes)) {
    tried = file->Append(piece);
  }
  if (tried.ok()) tried = file->Sync();
  if (file != nullptr) file->Close().PermitUncheckedError();
  env.DeleteFile(name).PermitUncheckedError();
  return StatusOf(tried, name);
}

absl::Status FindNextFeed(Handle& handle) {
  FeedNumber next = 0;
  absl::Status bad;
  RETURN_IF_ERROR(
      handle.Scan(Family::kFeeds, "", "", [&](absl::string_view key, absl::string_view value) {
        absl::StatusOr<FeedRow> row = DecodeFeed(key, value);
        if (row.ok()) next = std::max(next, row->number + 1);
        if (!row.ok()) bad = row.status();
        return row.ok();
      }));
  handle.next_feed = next;
  return bad;
}

}  // namespace

absl::Status CheckNotInUse(const std::string& path, rocksdb::Env& env) {
  const std::string name = path + "/LOCK";
  if (!env.FileExists(name).ok()) return absl::OkStatus();
  rocksdb::FileLock* lock = nullptr;
  const rocksdb::Status locked = env.LockFile(name, &lock);
  if (locked.ok()) {
    env.UnlockFile(lock).PermitUncheckedError();
    return absl::OkStatus();
  }
  const absl::Status why = OpenStatusOf(locked, path, "");
  // A folder that may only be read has no process that writes to it.
  return absl::IsFailedPrecondition(why) ? why : absl::OkStatus();
}

void LastWarnings::Logv(const char* format, va_list arguments) {
  char line[1024];
  std::vsnprintf(line, sizeof(line), format, arguments);
  const std::lock_guard<std::mutex> lock(mu_);
  lines_.emplace_back(line);
  if (lines_.size() > kLinesMax) lines_.pop_front();
}

std::string LastWarnings::Text() const {
  const std::lock_guard<std::mutex> lock(mu_);
  std::string out;
  for (const std::string& line : lines_) absl::StrAppend(&out, line, "\n");
  return out;
}

Handle::~Handle() {
  for (rocksdb::ColumnFamilyHandle* family : families) {
    if (family != nullptr) db->DestroyColumnFamilyHandle(family).PermitUncheckedError();
  }
  if (db != nullptr) db->Close().PermitUncheckedError();
}

rocksdb::DBOptions DatabaseOptions(const RocksEventStore::Options& options, rocksdb::Env* env,
                                   std::shared_ptr<rocksdb::Logger> log) {
  rocksdb::DBOptions out;
  out.env = env;
  out.info_log = std::move(log);
  out.create_if_missing = !options.read_only;
  out.create_missing_column_families = !options.read_only;
  out.paranoid_checks = true;
  // The default opens with acknowledged commits gone after a flipped bit in mid-log.
  out.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  out.track_and_verify_wals_in_manifest = true;
  out.max_total_wal_size = kLogBytesMax;
  out.db_write_buffer_size = kUnflushedBytesMax;
  out.writable_file_max_buffer_size = kFileBufferBytes;
  out.max_open_files = kOpenFilesMax;
  out.max_background_jobs = 2;
  // A failed write is final until reopened: RocksDB must not try again behind our back.
  out.max_bgerror_resume_count = 0;
  // Whole-file checksums in the manifest let the check name a damaged table, footer included.
  out.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  return out;
}

std::vector<rocksdb::ColumnFamilyDescriptor> FamilyDescriptors() {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> out;
  for (int i = 0; i < kFamilyCount; ++i) {
    const Family family = static_cast<Family>(i);
    out.emplace_back(FamilyName(family), FamilyOptions(family, cache));
  }
  return out;
}

}  // namespace rocks

absl::StatusOr<std::unique_ptr<rocks::Handle>> RocksEventStore::OpenHandle(const Options& options) {
  auto handle = std::make_unique<rocks::Handle>();
  handle->options = options;
  handle->env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  handle->warnings = std::make_shared<rocks::LastWarnings>();
  ASSIGN_OR_RETURN(const bool exists, rocks::StoreExists(options, *handle->env));
  if (!exists) {
    if (options.read_only || !options.create_if_missing) return rocks::NoStore(options.path);
    RETURN_IF_ERROR(rocks::CreateFolders(options.path, *handle->env));
    RETURN_IF_ERROR(rocks::CommitMarker::Open(options.path, 0, *handle->env).status());
  } else if (!options.read_only) {
    // A store that another process writes to changes while one looks.
    RETURN_IF_ERROR(rocks::CheckNotInUse(options.path, *handle->env));
    RETURN_IF_ERROR(rocks::LookBeforeWriting(*handle));
  }
  RETURN_IF_ERROR(rocks::OpenDatabase(*handle));
  RETURN_IF_ERROR(rocks::CheckFormat(*handle));
  RETURN_IF_ERROR(rocks::CheckCommits(*handle));
  RETURN_IF_ERROR(rocks::FindNextFeed(*handle));
  if (!options.read_only) {
    ASSIGN_OR_RETURN(handle->marker,
                     rocks::CommitMarker::Open(options.path, handle->commits, *handle->env));
  }
  return handle;
}

absl::StatusOr<std::unique_ptr<RocksEventStore>> RocksEventStore::Open(const Options& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<rocks::Handle> handle, OpenHandle(options));
  return std::unique_ptr<RocksEventStore>(new RocksEventStore(options, std::move(handle)));
}

absl::Status RocksEventStore::Reopen() {
  if (options_.read_only) return absl::FailedPreconditionError("store: opened read-only");
  rocksdb::Env& env = options_.env != nullptr ? *options_.env : *rocksdb::Env::Default();
  // What is open is not let go of before opening anew can work: reads go on meanwhile.
  RETURN_IF_ERROR(rocks::TryRoom(options_.path, env));
  reopening_ = true;
  const absl::MutexLock lock(&handle_mutex_);
  reopening_ = false;
  handle_.reset();
  Options again = options_;
  again.create_if_missing = false;
  auto opened = OpenHandle(again);
  if (opened.ok()) {
    handle_ = *std::move(opened);
    return absl::OkStatus();
  }
  again.read_only = true;
  auto readable = OpenHandle(again);
  if (readable.ok()) handle_ = *std::move(readable);
  return opened.status();
}

}  // namespace greffe
