#ifndef GREFFE_SERVER_IDENTITY_TOKEN_H_
#define GREFFE_SERVER_IDENTITY_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/base/digest.h"

namespace greffe {

// "greffe_" and the base64url of 32 random bytes: shown once, kept only as a hash.
std::string MakeUserToken();
// SHA-256 of the whole token, which is as hard to guess as the token: 256 random bits need no salt.
Digest HashToken(absl::string_view token);
// True when equal, in a time that does not tell where they differ.
bool EqualInConstantTime(absl::string_view a, absl::string_view b);

// Unpadded base64url (RFC 4648 section 5). Decode: INVALID_ARGUMENT naming `field`.
std::string EncodeBase64Url(absl::string_view bytes);
absl::StatusOr<std::string> DecodeBase64Url(absl::string_view text, absl::string_view field);

}  // namespace greffe

#endif  // GREFFE_SERVER_IDENTITY_TOKEN_H_
