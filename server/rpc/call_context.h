#ifndef GREFFE_SERVER_RPC_CALL_CONTEXT_H_
#define GREFFE_SERVER_RPC_CALL_CONTEXT_H_

#include <grpcpp/server_context.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/signature.h"
#include "server/app/call.h"
#include "server/ops/language.h"
#include "server/rpc/rooms.h"

namespace greffe {

// The longest that one unary call may take here, whatever its own deadline says.
inline constexpr std::int64_t kUnaryMicrosMax = 60ll * 1'000'000;

// Language that the caller asks for in `accept-language`.
Language LanguageOf(const grpc::ServerContextBase& context);

// The token of `authorization: Bearer …`. UNAUTHENTICATED (rule "token") when there is none.
absl::StatusOr<std::string> TokenOf(const grpc::ServerContextBase& context);

// Who calls. The deadline is the call's own, and at most kUnaryMicrosMax from now. Who is nobody's
// user is counted and logged.
absl::StatusOr<UserCall> Authenticate(const grpc::ServerContextBase& context, RpcRooms& rooms);
// Counts and logs somebody whose token or key opens nothing: `status` says why, `key` is the key
// that was proved to be held, if any. Nothing else of theirs is written.
void TellStranger(RpcRooms& rooms, const absl::Status& status,
                  const std::optional<ReplicaId>& key = std::nullopt);

// PERMISSION_DENIED (rule "role") unless the user has one of the roles.
absl::Status RequireRole(const UserCall& call, std::initializer_list<v1::Role> roles);

// PERMISSION_DENIED (rule "local-only") unless the call came over the local socket.
absl::Status RequireLocal(const grpc::ServerContextBase& context);

// The certificate's key of a caller over TLS, who has proved to hold it. UNAUTHENTICATED (rule
// "peer-key") without one; over the local socket there never is.
absl::StatusOr<PublicKey> CallerKey(const grpc::ServerContextBase& context);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_CALL_CONTEXT_H_
