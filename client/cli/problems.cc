#include "client/cli/problems.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "client/cli/labels.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

absl::Status FileError(absl::string_view option, const std::string& path, const Message& text,
                       int error) {
  const std::string why = std::strerror(error);
  return UsageError({.field = std::string(option),
                     .fr = Fill(Lang::kFrench, text, path, why),
                     .en = Fill(Lang::kEnglish, text, path, why),
                     .next_fr = msg::kCheckPath.fr,
                     .next_en = msg::kCheckPath.en});
}

// Ours to remove: not a device or a pipe.
bool IsRegular(int fd) {
  struct stat there {};
  return fstat(fd, &there) == 0 && S_ISREG(there.st_mode);
}

// 0, or the errno of the call that failed. A write may take a part only.
int WriteAll(int fd, absl::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return EIO;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

mode_t ModeFor(Readers readers) { return readers == Readers::kOwner ? 0600 : 0666; }

}  // namespace

void PlaceProblems(google::protobuf::RepeatedPtrField<v1::DraftProblem>* problems,
                   const SourceMap& map) {
  for (v1::DraftProblem& problem : *problems) {
    const auto place = map.Find(problem.field(), problem.element_id());
    if (place.has_value()) problem.set_line(static_cast<std::uint32_t>(place->line));
  }
  std::stable_sort(problems->begin(), problems->end(),
                   [](const auto& a, const auto& b) { return a.line() < b.line(); });
}

void PrintProblems(Context& context, const std::string& file,
                   const google::protobuf::RepeatedPtrField<v1::DraftProblem>& problems) {
  if (problems.empty()) {
    context.out() << context.F(msg::kNoProblem, file) << '\n';
    return;
  }
  context.out() << context.F(msg::kProblems, problems.size(), file) << '\n';
  Table table({{context.T({"Ligne", "Line"}), Fit::kKeep, true},
               {context.T({"Élément", "Element"}), Fit::kEllipsize},
               {context.T({"Problème", "Problem"}), Fit::kWrap},
               {context.T({"Champ", "Field"}), Fit::kWrap}});
  for (const v1::DraftProblem& problem : problems) {
    table.AddRow({problem.line() == 0 ? "–" : absl::StrCat(problem.line()), problem.element_id(),
                  WordsOf(context, problem), SayField(context.lang(), problem.field())});
  }
  table.Print(context.out(), context.width());
}

absl::StatusOr<int> OpenNewFile(absl::string_view option, const std::string& path, int mode) {
  struct stat there {};
  const bool special =
      stat(path.c_str(), &there) == 0 && (S_ISCHR(there.st_mode) || S_ISFIFO(there.st_mode));
  const int flags = O_WRONLY | O_CLOEXEC | (special ? 0 : O_CREAT | O_EXCL);
  const int fd = open(path.c_str(), flags, mode);
  if (fd >= 0) return fd;
  if (errno != EEXIST) return FileError(option, path, msg::kCannotWrite, errno);
  return Context::Refuse(absl::StatusCode::kAlreadyExists, msg::kFileExists, msg::kFileExistsNext,
                         path);
}

int FinishFile(int fd, const std::string& path, absl::string_view content, int (*closing)(int)) {
  const bool regular = IsRegular(fd);
  int error = WriteAll(fd, content);
  // What the disk refuses late is said here, while the content is still at hand.
  if (error == 0 && regular && fsync(fd) != 0) error = errno;
  // The descriptor is gone even when closing fails.
  if ((closing == nullptr ? close(fd) : closing(fd)) != 0 && error == 0) error = errno;
  if (error != 0 && regular) unlink(path.c_str());
  return error;
}

void DiscardFile(int fd, const std::string& path) {
  const bool regular = IsRegular(fd);
  close(fd);
  if (regular) unlink(path.c_str());
}

absl::Status WriteOutput(const std::string& path, absl::string_view content, Readers readers) {
  ASSIGN_OR_RETURN(const int fd, OpenNewFile("--output", path, ModeFor(readers)));
  const int error = FinishFile(fd, path, content);
  return error == 0 ? absl::OkStatus() : FileError("--output", path, msg::kCannotWrite, error);
}

absl::Status ReplaceOutput(const std::string& path, absl::string_view content, Readers readers) {
  struct stat there {};
  if (stat(path.c_str(), &there) != 0) return WriteOutput(path, content, readers);
  std::string beside = path + ".XXXXXX";
  const int fd = mkstemp(beside.data());
  if (fd < 0) return FileError("--force", path, msg::kCannotWrite, errno);
  fchmod(fd, there.st_mode & (readers == Readers::kOwner ? 0600 : 0777));
  int error = FinishFile(fd, beside, content);
  if (error == 0) {
    if (std::rename(beside.c_str(), path.c_str()) == 0) return absl::OkStatus();
    error = errno;
    unlink(beside.c_str());
  }
  return FileError("--force", path, msg::kCannotWrite, error);
}

absl::StatusOr<std::string> DigestOfFile(const std::string& path, absl::string_view option) {
  constexpr Message kUnreadable = {"« $0 » ne se lit pas : $1.", "“$0” cannot be read: $1."};
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return FileError(option, path, kUnreadable, EISDIR);
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return FileError(option, path, kUnreadable, errno);
  // A scan may be large: never whole in memory.
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> hash(EVP_MD_CTX_new(),
                                                                     EVP_MD_CTX_free);
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  std::vector<char> block(1 << 16);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    EVP_DigestUpdate(hash.get(), block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return FileError(option, path, kUnreadable, EIO);
  std::string digest(32, '\0');
  EVP_DigestFinal_ex(hash.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
  return absl::BytesToHexString(digest);
}

}  // namespace greffe::cli
