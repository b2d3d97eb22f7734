#include "core/convention/state/causality.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

using Points = std::vector<LocalPoint>;

TEST(Causality, AppliesOnlyTheNextEventWhosePastIsApplied) {
  Causality causality;
  ASSERT_TRUE(causality.AddBranch(10, std::nullopt, 0));
  ASSERT_TRUE(causality.AddBranch(20, std::nullopt, 0));
  EXPECT_FALSE(causality.AddBranch(20, std::nullopt, 0));
  EXPECT_TRUE(causality.CanApply({10, 0}, {}));
  EXPECT_FALSE(causality.CanApply({10, 1}, {}));
  EXPECT_FALSE(causality.CanApply({30, 0}, {}));
  EXPECT_FALSE(causality.CanApply({20, 0}, Points{{10, 1}}));
  EXPECT_FALSE(causality.CanApply({20, 0}, Points{{99, 1}}));
  causality.Append(0, {});
  EXPECT_TRUE(causality.CanApply({20, 0}, Points{{10, 1}}));
  // An event cannot have seen itself.
  EXPECT_FALSE(causality.CanApply({10, 1}, Points{{10, 2}}));
}

TEST(Causality, SeesThroughOthers) {
  Causality causality;
  for (FeedNumber feed : {0, 1, 2}) causality.AddBranch(feed, std::nullopt, 0);
  causality.Append(0, {});
  causality.Append(1, Points{{0, 1}});
  causality.Append(0, {});
  causality.Append(2, Points{{1, 1}});
  EXPECT_TRUE(causality.Saw(2, 0, 0, 0));
  EXPECT_FALSE(causality.Saw(2, 0, 0, 1));
  EXPECT_EQ(causality.PastOf({2, 0}), (Points{{0, 1}, {1, 1}, {2, 1}}));
  EXPECT_EQ(causality.PastSize(2, 0), 3u);
}

// Branch 1 shares [0, 2) with branch 0.
TEST(Causality, CountsTheSharedPrefixOfAForkOnce) {
  Causality causality;
  causality.AddBranch(0, std::nullopt, 0);
  causality.AddBranch(1, FeedNumber{0}, 2);
  causality.AddBranch(2, std::nullopt, 0);
  causality.Append(0, {});
  EXPECT_EQ(causality.Applied(1), 1u);
  EXPECT_FALSE(causality.CanApply({1, 1}, {}));
  causality.Append(0, {});
  EXPECT_TRUE(causality.CanApply({1, 2}, {}));
  causality.Append(1, {});
  causality.Append(0, {});
  EXPECT_TRUE(causality.Saw(1, 2, 0, 1));
  EXPECT_FALSE(causality.Saw(1, 2, 0, 2));
  EXPECT_FALSE(causality.Saw(0, 2, 1, 2));
  EXPECT_EQ(causality.PastOf({1, 2}), (Points{{1, 3}}));
  // A point inside the prefix is the parent's, whichever branch names it.
  causality.Append(2, Points{{1, 1}});
  EXPECT_TRUE(causality.Saw(2, 0, 0, 0));
  EXPECT_FALSE(causality.Saw(2, 0, 0, 1));
  EXPECT_EQ(causality.PastOf({2, 0}), (Points{{0, 1}, {2, 1}}));
  causality.Append(2, Points{{0, 3}, {1, 3}});
  EXPECT_EQ(causality.PastOf({2, 1}), (Points{{0, 3}, {1, 3}, {2, 2}}));
  EXPECT_EQ(causality.Tips(), (Points{{0, 3}, {1, 3}, {2, 2}}));
  EXPECT_TRUE(causality.InCut(Points{{1, 2}}, 0, 1));
  EXPECT_FALSE(causality.InCut(Points{{1, 3}}, 0, 2));
}

TEST(Causality, SaysTheSameHoweverTheParentIsNamed) {
  Causality first;
  first.AddBranch(0, std::nullopt, 0);
  first.AddBranch(1, FeedNumber{0}, 1);
  for (const BranchIndex branch : {0, 0, 1}) first.Append(branch, {});
  Causality second;
  second.AddBranch(1, std::nullopt, 0);
  second.AddBranch(0, FeedNumber{1}, 1);
  for (const BranchIndex branch : {0, 0, 1}) second.Append(branch, {});
  EXPECT_EQ(first.Tips(), second.Tips());
  EXPECT_EQ(first.PastOf({0, 1}), second.PastOf({0, 1}));
  EXPECT_EQ(first.PastOf({1, 1}), second.PastOf({1, 1}));
  EXPECT_EQ(first.PastOf({0, 1}), (Points{{0, 2}}));
}

}  // namespace
}  // namespace greffe
