#include "server/rpc/call_context.h"

#include <grpc/grpc_security_constants.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "server/identity/certificate.h"
#include "server/identity/token.h"

namespace greffe {
namespace {

// Of a token's hash: enough that no two accounts of one login ever share them.
constexpr std::size_t kAccountDigits = 32;

absl::string_view View(grpc::string_ref ref) { return absl::string_view(ref.data(), ref.size()); }

std::int64_t DeadlineMicros(const grpc::ServerContextBase& context) {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             context.deadline().time_since_epoch())
      .count();
}

absl::string_view RoleName(v1::Role role) {
  switch (role) {
    case v1::ROLE_READER:
      return "reader";
    case v1::ROLE_COORDINATOR:
      return "coordinator";
    case v1::ROLE_SECRETARIAT:
      return "secretariat";
    case v1::ROLE_SIGNATORY:
      return "signatory";
    case v1::ROLE_DPO:
      return "dpo";
    case v1::ROLE_AUDITOR:
      return "auditor";
    case v1::ROLE_ADMIN:
      return "admin";
    default:
      return "?";
  }
}

}  // namespace

Language LanguageOf(const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find("accept-language");
  return it == metadata.end() ? Language::kFrench : LanguageOfHeader(View(it->second));
}

absl::StatusOr<std::string> TokenOf(const grpc::ServerContextBase& context) {
  constexpr absl::string_view kScheme = "Bearer ";
  const auto& metadata = context.client_metadata();
  const auto it = metadata.find("authorization");
  if (it != metadata.end() && absl::StartsWithIgnoreCase(View(it->second), kScheme)) {
    return std::string(View(it->second).substr(kScheme.size()));
  }
  return ToStatus({.code = absl::StatusCode::kUnauthenticated,
                   .rule = "token",
                   .fr = "Cet appel ne porte pas de jeton d'utilisateur.",
                   .en = "This call carries no user token.",
                   .next_fr =
                       "Donnez-le par --token-file ; sur la machine de la réplique, --home DIR "
                       "prend celui de DIR/admin.token.",
                   .next_en = "Give it with --token-file; on the replica's machine, --home DIR "
                              "takes the one in DIR/admin.token."});
}

void TellStranger(RpcRooms& rooms, const absl::Status& status,
                  const std::optional<ReplicaId>& key) {
  rooms.metrics.Unauthenticated();
  if (key.has_value()) {
    rooms.rare.Warn("peer-not-known", {"peer", key->ToHex()});
  } else {
    rooms.rare.Warn("not-authenticated", {"rule", RefusalOf(status).rule});
  }
}

absl::StatusOr<UserCall> Authenticate(const grpc::ServerContextBase& context, RpcRooms& rooms) {
  const Instant now = rooms.clock.Now();
  const absl::StatusOr<std::string> given = TokenOf(context);
  const absl::StatusOr<v1::UserView> known =
      given.ok() ? rooms.users.Authenticate(*given) : given.status();
  if (!known.ok()) {
    TellStranger(rooms, known.status());
    return known.status();
  }
  const std::string& token = *given;
  const v1::UserView& user = *known;
  UserCall call;
  call.user = user.user();
  // A token belongs to one account for as long as that lasts.
  call.account = HashToken(token).ToHex().substr(0, kAccountDigits);
  call.partner_id = user.partner_id();
  call.office = user.office();
  for (const int role : user.roles()) call.roles.push_back(static_cast<v1::Role>(role));
  call.deadline = Instant{std::min(DeadlineMicros(context), now.micros + kUnaryMicrosMax)};
  call.english = LanguageOf(context) == Language::kEnglish;
  return call;
}

absl::Status RequireRole(const UserCall& call, std::initializer_list<v1::Role> roles) {
  std::string names;
  for (const v1::Role role : roles) {
    if (call.Has(role)) return absl::OkStatus();
    absl::StrAppend(&names, names.empty() ? "" : ", ", RoleName(role));
  }
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = "role",
                   .fr = absl::StrCat(roles.size() > 1 ? "Cette opération demande l'un des rôles : "
                                                       : "Cette opération demande le rôle ",
                                      names, "."),
                   .en = absl::StrCat(roles.size() > 1 ? "This operation needs one of the roles: "
                                                       : "This operation needs the role ",
                                      names, "."),
                   .next_fr = "Adressez-vous à l'administrateur de la réplique.",
                   .next_en = "Ask the replica's administrator."});
}

absl::Status RequireLocal(const grpc::ServerContextBase& context) {
  if (absl::StartsWith(context.peer(), "unix:")) return absl::OkStatus();
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = "local-only",
                   .fr = "Cette opération se demande sur la machine de la réplique seulement.",
                   .en = "This operation is asked for on the replica's machine only.",
                   .next_fr = "Relancez la même commande là-bas, avec --home DIR et sans --server.",
                   .next_en = "Run the same command there, with --home DIR and without --server."});
}

absl::StatusOr<PublicKey> CallerKey(const grpc::ServerContextBase& context) {
  const auto auth = context.auth_context();
  if (auth != nullptr) {
    const auto certificates = auth->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
    if (certificates.size() == 1) {
      absl::StatusOr<PublicKey> key = KeyOfCertificatePem(View(certificates.front()));
      if (key.ok()) return key;
    }
  }
  return ToStatus({.code = absl::StatusCode::kUnauthenticated,
                   .rule = "peer-key",
                   .fr = "Un pair se présente par le certificat Ed25519 de sa réplique ; cet appel "
                         "n'en porte pas.",
                   .en = "A peer presents its replica's Ed25519 certificate; this call carries "
                         "none.",
                   .next_fr = "Reliez les deux répliques : greffe peer invite, puis greffe peer "
                              "join.",
                   .next_en = "Connect the two replicas: greffe peer invite, then greffe peer "
                              "join."});
}

}  // namespace greffe
