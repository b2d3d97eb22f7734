#include "core/convention/text/standing_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/convention/reading/delegation.h"
#include "core/convention/text/succession.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe {
namespace {

using test::Day;
using test::Happened;
using test::History;
using test::Replacing;
using ::testing::HasSubstr;
using Life = v1::LifeRecorded;

constexpr char kDeputy[] = "première adjointe";

Life Delegation(const std::string& until) {
  Life fact = test::Plain(Life::kDelegationRecorded, "2024-03-01");
  fact.set_element_id("partie-c");
  v1::DelegationRecorded* given = fact.mutable_delegation_recorded();
  given->set_office_id("oc");
  given->set_capacity(kDeputy);
  given->set_from("2024-03-01");
  given->set_until(until);
  return fact;
}

// Partner c delegates the signature of its office; d then has c's place by law. Every partner has
// its replica; e is a second one of c.
struct Delegating {
  test::Scenario play;
  History::Author d;
  History::Author e;
  History::Event delegation;

  Delegating() : d(play.history.AddReplica()), e(play.history.AddReplica()) {
    play.SignByAll(play.frozen, "2024-02-01");
    play.history.Write(play.a, "a", test::Enrol(play.history.key(d), {"d"}));
    play.history.Write(play.c, "c", test::Enrol(play.history.key(e), {"c"}));
    delegation = Write(play.c, "c", Delegation("2028-12-31"));
    Life succeeded = test::Plain(Life::kPartySucceeded, "2025-01-01");
    succeeded.set_element_id("partie-c");
    succeeded.mutable_party_succeeded()->set_successor_partner_id("d");
    Write(play.c, "c", std::move(succeeded));
    play.history.LearnAll();
  }

  History::Event Write(History::Author author, const std::string& partner, Life fact) {
    return play.history.Write(author, partner, Happened(std::move(fact)));
  }
  // d says that the delegation ended before it had the place.
  History::Event EndedBySuccessor() {
    return Write(d, "d", Replacing(Delegation("2024-12-31"), {play.Leaf(delegation)}));
  }
  // An avenant that everybody knows, to be signed for c.
  History::Event Avenant() {
    const auto frozen =
        play.Avenant(play.a, "a", 7, test::Draft({}, {test::ArticleElement("art-1", "neuf")}),
                     "2025-06-01", {play.Leaf(play.frozen)});
    play.history.LearnAll();
    return frozen;
  }
  History::Event SignAsDeputy(History::Author author, History::Event revision) {
    v1::Event sign = test::Sign(play.Leaf(revision), "oc", "2025-05-01");
    sign.mutable_signature_given()->set_capacity(kDeputy);
    return play.history.Write(author, "c", sign);
  }
  // The one fact of life that an event recorded, as the author of another had seen it.
  bool Stands(History::Event fact) {
    const StateData& data = play.Data();
    return StandingFacts(data).Has(FactOf(data, fact));
  }
  bool Stands(History::Event fact, History::Event seen_by) {
    const StateData& data = play.Data();
    return StandingFacts(data, data.FindEvent(play.Leaf(seen_by))).Has(FactOf(data, fact));
  }
  // What is said of a signature that no delegation allows: by what its author had seen, or by what
  // is on record since; empty of one that holds.
  std::string FoundWithout(History::Event signature) {
    const StateData& data = play.Data();
    for (const v1::Finding& one : CapacityFindings(data)) {
      if (one.code() == "capacity-without-delegation" &&
          one.leaf() == play.Leaf(signature).ToHex()) {
        return one.text();
      }
    }
    return "";
  }

 private:
  const LifeFact& FactOf(const StateData& data, History::Event fact) const {
    return data.life[data.life_by_event.at(data.FindEvent(play.Leaf(fact)))];
  }
};

TEST(StandingFacts, EndWithTheSuccessorsCorrectionForWhoHasSeenIt) {
  Delegating play;
  const auto corrected = play.EndedBySuccessor();
  play.play.history.Learn(play.play.c, play.d);
  const auto knew =
      play.Write(play.play.c, "c", test::Notice(v1::NOTICE_KIND_BREACH, "2025-02-01"));
  const auto knew_not = play.Write(play.e, "c", test::Notice(v1::NOTICE_KIND_BREACH, "2025-02-01"));

  EXPECT_FALSE(play.Stands(play.delegation, knew));
  EXPECT_TRUE(play.Stands(corrected, knew));
  EXPECT_TRUE(play.Stands(play.delegation, knew_not));
  EXPECT_FALSE(play.Stands(corrected, knew_not));
  // As everybody knows it now.
  EXPECT_FALSE(play.Stands(play.delegation));
  EXPECT_TRUE(play.Stands(corrected));
}

// What a stranger writes corrects nothing and stands for nobody, whoever has seen it.
TEST(StandingFacts, AreNotCorrectedByWhoHasNoPlaceInThem) {
  Delegating play;
  const auto by_other = play.Write(
      play.play.b, "b", Replacing(Delegation("2024-12-31"), {play.play.Leaf(play.delegation)}));
  const auto posing = play.Write(
      play.play.b, "d", Replacing(Delegation("2024-12-31"), {play.play.Leaf(play.delegation)}));
  play.play.history.LearnAll();
  const auto knew =
      play.Write(play.play.a, "a", test::Notice(v1::NOTICE_KIND_BREACH, "2025-02-01"));

  EXPECT_TRUE(play.Stands(play.delegation, knew));
  EXPECT_TRUE(play.Stands(play.delegation));
  EXPECT_TRUE(play.Stands(by_other, knew));
  EXPECT_FALSE(play.Stands(posing, knew));
  EXPECT_FALSE(play.Stands(posing));
}

TEST(CapacityFindings, FollowTheSuccessorsCorrectionThatTheSignerHadSeen) {
  Delegating play;
  const auto avenant = play.Avenant();
  play.EndedBySuccessor();
  // e signs by what it knows; c was told.
  const auto knew_not = play.SignAsDeputy(play.e, avenant);
  play.play.history.Learn(play.play.c, play.d);
  const auto knew = play.SignAsDeputy(play.play.c, avenant);
  play.play.history.LearnAll();

  EXPECT_THAT(play.FoundWithout(knew), HasSubstr("aucune délégation enregistrée"));
  EXPECT_THAT(play.FoundWithout(knew_not), HasSubstr("telle qu'elle est enregistrée depuis"));
}

}  // namespace
}  // namespace greffe
