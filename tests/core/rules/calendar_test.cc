#include "core/rules/calendar.h"

#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

TEST(Calendar, AddsMonthsToTheSameDayOrTheLastOne) {
  EXPECT_EQ(AddMonths(Day("2025-01-15"), 1), Day("2025-02-15"));
  EXPECT_EQ(AddMonths(Day("2025-01-31"), 1), Day("2025-02-28"));
  EXPECT_EQ(AddMonths(Day("2024-01-31"), 1), Day("2024-02-29"));
  EXPECT_EQ(AddMonths(Day("2025-11-30"), 3), Day("2026-02-28"));
  EXPECT_EQ(AddMonths(Day("2025-03-31"), -1), Day("2025-02-28"));
}

TEST(Calendar, HasNoMonthBeyondItsYears) {
  EXPECT_EQ(AddMonths(Day("2199-12-01"), 1), std::nullopt);
  EXPECT_EQ(AddMonths(Day("2199-11-30"), 1), Day("2199-12-30"));
  EXPECT_EQ(AddMonths(Day("1900-01-31"), -1), std::nullopt);
}

TEST(Calendar, KnowsTheHolidaysOfAYear) {
  for (const char* day : {"2025-01-01", "2025-04-21", "2025-05-01", "2025-05-08", "2025-05-29",
                          "2025-06-09", "2025-07-14", "2025-08-15", "2025-11-01", "2025-11-11",
                          "2025-12-25", "2024-04-01", "2026-05-25"}) {
    EXPECT_FALSE(HolidayOn(Day(day)).empty()) << day;
  }
  for (const char* day : {"2025-04-18", "2025-04-20", "2025-12-26", "2025-06-08", "2025-02-28"}) {
    EXPECT_TRUE(HolidayOn(Day(day)).empty()) << day;
  }
}

TEST(Calendar, GoesOverWeekendsAndHolidaysTogether) {
  EXPECT_EQ(WorkingDayFrom(Day("2025-08-28")), Day("2025-08-28"));
  EXPECT_EQ(WorkingDayFrom(Day("2025-08-30")), Day("2025-09-01"));
  // Saturday before Easter Monday.
  EXPECT_EQ(WorkingDayFrom(Day("2025-04-19")), Day("2025-04-22"));
}

TEST(Calendar, KnowsTheTimeInParisInSummerAndInWinter) {
  const auto at = [](const char* instant) { return ParisTimeOf(*Instant::Parse(instant, "at")); };
  EXPECT_EQ(at("2025-06-27T08:30:59Z").minute, 10 * 60 + 30);
  EXPECT_EQ(at("2025-12-27T08:30:00Z").minute, 9 * 60 + 30);
  EXPECT_EQ(at("2025-06-26T22:00:00Z").day, Day("2025-06-27"));
  EXPECT_EQ(at("2025-06-26T21:59:59Z").day, Day("2025-06-26"));
  // The hour jumps on 30 March 2025 and comes back on 26 October, at 01:00 UTC.
  EXPECT_EQ(at("2025-03-30T00:59:00Z").minute, 1 * 60 + 59);
  EXPECT_EQ(at("2025-03-30T01:00:00Z").minute, 3 * 60);
  EXPECT_EQ(at("2025-10-26T00:59:00Z").minute, 2 * 60 + 59);
  EXPECT_EQ(at("2025-10-26T01:00:00Z").minute, 2 * 60);
  // 31 March 2024 is itself the last Sunday.
  EXPECT_EQ(at("2024-03-31T01:00:00Z").minute, 3 * 60);
  EXPECT_EQ(at("1969-12-31T23:30:00Z").day, Day("1970-01-01"));
}

TEST(Calendar, EndsADayBeforeTheNextOneInParis) {
  const auto end = [](const char* day) { return EndOfParisDay(Day(day)).micros + 1; };
  const auto at = [](const char* instant) { return Instant::Parse(instant, "at")->micros; };
  EXPECT_EQ(end("2025-06-26"), at("2025-06-26T22:00:00Z"));
  EXPECT_EQ(end("2025-12-27"), at("2025-12-27T23:00:00Z"));
  // The days on which the clocks change, and those before.
  EXPECT_EQ(end("2025-03-29"), at("2025-03-29T23:00:00Z"));
  EXPECT_EQ(end("2025-03-30"), at("2025-03-30T22:00:00Z"));
  EXPECT_EQ(end("2025-10-25"), at("2025-10-25T22:00:00Z"));
  EXPECT_EQ(end("2025-10-26"), at("2025-10-26T23:00:00Z"));
  EXPECT_EQ(end("1969-12-31"), at("1969-12-31T23:00:00Z"));
}

}  // namespace
}  // namespace greffe::rules
