// Evaluations: of which year, and who validates them (L-23).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;
using testing_support::Put;
using testing_support::SamplePlay;
using testing_support::StatusIs;

Life Annual(const std::string& year, const std::string& on) {
  Life fact = test::Plain(Life::kEvaluationReported, on);
  fact.mutable_evaluation_reported()->set_kind(v1::EVALUATION_KIND_ANNUAL);
  fact.mutable_evaluation_reported()->set_year(year);
  return fact;
}

// The sample concluded, with a technical committee besides the steering one.
struct Evaluating {
  SamplePlay play;

  Evaluating() {
    v1::Element body;
    body.set_id("body-2");
    body.set_position("z");
    body.mutable_body()->set_name("Comité technique");
    body.mutable_body()->set_kind(v1::BODY_KIND_TECHNICAL);
    v1::ReviseActRequest request;
    request.set_act_id(play.original());
    *request.add_changes() = Put(body);
    EXPECT_OK(play.agglo().Do(request, play.Coordinator()));
    play.ConcludeOriginal();
  }
  CommandContext As(v1::Role role) { return play.agglo().Context("agglo", {role}); }
  absl::Status Say(const Life& fact, v1::Role role = v1::ROLE_COORDINATOR) {
    v1::RecordFactRequest request;
    *request.mutable_fact() = fact;
    return Decide(play.agglo().state(), request, As(role)).status();
  }
  // Written as a peer would, whatever Decide says.
  Digest Write(const Life& fact) {
    Decision decision;
    *decision.events.emplace_back().mutable_life_recorded() = fact;
    return play.agglo().Write(decision, As(v1::ROLE_COORDINATOR)).front();
  }
  std::set<std::string> Codes() {
    const v1::ConventionView view = ViewConvention(play.agglo().At("2025-06-30"), "").value();
    std::set<std::string> out;
    for (const v1::Finding& one : view.findings()) out.insert(one.code());
    return out;
  }
  static Life ValidatedBy(const std::string& body, const Digest& report) {
    Life fact = test::Answering(test::Plain(Life::kEvaluationValidated, "2025-06-30"), report);
    fact.mutable_evaluation_validated()->set_body_id(body);
    return fact;
  }
};

TEST(DecideEvaluation, RefusesAYearThatHasNotBegun) {
  Evaluating play;
  const absl::Status refused = play.Say(Annual("2026", "2025-06-01"));

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition,
                                HasSubstr("l'année 2026 n'a pas commencé le 1er juin 2025")));
  EXPECT_EQ(RefusalOf(refused).rule, "L-23");
  EXPECT_EQ(RefusalOf(refused).field, "fact.evaluation_reported.year");
  EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("corrigez l'année"));
}

TEST(DecideEvaluation, RecordsAYearThatIsNotOverAndFindsIt) {
  Evaluating play;
  EXPECT_OK(play.Say(Annual("2025", "2025-06-01")));
  EXPECT_THAT(play.Codes(), Not(Contains("evaluation-year-not-over")));
  play.Write(Annual("2025", "2025-06-01"));
  EXPECT_THAT(play.Codes(), Contains("evaluation-year-not-over"));
}

TEST(DecideEvaluation, IsValidatedByABodyThatTheConventionChargesWithIt) {
  Evaluating play;
  const Digest report = play.Write(Annual("2025", "2025-06-01"));

  EXPECT_OK(play.Say(Evaluating::ValidatedBy("body-1", report), v1::ROLE_SECRETARIAT));
  const absl::Status refused =
      play.Say(Evaluating::ValidatedBy("body-2", report), v1::ROLE_SECRETARIAT);
  EXPECT_EQ(RefusalOf(refused).rule, "L-23");
  EXPECT_EQ(RefusalOf(refused).field, "fact.evaluation_validated.body_id");
  EXPECT_THAT(RefusalOf(refused).fr, HasSubstr("ne charge pas « Comité technique »"));
  EXPECT_THAT(RefusalOf(refused).next_fr, HasSubstr("body-1 (Comité de pilotage)"));
}

TEST(DecideEvaluation, FindsWhatAPeerRecordedAgainstTheRules) {
  Evaluating play;
  const Digest report = play.Write(Annual("2026", "2025-06-01"));
  EXPECT_THAT(play.Codes(), Contains("evaluation-before-year"));
  EXPECT_THAT(play.Codes(), Not(Contains("validated-by-another-body")));
  play.Write(Evaluating::ValidatedBy("body-2", report));
  EXPECT_THAT(play.Codes(), Contains("validated-by-another-body"));
}

}  // namespace
}  // namespace greffe
