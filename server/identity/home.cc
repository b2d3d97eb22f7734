#include "server/identity/home.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "server/identity/certificate.h"
#include "storage/way_out.h"

namespace greffe {
namespace {

// Key, certificate and configuration together are a few kilobytes.
constexpr std::size_t kFileBytesMax = 64 * 1024;
// A process id and the end of its line.
constexpr std::size_t kHolderBytesMax = 24;
// Each further one takes an init that fails in the same instant.
constexpr int kLockAttempts = 8;
// Times that a folder which such an init took away is made again.
constexpr int kFolderRetries = 2;

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

// A file without which this replica is not the one it was.
absl::Status BadHomeFile(const std::string& path, absl::string_view why_fr,
                         absl::string_view why_en) {
  return ToStatus({.code = absl::StatusCode::kDataLoss,
                   .rule = "home-file",
                   .field = path,
                   .fr = absl::StrCat("Le fichier ", path, " ", why_fr, "."),
                   .en = absl::StrCat("The file ", path, " ", why_en, "."),
                   .next_fr = "Remettez ce seul fichier depuis une sauvegarde de ce dossier, sans "
                              "toucher au reste ni lancer greffed init. Sans sauvegarde, les "
                              "autres partenaires gardent tout ce qu'ils ont reçu : agissez depuis "
                              "une nouvelle réplique.",
                   .next_en = "Put this one file back from a backup of this folder; leave the rest "
                              "and do not run greffed init. Without a backup, the other partners "
                              "keep all that they received: act from a new replica."});
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

absl::Status NeverOver(const std::string& path) {
  return ToStatus({.code = absl::StatusCode::kAlreadyExists,
                   .rule = "file-exists",
                   .field = path,
                   .fr = absl::StrCat("Le fichier ", path, " existe déjà : il est gardé."),
                   .en = absl::StrCat("The file ", path, " exists already: it is kept."),
                   .next_fr = "Donnez un dossier neuf.",
                   .next_en = "Give a new folder."});
}

struct FileHandle {
  int fd;
  ~FileHandle() {
    if (fd >= 0) ::close(fd);
  }
};

absl::StatusOr<std::string> ReadSmallFile(const std::string& path) {
  FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
    // Callers say what its absence means.
    return errno == ENOENT ? absl::NotFoundError(path) : FileError(path, errno);
  }
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

absl::Status CheckSecrets(const HomePaths& paths) {
  struct stat status {};
  if (::stat(paths.key().c_str(), &status) != 0) {
    if (errno != ENOENT) return FileError(paths.key(), errno);
    // Beside a configuration or a store there was a key.
    std::error_code error;
    if (!std::filesystem::exists(paths.config(), error) &&
        !std::filesystem::exists(paths.store(), error)) {
      return NoReplicaHere(paths.home);
    }
    return BadHomeFile(paths.key(), "manque : c'est la clé de cette réplique",
                       "is missing: it is this replica's key");
  }
  // The token may be elsewhere, or its user gone.
  for (const std::string& secret : {paths.key(), paths.admin_token()}) {
    if (::stat(secret.c_str(), &status) != 0 || (status.st_mode & 077) == 0) continue;
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "secret-mode",
                     .field = secret,
                     .fr = absl::StrCat("D'autres comptes peuvent lire le secret ", secret, "."),
                     .en = absl::StrCat("Other accounts can read the secret ", secret, "."),
                     .next_fr = absl::StrCat("Fermez-le : chmod 600 ", secret),
                     .next_en = absl::StrCat("Close it: chmod 600 ", secret)});
  }
  return absl::OkStatus();
}

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

absl::StatusOr<Identity> IdentityOf(const HomePaths& paths, absl::string_view seed32,
                                    std::string certificate_pem) {
  Identity out;
  ASSIGN_OR_RETURN(out.key, SigningKey::FromSeed(seed32));
  ASSIGN_OR_RETURN(out.private_key_pem, PrivateKeyPem(seed32));
  out.certificate_pem = std::move(certificate_pem);
  const auto der = CertificatePemToDer(out.certificate_pem);
  const auto certified = der.ok() ? KeyOfCertificateDer(*der) : der.status();
  if (!certified.ok()) {
    return BadHomeFile(paths.certificate(), "n'est pas un certificat lisible",
                       "is not a certificate that can be read");
  }
  if (*certified != out.key->public_key()) {
    return BadHomeFile(
        paths.key(),
        absl::StrCat("ne va pas avec ", paths.certificate(), " : l'un des deux a été remplacé"),
        absl::StrCat("does not match ", paths.certificate(), ": one of the two was replaced"));
  }
  out.certificate_der = *der;
  return out;
}

}  // namespace

HomePaths::HomePaths(std::string path)
    : home(path.size() > 1 && path.back() == '/' ? path.substr(0, path.size() - 1)
                                                 : std::move(path)) {}

absl::Status CheckSocketPath(absl::string_view path) {
  if (path.size() <= kSocketPathBytes) return absl::OkStatus();
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "socket-path",
       .field = "home",
       .fr = absl::StrCat("Le chemin de la prise locale compte ", path.size(),
                          " octets ; le système en admet ", kSocketPathBytes, " : ", path),
       .en = absl::StrCat("The path of the local socket is ", path.size(),
                          " bytes; the system takes ", kSocketPathBytes, ": ", path),
       .next_fr = "Placez le dossier de la réplique plus près de la racine, ou nommez-le par "
                  "un lien court.",
       .next_en = "Put the replica's folder nearer to the root, or name it by a short link."});
}

absl::Status MakeHome(const HomePaths& paths) {
  std::error_code error;
  if (std::filesystem::exists(paths.home, error) && !std::filesystem::is_empty(paths.home, error)) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "home",
                     .field = "home",
                     .fr = absl::StrCat("Le dossier ", paths.home, " n'est pas vide."),
                     .en = absl::StrCat("The folder ", paths.home, " is not empty."),
                     .next_fr = "Donnez un dossier neuf : une réplique ne s'installe jamais par-"
                                "dessus une autre.",
                     .next_en = "Give a new folder: a replica is never made over another."});
  }
  std::filesystem::create_directories(paths.home, error);
  if (error) return FileError(paths.home, error.value());
  if (::chmod(paths.home.c_str(), 0700) != 0) return FileError(paths.home, errno);
  return absl::OkStatus();
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

absl::StatusOr<Identity> MakeIdentity(const HomePaths& paths, absl::string_view seed32) {
  ASSIGN_OR_RETURN(std::string certificate, MakeCertificate(seed32));
  RETURN_IF_ERROR(WritePrivateFile(paths.key(), seed32));
  RETURN_IF_ERROR(WritePrivateFile(paths.certificate(), certificate));
  return IdentityOf(paths, seed32, std::move(certificate));
}

absl::StatusOr<Identity> LoadIdentity(const HomePaths& paths) {
  RETURN_IF_ERROR(CheckSecrets(paths));
  ASSIGN_OR_RETURN(const std::string seed, ReadSmallFile(paths.key()));
  if (seed.size() != 32) {
    return BadHomeFile(paths.key(),
                       absl::StrCat("compte ", seed.size(), " octets ; une clé en compte 32"),
                       absl::StrCat("has ", seed.size(), " bytes; a key has 32"));
  }
  absl::StatusOr<std::string> certificate = ReadSmallFile(paths.certificate());
  if (absl::IsNotFound(certificate.status())) {
    return BadHomeFile(paths.certificate(), "manque : c'est le certificat de cette réplique",
                       "is missing: it is this replica's certificate");
  }
  RETURN_IF_ERROR(certificate.status());
  return IdentityOf(paths, seed, *std::move(certificate));
}

absl::Status SaveConfig(const HomePaths& paths, const v1::ServerConfig& config) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(config, &json, options).ok()) {
    return absl::InternalError("greffed.json: cannot be written");
  }
  return WritePrivateFile(paths.config(), json);
}

absl::StatusOr<v1::ServerConfig> LoadConfig(const HomePaths& paths) {
  absl::StatusOr<std::string> json = ReadSmallFile(paths.config());
  if (absl::IsNotFound(json.status())) {
    std::error_code error;
    if (!std::filesystem::exists(paths.key(), error) &&
        !std::filesystem::exists(paths.store(), error)) {
      return NoReplicaHere(paths.home);
    }
    return BadHomeFile(paths.config(), "manque : c'est la configuration de cette réplique",
                       "is missing: it is this replica's configuration");
  }
  RETURN_IF_ERROR(json.status());
  v1::ServerConfig config;
  const auto parsed = google::protobuf::util::JsonStringToMessage(*json, &config);
  if (!parsed.ok()) {
    const std::string why(parsed.message().data(), parsed.message().size());
    return ToStatus(
        {.rule = "config",
         .field = paths.config(),
         .fr = absl::StrCat("Configuration illisible, ", paths.config(), " : ", why),
         .en = absl::StrCat("Configuration not understood, ", paths.config(), ": ", why),
         .next_fr = "Corrigez ce fichier JSON : ses champs sont name et listen ; ou remettez-le "
                    "depuis une sauvegarde.",
         .next_en = "Correct this JSON file: its fields are name and listen; or put it back from a "
                    "backup."});
  }
  return config;
}

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
  // While the lock is held: until the next holder has written its own name, nobody finds this one.
  [[maybe_unused]] const int cleared = ::ftruncate(fd_, 0);
  ::close(fd_);
}

}  // namespace greffe
