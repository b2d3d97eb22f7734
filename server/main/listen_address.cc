#include "server/main/listen_address.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"

namespace greffe {
namespace {

constexpr std::size_t kShownCharacters = 255;
constexpr std::uint32_t kPortMax = 65535;

bool IsHost(absl::string_view host) {
  // An IPv6 address has colons of its own, and stands in brackets.
  if (!host.empty() && host.front() == '[') return host.size() > 2 && host.back() == ']';
  return !host.empty() && std::all_of(host.begin(), host.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '-' || c == '_';
  });
}

bool IsPort(absl::string_view port) {
  std::uint32_t number = 0;
  return std::all_of(port.begin(), port.end(), absl::ascii_isdigit) &&
         absl::SimpleAtoi(port, &number) && number <= kPortMax;
}

}  // namespace

absl::Status CheckListenAddress(absl::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon != absl::string_view::npos && IsHost(address.substr(0, colon)) &&
      IsPort(address.substr(colon + 1))) {
    return absl::OkStatus();
  }
  const std::string shown(address.substr(0, kShownCharacters));
  return ToStatus({.rule = "listen-form",
                   .field = "listen",
                   .fr = absl::StrCat("« ", shown,
                                      " » n'est pas une adresse d'écoute HÔTE:PORT, avec un port "
                                      "de 0 à ",
                                      kPortMax, "."),
                   .en = absl::StrCat("\"", shown,
                                      "\" is not an address HOST:PORT to listen at, with a port of "
                                      "0 to ",
                                      kPortMax, "."),
                   .next_fr = "Donnez par exemple --listen 127.0.0.1:7443 (port 0 : un port "
                              "libre), ou corrigez listen dans greffed.json.",
                   .next_en = "Give for example --listen 127.0.0.1:7443 (port 0: a free port), or "
                              "correct listen in greffed.json."});
}

}  // namespace greffe
