#include "server/identity/home.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/base/refusal.h"
#include "core/base/shell_word.h"
#include "core/base/status_macros.h"
#include "google/protobuf/util/json_util.h"
#include "server/identity/certificate.h"
#include "server/identity/home_files.h"

namespace greffe {
namespace {

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
  // Who writes in the folder puts another file in the place of any of these.
  if (::stat(paths.home.c_str(), &status) != 0) return FileError(paths.home, errno);
  RETURN_IF_ERROR(CheckOwnersAlone(paths.home, status.st_mode));
  // The users' hashed tokens are in the store; one that is not there is its own refusal.
  if (::stat(paths.store().c_str(), &status) == 0) {
    RETURN_IF_ERROR(CheckOwnersAlone(paths.store(), status.st_mode));
  }
  // The token may be elsewhere, or its user gone.
  for (const std::string& secret : {paths.key(), paths.admin_token()}) {
    if (::stat(secret.c_str(), &status) != 0 || (status.st_mode & 077) == 0) continue;
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "secret-mode",
                     .field = secret,
                     .fr = absl::StrCat("D'autres comptes peuvent lire le secret ", secret, "."),
                     .en = absl::StrCat("Other accounts can read the secret ", secret, "."),
                     .next_fr = absl::StrCat("Fermez-le : chmod 600 ", ShellWord(secret)),
                     .next_en = absl::StrCat("Close it: chmod 600 ", ShellWord(secret))});
  }
  return absl::OkStatus();
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

// What protobuf says of a JSON file, in English alone: the field or the line, where it names one.
std::string WhyFrench(absl::string_view why, absl::string_view json) {
  constexpr absl::string_view kUnknown = ": Cannot find field.";
  if (absl::EndsWith(why, kUnknown)) {
    return absl::StrCat("le champ « ", absl::StripSuffix(why, kUnknown), " » est inconnu.");
  }
  // "(name): invalid value 12 for type TYPE_STRING"
  const std::size_t value = why.find("): invalid value ");
  if (absl::StartsWith(why, "(") && value != absl::string_view::npos) {
    return absl::StrCat("le champ « ", why.substr(1, value - 1), " » n'admet pas cette valeur.");
  }
  // Behind the first line an excerpt of the file, and under it a mark at the place.
  const std::size_t begin = why.find('\n');
  const std::size_t end = why.rfind('\n');
  if (begin == absl::string_view::npos || end <= begin) return "ce n'est pas la forme attendue.";
  const std::size_t excerpt = json.find(why.substr(begin + 1, end - begin - 1));
  if (excerpt == absl::string_view::npos) return "ce n'est pas du JSON.";
  const std::size_t at = std::min(excerpt + why.size() - end - 2, json.size());
  const auto line = 1 + std::count(json.begin(), json.begin() + at, '\n');
  return absl::StrCat("ligne ", line, ", ce n'est pas du JSON.");
}

}  // namespace

HomePaths::HomePaths(std::string path)
    : home(path.size() > 1 && path.back() == '/' ? path.substr(0, path.size() - 1)
                                                 : std::move(path)) {}

absl::Status CheckSocketPath(absl::string_view path) {
  const std::string name(path);
  struct stat status {};
  if (::lstat(name.c_str(), &status) == 0 && !S_ISSOCK(status.st_mode)) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "socket-path",
         .field = name,
         .fr = absl::StrCat(name, " n'est pas une prise : rien ne peut y écouter."),
         .en = absl::StrCat(name, " is no socket: nothing can listen there."),
         .next_fr = absl::StrCat("Voyez ce que c'est, puis ôtez-le : ", ShellWord(name)),
         .next_en = absl::StrCat("See what it is, then take it away: ", ShellWord(name))});
  }
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

absl::StatusOr<Identity> MakeIdentity(const HomePaths& paths, absl::string_view seed32) {
  ASSIGN_OR_RETURN(std::string certificate, MakeCertificate(seed32));
  RETURN_IF_ERROR(WritePrivateFile(paths.key(), seed32));
  RETURN_IF_ERROR(WritePrivateFile(paths.certificate(), certificate));
  return IdentityOf(paths, seed32, std::move(certificate));
}

absl::StatusOr<Identity> LoadIdentity(const HomePaths& paths) {
  RETURN_IF_ERROR(CheckSecrets(paths));
  ASSIGN_OR_RETURN(const std::string seed, ReadHomeFile(paths.key()));
  if (seed.size() != 32) {
    return BadHomeFile(paths.key(),
                       absl::StrCat("compte ", seed.size(), " octets ; une clé en compte 32"),
                       absl::StrCat("has ", seed.size(), " bytes; a key has 32"));
  }
  absl::StatusOr<std::string> certificate = ReadHomeFile(paths.certificate());
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
  absl::StatusOr<std::string> json = ReadHomeFile(paths.config());
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
         .fr = absl::StrCat("Configuration illisible, ", paths.config(), " : ",
                            WhyFrench(why, *json)),
         .en = absl::StrCat("Configuration not understood, ", paths.config(), ": ", why),
         .next_fr = "Corrigez ce fichier JSON : ses champs sont name et listen ; ou remettez-le "
                    "depuis une sauvegarde.",
         .next_en = "Correct this JSON file: its fields are name and listen; or put it back from a "
                    "backup."});
  }
  return config;
}

}  // namespace greffe
