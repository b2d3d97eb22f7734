#include <rocksdb/file_checksum.h>
#include <rocksdb/metadata.h>
#include <rocksdb/sst_file_reader.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "storage/check_parts.h"
#include "storage/rocks_handle.h"

namespace greffe::check {
namespace {

constexpr std::size_t kReadBytes = 1 << 20;

void AddFile(const std::string& name, const std::string& fr, const std::string& en,
             CheckReport& report) {
  CheckProblem problem;
  problem.kind = CheckProblem::Kind::kFile;
  problem.file = name;
  problem.fr = absl::StrCat("fichier ", name, " : ", fr);
  problem.en = absl::StrCat("file ", name, ": ", en);
  Add(report, std::move(problem));
}

// Checksums of the blocks of one table, by RocksDB's own reader of single files.
void CheckBlocks(const std::string& path, const std::string& name, rocksdb::Env& env,
                 CheckReport& report) {
  rocksdb::Options options;
  options.env = &env;
  rocksdb::SstFileReader reader(options);
  rocksdb::Status status = reader.Open(path + "/" + name);
  if (status.ok()) status = reader.VerifyChecksum();
  if (status.ok()) return;
  AddFile(name, absl::StrCat("illisible ou endommagé (", status.ToString(), ")"),
          absl::StrCat("cannot be read, or damaged (", status.ToString(), ")"), report);
}

// The whole file's checksum as `function` computes it; empty when the file cannot be read.
std::string FileChecksum(const std::string& file_path, rocksdb::FileChecksumGenerator& function,
                         rocksdb::Env& env, CheckReport& report) {
  std::unique_ptr<rocksdb::SequentialFile> file;
  if (!env.NewSequentialFile(file_path, &file, rocksdb::EnvOptions()).ok()) return "";
  std::vector<char> buffer(kReadBytes);
  rocksdb::Slice read;
  do {
    if (!file->Read(buffer.size(), &read, buffer.data()).ok()) return "";
    function.Update(read.data(), read.size());
    report.bytes += read.size();
  } while (!read.empty());
  function.Finalize();
  return function.GetChecksum();
}

void CheckLiveFile(const std::string& path, const rocksdb::LiveFileMetaData& table,
                   rocksdb::Env& env, CheckReport& report) {
  const std::string name = table.name.substr(table.name.find_first_not_of('/'));
  rocksdb::FileChecksumGenContext context;
  context.file_name = table.name;
  context.requested_checksum_func_name = table.file_checksum_func_name;
  const std::unique_ptr<rocksdb::FileChecksumGenerator> function =
      rocksdb::GetFileChecksumGenCrc32cFactory()->CreateFileChecksumGenerator(context);
  // Tables that other software wrote may lack it; their blocks have checksums still.
  if (function == nullptr || table.file_checksum_func_name != function->Name()) {
    CheckBlocks(path, name, env, report);
    return;
  }
  if (FileChecksum(path + "/" + name, *function, env, report) == table.file_checksum) return;
  AddFile(name, "son contenu a changé depuis son écriture (CRC-32C)",
          "its content changed since it was written (CRC-32C)", report);
}

}  // namespace

void CheckFiles(const std::string& path, rocksdb::Env& env, const RocksEventStore* store,
                CheckReport& report) {
  if (store != nullptr) {
    std::vector<rocksdb::LiveFileMetaData> tables;
    store->handle().db->GetLiveFilesMetaData(&tables);
    for (const rocksdb::LiveFileMetaData& table : tables) {
      ++report.files;
      CheckLiveFile(path, table, env, report);
    }
    return;
  }
  std::vector<std::string> names;
  if (!env.GetChildren(path, &names).ok()) return;
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (!absl::EndsWith(name, ".sst")) continue;
    ++report.files;
    CheckBlocks(path, name, env, report);
  }
}

}  // namespace greffe::check
