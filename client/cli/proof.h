#ifndef GREFFE_CLIENT_CLI_PROOF_H_
#define GREFFE_CLIENT_CLI_PROOF_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "greffe/v1/audit_service.pb.h"

namespace greffe::cli {

// Checks a proof as anyone can, without trusting who gave it: the event hashes to `leaf_hex`, which
// is at its place in the tree of the head, which the key signed. DATA_LOSS names the step that
// fails.
absl::Status CheckProof(const v1::ProveEventResponse& proof, absl::string_view leaf_hex);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_PROOF_H_
