#include "server/identity/home_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/shell_word.h"
#include "core/base/status_macros.h"
#include "server/identity/home.h"
#include "storage/way_out.h"

namespace greffe {
namespace {

// Key, certificate and configuration together are a few kilobytes.
constexpr std::size_t kFileBytesMax = 64 * 1024;

// What the system says, for people, and what to do about it.
struct Cause {
  std::string fr;
  std::string en;
  std::string next_fr;
  std::string next_en;
};

Cause CauseOf(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return {"la place manque sur le disque", std::strerror(error),
              "Libérez de la place, puis recommencez.", "Make room on the disk, then try again."};
    case EACCES:
    case EPERM:
      return {kDeniedFr, kDeniedEn, kDeniedNextFr, kDeniedNextEn};
    case EROFS:
      return {"ce disque est monté en lecture seule", std::strerror(error),
              "Montez-le en écriture, ou donnez un dossier d'un autre disque.",
              "Mount it for writing, or give a folder of another disk."};
    case ENOTDIR:
    case EISDIR:
    case ENOENT:
      return {"ce chemin ne mène pas où il faut", std::strerror(error),
              "Vérifiez le chemin de ce dossier.", "Check the path of this folder."};
    default:
      return {absl::StrCat("erreur ", error, " du système"), std::strerror(error),
              "Vérifiez ce disque (journal du système), puis recommencez.",
              "Check this disk (the system's log), then try again."};
  }
}

absl::Status NeverOver(const std::string& path) {
  return ToStatus({.code = absl::StatusCode::kAlreadyExists,
                   .rule = "file-exists",
                   .field = path,
                   .fr = absl::StrCat("Le fichier ", path, " existe déjà : il est gardé."),
                   .en = absl::StrCat("The file ", path, " exists already: it is kept."),
                   .next_fr = "Donnez un dossier neuf.",
                   .next_en = "Give a new folder."});
}

}  // namespace

FileHandle::~FileHandle() {
  if (fd >= 0) ::close(fd);
}

absl::Status FileError(absl::string_view path, int error) {
  const Cause cause = CauseOf(error);
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "file",
                   .field = std::string(path),
                   .fr = absl::StrCat("Le fichier ", path, " : ", cause.fr, "."),
                   .en = absl::StrCat("File ", path, ": ", cause.en, "."),
                   .next_fr = cause.next_fr,
                   .next_en = cause.next_en});
}

absl::Status NoReplicaHere(absl::string_view home) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "home",
                   .field = "home",
                   .fr = absl::StrCat("Il n'y a pas de réplique dans ", home, "."),
                   .en = absl::StrCat("There is no replica in ", home, "."),
                   .next_fr = "Créez-en une : greffed init --home DIR --partner ID --name \"…\" "
                              "--kind …",
                   .next_en = "Make one: greffed init --home DIR --partner ID --name \"…\" "
                              "--kind …"});
}

absl::Status CheckOwnersAlone(const std::string& path, mode_t mode) {
  if ((mode & (S_IWGRP | S_IWOTH)) == 0) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "file-mode",
                   .field = path,
                   .fr = absl::StrCat("D'autres comptes peuvent modifier ", path, "."),
                   .en = absl::StrCat("Other accounts can change ", path, "."),
                   .next_fr = absl::StrCat("Vérifiez que personne ne l'a fait, puis fermez-le : "
                                           "chmod go-w ",
                                           ShellWord(path)),
                   .next_en = absl::StrCat("Check that nobody did, then close it: chmod go-w ",
                                           ShellWord(path))});
}

absl::StatusOr<std::string> ReadHomeFile(const std::string& path) {
  FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    // Callers say what its absence means.
    return errno == ENOENT ? absl::NotFoundError(path) : FileError(path, errno);
  }
  struct stat status {};
  if (::fstat(file.fd, &status) != 0) return FileError(path, errno);
  RETURN_IF_ERROR(CheckOwnersAlone(path, status.st_mode));
  std::string out(kFileBytesMax, '\0');
  std::size_t size = 0;
  while (size < out.size()) {
    const ssize_t got = ::read(file.fd, out.data() + size, out.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  out.resize(size);
  return out;
}

absl::Status WritePrivateFile(const std::string& path, absl::string_view content) {
  FileHandle file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file.fd < 0) {
    return errno == EEXIST ? NeverOver(path) : FileError(path, errno);
  }
  while (!content.empty()) {
    const ssize_t written = ::write(file.fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(path, errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.fd) != 0) return FileError(path, errno);
  return absl::OkStatus();
}

}  // namespace greffe
