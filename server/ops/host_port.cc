#include "server/ops/host_port.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"

namespace greffe {
namespace {

bool IsHost(absl::string_view host) {
  if (!host.empty() && host.front() == '[') {
    return host.size() > 2 && host.back() == ']' &&
           std::all_of(host.begin() + 1, host.end() - 1, [](unsigned char c) {
             return absl::ascii_isalnum(c) || c == ':' || c == '.' || c == '%';
           });
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace

std::optional<HostPort> ParseHostPort(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || text.size() > kHostPortCharacters) return std::nullopt;
  const absl::string_view host = text.substr(0, colon);
  const absl::string_view digits = text.substr(colon + 1);
  HostPort out{.host = std::string(host)};
  // Digits alone: a sign would be read too.
  if (!IsHost(host) || !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(digits, &out.port) || out.port > kPortMax) {
    return std::nullopt;
  }
  return out;
}

}  // namespace greffe
