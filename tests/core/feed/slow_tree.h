#ifndef GREFFE_TESTS_CORE_FEED_SLOW_TREE_H_
#define GREFFE_TESTS_CORE_FEED_SLOW_TREE_H_

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "core/base/digest.h"
#include "core/feed/merkle.h"

namespace greffe {

// RFC 6962 section 2.1 word for word, quadratic: the oracle.
inline Digest SlowRoot(std::span<const Digest> leaves) {
  if (leaves.empty()) return Sha256({});
  if (leaves.size() == 1) return leaves[0];
  std::size_t split = 1;
  while (split * 2 < leaves.size()) split *= 2;
  return NodeHash(SlowRoot(leaves.first(split)), SlowRoot(leaves.subspan(split)));
}

// A tree whose complete nodes are stored, as the event store keeps them.
class StoredTree {
 public:
  void Append(const Digest& leaf) {
    leaves_.push_back(leaf);
    std::vector<MerkleNode> completed;
    frontier_.Append(leaf, &completed);
    for (const MerkleNode& node : completed) nodes_[{node.level, node.index}] = node.hash;
  }
  NodeReader Reader() const {
    return [this](std::uint8_t level, std::uint64_t index) -> absl::StatusOr<Digest> {
      const auto it = nodes_.find({level, index});
      if (it == nodes_.end()) return absl::NotFoundError("node");
      return it->second;
    };
  }
  const std::vector<Digest>& leaves() const { return leaves_; }
  const MerkleFrontier& frontier() const { return frontier_; }

 private:
  std::vector<Digest> leaves_;
  MerkleFrontier frontier_;
  std::map<std::pair<std::uint8_t, std::uint64_t>, Digest> nodes_;
};

}  // namespace greffe

#endif  // GREFFE_TESTS_CORE_FEED_SLOW_TREE_H_
