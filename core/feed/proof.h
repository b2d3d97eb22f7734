#ifndef GREFFE_CORE_FEED_PROOF_H_
#define GREFFE_CORE_FEED_PROOF_H_

#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/base/digest.h"
#include "core/feed/merkle.h"

namespace greffe {

// RFC 6962 section 2.1.1. INVALID_ARGUMENT when index >= size.
absl::StatusOr<std::vector<Digest>> InclusionProof(std::uint64_t index, std::uint64_t size,
                                                   const NodeReader& read);
// RFC 6962 section 2.1.2. INVALID_ARGUMENT unless 0 < from <= to.
absl::StatusOr<std::vector<Digest>> ConsistencyProof(std::uint64_t from, std::uint64_t to,
                                                     const NodeReader& read);

// OK, or DATA_LOSS saying which step failed: path length or root (both hashes).
absl::Status VerifyInclusion(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                             std::span<const Digest> path, const Digest& root);
absl::Status VerifyConsistency(std::uint64_t from, const Digest& from_root, std::uint64_t to,
                               const Digest& to_root, std::span<const Digest> path);

}  // namespace greffe

#endif  // GREFFE_CORE_FEED_PROOF_H_
