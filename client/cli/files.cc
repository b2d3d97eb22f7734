#include "client/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "client/cli/context.h"
#include "client/status.h"
#include "core/base/digest.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

constexpr char kTemporary[] = ".XXXXXX";

// A new file beside `path`, its name in `beside`; below 0 with errno where there is none.
int MakeBeside(const std::string& path, std::string* beside) {
  *beside = path + kTemporary;
  const int fd = mkostemp(beside->data(), O_CLOEXEC);
  if (fd >= 0 || errno != ENAMETOOLONG) return fd;
  // A name as long as names may be leaves no room for more.
  *beside = path.substr(0, path.find_last_of('/') + 1) + kTemporary;
  return mkostemp(beside->data(), O_CLOEXEC);
}

absl::Status CannotOpen(absl::string_view option, const std::string& path, const Message& text,
                        int error) {
  const std::string why = std::strerror(error);
  return UsageError({.field = std::string(option),
                     .fr = Fill(Lang::kFrench, text, path, why),
                     .en = Fill(Lang::kEnglish, text, path, why),
                     .next_fr = msg::kCheckPath.fr,
                     .next_en = msg::kCheckPath.en});
}

// The command is well written: it is the disk that does not take it.
absl::Status CannotWrite(const std::string& path, int error) {
  constexpr Message kNext = {"faites de la place ou choisissez un autre fichier, puis recommencez",
                             "make room or choose another file, then try again"};
  return Context::RefuseBy("output", absl::StatusCode::kResourceExhausted, msg::kCannotWrite, kNext,
                           path, std::strerror(error));
}

absl::Status Exists(const std::string& path) {
  return Context::RefuseBy("file-exists", absl::StatusCode::kAlreadyExists, msg::kFileExists,
                           msg::kFileExistsNext, path);
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

// What open() would leave of a mode; mkstemp() does not ask.
mode_t WithinUmask(mode_t mode) {
  const mode_t mask = umask(0);
  umask(mask);
  return mode & ~mask;
}

// 0, or the errno: EEXIST where a file is there.
int MoveToNew(const std::string& from, const std::string& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  // A file system that cannot promise it, such as a network share: looked at just before.
  struct stat there {};
  if (lstat(to.c_str(), &there) == 0) return EEXIST;
  return std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

absl::StatusOr<int> OpenNewFile(absl::string_view option, const std::string& path, int mode) {
  struct stat there {};
  const bool special =
      stat(path.c_str(), &there) == 0 && (S_ISCHR(there.st_mode) || S_ISFIFO(there.st_mode));
  const int flags = O_WRONLY | O_CLOEXEC | (special ? 0 : O_CREAT | O_EXCL);
  const int fd = open(path.c_str(), flags, mode);
  if (fd >= 0) return fd;
  return errno == EEXIST ? Exists(path) : CannotOpen(option, path, msg::kCannotWrite, errno);
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

NewFile::NewFile(int fd, std::string path, std::string beside)
    : fd_(fd), path_(std::move(path)), beside_(std::move(beside)) {}

NewFile::~NewFile() {
  if (fd_ >= 0) DiscardFile(fd_, beside_);
}

absl::StatusOr<std::unique_ptr<NewFile>> NewFile::Make(absl::string_view option,
                                                       const std::string& path, Readers readers) {
  struct stat there {};
  if (lstat(path.c_str(), &there) == 0) {
    // Refuses a file, takes a device or a pipe.
    ASSIGN_OR_RETURN(const int fd, OpenNewFile(option, path, ModeFor(readers)));
    return std::unique_ptr<NewFile>(new NewFile(fd, path, path));
  }
  std::string beside;
  const int fd = MakeBeside(path, &beside);
  if (fd < 0) return CannotOpen(option, path, msg::kCannotWrite, errno);
  std::unique_ptr<NewFile> file(new NewFile(fd, path, std::move(beside)));
  if (fchmod(fd, WithinUmask(ModeFor(readers))) != 0) return CannotWrite(path, errno);
  return file;
}

absl::Status NewFile::Append(absl::string_view bytes) {
  const int error = WriteAll(fd_, bytes);
  return error == 0 ? absl::OkStatus() : CannotWrite(path_, error);
}

absl::Status NewFile::Keep() {
  int error = FinishFile(std::exchange(fd_, -1), beside_, "");
  if (error == 0 && beside_ != path_) {
    error = MoveToNew(beside_, path_);
    if (error != 0) unlink(beside_.c_str());
  }
  if (error == EEXIST) return Exists(path_);
  return error == 0 ? absl::OkStatus() : CannotWrite(path_, error);
}

absl::Status WriteOutput(absl::string_view option, const std::string& path,
                         absl::string_view content, Readers readers) {
  ASSIGN_OR_RETURN(const std::unique_ptr<NewFile> file, NewFile::Make(option, path, readers));
  RETURN_IF_ERROR(file->Append(content));
  return file->Keep();
}

absl::Status ReplaceOutput(absl::string_view option, const std::string& path,
                           absl::string_view content, Readers readers) {
  struct stat there {};
  if (stat(path.c_str(), &there) != 0) return WriteOutput(option, path, content, readers);
  std::string beside;
  const int fd = MakeBeside(path, &beside);
  if (fd < 0) return CannotOpen(option, path, msg::kCannotWrite, errno);
  fchmod(fd, there.st_mode & (readers == Readers::kOwner ? 0600 : 0777));
  int error = FinishFile(fd, beside, content);
  if (error == 0) {
    if (std::rename(beside.c_str(), path.c_str()) == 0) return absl::OkStatus();
    error = errno;
    unlink(beside.c_str());
  }
  return CannotWrite(path, error);
}

absl::Status CannotRead(absl::string_view option, const std::string& path, int error) {
  return CannotOpen(option, path, {"« $0 » ne se lit pas : $1.", "“$0” cannot be read: $1."},
                    error);
}

absl::StatusOr<std::string> DigestOfFile(const std::string& path, absl::string_view option) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return CannotRead(option, path, EISDIR);
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return CannotRead(option, path, errno);
  // A scan may be large: never whole in memory.
  Sha256Stream hash;
  std::string block(1 << 16, '\0');
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    hash.Update(absl::string_view(block).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  if (in.bad()) return CannotRead(option, path, EIO);
  return hash.Finish().ToHex();
}

}  // namespace greffe::cli
