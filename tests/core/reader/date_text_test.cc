#include "core/reader/date_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Dates(absl::string_view text) {
  std::vector<std::string> dates;
  for (const FoundDate& date : FindDates(Plain(text))) {
    dates.push_back(date.iso + (date.precision == Precision::kMonth ? " month" : ""));
  }
  return dates;
}

TEST(FindDates, ReadsFigures) {
  EXPECT_THAT(Dates("du 1er janvier 2022 au 31 DÉCEMBRE 2026"),
              ElementsAre("2022-01-01", "2026-12-31"));
  EXPECT_THAT(Dates("20/10/2022, 9.3.21, 2022-10-20 et 05 - 06 - 2023"),
              ElementsAre("2022-10-20", "2021-03-09", "2022-10-20", "2023-06-05"));
  EXPECT_THAT(Dates("en avril 2021"), ElementsAre("2021-04-01 month"));
}

TEST(FindDates, ReadsWords) {
  EXPECT_THAT(Dates("L'an deux mille vingt et un, le cinq mars à dix-huit heures"),
              ElementsAre("2021-03-05"));
  EXPECT_THAT(Dates("le dix-neuf décembre deux mille vingt-deux"), ElementsAre("2022-12-19"));
  EXPECT_THAT(Dates("le premier août deux mille"), ElementsAre("2000-08-01"));
}

TEST(FindDates, TakesTheYearPrintedAhead) {
  EXPECT_THAT(Dates("L'an 2025, le lundi 23 juin, à 17h00, dûment convoqué le mardi 17 juin 2025"),
              ElementsAre("2025-06-23", "2025-06-17"));
}

TEST(FindDates, LeavesOutWhatNoCalendarHas) {
  EXPECT_THAT(Dates("31/02/2022 et 12/13/2022 et 00/01/2020"), IsEmpty());
  EXPECT_THAT(Dates("29 février 2023"), IsEmpty());
  EXPECT_THAT(Dates("29 février 2024"), ElementsAre("2024-02-29"));
}

TEST(FindDates, TakesNoNumberForADate) {
  EXPECT_THAT(Dates("loi n° 78-17, articles L. 263-1 et R421-5, 2021-2025, Mai 68, 12 000 €"),
              IsEmpty());
}

TEST(NumberInWords, CountsAsFrenchDoes) {
  const auto value = [](const char* words) {
    return NumberInWords(words).value_or(FoundNumber{}).value;
  };
  EXPECT_EQ(value("quatre-vingt-dix-neuf"), 99u);
  EXPECT_EQ(value("quatre-vingts"), 80u);
  EXPECT_EQ(value("soixante et onze"), 71u);
  EXPECT_EQ(value("deux cent trois"), 203u);
  EXPECT_EQ(value("mille neuf cent quatre-vingt-quatre"), 1984u);
  EXPECT_FALSE(NumberInWords("maire").has_value());
}

TEST(NumberInWords, StopsAtWordsThatAreNoNumbers) {
  EXPECT_EQ(NumberInWords("trois ans")->bytes, 5u);
  EXPECT_FALSE(NumberInWords("cent cent cent cent cent").has_value());
}

TEST(DaysBetween, CrossesLeapYears) {
  EXPECT_EQ(DaysBetween("2025-01-01", "2025-06-23"), 173);
  EXPECT_EQ(DaysBetween("2022-01-01", "2022-12-19"), 352);
  EXPECT_EQ(DaysBetween("2024-02-28", "2024-03-01"), 2);
  EXPECT_EQ(DaysBetween("2022-01-02", "2022-01-01"), -1);
}

TEST(FrenchDate, WritesTheFirstAsAnOrdinal) {
  EXPECT_EQ(FrenchDate("2025-01-01"), "1er janvier 2025");
  EXPECT_EQ(FrenchDate("2025-06-27"), "27 juin 2025");
}

}  // namespace
}  // namespace greffe::reader
