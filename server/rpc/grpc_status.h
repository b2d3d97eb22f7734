#ifndef GREFFE_SERVER_RPC_GRPC_STATUS_H_
#define GREFFE_SERVER_RPC_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include <cstddef>

#include "absl/status/status.h"
#include "server/ops/language.h"

namespace greffe {

// Message and details of a refusal in the trailers, as they are encoded there: half of what our
// clients take (client/connection.cc). A client that takes less loses the refusal.
inline constexpr std::size_t kRefusalBytesMax = 32 * 1024;

// The one place where our errors become gRPC's: same code, the text in the caller's language, and a
// serialised greffe.v1.ErrorDetail in the binary details. What would take more than
// kRefusalBytesMax loses its further problems, the last ones first, then the ends of its texts;
// rule and field stay.
grpc::Status ToGrpcStatus(const absl::Status& status, Language language);

// The way back, for what a peer answered.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_GRPC_STATUS_H_
