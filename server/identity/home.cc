#include "server/identity/home.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "server/identity/certificate.h"

namespace greffe {
namespace {

// Key, certificate and configuration together are a few kilobytes.
constexpr std::size_t kFileBytesMax = 64 * 1024;

absl::Status FileError(absl::string_view path, int error) {
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "file",
                   .field = std::string(path),
                   .fr = absl::StrCat("Le fichier ", path, " : ", std::strerror(error), "."),
                   .en = absl::StrCat("File ", path, ": ", std::strerror(error), ".")});
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

struct FileHandle {
  int fd;
  ~FileHandle() {
    if (fd >= 0) ::close(fd);
  }
};

absl::StatusOr<std::string> ReadSmallFile(const std::string& path) {
  FileHandle file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0) {
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

absl::Status CheckKeyMode(const HomePaths& paths) {
  struct stat status {};
  if (::stat(paths.key().c_str(), &status) != 0) return NoReplicaHere(paths.home);
  if ((status.st_mode & 077) == 0) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "key-mode",
                   .field = paths.key(),
                   .fr = absl::StrCat("D'autres comptes peuvent lire la clé ", paths.key(), "."),
                   .en = absl::StrCat("Other accounts can read the key ", paths.key(), "."),
                   .next_fr = absl::StrCat("Fermez-la : chmod 600 ", paths.key()),
                   .next_en = absl::StrCat("Close it: chmod 600 ", paths.key())});
}

absl::StatusOr<Identity> IdentityOf(absl::string_view seed32, std::string certificate_pem) {
  Identity out;
  ASSIGN_OR_RETURN(out.key, SigningKey::FromSeed(seed32));
  ASSIGN_OR_RETURN(out.private_key_pem, PrivateKeyPem(seed32));
  out.certificate_pem = std::move(certificate_pem);
  ASSIGN_OR_RETURN(out.certificate_der, CertificatePemToDer(out.certificate_pem));
  ASSIGN_OR_RETURN(const PublicKey certified, KeyOfCertificateDer(out.certificate_der));
  if (certified != out.key->public_key()) {
    return absl::DataLossError("certificate.pem: not the certificate of this replica's key");
  }
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
       .next_fr = "Placez le dossier de la réplique plus près de la racine, ou donnez "
                  "--home par un lien court.",
       .next_en = "Put the replica's folder nearer to the root, or give --home as a "
                  "short link."});
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
    return errno == EEXIST ? absl::AlreadyExistsError(path) : FileError(path, errno);
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
  return IdentityOf(seed32, std::move(certificate));
}

absl::StatusOr<Identity> LoadIdentity(const HomePaths& paths) {
  RETURN_IF_ERROR(CheckKeyMode(paths));
  ASSIGN_OR_RETURN(const std::string seed, ReadSmallFile(paths.key()));
  if (seed.size() != 32) return absl::DataLossError("key: not a 32-byte Ed25519 seed");
  ASSIGN_OR_RETURN(std::string certificate, ReadSmallFile(paths.certificate()));
  return IdentityOf(seed, std::move(certificate));
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
  if (absl::IsNotFound(json.status())) return NoReplicaHere(paths.home);
  RETURN_IF_ERROR(json.status());
  v1::ServerConfig config;
  const auto parsed = google::protobuf::util::JsonStringToMessage(*json, &config);
  if (!parsed.ok()) {
    const std::string why(parsed.message().data(), parsed.message().size());
    return ToStatus(
        {.rule = "config",
         .field = paths.config(),
         .fr = absl::StrCat("Configuration illisible, ", paths.config(), " : ", why),
         .en = absl::StrCat("Configuration not understood, ", paths.config(), ": ", why)});
  }
  return config;
}

absl::StatusOr<std::unique_ptr<HomeLock>> HomeLock::Take(const HomePaths& paths) {
  const int fd = ::open(paths.lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return errno == ENOENT ? NoReplicaHere(paths.home) : FileError(paths.lock(), errno);
  auto lock = std::unique_ptr<HomeLock>(new HomeLock(fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return lock;
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "home-in-use",
                   .field = "home",
                   .fr = absl::StrCat("Un autre greffed travaille déjà dans ", paths.home, "."),
                   .en = absl::StrCat("Another greffed is at work in ", paths.home, "."),
                   .next_fr = "Arrêtez-le d'abord (SIGTERM), ou donnez un autre --home.",
                   .next_en = "Stop it first (SIGTERM), or give another --home."});
}

HomeLock::~HomeLock() { ::close(fd_); }

}  // namespace greffe
