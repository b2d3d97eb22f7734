#include "core/rules/force.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

Term Of(const char* first, const char* last) { return {Day(first), Day(last)}; }

const Term kThreeYears = Of("2025-01-01", "2027-12-31");
const Term kBefore = Of("2021-01-01", "2024-12-31");

ForceFacts Facts(const char* on, const char* today) {
  ForceFacts out;
  out.term = kThreeYears;
  out.on = Day(on);
  out.today = Day(today);
  return out;
}

TEST(StatedDuration, AgreesWithItsDatesToTheDay) {
  EXPECT_THAT(CheckStatedDuration(kThreeYears, 36), IsEmpty());
  const auto found = CheckStatedDuration(Of("2025-01-01", "2028-01-01"), 36);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].code, "stated-duration");
  // Whoever shows it names the rule.
  EXPECT_THAT(found[0].words.fr, StartsWith("36 mois donnent du 1er janvier 2025 au 31 décembre"));
  EXPECT_THAT(CheckStatedDuration(kThreeYears, 48), SizeIs(1));
}

TEST(Retroactive, CountsDaysBeforeTheConclusion) {
  EXPECT_EQ(RetroactiveDays(Day("2025-01-01"), Day("2025-06-23")), 173u);
  EXPECT_EQ(RetroactiveDays(Day("2025-01-01"), Day("2025-01-01")), 0u);
  EXPECT_EQ(RetroactiveDays(Day("2025-01-01"), Day("2024-12-01")), 0u);
}

TEST(Succession, FindsAGapOrAnOverlapWithThePredecessor) {
  EXPECT_FALSE(CompareWithPredecessor(kBefore, kThreeYears).gap.has_value());
  EXPECT_FALSE(CompareWithPredecessor(kBefore, kThreeYears).overlap.has_value());

  // A year without a convention, as between 2019 and 2021.
  const Succession gap =
      CompareWithPredecessor(Of("2016-01-01", "2019-12-31"), Of("2021-01-01", "2024-12-31"));
  ASSERT_TRUE(gap.gap.has_value());
  EXPECT_EQ(gap.gap->first, Day("2020-01-01"));
  EXPECT_EQ(gap.gap->last, Day("2020-12-31"));

  const Succession overlap = CompareWithPredecessor(kBefore, Of("2024-07-01", "2027-12-31"));
  ASSERT_TRUE(overlap.overlap.has_value());
  EXPECT_EQ(overlap.overlap->first, Day("2024-07-01"));
  EXPECT_EQ(overlap.overlap->last, Day("2024-12-31"));
}

TEST(Force, IsThePredecessorsUntilItsLastDay) {
  ForceFacts facts = Facts("2024-12-31", "2025-04-01");
  facts.predecessor = kBefore;
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_PREDECESSOR);
  facts.on = Day("2025-01-01");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_NOTHING);
}

TEST(Force, LeavesAnOpenGapWhileNothingIsConcluded) {
  ForceFacts facts = Facts("2025-03-01", "2025-04-01");
  facts.predecessor = kBefore;

  const Force force = ForceOn(facts);

  EXPECT_EQ(force.state, v1::FORCE_STATE_NOTHING);
  EXPECT_EQ(force.gap_from, Day("2025-01-01"));
  EXPECT_EQ(force.gap_until, std::nullopt);
  EXPECT_EQ(force.words.fr,
            "Rien en vigueur depuis le 1er janvier 2025 : la convention est en projet.");
}

TEST(Force, SaysNothingOfAGapBeforeThePredecessorBegan) {
  ForceFacts facts = Facts("2019-06-01", "2025-04-01");
  facts.predecessor = kBefore;

  const Force force = ForceOn(facts);

  EXPECT_EQ(force.state, v1::FORCE_STATE_NOTHING);
  EXPECT_EQ(force.gap_from, std::nullopt);
  EXPECT_EQ(force.words.fr,
            "Rien d'enregistré n'est en vigueur le 1er juin 2019 : la convention précédente va du "
            "1er janvier 2021 au 31 décembre 2024, et celle-ci est en projet.");
  facts.on = Day("2021-01-01");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_PREDECESSOR);
  EXPECT_EQ(ForceOn(facts).gap_from, Day("2025-01-01"));
}

TEST(Force, StartsWithTheLastSignatureAndReachesBackToTheFirstDayOfEffect) {
  ForceFacts facts = Facts("2025-03-01", "2025-07-04");
  facts.predecessor = kBefore;
  facts.concluded_on = Day("2025-07-03");

  const Force force = ForceOn(facts);

  EXPECT_EQ(force.state, v1::FORCE_STATE_IN_FORCE);
  EXPECT_EQ(force.retroactive_days, 183u);
  EXPECT_EQ(force.gap_from, std::nullopt);
  EXPECT_THAT(force.words.fr, HasSubstr("conclue le 3 juillet 2025"));
  EXPECT_THAT(force.words.fr, HasSubstr("Effet rétroactif de 183 jours."));
}

TEST(Force, IsYetToComeBeforeTheFirstDayOfEffect) {
  ForceFacts facts = Facts("2024-12-31", "2024-12-01");
  facts.concluded_on = Day("2024-11-30");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_TO_COME);
  facts.on = Day("2025-01-01");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_IN_FORCE);
}

TEST(Force, EndsWithTheTermUnlessRenewedExpressly) {
  ForceFacts facts = Facts("2027-12-31", "2027-06-01");
  facts.concluded_on = Day("2025-07-03");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_IN_FORCE);
  facts.on = Day("2028-01-01");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_EXPIRED);
  EXPECT_EQ(ForceOn(facts).words.fr,
            "Aura expiré au 31 décembre 2027, sauf si un renouvellement exprès est conclu.");
  facts.today = Day("2028-01-02");
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("Expirée au 31 décembre 2027"));
}

TEST(Force, ShowsAGapThatStays) {
  ForceFacts facts = Facts("2025-03-01", "2025-07-04");
  facts.predecessor = Of("2016-01-01", "2019-12-31");
  facts.concluded_on = Day("2025-07-03");

  const Force force = ForceOn(facts);

  EXPECT_EQ(force.gap_from, Day("2020-01-01"));
  EXPECT_EQ(force.gap_until, Day("2024-12-31"));
  EXPECT_THAT(force.words.en, HasSubstr("Gap after the previous one"));
}

TEST(Force, EndsWithATerminationAndKeepsOtherRights) {
  ForceFacts facts = Facts("2026-06-01", "2026-06-01");
  facts.concluded_on = Day("2025-01-01");
  facts.ending = Ending{Day("2026-05-31"), EndingKind::kTermination};

  const Force after = ForceOn(facts);
  EXPECT_EQ(after.state, v1::FORCE_STATE_TERMINATED);
  EXPECT_EQ(after.last_day, Day("2026-05-31"));
  EXPECT_THAT(after.words.fr, HasSubstr("Résiliée : sans effet depuis le 1er juin 2026"));
  facts.on = Day("2026-05-31");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_IN_FORCE);
  facts.today = Day("2026-05-01");
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("cessera de produire effet après le 31 mai 2026"));
}

TEST(Force, EndsBeforeItsFirstDayOfEffectWhereATerminationSaysSo) {
  ForceFacts facts = Facts("2024-12-25", "2024-12-25");
  facts.concluded_on = Day("2024-12-15");
  facts.ending = Ending{Day("2024-12-20"), EndingKind::kTermination};

  const Force after = ForceOn(facts);
  EXPECT_EQ(after.state, v1::FORCE_STATE_TERMINATED);
  EXPECT_EQ(after.last_day, Day("2024-12-20"));
  EXPECT_THAT(after.words.fr, HasSubstr("Résiliée : sans effet depuis le 21 décembre 2024"));

  facts.on = facts.today = Day("2024-12-18");
  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_TO_COME);
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("l'effet était prévu du 1er janvier 2025"));
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("après le 20 décembre 2024"));
}

TEST(Force, SaysBeforeTheFirstDayOfEffectThatItWillEndEarly) {
  ForceFacts facts = Facts("2024-12-25", "2024-12-25");
  facts.concluded_on = Day("2024-12-15");
  facts.ending = Ending{Day("2026-05-31"), EndingKind::kTermination};

  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_TO_COME);
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("; effet du 1er janvier 2025"));
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("cessera de produire effet après le 31 mai 2026"));
}

// L-50 says « l'une ou l'autre des parties », and nothing of a third.
TEST(Force, SaysThatATerminationAmongMoreThanTwoIsToBeQualified) {
  ForceFacts facts = Facts("2026-06-01", "2026-06-01");
  facts.concluded_on = Day("2025-01-01");
  facts.ending = Ending{Day("2026-05-31"), EndingKind::kTermination, 3};

  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("pour les 3 parties"));
  EXPECT_THAT(ForceOn(facts).words.en, HasSubstr("to be qualified"));
  facts.ending->sides = 2;
  EXPECT_THAT(ForceOn(facts).words.fr, ::testing::Not(HasSubstr("à qualifier")));
}

TEST(BeforeEnd, IsWhenAnActStillChangesAConvention) {
  const CivilDate last = Day("2027-12-31");

  EXPECT_FALSE(CheckBeforeEnd(last, last).has_value());
  ASSERT_TRUE(CheckBeforeEnd(last, Day("2028-01-01")).has_value());
  EXPECT_EQ(CheckBeforeEnd(last, Day("2028-01-01"))->code, "act-after-end");
  const Words words = CheckBeforeEnd(last, Day("2028-01-01"))->words;
  EXPECT_THAT(words.fr, HasSubstr("prend fin le 31 décembre 2027 ; au 1er janvier 2028, un acte"));
  EXPECT_THAT(words.en, HasSubstr("ends on 31 December 2027; on 1 January 2028 an act"));
}

TEST(Force, OutlivesADenunciationThatIsToBeQualified) {
  ForceFacts facts = Facts("2026-06-01", "2026-06-01");
  facts.concluded_on = Day("2025-01-01");
  facts.to_qualify = Day("2026-06-01");

  EXPECT_EQ(ForceOn(facts).state, v1::FORCE_STATE_IN_FORCE);
  EXPECT_THAT(ForceOn(facts).words.fr, HasSubstr("effet à qualifier"));
  facts.on = Day("2026-05-31");
  EXPECT_THAT(ForceOn(facts).words.fr, ::testing::Not(HasSubstr("à qualifier")));
}

TEST(NotOver, FindsAFactOfADayAfterTheLastOneAndSaysWhy) {
  EXPECT_FALSE(CheckNotOver(std::nullopt, Day("2030-01-01")).has_value());
  const End term{Day("2026-01-31"), false};
  EXPECT_FALSE(CheckNotOver(term, Day("2026-01-31")).has_value());
  const auto expired = CheckNotOver(term, Day("2026-02-01"));
  ASSERT_TRUE(expired.has_value());
  EXPECT_EQ(RowOf(expired->rule).id, "L-55");
  EXPECT_EQ(expired->code, "after-end");
  EXPECT_NE(expired->words.fr.find("31 janvier 2026"), std::string::npos);
  const auto ended = CheckNotOver(End{Day("2026-01-31"), true}, Day("2026-02-01"));
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(RowOf(ended->rule).id, "L-54");
}

TEST(NotOver, FindsFollowUpThatStartsAfterTheLastDay) {
  EXPECT_FALSE(CheckFollowUpNotOver(std::nullopt, Day("2030-01-01")).has_value());
  const End term{Day("2026-01-31"), false};
  EXPECT_FALSE(CheckFollowUpNotOver(term, Day("2026-01-31")).has_value());
  const auto expired = CheckFollowUpNotOver(term, Day("2026-02-01"));
  ASSERT_TRUE(expired.has_value());
  EXPECT_EQ(RowOf(expired->rule).id, "L-55");
  EXPECT_EQ(expired->code, "follow-up-after-end");
  EXPECT_EQ(expired->severity, v1::FINDING_SEVERITY_WARNING);
  EXPECT_THAT(expired->words.fr, HasSubstr("31 janvier 2026, à son terme"));
  EXPECT_THAT(expired->words.fr, HasSubstr("1er février 2026"));
  const auto ended = CheckFollowUpNotOver(End{Day("2026-01-31"), true}, Day("2026-02-01"));
  ASSERT_TRUE(ended.has_value());
  EXPECT_EQ(RowOf(ended->rule).id, "L-54");
  EXPECT_THAT(ended->words.en, HasSubstr("before its term"));
}

}  // namespace
}  // namespace greffe::rules
