#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/convention/decide.h"
#include "core/convention/queries_life.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::SamplePlay;
using testing_support::SoundDeliberation;

// CHK-06: nothing runs from a receipt before the sitting.
TEST(ViewDeadlines, OfAVoteWhoseDatesCannotBeSayWhyTheyAreNotComputable) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordDeliberationRequest request;
  *request.mutable_deliberation() = SoundDeliberation("vallon", revision);
  request.mutable_deliberation()->set_received_on("2025-03-09");
  ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon")));

  std::size_t windows = 0;
  const v1::DeadlinesView view = ViewDeadlines(play.agglo().At("2025-06-30"), {});
  for (const v1::Deadline& one : view.deadlines()) {
    if (one.rule() != "L-58" && one.rule() != "L-59") continue;
    ++windows;
    EXPECT_EQ(one.last_day(), "");
    EXPECT_THAT(one.why(), AllOf(HasSubstr("non calculable"), HasSubstr("CHK-06"),
                                 HasSubstr("avant la séance")));
  }
  EXPECT_EQ(windows, 2u);
}

}  // namespace
}  // namespace greffe
