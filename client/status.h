#ifndef GREFFE_CLIENT_STATUS_H_
#define GREFFE_CLIENT_STATUS_H_

#include <grpcpp/support/status.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/refusal.h"
#include "greffe/v1/error.pb.h"

namespace greffe {

// What a call answered, as the library gives it: the code, with the ErrorDetail of the reply as a
// Refusal. `target` is named when nobody answered.
absl::Status FromGrpc(const grpc::Status& status, absl::string_view target);

// Further problems of the same request, as the reply listed them.
std::vector<v1::ErrorDetail> FurtherProblems(const absl::Status& status);

// A wrong option, file name or combination: what the caller typed, not what a rule refuses. The
// code is set to INVALID_ARGUMENT.
absl::Status UsageError(Refusal refusal);
bool IsUsageError(const absl::Status& status);

// True when the reply was made by a replica, false when it was made here because none answered.
bool IsFromReplica(const absl::Status& status);

// True when a command that met this may have been done all the same: nobody answered, or not in
// time, or the disk was full. Only to be asked of what FromGrpc made.
bool FateUnknown(const absl::Status& status);
// The same status, of a call that was made before and met such an answer then.
absl::Status AfterUnknownFate(absl::Status status);

}  // namespace greffe

#endif  // GREFFE_CLIENT_STATUS_H_
