#ifndef GREFFE_SERVER_OPS_HOST_PORT_H_
#define GREFFE_SERVER_OPS_HOST_PORT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe {

inline constexpr std::size_t kHostPortCharacters = 255;
inline constexpr std::uint32_t kPortMax = 65535;

// Where one listens, or is called.
struct HostPort {
  // A name, an IPv4 address, or an IPv6 address in its brackets.
  std::string host;
  std::uint32_t port = 0;
};

// HOST:PORT with a port of 0 to 65535, a larger one would be taken modulo 65536. An IPv6 address
// has colons of its own, and stands in brackets. Nothing in any other form, or when longer than
// kHostPortCharacters.
std::optional<HostPort> ParseHostPort(absl::string_view text);

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_HOST_PORT_H_
