#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::SamplePlay;

v1::Change Change() {
  return testing_support::Put(testing_support::Facility("fac-2", "annex-1", "Relais", "vallon"));
}

v1::InstrumentView View(SamplePlay& play, const std::string& act) {
  return ViewInstrument(play.agglo().At("2026-06-30"), act).value();
}

// Vallon's part in an avenant, after `change` was voted on it; and what it made of that vote.
v1::PartyCoverage CoverageAfter(const std::function<void(v1::Deliberation*)>& change,
                                std::optional<v1::ChallengeKind> challenge = std::nullopt) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Change()});
  const std::string revision = play.Freeze(act, "2026-01-01");
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = testing_support::SoundDeliberation("vallon", revision);
  change(vote.mutable_deliberation());
  std::vector<Digest> leaves;
  EXPECT_OK(play.agglo().Do(vote, play.Secretariat("vallon"), &leaves));
  if (challenge.has_value()) {
    v1::RecordFactRequest fact;
    fact.mutable_fact()->set_happened_on("2025-06-29");
    fact.mutable_fact()->set_answers(leaves.front().ToBytes());
    fact.mutable_fact()->mutable_deliberation_challenged()->set_kind(*challenge);
    EXPECT_OK(play.agglo().Do(fact, play.Secretariat("vallon")));
  }
  return View(play, act).coverage(1);
}

TEST(CoverageWords, SaysWhyAVoteOnItGivesNoMandate) {
  const v1::PartyCoverage given = CoverageAfter([](v1::Deliberation*) {});
  EXPECT_EQ(given.coverage(), v1::MANDATE_COVERAGE_COVERED);
  EXPECT_THAT(given.why(), HasSubstr("sur ce texte même"));

  const v1::PartyCoverage impossible =
      CoverageAfter([](v1::Deliberation* vote) { vote->set_members_present(16); });
  EXPECT_EQ(impossible.coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_THAT(impossible.why(), HasSubstr("L-06 : "));
  EXPECT_THAT(impossible.why(), HasSubstr("16 présents pour 15"));
  EXPECT_THAT(impossible.why_en(), HasSubstr("until it is corrected"));

  const v1::PartyCoverage lost = CoverageAfter([](v1::Deliberation* vote) {
    vote->set_votes_for(3);
    vote->set_votes_against(10);
  });
  EXPECT_THAT(lost.why(), HasSubstr("n'est pas adoptée à la majorité : 3 pour"));

  const v1::PartyCoverage partly =
      CoverageAfter([](v1::Deliberation* vote) { vote->set_authorises_signature(false); });
  EXPECT_THAT(partly.why(), HasSubstr(" n'autorise pas sa signature."));
  EXPECT_THAT(partly.why(), Not(HasSubstr("n'approuve pas")));

  const v1::PartyCoverage annulled =
      CoverageAfter([](v1::Deliberation*) {}, v1::CHALLENGE_KIND_ANNULLED);
  EXPECT_EQ(annulled.coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_THAT(annulled.why(), HasSubstr("L-58 : "));
  EXPECT_THAT(annulled.why(), HasSubstr("a été annulée le 29 juin 2025"));
}

// The act of an avenant proposed by agglo once the original is concluded, vallon's vote on which
// said that of later acts.
std::string ProposeUnder(SamplePlay& play, const v1::MandateScope& scope) {
  const std::string original = play.Freeze(play.original());
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = testing_support::SoundDeliberation("vallon", original);
  *vote.mutable_deliberation()->mutable_scope() = scope;
  EXPECT_OK(play.agglo().Do(vote, play.Secretariat("vallon")));
  for (const auto& [partner, office] : {std::pair("agglo", "president"),
                                        {"vallon", "maire"},
                                        {"caf", "caf-pres"},
                                        {"caf", "caf-dir"}}) {
    play.Sign(play.original(), original, partner, office);
  }
  return play.Propose({Change()});
}

v1::MandateScope OfAvenants(const char* from, const char* until) {
  v1::MandateScope scope;
  scope.set_reach(v1::MANDATE_REACH_AVENANTS);
  scope.set_quote("et les avenants proposés par la CAF pendant cette période");
  scope.set_covers_from(from);
  scope.set_covers_until(until);
  return scope;
}

TEST(CoverageWords, SaysWhenAMandateBegins) {
  SamplePlay play;
  v1::MandateScope later = OfAvenants("2026-07-01", "2027-12-31");
  later.set_proposer("agglo");
  const std::string act = ProposeUnder(play, later);
  const v1::PartyCoverage said = View(play, act).coverage(1);
  EXPECT_EQ(said.coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_EQ(said.why(),
            "L-34 : le mandat donné le 10 mars 2025 ne couvre pas cet acte : il ne vaut qu'à "
            "partir du 1er juillet 2026. Faire délibérer.");
  EXPECT_EQ(said.why_en(),
            "L-34: the mandate given on 10 March 2025 does not cover this act: it holds only from "
            "1 July 2026 on. Have the assembly vote.");

  // From its first day to its last.
  for (const auto& [from, until] :
       {std::pair("2026-06-30", "2027-12-31"), {"2025-01-01", "2026-06-30"}}) {
    SamplePlay covered;
    const v1::PartyCoverage holds =
        View(covered, ProposeUnder(covered, OfAvenants(from, until))).coverage(1);
    EXPECT_EQ(holds.coverage(), v1::MANDATE_COVERAGE_COVERED) << from;
  }
}

TEST(CoverageWords, NamesEachConditionOfTheMandateThatFails) {
  SamplePlay play;
  v1::MandateScope scope = OfAvenants("2025-01-01", "2025-12-31");
  scope.set_proposer("caf");
  const std::string act = ProposeUnder(play, scope);

  const v1::PartyCoverage said = View(play, act).coverage(1);
  EXPECT_EQ(said.coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
  EXPECT_THAT(
      said.why(),
      HasSubstr(
          "ne couvre pas cet acte : il a pris fin le 31 décembre 2025 ; "
          "il ne vaut que pour les avenants proposés par « Caisse d'allocations familiales »"));
  EXPECT_THAT(said.why(), HasSubstr("et celui-ci l'est par « Agglomération du Vallon »"));
  EXPECT_THAT(said.why_en(), HasSubstr("it ended on 31 December 2025; it holds only for avenants "
                                       "proposed by “Caisse d'allocations familiales”, and this "
                                       "one is by “Agglomération du Vallon”"));
  // Of another party nothing is said of avenants.
  EXPECT_THAT(View(play, act).coverage(0).why(),
              ::testing::EndsWith(
                  "cet acte : il ne dit pas qu'il vaut pour des avenants. Faire délibérer."));

  play.Freeze(act, "2026-01-01");
  const v1::StatusView board = ViewStatus(play.agglo().At("2026-06-30")).value();
  for (const v1::PartyStanding& one : board.parties()) {
    if (one.partner_id() != "vallon") continue;
    EXPECT_THAT(one.next_step(), HasSubstr("ne convient pas : il a pris fin le 31 décembre 2025"));
  }
}

// What stands behind an avenant is the vote that its signatories signed by.
TEST(CoverageWords, AreOfAVoteThatTheHistoryOfTheAvenantNames) {
  SamplePlay play;
  const std::string original = play.Freeze(play.original());
  v1::RecordDeliberationRequest vote;
  *vote.mutable_deliberation() = testing_support::SoundDeliberation("vallon", original);
  vote.mutable_deliberation()->mutable_scope()->set_reach(v1::MANDATE_REACH_AVENANTS);
  vote.mutable_deliberation()->mutable_scope()->set_quote("et les avenants à venir");
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(vote, play.Secretariat("vallon"), &leaves));
  const auto sign_all = [&](const std::string& act, const std::string& revision) {
    for (const auto& [partner, office] : {std::pair("agglo", "president"),
                                          {"vallon", "maire"},
                                          {"caf", "caf-pres"},
                                          {"caf", "caf-dir"}}) {
      play.Sign(act, revision, partner, office);
    }
  };
  sign_all(play.original(), original);
  const std::string act = play.Propose({Change()});
  sign_all(act, play.Freeze(act, "2026-01-01"));

  const auto history = ViewHistory(play.agglo().At("2026-06-30"), "fac-2");

  ASSERT_OK(history);
  ASSERT_EQ(history->entries_size(), 1);
  const v1::HistoryEntry& entry = history->entries(0);
  ASSERT_EQ(entry.deliberations_size(), 2);
  EXPECT_EQ(entry.deliberations(0).deliberation().partner_id(), "agglo");
  EXPECT_EQ(entry.deliberations(1).event().leaf(), leaves.front().ToHex());
}

// What a mandate covers is said as it is on record, and no limit is made up.
TEST(CoverageWords, SayOfAMandateWhatIsOnRecordOfIt) {
  const auto said = [](const std::function<void(v1::MandateScope*)>& change) {
    SamplePlay play;
    const std::string original = play.Freeze(play.original());
    v1::RecordDeliberationRequest vote;
    *vote.mutable_deliberation() = testing_support::SoundDeliberation("vallon", original);
    v1::MandateScope& scope = *vote.mutable_deliberation()->mutable_scope();
    scope.set_reach(v1::MANDATE_REACH_AVENANTS);
    scope.set_quote("et tout avenant à venir");
    change(&scope);
    EXPECT_OK(play.agglo().Do(vote, play.Secretariat("vallon")));
    for (const auto& [partner, office] : {std::pair("agglo", "president"),
                                          {"vallon", "maire"},
                                          {"caf", "caf-pres"},
                                          {"caf", "caf-dir"}}) {
      play.Sign(play.original(), original, partner, office);
    }
    return View(play, play.Propose({Change()})).coverage(1);
  };
  EXPECT_THAT(said([](v1::MandateScope*) {}).why(), EndsWith(" couvre les avenants."));
  EXPECT_THAT(said([](v1::MandateScope* scope) {
                scope->set_proposer("agglo");
                scope->set_covers_from("2025-01-01");
                scope->set_covers_until("2027-12-31");
              }).why(),
              EndsWith(" couvre les avenants proposés par « Agglomération du Vallon » du 1er "
                       "janvier 2025 au 31 décembre 2027."));
  EXPECT_THAT(said([](v1::MandateScope* scope) { scope->set_covers_until("2027-12-31"); }).why_en(),
              EndsWith(" covers avenants until 31 December 2027."));
  const v1::PartyCoverage bare = said([](v1::MandateScope* scope) { scope->clear_quote(); });
  EXPECT_EQ(bare.coverage(), v1::MANDATE_COVERAGE_LEGAL_REVIEW);
  EXPECT_THAT(bare.why(), HasSubstr("aucune phrase n'est enregistrée"));
}

// Its words would cover the avenant; what was recorded of its vote cannot have been.
TEST(CoverageWords, IsCoveredByNoMandateWhoseRecordContradictsItself) {
  for (const auto& [reach, why, rule] :
       {std::tuple{v1::MANDATE_REACH_AVENANTS, "16 présents pour 15", "L-06"},
        std::tuple{v1::MANDATE_REACH_TEXT_ALONE, "ne couvre pas cet acte", "L-08"}}) {
    SamplePlay play;
    const std::string original = play.Freeze(play.original());
    v1::RecordDeliberationRequest vote;
    *vote.mutable_deliberation() = testing_support::SoundDeliberation("vallon", original);
    vote.mutable_deliberation()->mutable_scope()->set_reach(reach);
    vote.mutable_deliberation()->mutable_scope()->set_quote("et tout avenant à venir");
    std::vector<Digest> leaves;
    ASSERT_OK(play.agglo().Do(vote, play.Secretariat("vallon"), &leaves));
    for (const auto& [partner, office] : {std::pair("agglo", "president"),
                                          {"vallon", "maire"},
                                          {"caf", "caf-pres"},
                                          {"caf", "caf-dir"}}) {
      play.Sign(play.original(), original, partner, office);
    }
    vote.mutable_deliberation()->set_members_present(16);
    vote.add_replaces(leaves.front().ToHex());
    vote.set_reason("chiffres de la pièce");
    ASSERT_OK(play.agglo().Do(vote, play.Secretariat("vallon")));
    const std::string act = play.Propose({Change()});

    const v1::PartyCoverage said = View(play, act).coverage(1);
    EXPECT_EQ(said.coverage(), v1::MANDATE_COVERAGE_NEW_DELIBERATION);
    EXPECT_THAT(said.why(), HasSubstr(why));

    v1::SignActRequest sign;
    sign.set_act_id(act);
    sign.set_revision(play.Freeze(act, "2026-01-01"));
    const auto refused = Decide(play.agglo().state(), sign, play.Signatory("vallon", "Maire"));
    EXPECT_EQ(RefusalOf(refused.status()).rule, rule);
  }
}

}  // namespace
}  // namespace greffe
