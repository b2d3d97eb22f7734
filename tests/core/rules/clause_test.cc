#include "core/rules/clause.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/rules/registry.h"

namespace greffe::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What the convention says on a rule, in an article of the right role; empty for nothing.
std::string Said(absl::string_view rule, v1::ClauseRole role, absl::string_view body,
                 absl::string_view message = "") {
  for (const ClauseWords* one : ClausesFor(rule, message)) {
    if (one->role != role) continue;
    if (const auto sentence = SentenceOn(*one, body)) return *sentence;
  }
  return "";
}

TEST(Clause, IsFoundByTheWordsOfItsSentence) {
  const struct {
    const char* rule;
    v1::ClauseRole role;
    const char* body;
    const char* sentence;
  } kCases[] = {
      {"L-55", v1::CLAUSE_ROLE_TERM,
       "Le texte est public. La convention dure quatre ans et s'achève le 31 décembre 2028.",
       "La convention dure quatre ans et s'achève le 31 décembre 2028."},
      {"L-56", v1::CLAUSE_ROLE_TERM,
       "La convention dure quatre ans au plus.\nElle ne se renouvelle que par décision expresse.",
       "Elle ne se renouvelle que par décision expresse."},
      {"L-30", v1::CLAUSE_ROLE_AMENDMENT,
       "Les annexes en font partie. Modifier la convention demande un avenant de tous.",
       "Modifier la convention demande un avenant de tous."},
      {"L-50", v1::CLAUSE_ROLE_TERMINATION,
       "Sans mise en demeure, la Caf résilie dans un seul cas. Une partie qui manque à ses "
       "obligations est mise en demeure.",
       "Une partie qui manque à ses obligations est mise en demeure."},
      {"L-51", v1::CLAUSE_ROLE_TERMINATION,
       "Chaque partie peut dénoncer la convention à tout moment. La Caf seule agit quand les lois "
       "sont enfreintes.",
       "La Caf seule agit quand les lois sont enfreintes."},
      {"L-51", v1::CLAUSE_ROLE_TERMINATION, "Chaque partie respecte la convention qu'elle signe.",
       ""},
      {"L-51", v1::CLAUSE_ROLE_TERMINATION, "La Caf seule agit lorsqu'une partie enfreint la loi.",
       "La Caf seule agit lorsqu'une partie enfreint la loi."},
      {"L-52", v1::CLAUSE_ROLE_TERMINATION,
       "Un terme modifié sans avenant signé permet à la Caf de résilier.",
       "Un terme modifié sans avenant signé permet à la Caf de résilier."},
      {"L-53", v1::CLAUSE_ROLE_TERMINATION,
       "Par dénonciation. Une partie qui dénonce la convention prévient les autres.",
       "Une partie qui dénonce la convention prévient les autres."},
      {"L-54", v1::CLAUSE_ROLE_TERMINATION,
       "Elle peut être résiliée si une partie manque à ses obligations. La résiliation arrête "
       "aussitôt les engagements.",
       "La résiliation arrête aussitôt les engagements."},
      {"L-23", v1::CLAUSE_ROLE_EVALUATION,
       "Évaluer, c'est regarder ce qui fut fait. Un bilan est présenté au comité chaque année.",
       "Un bilan est présenté au comité chaque année."},
      {"L-24", v1::CLAUSE_ROLE_DATA_EXCHANGE,
       "Les données personnelles restent chez qui les détient. Le délégué donne d'abord son avis.",
       "Le délégué donne d'abord son avis."},
      {"L-57", v1::CLAUSE_ROLE_DISPUTES, "Le tribunal administratif de Pau juge les litiges.",
       "Le tribunal administratif de Pau juge les litiges."},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(Said(one.rule, one.role, one.body), one.sentence) << one.rule;
  }
}

TEST(Clause, IsOfTheLawAloneForARuleWithoutARow) {
  EXPECT_THAT(ClausesFor("L-07", ""), IsEmpty());
  EXPECT_THAT(ClausesFor("", ""), IsEmpty());
  EXPECT_THAT(ClausesFor("L-5", ""), IsEmpty());
}

// Of several sentences on a rule the one on the case: no mid-term evaluation is done each year.
TEST(Clause, IsTheOneOnTheCaseOfTheRule) {
  const std::string body =
      "Un bilan à mi-parcours et une évaluation finale sont faits. Toute action est évaluée une "
      "fois par an. Le comité valide les conclusions des évaluations.";
  const auto said = [&](absl::string_view message) {
    return Said("L-23", v1::CLAUSE_ROLE_EVALUATION, body, message);
  };
  EXPECT_EQ(said("l'année 2027 n'a pas commencé"), "Toute action est évaluée une fois par an.");
  EXPECT_EQ(said("évaluation annuelle"), "Toute action est évaluée une fois par an.");
  EXPECT_EQ(said("évaluation à mi-parcours"),
            "Un bilan à mi-parcours et une évaluation finale sont faits.");
  EXPECT_EQ(said("la convention ne charge pas « COTECH » de valider l'évaluation."),
            "Le comité valide les conclusions des évaluations.");
  EXPECT_EQ(said("évaluation"), "Un bilan à mi-parcours et une évaluation finale sont faits.");
}

TEST(Clause, TakesNoTitleOfAParagraphForASentence) {
  EXPECT_EQ(Said("L-53", v1::CLAUSE_ROLE_TERMINATION, "Dénonciation par une partie.\n"), "");
}

TEST(Clause, IsQuotedUpToALimit) {
  const std::string body = absl::StrCat("Chaque partie dénonce la convention ",
                                        std::string(1000, 'x'), " quand elle veut.");
  const std::string said = Said("L-53", v1::CLAUSE_ROLE_TERMINATION, body);
  EXPECT_THAT(said, SizeIs(400 + std::string("…").size()));
  EXPECT_TRUE(HasSentence(body, std::vector<absl::string_view>{said}));
}

TEST(Clause, IsKnownInAMessageThatQuotesIt) {
  const std::string body =
      "Par dénonciation. Chaque partie prévient les autres six mois à l'avance.";
  const std::string message =
      "L-53 : « Commune » : la convention dit : «\u00a0Chaque partie prévient les autres six mois "
      "à l'avance.\u00a0».";
  const std::vector<absl::string_view> quotes = QuotedIn(message);
  EXPECT_THAT(quotes, ElementsAre("Chaque partie prévient les autres six mois à l'avance."));
  EXPECT_TRUE(HasSentence(body, quotes));
  EXPECT_FALSE(
      HasSentence("Chaque partie prévient les autres six mois à l'avance, par lettre.", quotes));
  EXPECT_FALSE(HasSentence(body, {}));
}

// An id that is no rule's would be looked for by nobody.
TEST(Clause, NamesOnlyRulesOfTheRegistry) {
  std::string known = "|";
  for (const Row& row : Registry()) absl::StrAppend(&known, row.id, "|");
  for (const ClauseWords& one : Clauses()) {
    EXPECT_THAT(one.words, ::testing::Not(IsEmpty())) << one.rules;
    for (const absl::string_view id : absl::StrSplit(one.rules, '|')) {
      EXPECT_THAT(known, ::testing::HasSubstr(absl::StrCat("|", id, "|")));
    }
  }
  EXPECT_GT(Clauses().size(), 20u);
}

}  // namespace
}  // namespace greffe::rules
