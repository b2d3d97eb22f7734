#include "core/rules/deadline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "tests/core/rules/rules_day.h"
#include "tests/support/status_matchers.h"

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;
using testing_support::StatusIs;

TEST(ContractDeadline, EndsANoticeOfOneMonthSentOnThe31stAtTheEndOfNovember) {
  const auto deadline = ContractDeadline(Day("2025-10-31"), 1);

  ASSERT_OK(deadline);
  EXPECT_EQ(deadline->last_day, Day("2025-11-30"));
  EXPECT_EQ(deadline->effect_on, Day("2025-12-01"));
}

TEST(ContractDeadline, EndsSixMonthsFromTheEndOfAugustAtTheEndOfFebruary) {
  const auto deadline = ContractDeadline(Day("2025-08-31"), 6);

  ASSERT_OK(deadline);
  EXPECT_EQ(deadline->last_day, Day("2026-02-28"));
  EXPECT_EQ(deadline->effect_on, Day("2026-03-01"));
}

TEST(ContractDeadline, DoesNotGoOverWeekends) {
  // 30 August 2025 is a Saturday.
  EXPECT_EQ(ContractDeadline(Day("2025-07-30"), 1)->last_day, Day("2025-08-30"));
}

TEST(ContractDeadline, OfDaysCountsEachDayAfterTheFirst) {
  const Deadline found = *ContractDeadlineInDays(Day("2025-01-13"), 45);
  EXPECT_EQ(found.last_day, Day("2025-02-27"));
  EXPECT_EQ(found.effect_on, Day("2025-02-28"));
  EXPECT_EQ(found.why.fr,
            "45 jours à compter du 13 janvier 2025, qui ne compte pas : le 27 février 2025.");
  EXPECT_FALSE(ContractDeadlineInDays(Day("2025-01-13"), 0).ok());
  EXPECT_FALSE(ContractDeadlineInDays(Day("2025-01-13"), 3651).ok());
  EXPECT_FALSE(ContractDeadlineInDays(Day("2199-12-31"), 1).ok());
}

TEST(YearDay, IsTheLastDayOfAMonthThatLacksIt) {
  EXPECT_EQ(OnYear({8, 31}, 2025), Day("2025-08-31"));
  EXPECT_EQ(OnYear({2, 29}, 2025), Day("2025-02-28"));
  EXPECT_EQ(OnYear({2, 29}, 2024), Day("2024-02-29"));
  EXPECT_EQ(OnYear({12, 31}, 2199), Day("2199-12-31"));
  EXPECT_EQ(OnYear({1, 1}, 2200), std::nullopt);
}

TEST(ContractDeadline, ExplainsItsArithmetic) {
  const auto deadline = ContractDeadline(Day("2025-10-31"), 1);

  ASSERT_OK(deadline);
  EXPECT_EQ(deadline->why.fr,
            "1 mois à compter du 31 octobre 2025 : ce mois n'a pas ce quantième, donc son dernier "
            "jour, le 30 novembre 2025.");
  EXPECT_EQ(deadline->effect.fr, "Effet le lendemain, le 1er décembre 2025 à 0 h.");
  EXPECT_EQ(deadline->why.en,
            "1 month from 31 October 2025: that month lacks the day number, so its last day, 30 "
            "November 2025.");
  EXPECT_EQ(deadline->effect.en, "Effect on the next day, 1 December 2025 at 00:00.");
  EXPECT_THAT(ContractDeadline(Day("2025-07-15"), 1)->why.fr, HasSubstr("même quantième"));
}

TEST(ContractDeadline, RefusesWhatTheCalendarDoesNotHave) {
  EXPECT_OK(ContractDeadline(Day("2189-12-31"), 120));
  for (const auto& refused :
       {ContractDeadline(Day("2199-12-01"), 1), ContractDeadline(Day("2025-01-01"), 0),
        ContractDeadline(Day("2025-01-01"), 121)}) {
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kOutOfRange));
    EXPECT_EQ(RefusalOf(refused.status()).rule, "date-range");
  }
}

TEST(ChallengeWindow, LastsTwoClearMonthsFromPublicationAndReceipt) {
  const Window window = ChallengeWindow(Day("2025-06-27"), Day("2025-06-27"));

  ASSERT_TRUE(window.deadline.has_value());
  EXPECT_EQ(window.deadline->last_day, Day("2025-08-28"));
  EXPECT_EQ(ChallengeWindow(Day("2025-06-27"), Day("2025-06-20")).deadline->last_day,
            Day("2025-08-28"));
  EXPECT_EQ(ChallengeWindow(Day("2025-06-20"), Day("2025-06-27")).deadline->last_day,
            Day("2025-08-28"));
}

TEST(ChallengeWindow, IsNotComputableWithoutPublicationAndSaysSo) {
  const Window window = ChallengeWindow(std::nullopt, Day("2022-12-22"));

  EXPECT_FALSE(window.deadline.has_value());
  EXPECT_THAT(window.why.fr, HasSubstr("date de publication inconnue"));
  EXPECT_THAT(window.why.en, HasSubstr("day of publication is unknown"));
  EXPECT_THAT(ChallengeWindow(Day("2022-12-22"), std::nullopt).why.fr, HasSubstr("réception"));
  EXPECT_THAT(ChallengeWindow(std::nullopt, std::nullopt).why.fr, HasSubstr("ni publication"));
}

TEST(ReferralWindow, RunsFromReceiptAlone) {
  const Window window = ReferralWindow(Day("2022-12-22"));

  ASSERT_TRUE(window.deadline.has_value());
  EXPECT_EQ(window.deadline->last_day, Day("2023-02-23"));
  EXPECT_FALSE(ReferralWindow(std::nullopt).deadline.has_value());
  EXPECT_THAT(ReferralWindow(std::nullopt).why.fr, HasSubstr("réception en préfecture inconnue"));
}

TEST(LitigationDeadline, GoesOverToTheNextWorkingDayAndSaysWhy) {
  // 28 June + 2 months, clear: 29 August 2026, a Saturday.
  const auto saturday = LitigationDeadline(Day("2026-06-28"), 2);
  ASSERT_OK(saturday);
  EXPECT_EQ(saturday->last_day, Day("2026-08-31"));
  EXPECT_THAT(saturday->why.fr, HasSubstr("prorogé au 31 août 2026"));

  // 13 May: clear end on 14 July, a holiday.
  const auto holiday = LitigationDeadline(Day("2026-05-13"), 2);
  ASSERT_OK(holiday);
  EXPECT_EQ(holiday->last_day, Day("2026-07-15"));
  EXPECT_THAT(holiday->why.fr, HasSubstr("fête nationale"));
}

TEST(LitigationDeadline, IsAnotherCountThanTheContracts) {
  EXPECT_EQ(ContractDeadline(Day("2025-06-27"), 2)->last_day, Day("2025-08-27"));
  EXPECT_EQ(LitigationDeadline(Day("2025-06-27"), 2)->last_day, Day("2025-08-28"));
}

}  // namespace
}  // namespace greffe::rules
