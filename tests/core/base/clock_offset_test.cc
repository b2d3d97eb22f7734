#include "core/base/clock_offset.h"

#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/match.h"

namespace greffe {
namespace {

TEST(ClockOffset, IsToldInUnitsOfPeople) {
  EXPECT_EQ(ClockOffsetFr(0), "moins d'une seconde");
  EXPECT_EQ(ClockOffsetFr(-999), "moins d'une seconde");
  EXPECT_EQ(ClockOffsetFr(1500), "en avance de 1500 ms");
  EXPECT_EQ(ClockOffsetFr(119'999), "en avance de 119 s");
  EXPECT_EQ(ClockOffsetFr(-7'199'999), "en retard de 119 min");
  EXPECT_EQ(ClockOffsetEn(7'200'000), "2 h ahead");
  EXPECT_EQ(ClockOffsetEn(-172'800'000), "2 days behind");
  EXPECT_EQ(ClockOffsetFr(-315'360'000'010), "en retard de 10 ans");
}

TEST(ClockOffset, IsWrongBeyondFiveMinutesEitherWay) {
  for (const std::int64_t within : {0, 300'000, -300'000}) EXPECT_FALSE(IsClockWrong(within));
  for (const std::int64_t beyond : {300'001, -300'001}) EXPECT_TRUE(IsClockWrong(beyond));
}

// A peer says what it likes.
TEST(ClockOffset, TakesAnyNumber) {
  using Limits = std::numeric_limits<std::int64_t>;
  for (const std::int64_t extreme : {Limits::min(), Limits::max()}) {
    EXPECT_TRUE(IsClockWrong(extreme));
    EXPECT_TRUE(absl::StrContains(WrongClockFr("Rodez", extreme), " ans sur celle de"));
    EXPECT_TRUE(absl::StrContains(WrongClockEn("Rodez", extreme), " years "));
  }
}

}  // namespace
}  // namespace greffe
