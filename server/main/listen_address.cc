#include "server/main/listen_address.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "server/ops/host_port.h"

namespace greffe {
absl::Status CheckListenAddress(absl::string_view address) {
  if (ParseHostPort(address).has_value()) return absl::OkStatus();
  const std::string shown(address.substr(0, kHostPortCharacters));
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
