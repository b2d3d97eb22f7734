// Mandates given on one text that serve to sign another (L-34).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/core/convention/signing_play.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using test::SatAgain;
using test::SaysNo;
using test::Signing;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Facility;
using testing_support::Put;
using testing_support::StatusIs;

// The avenants after a concluded text, which Vallon voted as a test wants it.
struct Amending : Signing {
  void Conclude() {
    for (const auto& [partner, office] :
         {std::pair{"agglo", "president"}, std::pair{"caf", "caf-pres"},
          std::pair{"caf", "caf-dir"}}) {
      play.Sign(act, revision, partner, office);
    }
    play.agglo().Write(Sign().value(), play.Signatory("vallon", "Maire"));
    play.net().SyncAll();
  }
  void Next(const std::string& facility, const std::string& from) {
    act = play.Propose({Put(Facility(facility, "annex-1", "Relais petite enfance", "vallon"))});
    revision = play.Freeze(act, from);
  }
};
std::function<void(v1::Deliberation*)> ForAvenants(const std::string& proposer = "") {
  return [proposer](v1::Deliberation* vote) {
    vote->mutable_scope()->set_reach(v1::MANDATE_REACH_AVENANTS);
    vote->mutable_scope()->set_quote("tout avenant proposé pendant la période");
    vote->mutable_scope()->set_proposer(proposer);
  };
}

TEST(DecideAuthority, WantsANewVoteForAnAvenantUnlessTheMandateCoversIt) {
  const auto avenant = [](v1::MandateReach reach, const std::string& proposer) {
    Amending signing;
    signing.Vote([&](v1::Deliberation* vote) {
      ForAvenants(proposer)(vote);
      vote->mutable_scope()->set_reach(reach);
    });
    signing.Conclude();
    signing.Next("fac-2", "2026-01-01");
    return signing.Sign().status();
  };

  EXPECT_OK(avenant(v1::MANDATE_REACH_AVENANTS, ""));
  EXPECT_OK(avenant(v1::MANDATE_REACH_AVENANTS, "agglo"));
  EXPECT_THAT(avenant(v1::MANDATE_REACH_AVENANTS, "caf"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-34")));
  EXPECT_THAT(avenant(v1::MANDATE_REACH_TEXT_ALONE, ""),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("aucun mandat antérieur")));
  EXPECT_THAT(avenant(v1::MANDATE_REACH_EXECUTION, ""),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("à coup sûr"),
                             HasSubstr("tout avenant proposé pendant la période"))));
}

// What nobody quoted covers nothing for sure, and no empty quotation is shown.
TEST(DecideAuthority, WantsTheSentenceThatAMandateForAvenantsRestsOn) {
  for (const auto reach : {v1::MANDATE_REACH_AVENANTS, v1::MANDATE_REACH_EXECUTION}) {
    Amending signing;
    signing.Vote([&](v1::Deliberation* vote) { vote->mutable_scope()->set_reach(reach); });
    signing.Conclude();
    signing.Next("fac-2", "2026-01-01");

    const absl::Status refused = signing.Sign().status();
    EXPECT_EQ(RefusalOf(refused).rule, "L-08");
    EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("aucune phrase n'est enregistrée"));
    EXPECT_THAT(RefusalOf(refused).fr, Not(HasSubstr("«  »")));
    EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("--scope-quote"));
    const v1::StatusView board =
        ViewStatus(signing.play.agglo().At("2025-06-30"), {.act_id = signing.act}).value();
    for (const v1::PartyStanding& one : board.parties()) {
      if (one.partner_id() != "vallon") continue;
      EXPECT_THAT(one.next_step(), HasSubstr("Citer la phrase"));
    }
  }
}

// The scope of each mandate on the text before counts, not that of the first alone.
TEST(DecideAuthority, FindsTheMandateThatCoversAnAvenantAmongSeveral) {
  Amending signing;
  signing.Vote([](v1::Deliberation*) {});
  signing.Vote([](v1::Deliberation* vote) {
    SatAgain("2025-04-07")(vote);
    ForAvenants()(vote);
  });
  signing.Conclude();
  signing.Next("fac-2", "2026-01-01");

  EXPECT_OK(signing.Sign());
}

// A mandate for avenants voted with one that is not concluded yet covers another on the same base;
// what was voted for that one alone does not.
TEST(DecideAuthority, TakesAMandateGivenOnAnAvenantBesideThisOne) {
  for (const bool covers : {true, false}) {
    Amending signing;
    signing.Vote([](v1::Deliberation*) {});
    signing.Conclude();
    signing.Next("fac-2", "2026-01-01");
    const std::string beside = signing.revision;
    signing.Vote([&](v1::Deliberation* vote) {
      if (covers) ForAvenants("agglo")(vote);
    });
    signing.Next("fac-3", "2026-01-01");

    if (covers) {
      EXPECT_OK(signing.Sign());
      const v1::StatusView board =
          ViewStatus(signing.play.agglo().At("2025-06-30"), {.act_id = signing.act}).value();
      std::string vote;
      for (const v1::PartyStanding& one : board.parties()) {
        if (one.partner_id() == "vallon") vote = one.vote();
      }
      EXPECT_THAT(vote, HasSubstr(beside.substr(0, 12)));
    } else {
      EXPECT_THAT(signing.Sign(),
                  StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("délibération")));
    }
  }
}

// What was voted before a refusal covers nothing any more.
TEST(DecideAuthority, FindsNoMandateForAnAvenantBeforeARefusal) {
  Amending signing;
  signing.Vote(ForAvenants());
  signing.Conclude();
  signing.Vote(SaysNo("2025-05-12"));
  signing.Next("fac-2", "2026-01-01");

  EXPECT_EQ(RefusalOf(signing.Sign().status()).rule, "L-08");
}

// A nearer mandate that cannot be used, for its record contradicts itself or nothing proves that it
// is executory before the day, does not stand in the way of one that can.
TEST(DecideAuthority, TakesAnEarlierMandateThatCanBeUsedBeforeANearerOneThatCannot) {
  const std::function<void(v1::Deliberation*)> useless[] = {
      [](v1::Deliberation* vote) { vote->set_members_present(16); },
      [](v1::Deliberation* vote) { vote->clear_published_on(); },
      [](v1::Deliberation* vote) { vote->set_received_on("2025-06-30"); },
  };
  for (const auto& change : useless) {
    Amending signing;
    signing.Vote(ForAvenants());
    signing.Conclude();
    signing.Next("fac-2", "2026-01-01");
    // One that serves to sign it, and is withdrawn later.
    signing.Vote([](v1::Deliberation*) {});
    const Digest served = signing.vote;
    signing.Conclude();
    signing.vote = served;
    signing.Challenge(v1::CHALLENGE_KIND_WITHDRAWN);
    signing.Vote([&](v1::Deliberation* vote) {
      SatAgain("2025-06-02")(vote);
      ForAvenants()(vote);
      change(vote);
    });
    signing.Next("fac-3", "2026-02-01");

    EXPECT_OK(signing.Sign());
  }
}

}  // namespace
}  // namespace greffe
