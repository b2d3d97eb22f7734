#ifndef GREFFE_CORE_BASE_NAMING_H_
#define GREFFE_CORE_BASE_NAMING_H_

#include <span>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"

namespace greffe {

// Digits of an id or a fingerprint that are enough to name what bears it.
inline constexpr std::size_t kPrefixDigitsMin = 6;

// A peer as people name it.
struct PeerName {
  absl::string_view name;
  ReplicaId id;
};

// No peer is known as that. NOT_FOUND, rule "peer".
absl::Status UnknownPeer(absl::string_view wanted);

// Index of the peer of that name; where none has it, of the one whose fingerprint starts with it:
// at least kPrefixDigitsMin digits, in either case. NOT_FOUND, or INVALID_ARGUMENT when it names
// several; rule "peer".
absl::StatusOr<std::size_t> FindPeer(absl::string_view wanted, std::span<const PeerName> peers);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_NAMING_H_
