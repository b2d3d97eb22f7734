#ifndef GREFFE_CORE_BASE_DIGEST_H_
#define GREFFE_CORE_BASE_DIGEST_H_

#include <initializer_list>
#include <memory>

#include "absl/strings/string_view.h"
#include "core/base/fixed_bytes.h"

namespace greffe {

// SHA-256 of something.
using Digest = FixedBytes<struct DigestTag, 32>;

// SHA-256 of the concatenation of `parts`. Thread safe.
Digest Sha256(std::initializer_list<absl::string_view> parts);
// HMAC-SHA-256, for digests that only this replica can recompute.
Digest HmacSha256(absl::string_view key, absl::string_view message);

// SHA-256 of what comes piece by piece. Not thread safe.
class Sha256Stream final {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  void Update(absl::string_view part);
  // Of everything so far; nothing may follow.
  Digest Finish();

 private:
  struct Context;
  const std::unique_ptr<Context> context_;
};

// RFC 6962 section 2.1: SHA-256(0x00 | event bytes) and SHA-256(0x01 | left | right).
Digest LeafHash(absl::string_view event_bytes);
Digest NodeHash(const Digest& left, const Digest& right);

// SHA-256("greffe/v1/sealed" | salt | value). `salt` is 32 bytes.
Digest SealedCommitment(absl::string_view salt, absl::string_view value);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_DIGEST_H_
