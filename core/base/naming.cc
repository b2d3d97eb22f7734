#include "core/base/naming.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"

namespace greffe {
namespace {

absl::Status Ambiguous(absl::string_view wanted) {
  return ToStatus({.rule = "peer",
                   .field = "peer",
                   .fr = absl::StrCat("Plusieurs pairs répondent à « ", wanted, " »."),
                   .en = absl::StrCat("Several peers answer to \"", wanted, "\"."),
                   .next_fr = "Donnez plus de chiffres de l'empreinte : greffe peer list",
                   .next_en = "Give more digits of the fingerprint: greffe peer list"});
}

}  // namespace

absl::Status UnknownPeer(absl::string_view wanted) {
  return ToStatus({.code = absl::StatusCode::kNotFound,
                   .rule = "peer",
                   .field = "peer",
                   .fr = absl::StrCat("Aucun pair « ", wanted, " » n'est connu ici."),
                   .en = absl::StrCat("No peer \"", wanted, "\" is known here."),
                   .next_fr = "Voyez la liste : greffe peer list",
                   .next_en = "See the list: greffe peer list"});
}

absl::StatusOr<std::size_t> FindPeer(absl::string_view wanted, std::span<const PeerName> peers) {
  // A name is what it is, a fingerprint hex in either case.
  const std::string digits = absl::AsciiStrToLower(wanted);
  std::vector<std::size_t> by_name;
  std::vector<std::size_t> by_prefix;
  for (std::size_t i = 0; i < peers.size(); ++i) {
    if (peers[i].name == wanted) by_name.push_back(i);
    if (wanted.size() >= kPrefixDigitsMin && absl::StartsWith(peers[i].id.ToHex(), digits)) {
      by_prefix.push_back(i);
    }
  }
  const std::vector<std::size_t>& found = by_name.empty() ? by_prefix : by_name;
  if (found.empty()) return UnknownPeer(wanted);
  if (found.size() > 1) return Ambiguous(wanted);
  return found.front();
}

}  // namespace greffe
