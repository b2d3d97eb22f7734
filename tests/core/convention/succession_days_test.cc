// Successions day by day: the places of many days, whatever the order in which they are asked for,
// and however many records one partner makes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/convention/checks/life_check.h"
#include "core/convention/text/party_book.h"
#include "core/convention/text/party_roll.h"
#include "core/convention/text/succession.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Life = v1::LifeRecorded;

// Partners a, b, c are the parties, d is none; concluded in February 2024.
struct Days {
  test::Scenario play;
  test::History::Author d;
  const CivilDate first = test::Day("2025-01-01");

  Days() : d(play.history.AddReplica()) {
    play.SignByAll(play.frozen, "2024-02-01");
    play.history.Write(play.a, "a", test::Enrol(play.history.key(d), {"d"}));
    play.history.LearnAll();
  }

  CivilDate On(int day) const { return {first.days + day}; }
  // `author` says that `after` succeeds in the place of c.
  void Succeed(test::History::Author author, const std::string& partner, const std::string& after,
               int day, const std::string& place = "c") {
    Life fact = test::Plain(Life::kPartySucceeded, On(day).ToString());
    fact.set_element_id("partie-" + place);
    fact.mutable_party_succeeded()->set_successor_name("nouvelle");
    fact.mutable_party_succeeded()->set_successor_partner_id(after);
    fact.mutable_party_succeeded()->set_reference("décret");
    play.history.Write(author, partner, test::Happened(std::move(fact)));
  }
  // c gives its place to d, d gives it back the day after, and so on.
  void GoBackAndForth(int days) {
    for (int day = 0; day < days; ++day) {
      if (day % 2 == 0) {
        Succeed(play.c, "c", "d", day);
      } else {
        Succeed(d, "d", "c", day);
      }
    }
  }
};

TEST(PartyRolls, AreTheSameInWhateverOrderDaysAreAskedFor) {
  constexpr int kDays = 200;
  Days life;
  life.GoBackAndForth(kDays);
  const StateData& data = life.play.Data();
  std::vector<int> order;
  for (int day = -1; day <= kDays; ++day) order.push_back(day);
  std::shuffle(order.begin(), order.end(), std::mt19937(7));
  const PartyRolls rolls(data);

  for (const int day : order) {
    const PartyRoll& roll = rolls.On(life.On(day));
    const bool of_d = day >= 0 && std::min(day, kDays - 1) % 2 == 0;
    EXPECT_EQ(roll.HolderOf("partie-c"), of_d ? "d" : "c") << day;
    EXPECT_EQ(roll.IsParty("d"), of_d) << day;
    EXPECT_EQ(roll.IsSucceeded("c"), of_d) << day;
    EXPECT_EQ(roll.IsSucceeded("d"), day > 0 && !of_d) << day;
    EXPECT_EQ(roll.sides, 3u) << day;
  }
}

TEST(PartyRolls, OfThousandsOfSuccessionsAreMadeInOnePass) {
  // Moving every roll from the text again, some 450 million moves, outlasts the limit of the test.
  constexpr int kDays = 30'000;
  Days life;
  life.GoBackAndForth(kDays);
  const StateData& data = life.play.Data();
  const PartyRolls rolls(data);

  EXPECT_EQ(rolls.successions().size(), static_cast<std::size_t>(kDays));
  int held_by_d = 0;
  for (int day = 0; day < kDays; ++day) {
    if (rolls.On(life.On(day)).HolderOf("partie-c") == "d") ++held_by_d;
  }

  EXPECT_EQ(held_by_d, kDays / 2);
  EXPECT_EQ(rolls.On(life.On(kDays)).HolderOf("partie-c"), "c");
}

// Each act is found once, and not on a day on which the party has its place again.
TEST(LifeFindings, FindOnceWhatASucceededPartyDoes) {
  constexpr int kDays = 40;
  Days life;
  life.GoBackAndForth(kDays);
  for (int day = 0; day < kDays; ++day) {
    life.play.history.Write(
        life.play.c, "c",
        test::Happened(test::Notice(v1::NOTICE_KIND_BREACH, life.On(day).ToString(), {"a"})));
  }
  const StateData& data = life.play.Data();
  const CivilDate today = life.On(kDays);
  const ConsolidatedText text = Consolidate(data, today);

  std::set<std::string> leaves;
  int found = 0;
  for (const v1::Finding& one :
       LifeFindings(data, PartyBook(data), LifeBook(data, text, today), text, today)) {
    if (one.code() != "succeeded-party-acts") continue;
    ++found;
    leaves.insert(one.leaf());
  }

  EXPECT_EQ(found, kDays / 2);
  EXPECT_EQ(leaves.size(), static_cast<std::size_t>(found));
}

TEST(OfOnePlace, FollowsAChainThatNoTextNames) {
  Days life;
  life.Succeed(life.play.c, "c", "d", 0);
  life.Succeed(life.d, "d", "e", 10);
  life.play.history.LearnAll();

  const auto places = OfOnePlace(life.play.Data());

  EXPECT_THAT(places.at("c"), UnorderedElementsAre("c", "d", "e"));
  EXPECT_THAT(places.at("e"), UnorderedElementsAre("c", "d", "e"));
}

TEST(OfOnePlace, HearsTwoPartiesAtTwoReplicasAndNotOneAlone) {
  Days alone;
  for (int day = 0; day < 20; ++day) alone.Succeed(alone.play.b, "b", "d", day, "a");
  EXPECT_THAT(OfOnePlace(alone.play.Data()), IsEmpty());

  Days both;
  both.Succeed(both.play.b, "b", "d", 0, "a");
  both.Succeed(both.play.c, "c", "d", 0, "a");
  EXPECT_THAT(OfOnePlace(both.play.Data()).at("a"), UnorderedElementsAre("a", "d"));
}

}  // namespace
}  // namespace greffe
