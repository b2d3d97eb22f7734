#include <gtest/gtest.h>

#include "core/convention/queries.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

std::vector<std::string> PartnersOf(const ConventionState& state, const ReplicaId& replica) {
  std::vector<std::string> partners;
  for (const RosterEntry& entry : state.Roster()) {
    if (entry.replica != replica) continue;
    partners.insert(partners.end(), entry.partner_ids.begin(), entry.partner_ids.end());
  }
  return partners;
}

using RosterNames = std::vector<std::string>;

TEST(Roster, IsOpenedByTheFounderWhoBringsInPartners) {
  Scenario s;
  const ConventionState& state = s.State();
  EXPECT_EQ(PartnersOf(state, s.history.replica(s.a)), RosterNames{"a"});
  EXPECT_EQ(PartnersOf(state, s.history.replica(s.b)), RosterNames{"b"});
  EXPECT_TRUE(state.InRoster(s.history.replica(s.c)));
  EXPECT_EQ(state.KnownAuthors().size(), 3u);
}

TEST(Roster, LetsAnyMemberBringInANewPartner) {
  Scenario s;
  const auto d = s.history.AddReplica();
  s.history.Write(s.c, "c", Enrol(s.history.key(d), {"d"}));
  EXPECT_TRUE(s.State().InRoster(s.history.replica(d)));
}

TEST(Roster, LetsOnlyAPartnersReplicasAddAnother) {
  Scenario s;
  const auto d = s.history.AddReplica();
  const auto taken = s.history.Write(s.c, "c", Enrol(s.history.key(d), {"b"}));
  EXPECT_FALSE(s.Authorised(taken));
  EXPECT_TRUE(s.Found(taken, FindingCode::kRosterNotAllowed));
  EXPECT_FALSE(s.State().InRoster(s.history.replica(d)));
  s.history.Write(s.b, "b", Enrol(s.history.key(d), {"b"}));
  EXPECT_EQ(PartnersOf(s.State(), s.history.replica(d)), RosterNames{"b"});
}

TEST(Roster, LetsOnlyAPartnersReplicasTakeItsReplicaOut) {
  Scenario s;
  const History::Event entry = 1;  // of b, by the founder
  const auto hostile = s.history.Write(s.c, "c", Enrol(s.history.key(s.b), {}, {s.Leaf(entry)}));
  EXPECT_FALSE(s.Authorised(hostile));
  EXPECT_TRUE(s.State().InRoster(s.history.replica(s.b)));
  s.history.Write(s.b, "b", Enrol(s.history.key(s.b), {}, {s.Leaf(entry)}));
  EXPECT_FALSE(s.State().InRoster(s.history.replica(s.b)));
  // What it writes after that has no authority.
  EXPECT_FALSE(s.Authorised(s.history.Write(s.b, "b", Measure("ind", "2024", "1"))));
}

TEST(Roster, CountsConcurrentFirstEntriesOfAPartnerBoth) {
  Scenario s;
  const auto d = s.history.AddReplica();
  const auto e = s.history.AddReplica();
  s.history.Write(s.b, "b", Enrol(s.history.key(d), {"d"}));
  s.history.Write(s.c, "c", Enrol(s.history.key(e), {"d"}));
  EXPECT_TRUE(s.State().InRoster(s.history.replica(d)));
  EXPECT_TRUE(s.State().InRoster(s.history.replica(e)));
}

TEST(Roster, LosesOnlyTheEntriesThatAreNamedAndSeen) {
  Scenario s;
  const auto d = s.history.AddReplica();
  const auto first = s.history.Write(s.b, "b", Enrol(s.history.key(d), {"d"}));
  // c has not seen it.
  const auto blind = s.history.Write(s.c, "c", Enrol(s.history.key(d), {"e"}, {s.Leaf(first)}));
  EXPECT_TRUE(s.Found(blind, FindingCode::kReplacesIneffective));
  EXPECT_EQ(PartnersOf(s.State(), s.history.replica(d)).size(), 2u);
}

TEST(Roster, GivesNoAuthorityToAStranger) {
  Scenario s;
  const auto stranger = s.history.AddReplica();
  s.history.Learn(stranger, s.a);
  const auto self = s.history.Write(stranger, "z", Enrol(s.history.key(stranger), {"z"}));
  EXPECT_FALSE(s.Authorised(self));
  EXPECT_FALSE(s.State().InRoster(s.history.replica(stranger)));
  const auto measured = s.history.Write(stranger, "a", Measure("ind", "2024", "1"));
  EXPECT_TRUE(s.Found(measured, FindingCode::kNotAuthorised));
}

TEST(Roster, JudgesAnEventByItsOwnPastAlone) {
  Scenario s;
  const History::Event entry = 1;
  // b leaves; concurrently, from another branch of knowledge, b's value was given before.
  s.history.Write(s.b, "b", Enrol(s.history.key(s.b), {}, {s.Leaf(entry)}));
  const auto forked = s.history.Fork(s.b, 0);
  s.history.LearnEvent(forked, s.frozen);
  const auto measured = s.history.Write(forked, "b", Measure("ind", "2024", "1"));
  EXPECT_TRUE(s.Authorised(measured));
}

TEST(Opening, CountsOnlyAsFirstEventOfTheFoundersFeed) {
  Scenario s;
  v1::Event again = s.history.message(0);
  v1::Event opened;
  *opened.mutable_convention_opened() = again.convention_opened();
  const auto late = s.history.Write(s.a, "a", opened);
  const auto other = s.history.AddReplica();
  opened.mutable_convention_opened()->set_public_key(s.history.key(other).ToBytes());
  const auto foreign = s.history.Write(other, "a", opened);
  EXPECT_TRUE(s.Found(late, FindingCode::kOpeningMisplaced));
  EXPECT_TRUE(s.Found(foreign, FindingCode::kOpeningMisplaced));
  EXPECT_FALSE(s.Authorised(late));
  EXPECT_FALSE(s.Authorised(foreign));
  EXPECT_EQ(s.Data().openings.size(), 1u);
}

// Two replicas learn of two entries in either order: what they say of each is the same.
TEST(Roster, NamesPartnersInOneOrderWhicheverEntryArrivedFirst) {
  Scenario s;
  const auto d = s.history.AddReplica();
  const auto e = s.history.AddReplica();
  const auto before = s.history.size();
  const auto of_b = s.history.Write(s.b, "b", Enrol(s.history.key(d), {"n"}));
  const auto of_c = s.history.Write(s.c, "c", Enrol(s.history.key(e), {"m", "n"}));
  std::vector<std::string> told;
  for (const auto& order : {std::vector<History::Event>{of_b, of_c}, {of_c, of_b}}) {
    HistoryPlayer player(s.history);
    for (History::Event event = 0; event < before; ++event) player.Apply(event);
    player.Apply(order);
    told.emplace_back();
    for (const v1::RosterEntryView& one : ViewRoster(player.state())) {
      told.back() += one.event().summary() + "\n";
    }
  }
  EXPECT_NE(told[0].find("« m », le partenaire « n »"), std::string::npos) << told[0];
  EXPECT_EQ(told[1], told[0]);
}

}  // namespace
}  // namespace greffe::test
