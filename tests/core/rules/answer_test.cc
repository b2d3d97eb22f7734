#include "core/rules/answer.h"

#include <gtest/gtest.h>

#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

TEST(Answer, SaysItsDayTheDayItWasAskedAndItsToken) {
  const Stamp stamp = StampOf(Day("2025-03-01"), Day("2025-07-04"), "token");
  EXPECT_EQ(stamp.in_force_on, "2025-03-01");
  EXPECT_EQ(stamp.clock_date, "2025-07-04");
  EXPECT_EQ(stamp.cut, "token");
}

}  // namespace
}  // namespace greffe::rules
