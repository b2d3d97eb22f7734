#ifndef GREFFE_CORE_SYNC_DIGESTS_H_
#define GREFFE_CORE_SYNC_DIGESTS_H_

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "core/base/ids.h"
#include "core/sync/replica_view.h"

namespace greffe::sync {

// Digest of what is held of one convention: a function of the set of its points, one per branch.
Digest ConventionDigest(std::vector<Point> points);

// Root over shared conventions, ascending by id; equal on two replicas when both hold the same of
// what they share. Of none: SHA-256 of nothing.
Digest SharedRoot(std::span<const SharedConvention> shared);

// The first 8 bytes of a digest, as frames carry it.
using ShortDigest = FixedBytes<struct ShortDigestTag, 8>;
ShortDigest Shorten(const Digest& digest);

// Digest of each group of conventions, by the first byte of the id. Empty groups are absent.
std::map<std::uint8_t, ShortDigest> BucketDigests(std::span<const SharedConvention> shared);

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_DIGESTS_H_
