#include "client/connection.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/disk_words.h"
#include "client/status.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"

namespace greffe {
namespace {

constexpr std::size_t kTokenBytes = 4096;
constexpr std::size_t kCertificateBytes = 64 * 1024;
// A consolidated text of an act of 4 MiB with follow-up beside it.
constexpr int kAnswerBytes = 64 * 1024 * 1024;
// A refusal with its further problems travels in the trailers, of which gRPC takes 8 KiB unless
// told.
constexpr int kMetadataBytes = 64 * 1024;

std::string InHome(const std::string& home, absl::string_view name) {
  return (std::filesystem::path(home) / std::string(name)).string();
}

absl::Status NoHome(const std::string& home) {
  return ToStatus({.code = absl::StatusCode::kUnavailable,
                   .rule = "not-reachable",
                   .field = "--home",
                   .fr = absl::StrCat("Pas de réplique dans « ", home, " »."),
                   .en = absl::StrCat("There is no replica in “", home, "”."),
                   .next_fr = "donnez son dossier par --home, ou créez-la par « greffed init »",
                   .next_en = "name its folder with --home, or make it with “greffed init”"});
}

absl::StatusOr<std::string> ReadToken(const ConnectionOptions& options) {
  std::string path = options.token_file;
  if (path.empty()) {
    path = InHome(options.home, "admin.token");
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      if (options.server.empty() && !std::filesystem::is_directory(options.home, ignored)) {
        return NoHome(options.home);
      }
      return UsageError(
          {.field = "--token-file",
           .fr = absl::StrCat("Pas de jeton d'utilisateur : « ", path, " » n'existe pas."),
           .en = absl::StrCat("There is no user's token: “", path, "” does not exist."),
           .next_fr = "donnez le fichier de votre jeton par --token-file, ou le "
                      "dossier de la réplique par --home",
           .next_en = "name the file of your token with --token-file, or the "
                      "replica's folder with --home"});
    }
  }
  ASSIGN_OR_RETURN(const std::string text, ReadSmallFile(path, "--token-file", kTokenBytes));
  std::string token(absl::StripAsciiWhitespace(text));
  for (const char c : token) {
    if (c <= ' ' || c > '~') token.clear();
  }
  if (token.empty()) {
    return UsageError({.field = "--token-file",
                       .fr = absl::StrCat("« ", path, " » ne contient pas un jeton."),
                       .en = absl::StrCat("“", path, "” does not hold a token."),
                       .next_fr = "demandez un jeton à l'administrateur de la réplique "
                                  "(greffe user add)",
                       .next_en = "ask the replica's administrator for one (greffe user add)"});
  }
  return token;
}

// A file that holds no certificate would end as an address that nobody answers at.
absl::Status CheckCertificate(const std::string& pem, const std::string& path) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  X509* const certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr);
  ERR_clear_error();
  if (certificate != nullptr) {
    X509_free(certificate);
    return absl::OkStatus();
  }
  return UsageError(
      {.rule = "certificate",
       .field = "--server-cert",
       .fr = absl::StrCat("« ", path, " » n'est pas un certificat en PEM."),
       .en = absl::StrCat("“", path, "” is not a certificate in PEM."),
       .next_fr = "donnez le fichier certificate.pem du dossier de la réplique, que son "
                  "administrateur vous remet",
       .next_en = "give the file certificate.pem of the replica's home, which its administrator "
                  "hands you"});
}

absl::StatusOr<std::string> LocalTarget(const std::string& home) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(home, error);
  const std::string socket =
      InHome(error ? home : absolute.lexically_normal().string(), "greffe.sock");
  if (socket.size() >= sizeof(sockaddr_un{}.sun_path)) {
    return UsageError(
        {.rule = "limit-socket-path",
         .field = "--home",
         .fr = absl::StrCat("Le chemin de la prise « ", socket, " » a ", socket.size(),
                            " octets ; le système en accepte ", sizeof(sockaddr_un{}.sun_path) - 1,
                            "."),
         .en = absl::StrCat("The path of the socket “", socket, "” has ", socket.size(),
                            " bytes; the system takes ", sizeof(sockaddr_un{}.sun_path) - 1, "."),
         .next_fr = "placez la réplique dans un dossier au chemin plus court",
         .next_en = "put the replica in a folder with a shorter path"});
  }
  return absl::StrCat("unix:", socket);
}

}  // namespace

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, absl::string_view field,
                                          std::size_t bytes_max) {
  const auto unreadable = [&](int why_not) {
    const DiskWords why = WordsOfErrno(why_not);
    return UsageError({.field = std::string(field),
                       .fr = absl::StrCat("« ", path, " » ne se lit pas : ", why.fr, "."),
                       .en = absl::StrCat("“", path, "” cannot be read: ", why.en, "."),
                       .next_fr = "vérifiez le chemin et les droits du fichier",
                       .next_en = "check the path and the file's permissions"});
  };
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return unreadable(EISDIR);
  std::ifstream in(path, std::ios::binary);
  if (!in) return unreadable(errno);
  // Also right for what has no size of its own, such as a pipe: never more than one byte too many.
  std::string text;
  char block[64 * 1024];
  while (in && text.size() <= bytes_max) {
    in.read(block, sizeof(block));
    text.append(block, static_cast<std::size_t>(in.gcount()));
  }
  if (text.size() > bytes_max) {
    return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                     .rule = "limit-file",
                     .field = std::string(field),
                     .fr = absl::StrCat("« ", path, " » dépasse ", bytes_max, " octets."),
                     .en = absl::StrCat("“", path, "” has more than ", bytes_max, " bytes."),
                     .next_fr = "réduisez le fichier, ou découpez l'acte",
                     .next_en = "make the file smaller, or split the act"});
  }
  return text;
}

absl::StatusOr<Connection> OpenConnection(const ConnectionOptions& options) {
  Connection connection;
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kAnswerBytes);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytes);
  arguments.SetUserAgentPrefix("greffe");
  // Retries are ours: they know which calls may be repeated.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  ASSIGN_OR_RETURN(connection.token, ReadToken(options));
  if (options.server.empty()) {
    ASSIGN_OR_RETURN(connection.target, LocalTarget(options.home));
    // The socket's folder is the replica owner's; a token is asked for all the same.
    connection.channel =
        grpc::CreateCustomChannel(connection.target, grpc::InsecureChannelCredentials(), arguments);
    return connection;
  }
  std::string pin = options.server_cert;
  if (pin.empty()) {
    pin = InHome(options.home, "server.pem");
    const std::string own = InHome(options.home, "certificate.pem");
    std::error_code ignored;
    if (!std::filesystem::exists(pin, ignored) && std::filesystem::exists(own, ignored)) pin = own;
  }
  grpc::SslCredentialsOptions tls;
  ASSIGN_OR_RETURN(tls.pem_root_certs, ReadSmallFile(pin, "--server-cert", kCertificateBytes));
  RETURN_IF_ERROR(CheckCertificate(tls.pem_root_certs, pin));
  arguments.SetSslTargetNameOverride(kCertificateName);
  connection.target = options.server;
  connection.channel =
      grpc::CreateCustomChannel(connection.target, grpc::SslCredentials(tls), arguments);
  return connection;
}

}  // namespace greffe
