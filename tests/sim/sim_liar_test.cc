// F18: one key, two machines, two stories.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sim/sim_world.h"

namespace greffe::sim {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::size_t Branches(World& world, int index, const std::string& convention, int of) {
  std::size_t branches = 0;
  for (const auto& branch :
       world.node(index).honest_view().Branches(*ConventionId::FromHex(convention, "id"))) {
    branches += branch.point.replica == world.node(of).id() ? 1 : 0;
  }
  return branches;
}

// Node 0 and its twin tell node 1 and node 2 different things.
class SimLiar : public ::testing::Test {
 protected:
  SimLiar() : world_({.nodes = 3, .seed = 18}) {
    convention_ = world_.CreateConvention(1, {0, 1, 2});
    world_.Connect(0, 1);
    world_.Connect(1, 2);
    world_.Run();
    world_.Measure(0, convention_, 101);
    world_.Run();
    world_.DisconnectAll();
    twin_ = world_.AddTwin(0);
    world_.Measure(0, convention_, 102);
    world_.Measure(twin_, convention_, 103);
    world_.Connect(0, 1);
    world_.Connect(twin_, 2);
    world_.Run();
  }

  World world_;
  std::string convention_;
  int twin_ = 0;
};

TEST_F(SimLiar, IsFoundAtTheFirstMeetingAndBothStoriesAreKept) {
  EXPECT_EQ(Branches(world_, 1, convention_, 0), 1u);

  world_.Connect(1, 2);
  world_.Run();
  world_.Check();

  EXPECT_EQ(Branches(world_, 1, convention_, 0), 2u);
  EXPECT_EQ(Branches(world_, 2, convention_, 0), 2u);
  EXPECT_TRUE(world_.InSync(1, 2));
  EXPECT_THAT(world_.violations(), IsEmpty());
}

// Invariant 8: shown beside every answer, with the name of the one that told two stories and of
// nobody else; before the branches meet, of nobody.
TEST_F(SimLiar, IsShownByNameToEveryHonestMemberAndNobodyElseIs) {
  const auto shown_at = [this](int index) {
    v1::GetConventionRequest request;
    request.set_convention_id(convention_);
    const auto answer =
        world_.node(index).replica().GetConvention(world_.node(index).call(), request);
    std::vector<std::string> banners;
    if (!answer.ok()) return banners;
    return std::vector<std::string>(answer->context().banners().begin(),
                                    answer->context().banners().end());
  };
  for (const int index : {1, 2}) EXPECT_THAT(shown_at(index), IsEmpty()) << index;

  world_.Connect(1, 2);
  world_.Run();

  for (const int index : {1, 2}) {
    const std::vector<std::string> banners = shown_at(index);
    ASSERT_EQ(banners.size(), 1u) << index;
    EXPECT_THAT(banners[0], HasSubstr(world_.node(0).id().ToHex().substr(0, 12)));
    EXPECT_THAT(banners[0], HasSubstr(world_.node(0).partner_id()));
    EXPECT_THAT(banners[0], HasSubstr("deux suites depuis l'événement"));
    for (const int honest : {1, 2}) {
      EXPECT_THAT(banners[0], Not(HasSubstr(world_.node(honest).id().ToHex().substr(0, 12))));
      EXPECT_THAT(banners[0], Not(HasSubstr(world_.node(honest).partner_id())));
    }
  }
}

TEST_F(SimLiar, StopsNobodyElse) {
  world_.Connect(1, 2);
  world_.Run();

  EXPECT_FALSE(world_.Measure(1, convention_, 104).empty());
  EXPECT_FALSE(world_.Measure(2, convention_, 105).empty());
  world_.Run();

  EXPECT_TRUE(world_.InSync(1, 2));
  EXPECT_THAT(world_.violations(), IsEmpty());
}

TEST_F(SimLiar, StopsSigningOnceItIsShownTheOtherStory) {
  world_.Connect(1, 2);
  world_.Run();

  EXPECT_FALSE(world_.node(0).replica().Writable().ok());
  EXPECT_TRUE(world_.Measure(0, convention_, 106).empty());
}

TEST_F(SimLiar, LeavesAllHonestMembersWithTheSameState) {
  world_.Settle();

  EXPECT_THAT(world_.violations(), IsEmpty());
  EXPECT_GT(world_.exercised().forks, 0u);
}

}  // namespace
}  // namespace greffe::sim
