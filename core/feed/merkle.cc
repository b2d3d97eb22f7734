#include "core/feed/merkle.h"

#include <bit>

#include "core/base/status_macros.h"

namespace greffe {

void MerkleFrontier::Append(const Digest& leaf, std::vector<MerkleNode>* completed) {
  Digest node = leaf;
  std::uint64_t index = size_;
  std::uint8_t level = 0;
  if (completed != nullptr) completed->push_back({level, index, node});
  // Each trailing one bit of the size is a finished left sibling.
  while (index & 1) {
    node = NodeHash(peaks_.back(), node);
    peaks_.pop_back();
    index >>= 1;
    ++level;
    if (completed != nullptr) completed->push_back({level, index, node});
  }
  peaks_.push_back(node);
  ++size_;
}

Digest MerkleFrontier::Root() const {
  if (peaks_.empty()) return Sha256({});
  Digest root = peaks_.back();
  for (std::size_t i = peaks_.size() - 1; i-- > 0;) root = NodeHash(peaks_[i], root);
  return root;
}

absl::StatusOr<MerkleFrontier> MerkleFrontier::At(std::uint64_t size, const NodeReader& read) {
  MerkleFrontier out;
  std::uint64_t begin = 0;
  for (int level = 63; level >= 0; --level) {
    if (((size >> level) & 1) == 0) continue;
    ASSIGN_OR_RETURN(Digest peak, read(static_cast<std::uint8_t>(level), begin >> level));
    out.peaks_.push_back(peak);
    begin += std::uint64_t{1} << level;
  }
  out.size_ = size;
  return out;
}

absl::StatusOr<Digest> RootAt(std::uint64_t size, const NodeReader& read) {
  ASSIGN_OR_RETURN(const MerkleFrontier frontier, MerkleFrontier::At(size, read));
  return frontier.Root();
}

}  // namespace greffe
