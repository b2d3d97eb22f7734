#include "core/rules/obligations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/core/rules/rules_day.h"

namespace greffe::rules {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Term OwedTerm(const char* first, const char* last) { return {Day(first), Day(last)}; }

const Term kOwedThreeYears = OwedTerm("2025-01-01", "2027-12-31");

v1::Body BodyOf(v1::BodyKind kind, std::uint32_t per_year) {
  v1::Body body;
  body.set_kind(kind);
  body.set_meetings_per_year_min(per_year);
  return body;
}

TEST(Cadence, IsTheTextsAndOnceAYearAtLeastForTheSteeringCommittee) {
  EXPECT_EQ(MeetingsOwed(BodyOf(v1::BODY_KIND_STEERING, 0)), 1u);
  EXPECT_EQ(MeetingsOwed(BodyOf(v1::BODY_KIND_STEERING, 2)), 2u);
  EXPECT_EQ(MeetingsOwed(BodyOf(v1::BODY_KIND_TECHNICAL, 0)), 0u);
  EXPECT_EQ(MeetingsOwed(BodyOf(v1::BODY_KIND_TECHNICAL, 2)), 2u);
  EXPECT_EQ(MeetingsOwed(BodyOf(v1::BODY_KIND_OTHER, 4000000000u)), 12u);
}

TEST(Cadence, IsDueByTheEndOfEachYear) {
  const auto due = MeetingsDue(kOwedThreeYears, 2);

  ASSERT_THAT(due, SizeIs(3));
  EXPECT_EQ(due[0].count, 2u);
  EXPECT_EQ(due[0].due.period, "2025");
  EXPECT_EQ(due[0].due.from, Day("2025-01-01"));
  EXPECT_EQ(due[0].due.by, Day("2025-12-31"));
}

// A year of the contract starts on its anniversary: none is lost between two civil years.
TEST(Cadence, CountsTheYearsOfTheContract) {
  const auto across = MeetingsDue(OwedTerm("2025-02-01", "2026-01-31"), 1);
  ASSERT_THAT(across, SizeIs(1));
  EXPECT_EQ(across[0].count, 1u);
  EXPECT_EQ(across[0].due.by, Day("2026-01-31"));

  const auto three = MeetingsDue(OwedTerm("2025-07-01", "2028-06-30"), 1);
  ASSERT_THAT(three, SizeIs(3));
  EXPECT_EQ(three[1].due.from, Day("2026-07-01"));
  EXPECT_EQ(three[1].due.by, Day("2027-06-30"));
  EXPECT_EQ(three[1].due.period, "2026");
  // Of a first day that few years have.
  EXPECT_THAT(MeetingsDue(OwedTerm("2024-02-29", "2028-02-28"), 1), SizeIs(4));
}

TEST(Cadence, IsInProportionInAYearCutShort) {
  const auto ended = MeetingsDue(OwedTerm("2025-01-01", "2025-12-05"), 1);
  ASSERT_THAT(ended, SizeIs(1));
  EXPECT_EQ(ended[0].count, 1u);
  EXPECT_EQ(ended[0].due.by, Day("2025-12-05"));
  EXPECT_THAT(MeetingsDue(OwedTerm("2025-01-01", "2025-06-30"), 1), IsEmpty());
  const auto twice = MeetingsDue(OwedTerm("2025-07-01", "2026-12-31"), 2);
  ASSERT_THAT(twice, SizeIs(2));
  EXPECT_EQ(twice[0].count, 2u);
  EXPECT_EQ(twice[1].count, 1u);
}

TEST(Steering, IsWantedInTheText) {
  EXPECT_TRUE(CheckSteering({v1::BODY_KIND_TECHNICAL}).has_value());
  EXPECT_FALSE(CheckSteering({v1::BODY_KIND_TECHNICAL, v1::BODY_KIND_STEERING}).has_value());
}

TEST(Evaluations, AreDueWhenTheConventionSays) {
  const Term term = OwedTerm("2024-01-01", "2027-12-31");
  const auto by = [&](absl::string_view clause, v1::EvaluationKind kind) -> std::string {
    auto due = EvaluationsDue(term);
    TakeStated(FindEvaluationsStated(clause, term), term, &due);
    for (const EvaluationDue& one : due) {
      if (one.kind != kind) continue;
      const bool unclear = one.why.fr.find("n'est pas compris") != std::string::npos;
      return absl::StrCat(one.due.by.ToString(), unclear ? " ?" : "");
    }
    return "";
  };
  constexpr auto kMid = v1::EVALUATION_KIND_MID_TERM;
  constexpr auto kFinal = v1::EVALUATION_KIND_FINAL;
  constexpr absl::string_view kBoth =
      "Une revue à mi-chemin est rendue au cours du premier semestre 2026, un bilan final six mois "
      "au plus tard avant le terme.";
  EXPECT_EQ(by(kBoth, kMid), "2026-06-30");
  EXPECT_EQ(by(kBoth, kFinal), "2027-06-30");
  EXPECT_EQ(by("L'évaluation finale est rendue au plus tard le 31 mars 2027.", kFinal),
            "2027-03-31");
  EXPECT_EQ(by("L'évaluation finale est rendue avant le 1er octobre 2027.", kFinal), "2027-09-30");
  EXPECT_EQ(by("Une évaluation intermédiaire est due pour le 31 décembre 2026.", kMid),
            "2026-12-31");
  EXPECT_EQ(by("Bilan à mi-parcours au 3e trimestre de l'année 2025.", kMid), "2025-09-30");
  // Not understood, or beside the term: the usual day, and that it is to be checked.
  EXPECT_EQ(by("L'évaluation finale est rendue à l'automne 2027.", kFinal), "2027-12-31 ?");
  EXPECT_EQ(by("L'évaluation finale est rendue le 31 mars 2030.", kFinal), "2027-12-31 ?");
  EXPECT_EQ(by("Le 31 mars 2026, une évaluation intermédiaire et, le 31 mars 2027, une évaluation "
               "finale sont rendues.",
               kFinal),
            "2027-12-31 ?");
  EXPECT_EQ(by("L'évaluation finale, sur la période du 1er janvier 2024 au 31 décembre 2026, est "
               "rendue aux parties.",
               kFinal),
            "2027-12-31 ?");
  // Of no evaluation.
  EXPECT_EQ(by("Le bilan est transmis par l'intermédiaire du comité avant le 31 mars 2026.", kMid),
            "2025-12-31");
  EXPECT_EQ(by("Le bilan précède son échéance finale du 31 mars 2026.", kFinal), "2027-12-31");
  // Nothing said.
  EXPECT_EQ(by("Une évaluation finale est conduite.", kFinal), "2027-12-31");
  EXPECT_EQ(by("Une évaluation à mi-terme est conduite.", kMid), "2025-12-31");
}

TEST(Evaluations, AreDueEachYearAtMidTermAndAtTheEnd) {
  const auto due = EvaluationsDue(kOwedThreeYears);

  ASSERT_THAT(due, SizeIs(5));
  EXPECT_EQ(due[0].kind, v1::EVALUATION_KIND_ANNUAL);
  EXPECT_EQ(due[0].due.period, "2025");
  EXPECT_EQ(due[0].due.by, Day("2026-03-31"));
  EXPECT_EQ(due[2].due.period, "2027");
  EXPECT_EQ(due[2].due.by, Day("2027-12-31"));
  EXPECT_EQ(due[3].kind, v1::EVALUATION_KIND_MID_TERM);
  EXPECT_EQ(due[3].due.by, Day("2026-06-30"));
  EXPECT_EQ(due[4].kind, v1::EVALUATION_KIND_FINAL);
  EXPECT_EQ(due[4].due.by, Day("2027-12-31"));

  EXPECT_EQ(due[0].why.fr,
            "Année 2025 : dans les 3 mois qui suivent l'année, jusqu'au 31 mars 2026.");
  EXPECT_EQ(due[0].why.en, "Year 2025: within 3 months after the year, until 31 March 2026.");
  EXPECT_EQ(due[2].why.fr,
            "Année 2027 : au plus tard à la fin de la convention, le 31 décembre 2027.");
  EXPECT_EQ(due[2].why.en,
            "Year 2027: by the end of the convention at the latest, 31 December 2027.");
  EXPECT_EQ(due[3].why.fr,
            "À mi-parcours : 18 des 36 mois à compter du 1er janvier 2025, jusqu'au 30 juin 2026.");
  EXPECT_EQ(due[3].why.en, "Mid-term: 18 of 36 months from 1 January 2025, until 30 June 2026.");
  EXPECT_EQ(due[4].why.fr,
            "Avant la fin de la convention, le 31 décembre 2027 : elle prépare la suite (L-56).");
  EXPECT_EQ(due[4].why.en,
            "Before the end of the convention, 31 December 2027: it prepares what follows (L-56).");
}

TEST(Evaluations, TellOfAYearOnceItIsOver) {
  const auto code = [](const std::optional<Oddity>& odd) {
    return odd.has_value() ? std::string(odd->code) : "";
  };
  EXPECT_EQ(code(CheckYearBegun(2026, Day("2025-12-31"))), "evaluation-before-year");
  EXPECT_EQ(code(CheckYearBegun(2026, Day("2026-01-01"))), "");
  EXPECT_EQ(code(CheckYearOfTerm(2028, kOwedThreeYears)), "evaluation-outside-term");
  EXPECT_EQ(code(CheckYearOfTerm(2024, kOwedThreeYears)), "evaluation-outside-term");
  EXPECT_EQ(code(CheckYearOfTerm(2027, kOwedThreeYears)), "");
  EXPECT_EQ(code(CheckYearOver(2026, Day("2026-12-31"), kOwedThreeYears)),
            "evaluation-year-not-over");
  EXPECT_EQ(code(CheckYearOver(2026, Day("2027-01-01"), kOwedThreeYears)), "");
  // The last year's is due by the end of the term.
  EXPECT_EQ(code(CheckYearOver(2027, Day("2027-11-15"), kOwedThreeYears)), "");
  const auto due = EvaluationsDue(kOwedThreeYears);
  ASSERT_THAT(due, SizeIs(5));
  EXPECT_EQ(due[1].due.from, Day("2027-01-01"));
  EXPECT_EQ(due[2].due.from, Day("2027-01-01"));
}

TEST(Prompt, IsAnEvaluationOfTheConventionAndLeadsToAnAvenant) {
  EXPECT_FALSE(CheckPrompt(true, v1::ACT_KIND_AVENANT).has_value());
  EXPECT_FALSE(CheckPrompt(true, v1::ACT_KIND_COMMITTEE_DECISION).has_value());
  const std::optional<Oddity> nothing = CheckPrompt(false, v1::ACT_KIND_AVENANT);
  ASSERT_TRUE(nothing.has_value());
  EXPECT_EQ(nothing->code, "prompted-by-no-evaluation");
  EXPECT_EQ(nothing->field, "prompted_by");
  const std::optional<Oddity> original = CheckPrompt(true, v1::ACT_KIND_ORIGINAL);
  ASSERT_TRUE(original.has_value());
  EXPECT_EQ(original->code, "prompted-original");
}

TEST(Evaluations, AreValidatedByTheBodyThatTheTextChargesWithIt) {
  v1::Body body;
  body.set_name("Comité technique");
  body.set_kind(v1::BODY_KIND_TECHNICAL);
  body.add_functions("Prépare l'évaluation annuelle");
  ASSERT_TRUE(CheckValidatingBody(body).has_value());
  EXPECT_EQ(CheckValidatingBody(body)->code, "validated-by-another-body");
  body.add_functions("Valide les conclusions de l'évaluation");
  EXPECT_FALSE(CheckValidatingBody(body).has_value());
  v1::Body steering;
  steering.set_kind(v1::BODY_KIND_STEERING);
  EXPECT_FALSE(CheckValidatingBody(steering).has_value());
}

TEST(Evaluations, HaveNoMiddleInATermOfLessThanThreeYears) {
  const std::vector<EvaluationDue> all = EvaluationsDue(OwedTerm("2025-01-01", "2027-12-30"));
  EXPECT_EQ(all.size(), 4u);
  for (const EvaluationDue& due : all) {
    EXPECT_NE(due.kind, v1::EVALUATION_KIND_MID_TERM);
  }
}

// L-55: a convention that binds and has effect on the day after the end.
TEST(Renewal, IsDoneByAConventionConcludedThatFollows) {
  const CivilDate end = Day("2027-12-31");
  const CivilDate today = Day("2027-12-01");
  const rules::Renewal follows{Day("2027-11-05"), OwedTerm("2028-01-01", "2030-12-31")};
  EXPECT_TRUE(IsRenewed(end, follows, today));
  EXPECT_TRUE(IsRenewed(end, follows, *follows.concluded_on));
  EXPECT_FALSE(IsRenewed(end, follows, Day("2027-11-04")));
  EXPECT_FALSE(IsRenewed(end, {std::nullopt, follows.effect}, today));
  EXPECT_FALSE(IsRenewed(end, {follows.concluded_on, std::nullopt}, today));
  EXPECT_FALSE(IsRenewed(end, {follows.concluded_on, OwedTerm("2028-01-02", "2030-12-31")}, today));
  // One that overlaps goes on after the end, or is over by then as well.
  EXPECT_TRUE(IsRenewed(end, {follows.concluded_on, OwedTerm("2027-07-01", "2030-12-31")}, today));
  EXPECT_FALSE(IsRenewed(end, {follows.concluded_on, OwedTerm("2027-07-01", "2027-12-31")}, today));
}

TEST(Renewal, IsThoughtOfTwelveSixAndThreeMonthsBeforeTheEnd) {
  const auto alarms = RenewalAlarms(kOwedThreeYears);

  ASSERT_THAT(alarms, SizeIs(3));
  EXPECT_EQ(alarms[0].on, Day("2026-12-31"));
  EXPECT_EQ(alarms[1].on, Day("2027-06-30"));
  EXPECT_EQ(alarms[2].on, Day("2027-09-30"));
  EXPECT_THAT(RenewalAlarms(OwedTerm("2025-01-01", "2025-06-30")), SizeIs(1));
}

}  // namespace
}  // namespace greffe::rules
