// Who works on a home.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/identity/home.h"
#include "server/identity/home_files.h"

namespace greffe {
namespace {

// A process id and the end of its line.
constexpr std::size_t kHolderBytesMax = 24;
// Each further one takes an init that fails in the same instant.
constexpr int kLockAttempts = 8;
// Times that a folder which such an init took away is made again.
constexpr int kFolderRetries = 2;

// Who holds a lock stands in it, for people: the kernel alone says whether anybody does.
void NameHolder(int fd) {
  const std::string pid = absl::StrCat(::getpid(), "\n");
  // A full disk leaves it without a name, and it holds all the same.
  if (::ftruncate(fd, 0) != 0) return;
  [[maybe_unused]] const ssize_t named = ::pwrite(fd, pid.data(), pid.size(), 0);
}

// The process id that the holder wrote; empty when it did not, or not yet.
std::string HolderOf(int fd) {
  std::string text(kHolderBytesMax, '\0');
  const ssize_t got = ::pread(fd, text.data(), text.size(), 0);
  text.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  text = std::string(absl::StripAsciiWhitespace(text));
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit) ? text : "";
}

bool IsOnReadOnlyDisk(const std::string& home) {
  struct statvfs status {};
  return ::statvfs(home.c_str(), &status) == 0 && (status.f_flag & ST_RDONLY) != 0;
}

absl::Status InUse(absl::string_view home, const std::string& pid) {
  const std::string process_fr = pid.empty() ? "" : absl::StrCat(" (processus ", pid, ")");
  const std::string process_en = pid.empty() ? "" : absl::StrCat(" (process ", pid, ")");
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "home-in-use",
       .field = "home",
       .fr = absl::StrCat("Un autre greffed", process_fr, " travaille déjà dans ", home, "."),
       .en = absl::StrCat("Another greffed", process_en, " is at work in ", home, "."),
       .next_fr = "Attendez qu'il ait fini ou arrêtez-le (SIGTERM), ou prenez un autre dossier.",
       .next_en = "Wait until it ends or stop it (SIGTERM), or take another folder."});
}

absl::Status MadeMeanwhile(absl::string_view home) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "home",
                   .field = "home",
                   .fr = absl::StrCat("Une autre commande vient de remplir le dossier ", home,
                                      " : rien n'y a été changé."),
                   .en = absl::StrCat("Another command has just filled the folder ", home,
                                      ": nothing was changed in it."),
                   .next_fr = absl::StrCat("Lancez la réplique qui s'y trouve (greffed run --home ",
                                           home, "), ou prenez un autre dossier."),
                   .next_en = absl::StrCat("Start the replica that is there (greffed run --home ",
                                           home, "), or take another folder.")});
}

}  // namespace

absl::StatusOr<std::unique_ptr<HomeLock>> HomeLock::Take(const HomePaths& paths) {
  // A lock file that an unfinished init removed meanwhile locks nothing: the next one does.
  for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
    const int fd = ::open(paths.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return errno == ENOENT ? NoReplicaHere(paths.home) : FileError(paths.lock(), errno);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      const FileHandle another{fd};
      return InUse(paths.home, HolderOf(fd));
    }
    auto lock = std::unique_ptr<HomeLock>(new HomeLock(fd));
    struct stat held {};
    struct stat named {};
    if (::fstat(fd, &held) != 0 || ::stat(paths.lock().c_str(), &named) != 0 ||
        held.st_ino != named.st_ino) {
      continue;
    }
    NameHolder(fd);
    return lock;
  }
  return InUse(paths.home, "");
}

absl::StatusOr<std::unique_ptr<HomeLock>> HomeLock::TakeToRead(const HomePaths& paths) {
  absl::StatusOr<std::unique_ptr<HomeLock>> taken = Take(paths);
  if (taken.ok() || !IsOnReadOnlyDisk(paths.home)) return taken;
  const int fd = ::open(paths.lock().c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno != ENOENT) return FileError(paths.lock(), errno);
  if (fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const FileHandle another{fd};
    return InUse(paths.home, HolderOf(fd));
  }
  return std::unique_ptr<HomeLock>(new HomeLock(fd));
}

absl::StatusOr<std::unique_ptr<HomeLock>> HomeLock::TakeNew(const HomePaths& paths) {
  absl::StatusOr<std::unique_ptr<HomeLock>> taken = Take(paths);
  // The init that made the folder failed and took it away meanwhile: it is free to be made anew.
  std::error_code error;
  for (int i = 0; i < kFolderRetries && !taken.ok(); ++i) {
    if (std::filesystem::exists(paths.home, error)) break;
    RETURN_IF_ERROR(MakeHome(paths));
    taken = Take(paths);
  }
  ASSIGN_OR_RETURN(std::unique_ptr<HomeLock> lock, std::move(taken));
  // Stepped by hand: the loop over a range would throw where reading on fails.
  for (std::filesystem::directory_iterator entry(paths.home, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path() != paths.lock()) return MadeMeanwhile(paths.home);
  }
  if (error) return FileError(paths.home, error.value());
  return lock;
}

HomeLock::~HomeLock() {
  if (fd_ < 0) return;
  // While the lock is held: until the next holder has written its own name, nobody finds this one.
  [[maybe_unused]] const int cleared = ::ftruncate(fd_, 0);
  ::close(fd_);
}

}  // namespace greffe
