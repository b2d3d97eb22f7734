#include "tests/scenarios/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace greffe::scenario {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kOpened[] = "Le 2025-03-10, la commune ouvre la convention.\n";

std::vector<std::string> Played(const std::string& more) {
  return RunScenario(absl::StrCat(kOpened, more), "essai");
}

TEST(RunScenario, SaysNothingOfOneThatHolds) {
  EXPECT_THAT(Played("# commentaire\n\n  Au 2025-03-10 : pas conclue ; rien n'est en vigueur.\n"),
              IsEmpty());
}

TEST(RunScenario, NamesFileAndLineOfASentenceItDoesNotKnow) {
  EXPECT_THAT(Played("Au 2025-03-10 : pas conclue.\nLe maire réfléchit.\n"),
              ElementsAre("essai:3: phrase inconnue : « le maire réfléchit »"));
  EXPECT_THAT(Played("Au 2025-03-10 : belle.\n"),
              ElementsAre("essai:2: attente inconnue : « belle »"));
  EXPECT_THAT(Played("La commune fige le texte\n"),
              ElementsAre("essai:2: une phrase finit par un point"));
}

TEST(RunScenario, WantsAtLeastOneExpectation) {
  EXPECT_THAT(Played(""), ElementsAre(HasSubstr("aucune attente")));
}

TEST(RunScenario, SaysWhatIsInsteadAndWhere) {
  EXPECT_THAT(Played("Au 2025-03-10, chez la CAF : en vigueur.\n"),
              ElementsAre(AllOf(HasSubstr("essai:2: « en vigueur » est faux chez caf : "))));
}

TEST(RunScenario, WantsARefusalToBeExpected) {
  EXPECT_THAT(Played("La commune fige le texte.\nLe maire signe.\nAu 2025-03-10 : pas conclue.\n"),
              ElementsAre(AllOf(HasSubstr("essai:3: refusé sans que le scénario l'attende"),
                                HasSubstr("L-08"))));
  EXPECT_THAT(Played("La commune fige le texte.\nLe maire signe.\n"),
              testing::Contains(HasSubstr("essai:3: refusé sans que")));
}

TEST(RunScenario, WantsARefusalWhereOneIsExpected) {
  EXPECT_THAT(Played("La commune fige le texte.\nLe gel est refusé : L-08.\n"),
              ElementsAre("essai:3: rien n'a été refusé"));
  EXPECT_THAT(
      Played("La commune fige le texte.\nLe maire signe.\nLa signature est refusée : L-05.\n"),
      ElementsAre(HasSubstr("essai:4: refusé par L-08")));
  EXPECT_THAT(
      Played("La commune fige le texte.\nLe maire signe.\nLa signature est refusée : L-08, « "
             "rien ».\n"),
      ElementsAre(HasSubstr("essai:4: refusé en disant")));
}

TEST(RunScenario, DoesNotGoBackInTime) {
  EXPECT_THAT(Played("Le 2025-03-09, la commune fige le texte.\n"),
              ElementsAre("essai:2: le 2025-03-09 précède le 2025-03-10"));
  EXPECT_THAT(Played("Le 2025-02-30, la commune fige le texte.\n"),
              ElementsAre(HasSubstr("essai:2")));
}

TEST(RunScenario, SaysWhatCannotBe) {
  EXPECT_THAT(RunScenario("La commune fige le texte.\n", "essai"),
              ElementsAre("essai:1: impossible : la convention n'est pas encore ouverte"));
  EXPECT_THAT(Played("La CAF fige son avenant.\n"), ElementsAre(HasSubstr("aucun acte")));
  EXPECT_THAT(Played("La CAF retrouve le réseau.\n"), ElementsAre(HasSubstr("n'était pas coupée")));
  EXPECT_THAT(Played("Au 2025-03-10, connu le 2025-03-09 : pas conclue.\n"),
              ElementsAre(HasSubstr("ne savait encore rien")));
}

TEST(RunScenario, KeepsReplicasApartWhileTheyAreCutOff) {
  EXPECT_THAT(Played("La CAF est coupée du réseau.\nLe 2025-03-11, la commune fige le texte.\n"
                     "La CAF sait jusqu'au 2025-03-10.\nLes répliques disent la même chose.\n"),
              ElementsAre("essai:5: caf dit autre chose que la commune"));
}

}  // namespace
}  // namespace greffe::scenario
