#ifndef GREFFE_CORE_FEED_MERKLE_H_
#define GREFFE_CORE_FEED_MERKLE_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "core/base/digest.h"

namespace greffe {

// A complete node of an RFC 6962 tree: the hash over leaves [index << level, (index + 1) << level).
// Level 0 is the leaf hash. Complete nodes never change once written.
struct MerkleNode {
  std::uint8_t level = 0;
  std::uint64_t index = 0;
  Digest hash;
};

// Reads a complete node. NOT_FOUND when the store lacks it.
using NodeReader = std::function<absl::StatusOr<Digest>(std::uint8_t level, std::uint64_t index)>;

// The right edge of a tree: enough to append and to compute the root, at most 64 hashes.
class MerkleFrontier final {
 public:
  MerkleFrontier() = default;

  std::uint64_t size() const { return size_; }
  // Appends a leaf hash. Nodes completed by it are added to `completed`, leaf first, unless null.
  void Append(const Digest& leaf, std::vector<MerkleNode>* completed = nullptr);
  // RFC 6962 section 2.1; of an empty tree: SHA-256 of nothing.
  Digest Root() const;
  // Roots of the complete subtrees, largest first: one per set bit of size().
  const std::vector<Digest>& peaks() const { return peaks_; }

  // The frontier after `size` leaves of a stored tree.
  static absl::StatusOr<MerkleFrontier> At(std::uint64_t size, const NodeReader& read);

 private:
  std::uint64_t size_ = 0;
  std::vector<Digest> peaks_;
};

// Root over the first `size` leaves of a stored tree.
absl::StatusOr<Digest> RootAt(std::uint64_t size, const NodeReader& read);

}  // namespace greffe

#endif  // GREFFE_CORE_FEED_MERKLE_H_
