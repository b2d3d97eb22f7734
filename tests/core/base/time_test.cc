#include "core/base/time.h"

#include "absl/time/civil_time.h"
#include "core/base/civil_day.h"
#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

TEST(CivilDate, ParsesAndPrintsEveryDayOfAFourYearCycle) {
  const auto first = CivilDate::Parse("2023-01-01", "d");
  ASSERT_OK(first);
  for (CivilDate day = *first; day.days < first->days + 1461; day = day.NextDay()) {
    const auto back = CivilDate::Parse(day.ToString(), "d");
    ASSERT_OK(back);
    ASSERT_EQ(*back, day);
  }
}

TEST(CivilDate, KnowsTheEpoch) {
  EXPECT_EQ(CivilDate::Parse("1970-01-01", "d")->days, 0);
  EXPECT_EQ(CivilDate::Parse("2025-03-01", "d")->days, 20148);
  EXPECT_EQ(CivilDate{20148}.year(), 2025);
}

// Every day that a date may be, and a year beyond at either end.
TEST(CivilDay, IsTheOneThatTheCalendarCountsTo) {
  absl::CivilDay day(1898, 12, 31);
  for (std::int64_t days = day - absl::CivilDay(1970, 1, 1); day.year() < 2202; ++days, ++day) {
    ASSERT_EQ(CivilDayOf(days), day) << days;
  }
}

TEST(CivilDate, PrintsYearsThatNoDateMayHave) {
  EXPECT_EQ(CivilDate{-719528}.ToString(), "0000-01-01");
  EXPECT_EQ(CivilDate{2932896}.ToString(), "9999-12-31");
  EXPECT_EQ(CivilDate{2932897}.ToString(), "10000-01-01");
  EXPECT_EQ(CivilDate{-719529}.ToString(), "-001-12-31");
}

TEST(CivilDate, RefusesWhatTheCalendarDoesNotHaveNamingTheField) {
  for (const char* bad : {"2022-02-30", "2023-02-29", "2025-13-01", "2025-00-10", "2025-04-31"}) {
    const auto date = CivilDate::Parse(bad, "terms.start_date");
    EXPECT_THAT(date, StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
    EXPECT_EQ(RefusalOf(date.status()).rule, "date-calendar");
    EXPECT_EQ(RefusalOf(date.status()).field, "terms.start_date");
  }
}

TEST(CivilDate, RefusesOtherForms) {
  for (const char* bad : {"", "2025-1-1", "01/03/2025", "2025-03-01T00:00:00Z", "+025-03-01"}) {
    EXPECT_EQ(RefusalOf(CivilDate::Parse(bad, "d").status()).rule, "date-form") << bad;
  }
  EXPECT_EQ(RefusalOf(CivilDate::Parse("1899-12-31", "d").status()).rule, "date-range");
}

TEST(Instant, ParsesRfc3339WithZoneAndPrintsUtc) {
  const auto instant = Instant::Parse("2025-03-01T12:00:00.25+01:00", "at");
  ASSERT_OK(instant);
  EXPECT_EQ(instant->ToString(), "2025-03-01T11:00:00.25Z");
  EXPECT_EQ(*Instant::Parse(instant->ToString(), "at"), *instant);
}

TEST(Instant, RefusesWhatIsNoInstant) {
  for (const char* bad : {"", "2025-03-01", "infinite-future", "hier"}) {
    EXPECT_THAT(Instant::Parse(bad, "at"), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
  }
}

}  // namespace
}  // namespace greffe
