#include "core/feed/merkle.h"

#include "absl/strings/escaping.h"
#include "tests/core/feed/slow_tree.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

// The eight leaves used by the reference implementations of RFC 6962, and their roots.
const char* const kLeaves[] = {"",
                               "00",
                               "10",
                               "2021",
                               "3031",
                               "40414243",
                               "5051525354555657",
                               "606162636465666768696a6b6c6d6e6f"};
const char* const kRoots[] = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(MerkleFrontier, GivesTheKnownRootsOfRfc6962) {
  MerkleFrontier frontier;
  EXPECT_EQ(frontier.Root().ToHex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < 8; ++i) {
    frontier.Append(LeafHash(absl::HexStringToBytes(kLeaves[i])));
    EXPECT_EQ(frontier.Root().ToHex(), kRoots[i]) << i + 1;
  }
}

TEST(MerkleFrontier, AgreesWithTheSlowTreeAtEverySize) {
  StoredTree tree;
  for (int i = 0; i < 200; ++i) {
    tree.Append(LeafHash(std::to_string(i)));
    ASSERT_EQ(tree.frontier().Root(), SlowRoot(tree.leaves())) << i + 1;
  }
}

TEST(MerkleFrontier, IsFoundAgainFromStoredNodesAtEveryEarlierSize) {
  StoredTree tree;
  for (int i = 0; i < 130; ++i) tree.Append(LeafHash(std::to_string(i)));
  for (std::uint64_t size = 0; size <= 130; ++size) {
    const auto frontier = MerkleFrontier::At(size, tree.Reader());
    ASSERT_OK(frontier);
    EXPECT_EQ(frontier->size(), size);
    EXPECT_EQ(frontier->Root(), SlowRoot(std::span(tree.leaves()).first(size)));
    EXPECT_EQ(*RootAt(size, tree.Reader()), frontier->Root());
  }
}

TEST(MerkleFrontier, SaysWhenANodeIsMissing) {
  StoredTree tree;
  tree.Append(LeafHash("0"));
  EXPECT_THAT(MerkleFrontier::At(3, tree.Reader()),
              testing_support::StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace greffe
