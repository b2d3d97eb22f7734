#include "server/identity/token.h"

#include <openssl/crypto.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "server/ops/random.h"

namespace greffe {

std::string MakeUserToken() {
  return absl::StrCat("greffe_", EncodeBase64Url(SecureRandomBytes(32)));
}

Digest HashToken(absl::string_view token) { return Sha256({token}); }

bool EqualInConstantTime(absl::string_view a, absl::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string EncodeBase64Url(absl::string_view bytes) {
  std::string out = absl::WebSafeBase64Escape(bytes);
  while (!out.empty() && out.back() == '=') out.pop_back();
  return out;
}

absl::StatusOr<std::string> DecodeBase64Url(absl::string_view text, absl::string_view field) {
  std::string out;
  if (!absl::WebSafeBase64Unescape(text, &out)) {
    return absl::InvalidArgumentError(absl::StrCat(field, ": want base64url without padding"));
  }
  return out;
}

}  // namespace greffe
