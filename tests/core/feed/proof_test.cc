#include "core/feed/proof.h"

#include "tests/core/feed/slow_tree.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::StatusIs;

StoredTree TreeOf(int size) {
  StoredTree tree;
  for (int i = 0; i < size; ++i) tree.Append(LeafHash(std::to_string(i)));
  return tree;
}

Digest RootOf(const StoredTree& tree, std::uint64_t size) {
  return SlowRoot(std::span(tree.leaves()).first(size));
}

TEST(InclusionProof, VerifiesForEveryEventOfEverySize) {
  const StoredTree tree = TreeOf(70);
  for (std::uint64_t size = 1; size <= 70; ++size) {
    for (std::uint64_t index = 0; index < size; ++index) {
      const auto path = InclusionProof(index, size, tree.Reader());
      ASSERT_OK(path);
      ASSERT_OK(VerifyInclusion(tree.leaves()[index], index, size, *path, RootOf(tree, size)))
          << index << " of " << size;
    }
  }
}

TEST(InclusionProof, FailsForAnotherLeafPlaceSizeOrPath) {
  const StoredTree tree = TreeOf(37);
  const Digest root = RootOf(tree, 37);
  for (std::uint64_t index = 0; index < 37; ++index) {
    std::vector<Digest> path = *InclusionProof(index, 37, tree.Reader());
    const Digest& leaf = tree.leaves()[index];
    EXPECT_THAT(VerifyInclusion(LeafHash("other"), index, 37, path, root),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("root")));
    EXPECT_FALSE(VerifyInclusion(leaf, (index + 1) % 37, 37, path, root).ok());
    std::vector<Digest> longer = path;
    longer.push_back(leaf);
    EXPECT_THAT(VerifyInclusion(leaf, index, 37, longer, root),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("path length")));
    path.pop_back();
    EXPECT_FALSE(VerifyInclusion(leaf, index, 37, path, root).ok());
  }
}

TEST(ConsistencyProof, VerifiesBetweenAnyTwoSizes) {
  const StoredTree tree = TreeOf(50);
  for (std::uint64_t to = 1; to <= 50; ++to) {
    for (std::uint64_t from = 1; from <= to; ++from) {
      const auto path = ConsistencyProof(from, to, tree.Reader());
      ASSERT_OK(path);
      ASSERT_OK(VerifyConsistency(from, RootOf(tree, from), to, RootOf(tree, to), *path))
          << from << " to " << to;
    }
  }
}

TEST(ConsistencyProof, FailsForAForkedTree) {
  const StoredTree tree = TreeOf(40);
  StoredTree fork;
  for (int i = 0; i < 40; ++i) fork.Append(LeafHash(i == 17 ? "forged" : std::to_string(i)));
  for (std::uint64_t from = 18; from < 40; ++from) {
    const auto path = *ConsistencyProof(from, 40, fork.Reader());
    EXPECT_THAT(VerifyConsistency(from, RootOf(tree, from), 40, RootOf(fork, 40), path),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("consistency, ")))
        << from;
  }
}

TEST(Proofs, RefuseSizesThatMakeNoSense) {
  const StoredTree tree = TreeOf(4);
  EXPECT_THAT(InclusionProof(4, 4, tree.Reader()), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ConsistencyProof(0, 4, tree.Reader()), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ConsistencyProof(5, 4, tree.Reader()), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace greffe
