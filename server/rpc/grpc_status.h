#ifndef GREFFE_SERVER_RPC_GRPC_STATUS_H_
#define GREFFE_SERVER_RPC_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "server/ops/language.h"

namespace greffe {

// The one place where our errors become gRPC's: same code, the text in the caller's language, and a
// serialised greffe.v1.ErrorDetail in the binary details.
grpc::Status ToGrpcStatus(const absl::Status& status, Language language);

// The way back, for what a peer answered.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_GRPC_STATUS_H_
