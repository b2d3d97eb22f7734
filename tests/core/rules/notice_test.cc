#include "core/rules/notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr v1::PartnerKind kCaf = v1::PARTNER_KIND_CAF;
constexpr v1::PartnerKind kCommune = v1::PARTNER_KIND_COMMUNE;

// Of a convention that says nothing of it.
NoticePeriod Period(v1::NoticeKind kind) { return NoticePeriods().Of(kind); }

TEST(Notice, OfABreachRunsAMonthAndADenunciationSix) {
  EXPECT_EQ(NoticeDeadline(Period(v1::NOTICE_KIND_BREACH), Day("2025-10-31"))->last_day,
            Day("2025-11-30"));
  EXPECT_EQ(NoticeDeadline(Period(v1::NOTICE_KIND_LAW), Day("2025-10-31"))->effect_on,
            Day("2025-12-01"));
  EXPECT_EQ(NoticeDeadline(Period(v1::NOTICE_KIND_DENUNCIATION), Day("2025-08-31"))->effect_on,
            Day("2026-03-01"));
}

TEST(Notice, IsWithoutEffectOnlyOnceItsMonthHasRun) {
  const CivilDate sent = Day("2025-10-31");

  const auto early = CheckFruitless(Period(v1::NOTICE_KIND_BREACH), sent, Day("2025-11-30"));
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(RowOf(early->rule).id, "L-50");
  EXPECT_EQ(early->severity, v1::FINDING_SEVERITY_SERIOUS);
  EXPECT_THAT(early->words.fr, HasSubstr("court jusqu'au 30 novembre 2025"));
  EXPECT_FALSE(CheckFruitless(Period(v1::NOTICE_KIND_BREACH), sent, Day("2025-12-01")).has_value());
}

// L-27: from receipt, where the convention says so.
TEST(Notice, IsCountedFromReceiptWhereTheConventionSaysSo) {
  const NoticePeriod period{
      .months = 0, .days = 45, .from = CountedFrom::kReceipt, .quotes = {"45 jours"}};
  const CivilDate sent = Day("2025-01-10");
  const auto unknown = CheckFruitless(period, sent, Day("2025-06-01"));
  ASSERT_TRUE(unknown.has_value());
  EXPECT_THAT(unknown->words.fr, HasSubstr("sa réception, qui n'est pas enregistrée. La conv"));
  EXPECT_EQ(unknown->severity, v1::FINDING_SEVERITY_SERIOUS);
  const CivilDate received = Day("2025-01-13");
  const auto early = CheckFruitless(period, sent, Day("2025-02-27"), received);
  ASSERT_TRUE(early.has_value());
  EXPECT_THAT(early->words.fr, HasSubstr("45 jours à compter du 13 janvier 2025"));
  EXPECT_THAT(early->words.en, HasSubstr("45 days from 13 January 2025"));
  EXPECT_FALSE(CheckFruitless(period, sent, Day("2025-02-28"), received).has_value());
}

// What is not understood declares nothing early.
TEST(Notice, OfAnUnclearPeriodIsForPeopleToQualify) {
  const NoticePeriod period{.months = 2, .quotes = {"sous quinzaine"}, .unclear = true};
  EXPECT_FALSE(CheckFruitless(period, Day("2025-01-10"), Day("2025-01-11")).has_value());
}

TEST(Notice, ForADayOfTheYearEndsThatYearOrTheNext) {
  const auto end = [](const NoticePeriod& period, const char* from) {
    return NoticeDeadline(period, Day(from))->last_day;
  };
  const NoticePeriod before{.months = 0, .ends_on = YearDay{8, 31}, .given_before = YearDay{3, 1}};
  EXPECT_EQ(end(before, "2025-02-28"), Day("2025-08-31"));
  EXPECT_EQ(end(before, "2025-03-01"), Day("2026-08-31"));
  EXPECT_EQ(end(before, "2025-09-01"), Day("2026-08-31"));
  NoticePeriod latest = before;
  latest.day_included = true;
  EXPECT_EQ(end(latest, "2025-03-01"), Day("2025-08-31"));
  // The day of the letter in the year before that of the end.
  const NoticePeriod over{.months = 0, .ends_on = YearDay{1, 1}, .given_before = YearDay{10, 31}};
  EXPECT_EQ(end(over, "2025-10-30"), Day("2025-12-31"));
  EXPECT_EQ(end(over, "2025-10-31"), Day("2026-12-31"));
  const NoticePeriod months{.months = 2, .ends_on = YearDay{12, 31}};
  EXPECT_EQ(end(months, "2025-10-31"), Day("2025-12-31"));
  EXPECT_EQ(end(months, "2025-11-01"), Day("2026-12-31"));
  const NoticePeriod days{.months = 0, .days = 90, .ends_on = YearDay{12, 31}};
  EXPECT_EQ(end(days, "2025-10-02"), Day("2025-12-31"));
  EXPECT_EQ(end(days, "2025-10-03"), Day("2026-12-31"));
  const NoticePeriod years{.months = 24, .ends_on = YearDay{12, 31}};
  EXPECT_EQ(end(years, "2025-10-03"), Day("2027-12-31"));
  const Deadline found = *NoticeDeadline(before, Day("2025-02-12"));
  EXPECT_EQ(found.effect_on, Day("2025-09-01"));
  EXPECT_THAT(found.why.fr, HasSubstr("Fin au 31 août 2025 pour une lettre comptée au plus tard du "
                                      "28 février 2025 ; celle-ci compte du 12 février 2025."));
  EXPECT_THAT(found.why.en, HasSubstr("End on 31 August 2025"));
  EXPECT_FALSE(NoticeDeadline(before, Day("2199-12-01")).ok());
}

TEST(Notice, BeforeTheTermEndsWithIt) {
  const NoticePeriod period{.months = 2, .to_term = true};
  EXPECT_EQ(NoticeDeadline(period, Day("2025-02-12"), Day("2026-12-31"))->last_day,
            Day("2026-12-31"));
  EXPECT_FALSE(NoticeDeadline(period, Day("2025-02-12")).ok());
  EXPECT_THAT(NoticeDeadline(period, Day("2026-11-12"), Day("2026-12-31"))->why.fr,
              HasSubstr("au plus tard du 31 octobre 2026"));
}

TEST(Notice, NeverRunsOutWhenItsEndIsBeyondTheCalendar) {
  const CivilDate last = Day("2199-12-31");
  ASSERT_FALSE(NoticeDeadline(Period(v1::NOTICE_KIND_BREACH), last).ok());
  const auto odd = CheckFruitless(Period(v1::NOTICE_KIND_BREACH), last, Day("2026-01-01"));
  ASSERT_TRUE(odd.has_value());
  EXPECT_THAT(odd->words.fr, HasSubstr("au-delà du calendrier"));
}

TEST(NoticeStanding, IsTheCafsAloneForABreachOfTheLaw) {
  const auto refused = CheckMaySend(v1::NOTICE_KIND_LAW, kCommune);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(RowOf(refused->rule).id, "L-51");
  EXPECT_FALSE(CheckMaySend(v1::NOTICE_KIND_LAW, kCaf).has_value());
  EXPECT_FALSE(CheckMaySend(v1::NOTICE_KIND_BREACH, kCommune).has_value());
  EXPECT_FALSE(CheckMaySend(v1::NOTICE_KIND_DENUNCIATION, kCommune).has_value());
  EXPECT_TRUE(
      CheckMayTerminate(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, v1::NOTICE_KIND_LAW, kCommune)
          .has_value());
  EXPECT_FALSE(
      CheckMayTerminate(v1::TERMINATION_GROUND_FRUITLESS_NOTICE, v1::NOTICE_KIND_BREACH, kCommune)
          .has_value());
}

TEST(NoticeStanding, IsTheCafsAloneWithoutNotice) {
  const auto refused = CheckMayTerminate(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION,
                                         v1::NOTICE_KIND_UNSPECIFIED, kCommune);
  ASSERT_TRUE(refused.has_value());
  EXPECT_EQ(RowOf(refused->rule).id, "L-52");
  EXPECT_FALSE(CheckMayTerminate(v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION,
                                 v1::NOTICE_KIND_UNSPECIFIED, kCaf)
                   .has_value());
}

TEST(AfterConclusion, IsWhenSomethingCanEnd) {
  const CivilDate concluded = Day("2025-07-03");

  ASSERT_TRUE(CheckAfterConclusion(concluded, Day("2025-07-02")).has_value());
  EXPECT_EQ(CheckAfterConclusion(concluded, Day("2025-07-02"))->code, "before-conclusion");
  EXPECT_FALSE(CheckAfterConclusion(concluded, concluded).has_value());
  EXPECT_TRUE(CheckAfterConclusion(std::nullopt, concluded).has_value());
}

// CHK-30: the form is that of the clause; what is on record shows another, or does not show it.
TEST(NoticeForm, IsThatOfTheClause) {
  const NoticePeriod letter{.form = "Par pli recommandé.", .by_registered_letter = true};
  const NoticePeriod deed{.form = "Par acte extrajudiciaire.", .by_delivery = true};
  const NoticePeriod either{
      .form = "Par pli ou acte.", .by_registered_letter = true, .by_delivery = true};
  const auto severity = [](bool proof, bool numbered, const NoticePeriod& period) {
    const auto odd = CheckForm(proof, numbered, period);
    return odd.has_value() ? odd->severity : v1::FINDING_SEVERITY_UNSPECIFIED;
  };
  EXPECT_EQ(severity(true, true, deed), v1::FINDING_SEVERITY_WARNING);
  EXPECT_EQ(severity(true, false, letter), v1::FINDING_SEVERITY_NOTE);
  EXPECT_THAT(CheckForm(true, true, deed)->words.fr, HasSubstr("« Par acte extrajudiciaire. »"));
  for (const NoticePeriod& any : {either, NoticePeriod{}}) {
    EXPECT_FALSE(CheckForm(true, true, any).has_value());
    EXPECT_FALSE(CheckForm(true, false, any).has_value());
  }
  EXPECT_FALSE(CheckForm(true, true, letter).has_value());
  EXPECT_FALSE(CheckForm(true, false, deed).has_value());
  // The proof itself lacks.
  EXPECT_FALSE(CheckForm(false, false, letter).has_value());
  EXPECT_THAT(CheckProofOfSending(false, deed)->words.fr,
              HasSubstr("dans la forme que la convention demande (« Par acte"));
}

TEST(AllTold, NamesWhoIsToBeToldStill) {
  const NoticePeriod period{.to_all = "En prévenant les autres."};
  const auto said = CheckAllTold(v1::NOTICE_KIND_DENUNCIATION, period, {"Vallon", "CAF"});
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->rule, Rule::kDenunciation);
  EXPECT_THAT(said->words.fr, HasSubstr("(« En prévenant les autres. »)"));
  EXPECT_THAT(said->words.fr, HasSubstr("restent à prévenir : Vallon, CAF."));
  EXPECT_THAT(said->words.fr, HasSubstr("la première enregistrée est supposée"));
  EXPECT_THAT(CheckAllTold(v1::NOTICE_KIND_BREACH, period, {"CAF"})->words.fr,
              HasSubstr("compté de cet envoi"));
  EXPECT_THAT(CheckAllTold(v1::NOTICE_KIND_DENUNCIATION, period, std::vector<std::string>(12, "x"))
                  ->words.fr,
              HasSubstr("et 2 de plus"));
  EXPECT_THAT(CheckAllTold(v1::NOTICE_KIND_DENUNCIATION, {.unclear = true, .to_all = "…"}, {"CAF"})
                  ->words.fr,
              Not(HasSubstr("supposée")));
  EXPECT_FALSE(CheckAllTold(v1::NOTICE_KIND_DENUNCIATION, period, {}).has_value());
  EXPECT_FALSE(CheckAllTold(v1::NOTICE_KIND_DENUNCIATION, {}, {"CAF"}).has_value());
}

TEST(ProofOfSending, IsWantedOfANotice) {
  ASSERT_TRUE(CheckProofOfSending(false, NoticePeriod{}).has_value());
  EXPECT_EQ(CheckProofOfSending(false, NoticePeriod{})->code, "proof-of-sending");
  EXPECT_EQ(CheckProofOfSending(false, NoticePeriod{})->words.fr.find("recommandé"),
            std::string::npos);
  EXPECT_NE(CheckProofOfSending(false, {.form = "Par pli recommandé."})
                ->words.fr.find("« Par pli recommandé. »"),
            std::string::npos);
  EXPECT_FALSE(CheckProofOfSending(true, NoticePeriod{}).has_value());
}

TEST(Receipt, ByTheWordOfItsSenderAloneIsUnprovenOrContested) {
  ReceiptClaim claim{.on = Day("2025-02-03"), .by_sender = true};
  ASSERT_TRUE(CheckReceipt(claim).has_value());
  EXPECT_EQ(CheckReceipt(claim)->code, "receipt-unproven");
  EXPECT_EQ(CheckReceipt(claim)->severity, v1::FINDING_SEVERITY_WARNING);
  claim.by_other = Day("2025-02-20");
  EXPECT_EQ(CheckReceipt(claim)->code, "receipt-contested");
  EXPECT_EQ(CheckReceipt(claim)->severity, v1::FINDING_SEVERITY_SERIOUS);
  claim.by_other = claim.on;
  EXPECT_FALSE(CheckReceipt(claim).has_value());
  EXPECT_FALSE(CheckReceipt({.on = claim.on, .by_sender = true, .proven = true}).has_value());
  EXPECT_FALSE(CheckReceipt({.on = claim.on}).has_value());
}

TEST(TerminationClause, IsMissedWhereTheArticlesSayNothingOfIt) {
  const auto fruitless = v1::TERMINATION_GROUND_FRUITLESS_NOTICE;
  const auto unsigned_change = v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION;
  NoticePeriods none;
  ASSERT_TRUE(CheckTerminationClause(fruitless, none).has_value());
  EXPECT_EQ(RowOf(CheckTerminationClause(fruitless, none)->rule).id, "L-50");
  ASSERT_TRUE(CheckTerminationClause(unsigned_change, none).has_value());
  EXPECT_EQ(RowOf(CheckTerminationClause(unsigned_change, none)->rule).id, "L-52");
  none.formal.spoken_of = true;
  EXPECT_FALSE(CheckTerminationClause(fruitless, none).has_value());
  none.without_notice = true;
  EXPECT_FALSE(CheckTerminationClause(unsigned_change, none).has_value());
}

TEST(Denunciation, EndsTheWholeBetweenTwoPartiesOnly) {
  const CivilDate effect = Day("2026-03-01");

  EXPECT_EQ(EffectOfDenunciation(2, effect, Day("2026-02-28")), DenunciationEffect::kRunning);
  EXPECT_EQ(EffectOfDenunciation(2, effect, effect), DenunciationEffect::kEnds);
  EXPECT_EQ(EffectOfDenunciation(3, effect, effect), DenunciationEffect::kToQualify);
  EXPECT_EQ(EffectOfDenunciation(2, std::nullopt, effect), DenunciationEffect::kRunning);
}

TEST(Notice, SaysUntilWhenItRunsWithItsArithmetic) {
  const CivilDate sent = Day("2025-10-31");
  const Deadline runs = *NoticeDeadline(Period(v1::NOTICE_KIND_BREACH), sent);
  const auto early = CheckFruitless(Period(v1::NOTICE_KIND_BREACH), sent, Day("2025-11-30"));
  ASSERT_TRUE(early.has_value());
  EXPECT_EQ(early->words.fr,
            absl::StrCat("la mise en demeure envoyée le 31 octobre 2025 court jusqu'au 30 novembre "
                         "2025 inclus : ",
                         runs.why.fr, " ", runs.effect.fr));
  EXPECT_EQ(early->words.en,
            absl::StrCat("the mise en demeure sent on 31 October 2025 runs until 30 November 2025 "
                         "included: ",
                         runs.why.en, " ", runs.effect.en));
  const NoticePeriod said{.months = 2, .quotes = {"deux mois"}};
  EXPECT_THAT(NoticeDeadline(said, sent)->why.en,
              ::testing::EndsWith(" The convention says: “deux mois”."));
}

TEST(Notice, ThatWasCuredOrIsOverSaysSinceWhen) {
  const Oddity cured = CuredBefore(Day("2025-11-03"));
  EXPECT_THAT(cured.words.fr, HasSubstr("réparé depuis le 3 novembre 2025 :"));
  EXPECT_THAT(cured.words.en, HasSubstr("cured since 3 November 2025:"));
  EXPECT_EQ(cured.severity, v1::FINDING_SEVERITY_SERIOUS);
  const Oddity late = RetractedLate(Day("2026-02-28"));
  EXPECT_THAT(late.words.fr, HasSubstr("échu depuis le 28 février 2026 :"));
  EXPECT_THAT(late.words.en, HasSubstr("over since 28 February 2026:"));
  EXPECT_EQ(late.severity, v1::FINDING_SEVERITY_SERIOUS);
}

TEST(Denunciation, HasNoEffectOfItsOwnAfterTheEndOfTheTerm) {
  const Deadline notice = *NoticeDeadline(Period(v1::NOTICE_KIND_DENUNCIATION), Day("2025-08-31"));

  EXPECT_TRUE(CheckDenunciationUseful(notice, Day("2026-02-28")).has_value());
  EXPECT_FALSE(CheckDenunciationUseful(notice, Day("2026-03-01")).has_value());
}

}  // namespace
}  // namespace greffe::rules
