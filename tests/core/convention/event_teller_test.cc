#include "core/convention/reading/event_teller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/convention/reading/stale.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A replica of two partners d and e, brought in by a and by c, who had not seen each other, each
// under a name; then it measures for one of them.
struct Hosted {
  Scenario play;
  History::Author host = play.history.AddReplica();

  void Enter(History::Author by, const std::string& partner, const std::string& name,
             const std::vector<std::string>& partners) {
    v1::Event entry = Enrol(play.history.key(host), partners);
    entry.mutable_roster_entry_set()->set_name(name);
    play.history.Write(by, partner, std::move(entry));
  }
  v1::EventView Measured(const std::string& partner) {
    play.history.LearnAll();
    const auto event = play.history.Write(host, partner, Measure("ind", "2025", "3"));
    play.history.LearnAll();
    const StateData& data = play.Data();
    const EventNumber number = data.FindEvent(play.Leaf(event));
    EventTeller teller(data);
    const v1::EventView told = teller.View(number);
    // Told from the event itself, who it was recorded for is the same.
    EXPECT_EQ(teller.View(play.history.message(event), play.Leaf(event)).authorised(),
              told.authorised());
    return told;
  }
};

TEST(EventTeller, NamesAReplicaOfSeveralNamesByTheLeast) {
  for (const auto& [first, second] : {std::pair("Annexe", "Zone"), std::pair("Zone", "Annexe")}) {
    Hosted hosted;
    hosted.Enter(hosted.play.a, "a", first, {"d", "e"});
    hosted.Enter(hosted.play.c, "c", second, {"d", "e"});
    const v1::EventView told = hosted.Measured("e");
    ASSERT_TRUE(told.authorised());
    EXPECT_THAT(told.summary(), HasSubstr("« Annexe »")) << first;
    EXPECT_THAT(told.summary(), Not(HasSubstr("Zone")));
    EXPECT_THAT(told.summary_en(), HasSubstr("“Annexe”"));
  }
}

TEST(EventTeller, PassesOverAnEntryWithoutAName) {
  for (const auto& [first, second] : {std::pair("", "Zone"), std::pair("Zone", "")}) {
    Hosted hosted;
    hosted.Enter(hosted.play.a, "a", first, {"d", "e"});
    hosted.Enter(hosted.play.c, "c", second, {"d", "e"});
    EXPECT_THAT(hosted.Measured("e").summary(), HasSubstr("« Zone »"));
  }
  Hosted nameless;
  nameless.Enter(nameless.play.a, "a", "", {"d", "e"});
  const std::string id = nameless.play.history.replica(nameless.host).ToHex().substr(0, 12);
  EXPECT_THAT(nameless.Measured("e").summary(), HasSubstr(id));
}

// At home one records for oneself.
TEST(EventTeller, SaysNothingOfAReplicaThatActsForOnePartner) {
  Hosted alone;
  alone.Enter(alone.play.a, "a", "Zone", {"d"});
  EXPECT_THAT(alone.Measured("d").summary(), Not(HasSubstr("Zone")));
  // By its name, or by the id of a party that has another.
  Hosted own;
  v1::Element party = PartyElement("e", {"oe"});
  party.mutable_party()->set_name("Établissement E");
  own.play.history.Write(own.play.a, "a", Draft(own.play.original, {party}));
  own.Enter(own.play.a, "a", "e", {"d", "e"});
  const v1::EventView at_home = own.Measured("e");
  ASSERT_TRUE(at_home.authorised());
  EXPECT_THAT(at_home.summary(), Not(HasSubstr("réplique")));
  EXPECT_THAT(own.Measured("d").summary(), HasSubstr("« e »"));
}

TEST(EventTeller, KeepsATimeBefore1970) {
  const std::pair<std::int64_t, std::int32_t> times[] = {
      {-2, 500'000'000}, {-1, 0}, {-1, 999'999'000}, {0, 0}, {0, 1000}, {7, 250'000'000}};
  for (const auto& [seconds, nanos] : times) {
    Scenario play;
    v1::Event event = Measure("ind", "2025", "3");
    event.mutable_recorded_at()->set_seconds(seconds);
    event.mutable_recorded_at()->set_nanos(nanos);
    const auto written = play.history.Write(play.a, "a", std::move(event));
    const StateData& data = play.Data();
    const v1::EventView told = EventTeller(data).View(data.FindEvent(play.Leaf(written)));
    EXPECT_EQ(told.recorded_at().seconds(), seconds);
    EXPECT_EQ(told.recorded_at().nanos(), nanos) << seconds;
  }
}

// Of an event that is not applied here nothing is known against it.
TEST(EventTeller, SaysWhetherTheAuthorHadAuthority) {
  Scenario play;
  const auto sound = play.history.Write(play.b, "b", Measure("ind", "2025", "3"));
  const auto usurped = play.history.Write(play.b, "a", Measure("ind", "2026", "3"));
  const StateData& data = play.Data();
  EventTeller teller(data);
  const auto both = [&](History::Event event) {
    const v1::EventView facts = teller.View(data.FindEvent(play.Leaf(event)));
    const v1::EventView stored = teller.View(play.history.message(event), play.Leaf(event));
    EXPECT_EQ(facts.authorised(), stored.authorised());
    EXPECT_EQ(facts.leaf(), stored.leaf());
    EXPECT_EQ(facts.replica_id(), stored.replica_id());
    EXPECT_EQ(facts.sequence(), stored.sequence());
    return facts.authorised();
  };
  EXPECT_TRUE(both(sound));
  EXPECT_FALSE(both(usurped));
  EXPECT_TRUE(teller.View(play.history.message(usurped), Digest()).authorised());
}

// Half past midnight in Paris is the evening before in UTC.
TEST(AuthorText, SaysTheDayInParis) {
  for (const auto& [seconds, day] : {std::pair(1751322600, "on 1 July 2025"),        // 22:30 UTC
                                     std::pair(1751320800 - 60, "on 30 June 2025"),  // 21:59 UTC
                                     std::pair(1735687800, "on 1 January 2025")}) {  // 23:30 UTC
    Scenario play;
    v1::Event event = Measure("ind", "2025", "3");
    event.mutable_recorded_at()->set_seconds(seconds);
    const auto written = play.history.Write(play.a, "a", std::move(event));
    const StateData& data = play.Data();
    EXPECT_THAT(AuthorText(data, data.FindEvent(play.Leaf(written))).en, HasSubstr(day));
  }
}

}  // namespace
}  // namespace greffe::test
