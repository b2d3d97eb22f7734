#include "core/convention/reading/clause.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/base/refusals.h"
#include "tests/core/convention/scenario.h"
#include "tests/support/life_payloads.h"

namespace greffe::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kSaid[] = "Une partie qui dénonce la convention prévient les autres six mois avant.";

v1::Element Clause(const std::string& id, const std::string& number, const std::string& title,
                   v1::ClauseRole role, const std::string& body) {
  v1::Element out = ArticleElement(id, body);
  out.mutable_article()->set_number(number);
  out.mutable_article()->set_title(title);
  out.mutable_article()->set_role(role);
  return out;
}

// A convention with an article on its end.
struct Ending {
  Scenario play;

  explicit Ending(bool concluded = true, v1::ClauseRole role = v1::CLAUSE_ROLE_TERMINATION,
                  const std::string& parent = "") {
    v1::Element end = Clause("fin", "13", "Fin", role, absl::StrCat("Par dénonciation. ", kSaid));
    if (!parent.empty()) end.set_parent_id(parent);
    const auto drafted = play.history.Write(
        play.a, "a",
        Draft(play.original, {end, Clause("autre", "14", "Objet", v1::CLAUSE_ROLE_OBJECT, kSaid)}));
    const auto frozen =
        play.history.Write(play.a, "a",
                           Freeze(play.original, {play.Leaf(play.draft), play.Leaf(drafted)},
                                  play.offices, "2024-01-01"));
    if (concluded) play.SignByAll(frozen, "2024-02-01");
  }
  Refusal Cited(const Refusal& refusal) {
    return RefusalOf(CiteClause(play.Data(), Day("2025-01-01"), ToStatus(refusal)));
  }
};

Refusal Refused(const std::string& rule) {
  return {.code = absl::StatusCode::kFailedPrecondition,
          .rule = rule,
          .field = "fact.answers",
          .fr = absl::StrCat(rule, " : c'est trop tard."),
          .en = absl::StrCat(rule, ": it is too late."),
          .next_fr = "Attendez.",
          .next_en = "Wait.",
          .confirm = "abc"};
}

TEST(CiteClause, SaysTheArticleAndItsSentenceInBothLanguages) {
  Ending ending;
  const Refusal cited = ending.Cited(Refused("L-53"));
  EXPECT_EQ(cited.fr, absl::StrCat("L-53 : c'est trop tard (article 13 – Fin : « ", kSaid, " »)."));
  EXPECT_EQ(cited.en, absl::StrCat("L-53: it is too late (article 13 – Fin: “", kSaid, "”)."));
  EXPECT_EQ(cited.code, absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(cited.rule, "L-53");
  EXPECT_EQ(cited.field, "fact.answers");
  EXPECT_EQ(cited.next_fr, "Attendez.");
  EXPECT_EQ(cited.next_en, "Wait.");
  EXPECT_EQ(cited.confirm, "abc");
}

TEST(CiteClause, SaysNothingOnWhichTheConventionSaysNothing) {
  Ending ending;
  for (const char* rule : {"L-07", "L-24", "L-54", ""}) {
    EXPECT_EQ(ending.Cited(Refused(rule)).fr, Refused(rule).fr) << rule;
  }
}

// By its role, or where nobody gave it one; never by its title (L-27).
TEST(CiteClause, LooksInAnArticleWithoutARoleAndInNoneOfAnother) {
  EXPECT_THAT(Ending(true, v1::CLAUSE_ROLE_UNSPECIFIED).Cited(Refused("L-53")).fr,
              HasSubstr("(article 13 – Fin : "));
  EXPECT_EQ(Ending(true, v1::CLAUSE_ROLE_COMMUNICATION).Cited(Refused("L-53")).fr,
            Refused("L-53").fr);
}

TEST(CiteClause, SaysThatATextInTheMakingIsNoneInForce) {
  EXPECT_THAT(Ending(false).Cited(Refused("L-53")).fr, HasSubstr("(projet, article 13 – Fin : "));
}

TEST(CiteClause, NamesTheArticleOfWhatIsQuotedAlready) {
  Ending ending;
  Refusal refusal = Refused("L-53");
  refusal.fr = absl::StrCat("L-53 : trop tôt. La convention dit : « ", kSaid, " ».");
  const Refusal cited = ending.Cited(refusal);
  EXPECT_EQ(cited.fr, absl::StrCat("L-53 : trop tôt. La convention dit : « ", kSaid,
                                   " » (article 13 – Fin)."));
  EXPECT_EQ(cited.en, "L-53: it is too late (article 13 – Fin).");
}

v1::LifeRecorded Unwritten(const std::string& element, const std::string& from) {
  v1::LifeRecorded unwritten = Plain(v1::LifeRecorded::kClauseDeemedUnwritten, "2024-06-01");
  unwritten.set_element_id(element);
  unwritten.mutable_clause_deemed_unwritten()->set_effective_from(from);
  return unwritten;
}

TEST(CiteClause, RestsOnNoClauseDeemedUnwritten) {
  Ending ending;
  ending.play.history.Write(ending.play.a, "a", Happened(Unwritten("fin", "2025-01-01")));
  EXPECT_EQ(ending.Cited(Refused("L-53")).fr, Refused("L-53").fr);
  const absl::Status before =
      CiteClause(ending.play.Data(), Day("2024-12-31"), ToStatus(Refused("L-53")));
  EXPECT_THAT(RefusalOf(before).fr, HasSubstr(kSaid));
}

TEST(CiteClause, RestsOnNoneThatStandsInAnUnwrittenOne) {
  Ending ending(true, v1::CLAUSE_ROLE_TERMINATION, "autre");
  EXPECT_THAT(ending.Cited(Refused("L-53")).fr, HasSubstr(kSaid));
  ending.play.history.Write(ending.play.a, "a", Happened(Unwritten("autre", "2025-01-01")));
  EXPECT_EQ(ending.Cited(Refused("L-53")).fr, Refused("L-53").fr);
}

// What was recorded and corrected takes nothing away any more.
TEST(CiteClause, RestsOnAClauseOfWhichTheDayWasCorrected) {
  Ending ending;
  const auto first =
      ending.play.history.Write(ending.play.a, "a", Happened(Unwritten("fin", "2025-01-01")));
  v1::LifeRecorded later = Unwritten("fin", "2026-01-01");
  later.add_replaces(ending.play.Leaf(first).ToBytes());
  ending.play.history.Write(ending.play.a, "a", Happened(std::move(later)));
  EXPECT_THAT(ending.Cited(Refused("L-53")).fr, HasSubstr(kSaid));
}

// Several questions in one refusal: the clause goes with the rule, which is the first's.
TEST(CiteClause, StandsBehindTheFirstOfSeveralQuestions) {
  Ending ending;
  Refusal refusal = Refused("L-53");
  refusal.fr = "L-53 : d'abord.\nL-20 : ensuite.";
  refusal.en = "L-53: first\nL-20: then.";
  const Refusal cited = ending.Cited(refusal);
  EXPECT_EQ(cited.fr,
            absl::StrCat("L-53 : d'abord (article 13 – Fin : « ", kSaid, " »).\nL-20 : ensuite."));
  EXPECT_EQ(cited.en, absl::StrCat("L-53: first (article 13 – Fin: “", kSaid, "”)\nL-20: then."));
}

TEST(CiteClause, KeepsWhatElseIsRefused) {
  Ending ending;
  const absl::Status cited = CiteClause(ending.play.Data(), Day("2025-01-01"),
                                        WithFurther(ToStatus(Refused("L-53")), {Refused("L-24")}));
  ASSERT_EQ(FurtherOf(cited).size(), 1u);
  EXPECT_EQ(FurtherOf(cited).front().rule, "L-24");
}

// A rule of several cases: the sentence on the one that is told, not the first on the rule.
TEST(CiteClause, QuotesTheSentenceOnTheCaseThatIsTold) {
  constexpr char kMidTerm[] = "Une évaluation à mi-parcours et une autre au terme sont menées.";
  constexpr char kYearly[] = "Toute action est évaluée une fois par an.";
  Scenario play;
  const auto drafted = play.history.Write(
      play.a, "a",
      Draft(play.original, {Clause("evaluer", "12", "Évaluation", v1::CLAUSE_ROLE_EVALUATION,
                                   absl::StrCat(kMidTerm, " ", kYearly))}));
  play.SignByAll(
      play.history.Write(play.a, "a",
                         Freeze(play.original, {play.Leaf(play.draft), play.Leaf(drafted)},
                                play.offices, "2024-01-01")),
      "2024-02-01");
  const CivilDate on = Day("2025-01-01");
  const StateData& data = play.Data();
  const ConsolidatedText text = Consolidate(data, on);

  Refusal refusal = Refused("L-23");
  refusal.fr = "L-23 : l'année 2027 n'a pas commencé.";
  EXPECT_THAT(RefusalOf(CiteClause(data, on, ToStatus(refusal))).fr, HasSubstr(kYearly));
  EXPECT_THAT(RefusalOf(CiteClause(data, on, ToStatus(Refused("L-23")))).fr, HasSubstr(kMidTerm));

  v1::Finding yearly;
  yearly.set_rule("L-23");
  yearly.set_text("évaluation de 2026 rendue avant la fin de l'année.");
  v1::Finding other = yearly;
  other.set_text("une évaluation est due.");
  std::vector<v1::Finding> found{other, yearly};
  CiteClauses(data, text, on, &found);
  EXPECT_THAT(found[0].text(), HasSubstr(kMidTerm));
  EXPECT_THAT(found[1].text(), HasSubstr(kYearly));

  const auto behind = ClausesBehind(
      data, text, on, {{"L-23", "évaluation annuelle"}, {"L-23", "évaluation à mi-parcours"}});
  EXPECT_EQ(behind.at({"L-23", "évaluation annuelle"}).sentence(), kYearly);
  EXPECT_EQ(behind.at({"L-23", "évaluation à mi-parcours"}).sentence(), kMidTerm);
}

v1::Finding FindingOn(const std::string& rule, const std::string& text) {
  v1::Finding out;
  out.set_rule(rule);
  out.set_text(text);
  out.set_text_en(text);
  return out;
}

TEST(CiteClauses, QuotesAClauseOnceAndNamesItAfterThat) {
  Ending ending;
  const StateData& data = ending.play.Data();
  const CivilDate on = Day("2025-01-01");
  std::vector<v1::Finding> found = {
      FindingOn("L-53", "Une."), FindingOn("L-07", "Deux."), FindingOn("CHK-31", "Trois."),
      FindingOn("L-53", std::string(limits::kFindingTextBytes - 5, 'x'))};
  CiteClauses(data, Consolidate(data, on), on, &found);
  EXPECT_EQ(found[0].text(), absl::StrCat("Une (article 13 – Fin : « ", kSaid, " »)."));
  EXPECT_EQ(found[0].text_en(), absl::StrCat("Une (article 13 – Fin: “", kSaid, "”)."));
  EXPECT_EQ(found[1].text(), "Deux.");
  EXPECT_EQ(found[2].text(), "Trois (article 13 – Fin).");
  // No room is left.
  EXPECT_THAT(found[3].text(), EndsWith("xxx"));
  EXPECT_THAT(found[3].text_en(), Not(HasSubstr("article")));
}

}  // namespace
}  // namespace greffe::test
