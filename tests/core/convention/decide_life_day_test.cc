// Facts of life at the edges of the calendar, and on the day of the command.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::SizeIs;
using Life = v1::LifeRecorded;
using testing_support::SamplePlay;

v1::RecordFactRequest Request(Life fact) {
  v1::RecordFactRequest request;
  *request.mutable_fact() = std::move(fact);
  return request;
}

// Two corrections of one notice made at once, one dated at the end of the calendar: the one with
// the least leaf speaks for the thread, whichever of the two is answered.
TEST(DecideLifeDay, RefusesToFindANoticeFruitlessThatRunsBeyondTheCalendar) {
  SamplePlay play;
  play.ConcludeOriginal();
  const CommandContext caf = play.caf().Context("caf", {v1::ROLE_SIGNATORY});
  const auto write = [&](Life fact) {
    Decision recorded;
    *recorded.events.emplace_back().mutable_life_recorded() = std::move(fact);
    return play.caf().Write(recorded, caf).front();
  };
  const auto notice = [](const char* day) {
    return test::Notice(v1::NOTICE_KIND_BREACH, day, {"vallon"});
  };
  play.caf().today = *CivilDate::Parse("2025-08-31", "day");
  int beyond = 0;
  for (int i = 0; i < 8; ++i) {
    const Digest first = write(notice("2025-07-01"));
    write(test::Replacing(notice("2199-12-15"), {first}));
    const Digest sound = write(test::Replacing(notice("2025-07-02"), {first}));

    const absl::Status said =
        Decide(play.caf().state(),
               Request(test::Answering(test::Plain(Life::kNoticeFruitless, "2025-08-31"), sound)),
               play.caf().Context("caf", {v1::ROLE_SIGNATORY}))
            .status();

    if (said.ok()) continue;
    EXPECT_THAT(RefusalOf(said).next_en,
                testing::StartsWith("Correct the day on which the mise en demeure was sent."));
    ++beyond;
  }
  EXPECT_GT(beyond, 0);
}

// A command refuses it; a peer may have written it.
TEST(DecideLifeDay, FindsAFactOfADayThatHadNotCome) {
  for (const auto& [day, found] : {std::pair{"2025-06-30", 0}, {"2025-07-01", 1}}) {
    SamplePlay play;
    play.ConcludeOriginal();
    Decision decision;
    *decision.events.emplace_back().mutable_life_recorded() =
        test::Notice(v1::NOTICE_KIND_BREACH, day, {"vallon"});
    play.caf().Write(decision, play.caf().Context("caf", {v1::ROLE_SIGNATORY}));
    const v1::StatusView view = ViewStatus(play.caf().At("2025-06-30"), {}).value();
    EXPECT_EQ(std::count_if(view.findings().begin(), view.findings().end(),
                            [](const auto& one) { return one.code() == "future-date"; }),
              found)
        << day;
  }
}

TEST(DecideLifeDay, JudgesAFactWithoutADayOnTheDayOfTheCommand) {
  SamplePlay play;
  play.ConcludeOriginal();
  Life fact = test::Plain(Life::kClauseDeemedUnwritten, "");
  fact.set_element_id("art-1");
  fact.mutable_clause_deemed_unwritten()->set_cause(v1::UNWRITTEN_CAUSE_COURT_DECISION);
  fact.mutable_clause_deemed_unwritten()->set_reference("TA, n° 25-001");
  fact.mutable_clause_deemed_unwritten()->set_final_on("2025-05-20");
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(Request(fact), play.Secretariat("agglo"), &leaves));

  v1::RecordFactResponse response;
  FillAnswer(play.agglo().state(), Request(fact), leaves, &response);

  ASSERT_THAT(response.findings(), SizeIs(1));
  EXPECT_EQ(response.findings(0).code(), "deemed-unwritten");
}

}  // namespace
}  // namespace greffe
