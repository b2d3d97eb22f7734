#ifndef GREFFE_CORE_FEED_CHECKPOINT_H_
#define GREFFE_CORE_FEED_CHECKPOINT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "core/base/signature.h"

namespace greffe {

// A head of a feed.
struct Checkpoint {
  ConventionId convention;
  ReplicaId replica;
  std::uint64_t size = 0;
  Digest root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// More is refused before anything is parsed.
inline constexpr std::size_t kCheckpointBytesMax = 1024;

// A C2SP tlog-checkpoint in a signed note: origin = key name =
// "greffe/v1/<convention hex>/<replica hex>", signature type 0x01 (Ed25519), exactly one signature,
// no extension lines. Deterministic: RFC 8032 signatures are.
std::string SignCheckpoint(const Checkpoint& head, const SigningKey& key);

// Parses without checking the signature. INVALID_ARGUMENT naming the line that is wrong.
absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view note);

// Parses and verifies. INVALID_ARGUMENT for form; DATA_LOSS when the key is not the one named in
// the origin, the key id differs or the signature does not verify.
absl::StatusOr<Checkpoint> OpenCheckpoint(absl::string_view note, const PublicKey& key);

}  // namespace greffe

#endif  // GREFFE_CORE_FEED_CHECKPOINT_H_
