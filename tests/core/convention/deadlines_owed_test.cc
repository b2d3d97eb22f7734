// What is owed in time: by whom it was bound, until when, and what remains to be validated.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/convention/views/queries_life.h"
#include "tests/core/convention/living_play.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;
using test::Living;

// The first whose id starts so; empty when there is none.
v1::Deadline Find(const v1::DeadlinesView& view, const std::string& id) {
  for (const v1::Deadline& one : view.deadlines()) {
    if (one.id().compare(0, id.size(), id) == 0) return one;
  }
  return {};
}

v1::DeadlinesView On(Living& life, const char* day) {
  life.On(day);
  return ViewDeadlines(life.play.agglo().At(day));
}

// L-23: reported, an evaluation is still to be validated by the committee.
TEST(Owed, KeepsTheValidationOfAnEvaluationDueUntilItIsRecorded) {
  Living life;
  EXPECT_EQ(Find(On(life, "2026-03-10"), "evaluation-annual-2025-validation").id(), "");
  Life fact = test::Plain(Life::kEvaluationReported, "2026-03-10");
  fact.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  fact.mutable_evaluation_reported()->set_year("2025");
  const Digest reported = life.Record("agglo", v1::ROLE_COORDINATOR, fact);

  const v1::Deadline due = Find(On(life, "2026-03-10"), "evaluation-annual-2025-validation");
  EXPECT_EQ(due.state(), v1::DEADLINE_STATE_DUE);
  EXPECT_THAT(due.text(), HasSubstr("À valider par le comité"));
  EXPECT_EQ(due.rule(), "L-23");
  EXPECT_EQ(Find(On(life, "2026-04-01"), due.id()).state(), v1::DEADLINE_STATE_LATE);
  Life validated = test::Answering(test::Plain(Life::kEvaluationValidated, "2026-04-01"), reported);
  validated.mutable_evaluation_validated()->set_body_id("body-1");
  life.Record("agglo", v1::ROLE_SECRETARIAT, validated);

  EXPECT_EQ(Find(On(life, "2026-04-01"), due.id()).state(), v1::DEADLINE_STATE_DONE);
}

// L-13: a project binds nobody, so that nothing of it is late.
TEST(Owed, IsNotLateWhileTheConventionIsAProject) {
  testing_support::SamplePlay play;
  const v1::Deadline alarm = Find(ViewDeadlines(play.agglo().At("2029-12-31")), "renewal-12");
  EXPECT_EQ(alarm.state(), v1::DEADLINE_STATE_PASSED);
  EXPECT_THAT(alarm.why(), HasSubstr("n'est pas conclue"));
}

// `why` says what each day is counted from.
TEST(Owed, SaysWhyAnEvaluationIsDueByItsDay) {
  Living life;
  const v1::DeadlinesView view = On(life, "2025-06-30");
  EXPECT_THAT(Find(view, "evaluation-annual-2025").why(),
              HasSubstr("dans les 3 mois qui suivent l'année, jusqu'au 31 mars 2026"));
  EXPECT_THAT(Find(view, "evaluation-mid-term").why(), HasSubstr("À mi-parcours"));
  EXPECT_THAT(Find(view, "evaluation-final").why(), HasSubstr("fin de la convention"));
}

// L-55: nobody acted on the alarms; after the end they are past, not done.
TEST(Owed, CallsAnAlarmPastWhenNobodyRenewed) {
  Living life;
  EXPECT_EQ(Find(On(life, "2029-12-31"), "renewal-12").state(), v1::DEADLINE_STATE_LATE);
  EXPECT_EQ(Find(On(life, "2030-01-01"), "renewal-12").state(), v1::DEADLINE_STATE_PASSED);
}

// Three parties with a term from 2024 to 2028 and no body, signed by all on a day.
v1::DeadlinesView SignedOn(const char* signed_on, const char* today) {
  test::Scenario play;
  play.SignByAll(play.frozen, signed_on);
  const EventReader none;
  return ViewDeadlines({play.State(), "cut", test::Day(today), test::Day(today), none});
}

// L-13: before the conclusion nobody was bound.
TEST(Owed, IsNotLateForADayBeforeTheConclusion) {
  const v1::DeadlinesView view = SignedOn("2026-11-23", "2026-11-23");
  for (const char* id : {"evaluation-annual-2024", "evaluation-mid-term"}) {
    EXPECT_EQ(Find(view, id).state(), v1::DEADLINE_STATE_PASSED) << id;
    EXPECT_THAT(Find(view, id).why(), HasSubstr("Conclue le 23 novembre 2026")) << id;
    EXPECT_THAT(Find(view, id).why_en(), HasSubstr("Concluded on 23 November 2026")) << id;
  }
  EXPECT_EQ(Find(view, "evaluation-annual-2026").state(), v1::DEADLINE_STATE_TO_COME);
  EXPECT_THAT(Find(view, "evaluation-annual-2026").why(), Not(HasSubstr("Conclue le")));
  const v1::DeadlinesView early = SignedOn("2024-02-01", "2026-11-23");
  EXPECT_EQ(Find(early, "evaluation-annual-2024").state(), v1::DEADLINE_STATE_LATE);
  const v1::DeadlinesView last = SignedOn("2028-08-01", "2028-08-01");
  EXPECT_EQ(Find(last, "renewal-12").state(), v1::DEADLINE_STATE_PASSED);
  EXPECT_THAT(Find(last, "renewal-12").why(), HasSubstr("ne liait encore personne"));
}

// L-21: a year of the contract that is no civil year is said by its days.
TEST(Owed, SaysTheDaysOfAYearOfTheContractInTheReadersLanguage) {
  test::Scenario play;
  v1::Element body;
  body.set_id("body-1");
  body.mutable_body()->set_name("Comité");
  body.mutable_body()->set_kind(v1::BODY_KIND_STEERING);
  body.mutable_body()->set_meetings_per_year_min(1);
  const auto drafted = play.history.Write(
      play.a, "a",
      test::Draft(play.original, {test::TermsElement("2024-07-01", "2027-06-30"), body},
                  {play.Leaf(play.draft)}));
  const auto frozen =
      play.history.Write(play.a, "a",
                         test::Freeze(play.original, {play.Leaf(play.draft), play.Leaf(drafted)},
                                      play.offices, "2024-07-01"));
  play.SignByAll(frozen, "2024-06-01");
  const EventReader none;
  const v1::DeadlinesView view =
      ViewDeadlines({play.State(), "cut", test::Day("2024-08-01"), test::Day("2024-08-01"), none});

  const v1::Deadline meetings = Find(view, "meetings-body-1-2024");
  EXPECT_THAT(meetings.text(), HasSubstr("1 réunion du 1er juillet 2024 au 30 juin 2025"));
  EXPECT_THAT(meetings.text_en(), HasSubstr("1 meeting from 1 July 2024 to 30 June 2025"));
}

}  // namespace
}  // namespace greffe
