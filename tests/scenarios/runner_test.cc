#include "tests/scenarios/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace greffe::scenario {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kOpened[] = "Le 2025-03-10, la commune ouvre la convention.\n";

// The content of the piece is among the words of the meeting as well: there an event bears it.
constexpr char kFollowed[] =
    "La convention prévoit l'action « Ouvrir », mesurée par « Places ».\n"
    "Le 2025-03-10, la commune ouvre la convention.\n"
    "La commune mesure l'indicateur : 2 pour 2025, d'après « le relevé ».\n"
    "La commune note l'action en cours, à 40 %.\n"
    "La CAF joint la pièce « A », qui contient « alpha ».\n"
    "La CAF enregistre la réunion du comité du 2025-03-10, en présence de « Maire », qui décide "
    "« Oui. alpha ».\n";

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

// Each of these sentences needs something that is not there.
TEST(RunScenario, SaysWhatIsMissingForFollowUpReviewsAndPieces) {
  const std::pair<const char*, const char*> wrong[] = {
      {"La commune mesure l'indicateur : 1 pour 2025, d'après « rien ».", "not-found"},
      {"La commune retient la mesure 1 pour 2025.", "aucun conflit sur l'indicateur"},
      {"La CAF corrige la mesure de 2025 : 2 au lieu de 1, « erreur ».", "rien n'est enregistré"},
      {"La CAF traite le commentaire.", "pas encore de commentaire"},
      {"La CAF relit, avis favorable.", "pas encore de relecture"},
      {"La CAF commente l'article 1 de l'avenant de la CAF : « non ».", "pas d'avenant"},
      {"La CAF porte un litige devant « le tribunal », prouvé par la pièce « Acte ».",
       "pas de pièce Acte"},
      {"Le juge statue sur le recours : « rejet ».", "pas encore de recours"},
      {"La préfecture envoie à la commune le message 3-1.", "n'a pas encore voté"},
  };
  for (const auto& [sentence, says] : wrong) {
    EXPECT_THAT(Played(absl::StrCat(sentence, "\nAu 2025-03-10 : pas conclue.\n")),
                ElementsAre(AllOf(HasSubstr("essai:"), HasSubstr(says))))
        << sentence;
  }
}

// What is not so is told with what is instead.
TEST(RunScenario, SaysWhatIsInsteadOfFollowUpPiecesAndFiles) {
  const std::pair<const char*, const char*> wrong[] = {
      {"l'indicateur vaut 3 pour 2025", "(le relevé)"},
      {"l'indicateur vaut 2 ou 3 pour 2025", "(le relevé)"},
      {"l'indicateur n'est pas mesuré pour 2025", "(le relevé)"},
      {"l'action est terminée", "en cours"},
      {"l'action est en cours, à 41 %", "40 %"},
      {"1 conflit à trancher", "est faux"},
      {"le comité technique s'est réuni le 2025-03-10", "aucune réunion"},
      {"la réunion du comité du 2025-03-10 compte « Préfet » parmi les présents", "Maire"},
      {"la réunion du comité du 2025-03-10 décide « Non. »", "Oui."},
      {"la pièce « A » n'est pas au dossier", "elle y est"},
      {"la pièce « B » est au dossier", "elle n'y est pas"},
      {"la pièce « A » est bien le fichier qui contient « beta »", "un autre fichier"},
      {"la pièce « A » n'est pas le fichier qui contient « alpha »", "si"},
      {"aucun événement ne porte le contenu de la pièce « A »", "un événement le porte"},
      {"le fichier SCDL, avec le SIRET 21470001100015, a une ligne « rien »", "COLL_NOM"},
      {"le fichier SCDL ne se fait pas : CHK-33, « SIRET »", "COLL_NOM"},
      {"l'agenda porte « réunion » le 2025-03-10", "BEGIN:VCALENDAR"},
      {"la page dit « zorglub »", "elle ne le dit pas"},
      {"la comparaison avec le 2025-03-10 ajoute « zorglub »", "changé"},
      {"le tableau de ce qui bloque montre la CAF", "« "},
      {"il est enregistré « zorglub »", "est faux"},
  };
  for (const auto& [phrase, says] : wrong) {
    const std::string text = absl::StrCat(kFollowed, "Au 2025-03-10, chez la commune : ", phrase);
    EXPECT_THAT(RunScenario(absl::StrCat(text, ".\n"), "essai"),
                ElementsAre(AllOf(HasSubstr("essai:7: "), HasSubstr("est faux"), HasSubstr(says))))
        << phrase;
  }
}

}  // namespace
}  // namespace greffe::scenario
