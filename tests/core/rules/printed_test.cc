#include "core/rules/printed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Printed, StampsAgreeWhereTheySayOneThing) {
  EXPECT_THAT(StampsDiffer({"2021-03-09", "", "2021-03-09"}), IsEmpty());
  EXPECT_THAT(StampsDiffer({"2021-03-10", "", "2021-03-09", "2021-03-10"}),
              ElementsAre("2021-03-09", "2021-03-10"));
}

TEST(Printed, AFactHasOneDay) {
  EXPECT_THAT(DaysDiffer({"2025-06-23", "2025-06-23"}), IsEmpty());
  EXPECT_THAT(DaysDiffer({"2025-06-23", "2025-06-20"}), ElementsAre("2025-06-20", "2025-06-23"));
}

TEST(Printed, NoDayMeansForEver) {
  for (const char* day : {"2222-02-22", "2999-01-01", "9999-12-31", "2099-12-31", "1900-01-01"}) {
    const auto odd = CheckSentinelDay(day);
    ASSERT_TRUE(odd.has_value()) << day;
    EXPECT_EQ(odd->rule, Rule::kSentinelDate);
    EXPECT_THAT(odd->words.fr, HasSubstr(day));
  }
  for (const char* day : {"2025-06-23", "2099-12-30", "1900-01-02", "2022-02-22", "9999", ""}) {
    EXPECT_FALSE(IsSentinelDay(day)) << day;
  }
}

}  // namespace
}  // namespace greffe::rules
