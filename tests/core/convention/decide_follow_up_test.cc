#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/text/follow_up.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Indicator;
using testing_support::Put;
using testing_support::SamplePlay;
using testing_support::StatusIs;

v1::RecordMeasurementRequest Measure(const std::string& value, const std::string& period = "2025",
                                     const std::string& element = "ind-1") {
  v1::RecordMeasurementRequest request;
  request.mutable_measurement()->set_element_id(element);
  request.mutable_measurement()->set_period(period);
  request.mutable_measurement()->set_value(value);
  request.mutable_measurement()->set_source("relevé annuel");
  return request;
}

// The open conflict of the sample, seen at agglo.
v1::ConflictView OnlyConflict(SamplePlay& play) {
  const auto view = ViewConflicts(play.agglo().At("2025-06-30"));
  EXPECT_OK(view);
  EXPECT_EQ(view->conflicts_size(), 1);
  return view->conflicts_size() == 1 ? view->conflicts(0) : v1::ConflictView();
}

TEST(IsPeriod, KnowsYearsTermsAndMonths) {
  for (const char* good : {"2024", "2024-T1", "2024-T4", "2024-01", "2024-12"}) {
    EXPECT_TRUE(IsPeriod(good)) << good;
  }
  for (const char* bad : {"", "24", "2024-", "2024-T0", "2024-T5", "2024-00", "2024-13", "2024-1",
                          "2024-123", "2024 T1", "20a4"}) {
    EXPECT_FALSE(IsPeriod(bad)) << bad;
  }
}

TEST(IsDecimal, KnowsNumbersWithAPoint) {
  for (const char* good : {"0", "12", "-3", "12.5", "-0.25"}) EXPECT_TRUE(IsDecimal(good)) << good;
  for (const char* bad : {"", "-", "12,5", ".5", "5.", "1e3", "1.2.3", "+1", " 1"}) {
    EXPECT_FALSE(IsDecimal(bad)) << bad;
  }
}

TEST(DecideMeasurement, RefusesWrongValuesPeriodsAndElements) {
  SamplePlay play;
  const auto decide = [&](const v1::RecordMeasurementRequest& request) {
    return Decide(play.agglo().state(), request, play.Coordinator());
  };

  EXPECT_OK(decide(Measure("12.5")));
  EXPECT_THAT(decide(Measure("12,5")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("virgule")));
  EXPECT_THAT(decide(Measure("12", "l'an passé")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("période")));
  EXPECT_OK(decide(Measure(std::string(40, '9'))));
  EXPECT_THAT(decide(Measure(std::string(41, '9'))), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(decide(Measure("12", "2025", "unknown")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(decide(Measure("12", "2025", "act-1")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("indicateur")));
}

// Nobody has seen a period that has not begun; one that runs may be measured.
TEST(DecideMeasurement, RefusesAPeriodThatHasNotBegun) {
  SamplePlay play;
  const auto decide = [&](const char* period) {
    return Decide(play.agglo().state(), Measure("12", period), play.Coordinator()).status();
  };
  const int year = play.agglo().today.year();
  EXPECT_OK(decide(std::to_string(year).c_str()));
  const absl::Status refused = decide(std::to_string(year + 1).c_str());
  EXPECT_EQ(RefusalOf(refused).rule, "future-date");
  EXPECT_EQ(RefusalOf(refused).field, "measurement.period");
  EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("commencée le 30 juin 2025 au plus tard"));
  EXPECT_THAT(RefusalOf(refused).en, HasSubstr("began no later than"));
  // Nor has one that begins after the last day of the calendar; one of long ago has.
  for (const char* const beyond : {"2200", "2200-T1", "9999-12"}) {
    EXPECT_EQ(RefusalOf(decide(beyond)).rule, "future-date") << beyond;
    EXPECT_EQ(RefusalOf(decide(beyond)).field, "measurement.period") << beyond;
  }
  EXPECT_OK(decide("1899-12"));
  // On its first day it has begun.
  play.agglo().today = *CivilDate::TryParse("2025-07-01");
  EXPECT_OK(decide("2025-07"));
  EXPECT_OK(decide("2025-T3"));
  EXPECT_EQ(RefusalOf(decide("2025-08")).rule, "future-date");
}

TEST(DecideMeasurement, ReplacesTheValueThatWasShown) {
  SamplePlay play;
  ASSERT_OK(play.agglo().Do(Measure("12"), play.Coordinator()));
  ASSERT_OK(play.agglo().Do(Measure("14"), play.Coordinator()));

  const auto view = ViewConvention(play.agglo().At("2025-06-30"), "ind-1");

  ASSERT_OK(view);
  ASSERT_EQ(view->follow_up_size(), 1);
  ASSERT_EQ(view->follow_up(0).values_size(), 1);
  EXPECT_EQ(view->follow_up(0).values(0).measurement().value(), "14");
}

TEST(DecideMeasurement, TellsTheSecondOfTwoUsersOfOneReplica) {
  SamplePlay play;
  const CommandContext read_before = play.Coordinator();
  ASSERT_OK(play.agglo().Do(Measure("12"), play.Coordinator()));
  CommandContext without_cut = play.Coordinator();
  without_cut.read_cut.reset();

  EXPECT_THAT(Decide(play.agglo().state(), Measure("15"), read_before),
              StatusIs(absl::StatusCode::kAborted, AllOf(HasSubstr("12"), HasSubstr("15"),
                                                         HasSubstr("Agglomération du Vallon"))));
  EXPECT_THAT(Decide(play.agglo().state(), Measure("15"), without_cut),
              StatusIs(absl::StatusCode::kAborted));
}

TEST(DecideMeasurement, AcceptsAFirstValueWithoutACut) {
  SamplePlay play;
  CommandContext context = play.Coordinator();
  context.read_cut.reset();

  EXPECT_OK(Decide(play.agglo().state(), Measure("12"), context));
}

TEST(DecideProgress, BoundsThePercentageAndSaysToday) {
  SamplePlay play;
  v1::ReportProgressRequest request;
  request.mutable_progress()->set_element_id("act-1");
  request.mutable_progress()->set_state(v1::PROGRESS_STATE_IN_PROGRESS);
  request.mutable_progress()->set_percent(100);

  const auto full = Decide(play.agglo().state(), request, play.Coordinator());
  request.mutable_progress()->set_percent(101);
  const auto over = Decide(play.agglo().state(), request, play.Coordinator());

  ASSERT_OK(full);
  EXPECT_EQ(full->events[0].progress_reported().as_of(), "2025-06-30");
  EXPECT_THAT(over, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("percent")));
}

TEST(DecideMeeting, IsRecordedByTheSecretariatForABody) {
  SamplePlay play;
  v1::RecordMeetingRequest request;
  request.mutable_meeting()->set_element_id("body-1");
  request.mutable_meeting()->set_held_on("2025-06-30");
  request.mutable_meeting()->add_decisions("Bilan adopté");

  EXPECT_OK(Decide(play.agglo().state(), request, play.Secretariat("agglo")));
  request.mutable_meeting()->set_held_on("2025-07-01");
  EXPECT_THAT(Decide(play.agglo().state(), request, play.Secretariat("agglo")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("avenir")));
}

TEST(DecideCorrect, ReplacesAFactWithAReasonAndKeepsBoth) {
  SamplePlay play;
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(Measure("12"), play.Coordinator(), &leaves));
  v1::CorrectFactRequest request;
  request.set_fact(leaves[0].ToHex());
  *request.mutable_measurement() = Measure("21").measurement();
  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("reason")));
  request.set_reason("Chiffres inversés");

  ASSERT_OK(play.agglo().Do(request, play.Coordinator()));

  const auto history = ViewHistory(play.agglo().At("2025-06-30"), "ind-1");
  ASSERT_OK(history);
  ASSERT_EQ(history->entries_size(), 3);
  EXPECT_EQ(history->entries(1).follow_up().measurement().value(), "12");
  EXPECT_EQ(history->entries(2).follow_up().measurement().value(), "21");
  EXPECT_THAT(history->entries(2).follow_up().measurement().source(),
              HasSubstr("Chiffres inversés"));
  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("21")));
}

TEST(DecideCorrect, RefusesAnotherSubjectAndActs) {
  SamplePlay play;
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(Measure("12"), play.Coordinator(), &leaves));
  v1::CorrectFactRequest request;
  request.set_fact(leaves[0].ToHex());
  request.set_reason("Autre période");
  *request.mutable_measurement() = Measure("12", "2024").measurement();

  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("même période")));
  request.set_fact(play.Freeze(play.original()));
  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-30")));
}

TEST(DecideSettle, KeepsOneOfTwoConcurrentValues) {
  SamplePlay play;
  ASSERT_OK(play.agglo().Do(Measure("12"), play.Coordinator()));
  ASSERT_OK(play.caf().Do(Measure("13"), play.CafCoordinator()));
  play.net().SyncAll();
  const v1::ConflictView conflict = OnlyConflict(play);
  ASSERT_EQ(conflict.values_size(), 2);
  v1::SettleConflictRequest request;
  request.set_conflict_id(conflict.conflict_id());
  request.set_keep(std::string(64, 'a'));
  EXPECT_THAT(Decide(play.caf().state(), request, play.CafCoordinator()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("keep")));
  request.set_keep(conflict.values(1).event().leaf());

  ASSERT_OK(play.caf().Do(request, play.CafCoordinator()));
  play.net().SyncAll();

  const auto view = ViewConvention(play.agglo().At("2025-06-30"), "ind-1");
  ASSERT_OK(view);
  ASSERT_EQ(view->follow_up(0).values_size(), 1);
  EXPECT_EQ(view->follow_up(0).values(0).measurement().value(),
            conflict.values(1).measurement().value());
  // The CAF settles; whose value it keeps is said.
  const bool own = conflict.values(1).event().partner_id() == "caf";
  EXPECT_THAT(view->follow_up(0).values(0).event().summary(),
              HasSubstr(own ? "Valeur de la Caisse d'allocations familiales, retenue parmi 2."
                            : "Valeur de l'Agglomération du Vallon, retenue parmi 2."));
  EXPECT_THAT(conflict.values(0).event().summary(), testing::Not(HasSubstr("retenue")));
  EXPECT_THAT(Decide(play.caf().state(), request, play.CafCoordinator()),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST(DecideSettle, RefusesWhenAThirdValueCameMeanwhile) {
  SamplePlay play;
  ASSERT_OK(play.agglo().Do(Measure("12"), play.Coordinator()));
  ASSERT_OK(play.caf().Do(Measure("13"), play.CafCoordinator()));
  play.net().Send(0, 1);
  const CommandContext read_two = play.CafCoordinator();
  const v1::ConflictView conflict = ViewConflicts(play.caf().At("2025-06-30"))->conflicts(0);
  ASSERT_OK(play.agglo().Do(Measure("14"), play.Coordinator()));
  play.net().Send(0, 1);
  v1::SettleConflictRequest request;
  request.set_conflict_id(conflict.conflict_id());
  const int thirteen = conflict.values(0).measurement().value() == "13" ? 0 : 1;
  request.set_keep(conflict.values(thirteen).event().leaf());

  EXPECT_THAT(Decide(play.caf().state(), request, read_two),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("14")));
}

TEST(DecideSettle, RedraftsTheKeptWordingOfAnAct) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string act = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "vallon"))});
  const auto revise = [&](const std::string& name) {
    v1::ReviseActRequest request;
    request.set_act_id(act);
    *request.add_changes() = Put(Facility("fac-2", "annex-1", name, "vallon"));
    return request;
  };
  ASSERT_OK(play.agglo().Do(revise("Un"), play.Coordinator()));
  ASSERT_OK(play.caf().Do(revise("Deux"), play.CafCoordinator()));
  play.net().SyncAll();
  const v1::ConflictView conflict = OnlyConflict(play);
  ASSERT_EQ(conflict.drafts_size(), 2);
  v1::SettleConflictRequest request;
  request.set_conflict_id(conflict.conflict_id());
  request.set_keep(conflict.drafts(0).event().leaf());

  ASSERT_OK(play.agglo().Do(request, play.Coordinator()));

  const auto shown = ViewAct(play.agglo().At("2025-06-30"), act);
  ASSERT_OK(shown);
  ASSERT_EQ(shown->drafts_size(), 1);
  EXPECT_EQ(shown->drafts(0).element().facility().name(),
            conflict.drafts(0).element().facility().name());
}

TEST(DecideSettle, LeavesConcludedActsToAFurtherAct) {
  SamplePlay play;
  play.ConcludeOriginal();
  const std::string first = play.Propose({Put(Indicator("ind-1", "act-1", "Un"))});
  const std::string second = play.Propose({Put(Indicator("ind-1", "act-1", "Deux"))});
  const std::string one = play.Freeze(first, "2026-01-01");
  const std::string two = play.Freeze(second, "2026-01-01");
  play.ConcludeBoth(first, one, second, two);
  const auto view = ViewConflicts(play.agglo().At("2026-06-30"));
  ASSERT_OK(view);
  ASSERT_EQ(view->conflicts_size(), 1);
  ASSERT_EQ(view->conflicts(0).clash().sides_size(), 2);
  v1::SettleConflictRequest request;
  request.set_conflict_id(view->conflicts(0).conflict_id());
  request.set_keep(one);

  EXPECT_THAT(Decide(play.agglo().state(), request, play.Coordinator()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("L-30")));
}

TEST(DecideProgress, WantsAnActionThatIsDoneToBeWhollySo) {
  SamplePlay play;
  v1::ReportProgressRequest request;
  request.mutable_progress()->set_element_id("act-1");
  request.mutable_progress()->set_state(v1::PROGRESS_STATE_DONE);
  const auto say = [&] {
    return Decide(play.agglo().state(), request, play.Coordinator()).status();
  };

  EXPECT_OK(say());
  request.mutable_progress()->set_percent(10);
  EXPECT_THAT(say(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("percent")));
  request.mutable_progress()->set_percent(100);
  EXPECT_OK(say());
}

// Refused of a command, found where a peer recorded it.
TEST(DecideProgress, WantsNoShareOfAnActionThatHasNotStarted) {
  SamplePlay play;
  v1::ReportProgressRequest request;
  v1::ProgressReported& progress = *request.mutable_progress();
  progress.set_element_id("act-1");
  progress.set_state(v1::PROGRESS_STATE_NOT_STARTED);
  const auto say = [&] {
    return Decide(play.agglo().state(), request, play.Coordinator()).status();
  };
  EXPECT_OK(say());
  progress.set_percent(0);
  EXPECT_OK(say());
  progress.set_percent(50);
  EXPECT_EQ(RefusalOf(say()).field, "progress.percent");

  const auto found = [&] {
    progress.set_as_of("2025-06-30");
    Decision decision;
    *decision.events.emplace_back().mutable_progress_reported() = progress;
    const Digest leaf = play.agglo().Write(decision, play.Coordinator()).front();
    const v1::ConventionView view = ViewConvention(play.agglo().At("2025-06-30"), "act-1").value();
    std::string out;
    for (const v1::Finding& one : view.findings()) {
      if (one.leaf() == leaf.ToHex()) out += one.text();
    }
    return out;
  };
  EXPECT_THAT(found(), HasSubstr("50 % donné pour une action pas commencée"));
  progress.set_state(v1::PROGRESS_STATE_IN_PROGRESS);
  EXPECT_EQ(found(), "");
  progress.set_percent(130);
  EXPECT_THAT(found(), HasSubstr("attendu 0 à 100"));
}

// As after a vote, a signature or a fact of life: what was found is said at once.
TEST(FollowUpAnswer, SaysWhatWasFoundOfTheRecordAlone) {
  SamplePlay play;
  play.ConcludeOriginal();
  play.agglo().today = *CivilDate::Parse("2099-06-30", "day");
  const auto answer = [&play](const auto& request, auto response) {
    std::vector<Digest> leaves;
    EXPECT_OK(play.agglo().Do(request, play.Coordinator(), &leaves));
    FillAnswer(play.agglo().state(), request, leaves, &response);
    for (const v1::Finding& one : response.findings()) {
      EXPECT_EQ(one.leaf(), leaves.front().ToHex());
      EXPECT_EQ(one.rule(), "L-55");
    }
    return response.findings_size();
  };
  v1::ReportProgressRequest report;
  report.mutable_progress()->set_element_id("act-1");
  report.mutable_progress()->set_state(v1::PROGRESS_STATE_DONE);
  report.mutable_progress()->set_as_of("2029-12-31");
  v1::RecordMeetingRequest meeting;
  meeting.mutable_meeting()->set_element_id("body-1");
  meeting.mutable_meeting()->set_held_on("2029-12-31");

  EXPECT_EQ(answer(Measure("3", "2029"), v1::RecordMeasurementResponse()), 0);
  EXPECT_EQ(answer(report, v1::ReportProgressResponse()), 0);
  EXPECT_EQ(answer(meeting, v1::RecordMeetingResponse()), 0);
  report.mutable_progress()->set_as_of("2030-01-01");
  meeting.mutable_meeting()->set_held_on("2030-01-01");
  EXPECT_EQ(answer(Measure("3", "2030"), v1::RecordMeasurementResponse()), 1);
  EXPECT_EQ(answer(meeting, v1::RecordMeetingResponse()), 1);
  std::vector<Digest> leaves;
  ASSERT_OK(play.agglo().Do(Measure("4", "2031"), play.Coordinator(), &leaves));
  v1::CorrectFactRequest correct;
  correct.set_fact(leaves.front().ToHex());
  correct.set_reason("chiffres");
  *correct.mutable_measurement() = Measure("5", "2031").measurement();
  EXPECT_EQ(answer(correct, v1::CorrectFactResponse()), 1);
}

}  // namespace
}  // namespace greffe
