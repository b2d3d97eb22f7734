// Evaluations: of which year, and who validates them (L-23); acts that they lead to (L-33).
// Disputes (L-57).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "core/convention/views/queries_life.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using Life = v1::LifeRecorded;
using testing_support::MiniReplica;
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

// An avenant that names what led to it.
v1::ProposeActRequest Prompted(const std::string& by) {
  v1::ProposeActRequest request;
  request.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  request.mutable_draft()->set_title("Suite de l'évaluation");
  *request.mutable_draft()->add_changes() =
      Put(testing_support::Indicator("ind-1", "act-1", "Places ouvertes"));
  request.set_prompted_by(by);
  return request;
}

TEST(PromptedBy, NamesAnEvaluationOfTheConventionThatIsOnRecord) {
  Evaluating play;
  const CommandContext who = play.As(v1::ROLE_COORDINATOR);
  const auto refusal = [&](const std::string& by) {
    return RefusalOf(Decide(play.play.agglo().state(), Prompted(by), who).status());
  };
  const Digest other = play.Write(test::Plain(Life::kCommentPosted, "2025-06-01"));
  for (const std::string& by : {Sha256({"elsewhere"}).ToHex(), other.ToHex()}) {
    EXPECT_EQ(refusal(by).rule, "L-33");
    EXPECT_EQ(refusal(by).field, "prompted_by");
    EXPECT_THAT(refusal(by).next_fr, HasSubstr("greffe life show"));
  }
  EXPECT_EQ(refusal("3fa2").field, "prompted_by");

  const Digest report = play.Write(Annual("2024", "2025-06-01"));
  const auto decision = Decide(play.play.agglo().state(), Prompted(report.ToHex()), who);
  ASSERT_OK(decision);
  EXPECT_EQ(decision->events[0].act_opened().prompted_by(), report.ToBytes());
  play.play.agglo().Write(*decision, who);
  const v1::StatusView view = ViewStatus(play.play.agglo().At("2025-06-30")).value();
  const v1::ActView& act = view.acts(view.acts_size() - 1);
  EXPECT_EQ(act.prompted_by(), report.ToHex());
  EXPECT_THAT(act.opened().summary(),
              HasSubstr("après l'évaluation annuelle 2024, rendue le 1er juin 2025 (L-33)."));
  EXPECT_THAT(act.opened().summary_en(),
              HasSubstr("after the annual evaluation 2024, reported on 1 June 2025 (L-33)."));
  EXPECT_THAT(play.Codes(), Not(Contains("prompted-by-no-evaluation")));
}

TEST(PromptedBy, NamesTheRecordThatStandsAndReadsAsItWasCorrected) {
  Evaluating play;
  const CommandContext who = play.As(v1::ROLE_COORDINATOR);
  const Digest wrong = play.Write(Annual("2023", "2025-06-01"));
  play.play.agglo().Write(*Decide(play.play.agglo().state(), Prompted(wrong.ToHex()), who), who);
  const Digest right = play.Write(test::Replacing(Annual("2024", "2025-06-02"), {wrong}));

  const Refusal refusal =
      RefusalOf(Decide(play.play.agglo().state(), Prompted(wrong.ToHex()), who).status());
  EXPECT_EQ(refusal.rule, "changed-since-read");
  EXPECT_THAT(refusal.next_fr, HasSubstr(right.ToHex()));
  const v1::StatusView view = ViewStatus(play.play.agglo().At("2025-06-30")).value();
  EXPECT_THAT(view.acts(view.acts_size() - 1).opened().summary(),
              HasSubstr("l'évaluation annuelle 2024, rendue le 2 juin 2025"));
}

// Corrected by two who did not know of each other, one of them corrected again: the command names
// the record that the thread shows.
TEST(PromptedBy, NamesTheRecordThatTheThreadShows) {
  Evaluating play;
  const CommandContext who = play.As(v1::ROLE_COORDINATOR);
  int chained = 0;
  for (int day = 1; day < 9; ++day) {
    const std::string on = absl::StrCat("2025-06-0", day);
    const Digest wrong = play.Write(Annual("2020", on));
    const Digest one = play.Write(test::Replacing(Annual("2021", on), {wrong}));
    const Digest other = play.Write(test::Replacing(Annual("2022", on), {wrong}));
    const Digest again = play.Write(test::Replacing(Annual("2024", on), {one}));
    chained += one < other && other < again ? 1 : 0;

    const Refusal refusal =
        RefusalOf(Decide(play.play.agglo().state(), Prompted(wrong.ToHex()), who).status());
    EXPECT_EQ(refusal.rule, "changed-since-read");
    EXPECT_THAT(refusal.next_fr, HasSubstr(std::min(other, again).ToHex()));
    const v1::LifeView life = ViewLife(play.play.agglo().At("2025-06-30"), "").value();
    ASSERT_EQ(life.threads_size(), day);
    EXPECT_EQ(life.threads(day - 1).opening().event().leaf(), std::min(other, again).ToHex());
  }
  // Where the lower of the first two was the one corrected again, and what came of it is not lower.
  EXPECT_GT(chained, 0);
}

TEST(PromptedBy, SendsToTheListFromOneThatWasCorrectedTogetherWithAnother) {
  Evaluating play;
  const CommandContext who = play.As(v1::ROLE_COORDINATOR);
  const Digest one = play.Write(Annual("2023", "2025-06-01"));
  const Digest other = play.Write(Annual("2023", "2025-06-02"));
  const Digest both = play.Write(test::Replacing(Annual("2024", "2025-06-02"), {one, other}));
  const auto next = [&](const Digest& named) {
    return RefusalOf(Decide(play.play.agglo().state(), Prompted(named.ToHex()), who).status())
        .next_fr;
  };

  EXPECT_THAT(next(std::min(one, other)), HasSubstr(both.ToHex()));
  EXPECT_EQ(next(std::max(one, other)), "Les évaluations enregistrées : greffe life show.");
}

// The history does not say what the act and its finding deny.
TEST(PromptedBy, IsNotToldWhereTheAuthorHadNotReceivedTheEvaluation) {
  Evaluating play;
  Decision said;
  *said.events.emplace_back().mutable_life_recorded() = Annual("2024", "2025-06-01");
  MiniReplica& caf = play.play.caf();
  const Digest report = caf.Write(said, caf.Context("caf", {v1::ROLE_COORDINATOR})).front();
  const CommandContext who = play.As(v1::ROLE_COORDINATOR);
  auto decision = Decide(play.play.agglo().state(), Prompted(""), who);
  ASSERT_OK(decision);
  decision->events[0].mutable_act_opened()->set_prompted_by(report.ToBytes());
  play.play.agglo().Write(*decision, who);
  play.play.net().SyncAll();

  EXPECT_THAT(play.Codes(), Contains("prompted-by-no-evaluation"));
  const v1::StatusView view = ViewStatus(play.play.agglo().At("2025-06-30")).value();
  const v1::ActView& act = view.acts(view.acts_size() - 1);
  EXPECT_EQ(act.prompted_by(), "");
  EXPECT_THAT(act.opened().summary(), Not(HasSubstr("L-33")));
  EXPECT_THAT(act.opened().summary_en(), Not(HasSubstr("L-33")));
}

TEST(PromptedBy, IsFoundAndNotShownWhereAPeerNamesNoEvaluationOfTheConvention) {
  Evaluating play;
  const CommandContext who = play.As(v1::ROLE_COORDINATOR);
  auto decision = Decide(play.play.agglo().state(), Prompted(""), who);
  ASSERT_OK(decision);
  EXPECT_EQ(decision->events[0].act_opened().prompted_by(), "");
  decision->events[0].mutable_act_opened()->set_prompted_by(Sha256({"elsewhere"}).ToBytes());
  const Digest opened = play.play.agglo().Write(*decision, who).front();

  const v1::StatusView view = ViewStatus(play.play.agglo().At("2025-06-30")).value();
  EXPECT_EQ(view.acts(view.acts_size() - 1).prompted_by(), "");
  bool found = false;
  for (const v1::Finding& one : view.findings()) {
    if (one.code() != "prompted-by-no-evaluation") continue;
    found = true;
    EXPECT_EQ(one.rule(), "L-33");
    EXPECT_EQ(one.field(), "prompted_by");
    EXPECT_EQ(one.leaf(), opened.ToHex());
  }
  EXPECT_TRUE(found);
}

// What deadlines do not count as validated is not shown as validated either.
TEST(DecideEvaluation, StaysToBeValidatedWhenAnotherBodyDid) {
  Evaluating play;
  const Digest report = play.Write(Annual("2024", "2025-06-01"));
  const auto standing = [&] {
    return ViewLife(play.play.agglo().At("2025-06-30"), "").value().threads(0);
  };

  play.Write(Evaluating::ValidatedBy("body-2", report));
  EXPECT_EQ(standing().standing(), "reported");
  EXPECT_THAT(standing().text(), HasSubstr("qui n'en est pas chargée (L-23)"));

  play.Write(Evaluating::ValidatedBy("body-1", report));
  EXPECT_EQ(standing().standing(), "validated");
}

TEST(Dispute, IsOpenedAndDecidedAsFactsOnRecord) {
  Evaluating play;
  Life dispute = test::Plain(Life::kDisputeOpened, "2025-06-01");
  dispute.mutable_dispute_opened()->set_court("tribunal administratif");
  EXPECT_OK(play.Say(dispute, v1::ROLE_SIGNATORY));
  EXPECT_THAT(play.Say(dispute), StatusIs(absl::StatusCode::kPermissionDenied));
  Life nameless = dispute;
  nameless.mutable_dispute_opened()->clear_court();
  EXPECT_EQ(RefusalOf(play.Say(nameless, v1::ROLE_SIGNATORY)).field, "fact.dispute_opened.court");

  const Digest opened = play.Write(dispute);
  Life decision = test::Answering(test::Plain(Life::kCourtDecisionRecorded, "2025-06-20"), opened);
  decision.mutable_court_decision_recorded()->set_reference("n° 2501234");
  const auto standing = [&] {
    return ViewLife(play.play.agglo().At("2025-06-30"), "").value().threads(0).standing();
  };
  EXPECT_EQ(standing(), "pending");
  play.Write(decision);
  EXPECT_EQ(standing(), "decided");
  Life final = decision;
  final.set_happened_on("2025-06-25");
  final.mutable_court_decision_recorded()->set_final(true);
  play.Write(final);
  EXPECT_EQ(standing(), "final");
  decision.clear_answers();
  EXPECT_EQ(RefusalOf(play.Say(decision, v1::ROLE_SIGNATORY)).field, "fact.answers");
}

}  // namespace
}  // namespace greffe
