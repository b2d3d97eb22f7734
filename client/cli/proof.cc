#include "client/cli/proof.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/digest.h"
#include "core/base/refusal.h"
#include "core/base/signature.h"
#include "core/feed/verifier.h"

namespace greffe::cli {
namespace {

absl::Status Fails(absl::string_view step) {
  return ToStatus({.code = absl::StatusCode::kDataLoss,
                   .rule = "proof",
                   .fr = absl::StrCat("La preuve reçue ne tient pas : ", step),
                   .en = absl::StrCat("The proof received does not hold: ", step),
                   .next_fr = "lancez « greffe audit verify » ; ne vous fiez pas à cette réplique "
                              "d'ici là",
                   .next_en = "run “greffe audit verify”; do not rely on this replica until then"});
}

}  // namespace

absl::Status CheckProof(const v1::ProveEventResponse& proof, absl::string_view leaf_hex) {
  if (LeafHash(proof.event()).ToHex() != leaf_hex) return Fails("leaf");
  // A tree of 2^64 events is 64 levels high.
  if (proof.path_size() > 64) return Fails("path");
  std::vector<Digest> path;
  for (const std::string& node : proof.path()) {
    const auto digest = Digest::FromBytes(node, "path");
    if (!digest.ok()) return Fails(digest.status().message());
    path.push_back(*digest);
  }
  const auto key = PublicKey::FromBytes(proof.public_key(), "public_key");
  if (!key.ok()) return Fails(key.status().message());
  const absl::Status checked =
      VerifyEventProof(proof.event(), proof.sequence(), path, proof.head(), *key);
  return checked.ok() ? checked : Fails(checked.message());
}

}  // namespace greffe::cli
