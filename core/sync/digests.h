#ifndef GREFFE_CORE_SYNC_DIGESTS_H_
#define GREFFE_CORE_SYNC_DIGESTS_H_

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "core/sync/replica_view.h"

namespace greffe::sync {

// Digest of what is held of one convention: a function of the set of its points, one per branch.
Digest ConventionDigest(std::vector<Point> points);

// Root over shared conventions, ascending by id; equal on two replicas when both hold the same of
// what they share. Of none: SHA-256 of nothing.
Digest SharedRoot(std::span<const SharedConvention> shared);

// What a digest is in the frames of one session. Eight bytes are found twice with some 2^32 tries:
// the salt is of this session, so that nobody can have tried before it began, and what is equal by
// chance differs in the next.
using ShortDigest = FixedBytes<struct ShortDigestTag, 8>;
ShortDigest Shorten(const Digest& salt, const Digest& digest);
// From the nonces of both hellos; the asker is the replica with the smaller id.
inline constexpr std::size_t kNonceBytes = 16;
Digest SaltOf(absl::string_view asker_nonce, absl::string_view lister_nonce);

// Digest of each group of conventions, by the first byte of the id. Empty groups are absent.
std::map<std::uint8_t, ShortDigest> BucketDigests(const Digest& salt,
                                                  std::span<const SharedConvention> shared);

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_DIGESTS_H_
