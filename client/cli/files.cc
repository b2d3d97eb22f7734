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
#include "client/disk_words.h"
#include "client/status.h"
#include "client/write_all.h"
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
  const DiskWords why = WordsOfErrno(error);
  return UsageError({.field = std::string(option),
                     .fr = Fill(Lang::kFrench, text, path, why.fr),
                     .en = Fill(Lang::kEnglish, text, path, why.en),
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

// Makes a name in this folder outlast a loss of power. 0, or the errno. A folder that cannot be
// read, or a file system that has no such thing, is no reason to refuse what is there.
int SyncFolderOf(const std::string& path) {
  const std::string folder = path.substr(0, path.find_last_of('/') + 1);
  const int fd = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return 0;
  const int error = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
  close(fd);
  return error;
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

NewFile::NewFile(int fd, Place place)
    : fd_(fd), place_(std::move(place)), unfinished_(place_.beside) {}

NewFile::~NewFile() {
  if (fd_ >= 0) DiscardFile(fd_, place_.beside);
}

absl::StatusOr<std::unique_ptr<NewFile>> NewFile::Make(absl::string_view option,
                                                       const std::string& path, Readers readers,
                                                       Old old) {
  const auto take = [](int fd, Place place) {
    return std::unique_ptr<NewFile>(new NewFile(fd, std::move(place)));
  };
  Place place{.path = path, .target = path, .old = old};
  mode_t mode = WithinUmask(ModeFor(readers));
  struct stat there {};
  if (old == Old::kReplaced && stat(path.c_str(), &there) == 0) {
    if (!S_ISREG(there.st_mode)) {
      const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
      if (fd < 0) return CannotOpen(option, path, msg::kCannotWrite, errno);
      return take(fd, std::move(place));
    }
    std::error_code error;
    place.target = std::filesystem::canonical(path, error).string();
    if (error) return CannotOpen(option, path, msg::kCannotWrite, error.value());
    mode = there.st_mode & (readers == Readers::kOwner ? 0600 : 0777);
  } else if (lstat(path.c_str(), &there) == 0) {
    // Refuses a file, takes a device or a pipe.
    ASSIGN_OR_RETURN(const int fd, OpenNewFile(option, path, ModeFor(readers)));
    return take(fd, std::move(place));
  }
  const int fd = MakeBeside(place.target, &place.beside);
  if (fd < 0) return CannotOpen(option, path, msg::kCannotWrite, errno);
  std::unique_ptr<NewFile> file = take(fd, std::move(place));
  if (fchmod(fd, mode) != 0) return CannotWrite(path, errno);
  return file;
}

absl::Status NewFile::Append(absl::string_view bytes) {
  const int error = WriteAll(fd_, bytes);
  return error == 0 ? absl::OkStatus() : CannotWrite(place_.path, error);
}

absl::Status NewFile::Keep() {
  const auto& [path, target, beside, old] = place_;
  int error = FinishFile(std::exchange(fd_, -1), beside, "");
  if (error == 0 && !beside.empty()) {
    if (old == Old::kReplaced) {
      error = std::rename(beside.c_str(), target.c_str()) == 0 ? 0 : errno;
    } else {
      error = MoveToNew(beside, target);
    }
    if (error != 0) {
      unlink(beside.c_str());
    } else {
      error = SyncFolderOf(target);
    }
  }
  if (error == EEXIST) return Exists(path);
  return error == 0 ? absl::OkStatus() : CannotWrite(path, error);
}

absl::Status WriteOutput(absl::string_view option, const std::string& path,
                         absl::string_view content, Readers readers, Old old) {
  ASSIGN_OR_RETURN(const std::unique_ptr<NewFile> file, NewFile::Make(option, path, readers, old));
  RETURN_IF_ERROR(file->Append(content));
  return file->Keep();
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
