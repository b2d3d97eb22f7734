// Sheets, grids and lists in forms that first readings of unseen documents met.
#include "core/reader/plan.h"
#include "gmock/gmock.h"
#include "tests/core/reader/plan_test_support.h"

namespace greffe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::ReadText;
using testing_support::RefsAndTitles;
using testing_support::RubricOf;
using testing_support::Steps;
using testing_support::Texts;

std::vector<std::string> Facilities(const reader::Convention& convention) {
  std::vector<std::string> shown;
  for (const reader::Facility& each : convention.facilities)
    shown.push_back(each.type + "|" + each.name.text + "|" + each.address.text);
  return shown;
}

TEST(PlanForms, TakesATitleFromItsOwnColumnAndDatesByQuarters) {
  const reader::Convention read = ReadText(
      "Objectif A1 – Grandir\n\nFICHE-ACTION A1-1\n\n"
      "Intitulé          Ouvrir un lieu pour les familles\n"
      "                  et leurs enfants\n\n"
      "Constat           Rien n'existe dans la commune.\n\n"
      "Échéancier        T4 2023 : étude\n"
      "                  S1 2024 : travaux\n\n"
      "FICHE-ACTION A1-2\n\n"
      "Intitulé\n\n"
      "Garder le lieu\n\n"
      "Constat           Il se vide.\n\n"
      "Échéancier        T1 2025 : bilan\n");

  EXPECT_THAT(
      RefsAndTitles(read.actions),
      ElementsAre("A1-1|Ouvrir un lieu pour les familles et leurs enfants", "A1-2|Garder le lieu"));
  EXPECT_THAT(Steps(read.actions.at(0).schedule), ElementsAre("T4 2023|étude", "S1 2024|travaux"));
}

TEST(PlanForms, ReadsLabelsSideBySideAndAGridOfSteps) {
  const reader::Convention read = ReadText(
      "ENJEU A – Grandir\n\nFICHE A1     Ouvrir un lieu\n\n"
      "  CONSTAT                          OBJECTIFS\n"
      "  Rien n'existe dans la            • Ouvrir\n"
      "  commune.                         • Durer\n\n"
      "  RÉSULTATS ATTENDUS               INDICATEURS\n"
      "  • Un lieu ouvert                 • Nombre de places\n"
      "  toute la semaine                 • Part des demandes\n"
      "                                   satisfaites\n\n"
      "  PILOTE : la commune\n\n"
      "  CALENDRIER           2024      2025      2026\n"
      "  Étude                  X\n"
      "  Travaux                          X         X\n\n"
      "FICHE A2     Garder le lieu\n\n"
      "  CONSTAT                          OBJECTIFS\n"
      "  Il se vide.                      • Durer\n");

  ASSERT_EQ(read.actions.size(), 2u);
  const reader::Action& action = read.actions[0];
  EXPECT_THAT(Texts(action.indicators),
              ElementsAre("Nombre de places", "Part des demandes satisfaites"));
  EXPECT_EQ(action.expected_results.at(0).text, "Un lieu ouvert toute la semaine");
  EXPECT_THAT(Steps(action.schedule), ElementsAre("2024|Étude", "2025|Travaux", "2026|Travaux"));
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_CONTEXT).items.at(0).text.text,
            "Rien n'existe dans la commune.");
}

TEST(PlanForms, ReadsAGridOfActionsAndTheirYears) {
  const reader::Convention read = ReadText(
      "Axe 1 – Grandir\n\nAxe 2 – Habiter\n\nCalendrier\n\n"
      "                                  2019    2020\n"
      "Axe 1\n"
      "1.1.1  Créer une crèche             X       X\n"
      "1.1.2  Ouvrir le relais aux\n"
      "       assistantes                          X\n"
      "Axe 2\n"
      "2.1.1  Bâtir                        X\n");

  EXPECT_THAT(RefsAndTitles(read.actions),
              ElementsAre("1.1.1|Créer une crèche", testing::StartsWith("1.1.2|Ouvrir le relais"),
                          "2.1.1|Bâtir"));
  EXPECT_THAT(Steps(read.actions[0].schedule), ElementsAre("2019|", "2020|"));
}

TEST(PlanForms, GoesOnWithACellBesideTheNextRow) {
  const reader::Convention read = ReadText(
      "TABLEAU DES ACTIONS\n\n"
      "  Axe                        Action                       Pilote      Échéance\n\n"
      "  1 - Accueillir les         1. Ouvrir une crèche         Ville       2021\n"
      "  enfants du bourg           2. Former les équipes        Ville       2020\n\n"
      "Fiche action n° 1 : Ouvrir une crèche\n\nContexte : rien.\nCalendrier :\n- 2021 : "
      "travaux\n\n"
      "Fiche action n° 2 : Former les équipes\n\nContexte : rien.\n");

  ASSERT_EQ(read.axes.size(), 1u);
  EXPECT_EQ(read.axes[0].title.text, "Accueillir les enfants du bourg");
  // The sheet says what is done in 2021; the second has the table's year alone.
  ASSERT_EQ(read.actions.size(), 2u);
  EXPECT_THAT(Steps(read.actions[0].schedule), ElementsAre("2021|travaux"));
  EXPECT_THAT(Steps(read.actions[1].schedule), ElementsAre("2020|"));
}

TEST(PlanForms, ReadsNamesAndAddressesOnLinesOfTheirOwn) {
  const reader::Convention read = ReadText(
      "Annexe 2 – Équipements\n\nAccueil du jeune enfant (EAJE)\nMulti-accueil « Les Lutins »\n"
      "6 place Haute – 42990 PORT\nLes Galopins\nZone du Val – 42991 AIGUE\n\n"
      "Ludothèque\nLudobus (itinérant)\n\n"
      "PORT\nALSH : Périscolaire du Bas – École du Centre 42990 PORT\n"
      "RAM : Relais du Val – 1 quai Haut 42990 PORT\n");

  EXPECT_THAT(
      Facilities(read),
      ElementsAre("EAJE|Multi-accueil « Les Lutins »|6 place Haute – 42990 PORT",
                  "EAJE|Les Galopins|Zone du Val – 42991 AIGUE", "LUDOTHEQUE|Ludobus (itinérant)|",
                  "ALSH|Périscolaire du Bas|École du Centre 42990 PORT",
                  "RAM|Relais du Val|1 quai Haut 42990 PORT"));
  EXPECT_EQ(read.facilities.at(3).supported_by.text, "PORT");
}

TEST(PlanForms, LeavesWhatIsStillToBeDefinedOutOfTheIndicators) {
  const reader::Convention read = ReadText(
      "Fiche action n° 1 : Ouvrir\n\nContexte : rien.\n"
      "Indicateurs : à définir avec le groupe de parents\n\n"
      "Fiche action n° 2 : Durer\n\nContexte : rien.\nIndicateurs : places ouvertes\n");
  ASSERT_EQ(read.actions.size(), 2u);
  EXPECT_THAT(read.actions[0].indicators, IsEmpty());
  EXPECT_THAT(Texts(read.actions[1].indicators), ElementsAre("places ouvertes"));
}

TEST(PlanForms, ReadsBodiesOfATableUnderAHeadingThatIsALabelToo) {
  const reader::Convention read = ReadText(
      "Fiche action n° 1 : Ouvrir\n\nContexte : rien.\nPilote : la Ville\n\n\n\nGOUVERNANCE\n\n"
      "| Instance | Membres | Fréquence |\n|---|---|---|\n"
      "| Comité de pilotage | Maires | 1 / an |\n| Groupes de travail par enjeu | Tous | |\n");
  ASSERT_EQ(read.bodies.size(), 2u);
  EXPECT_EQ(read.bodies[1].name.text, "Groupes de travail par enjeu");
}

// A row without a label goes on with the title only below the row that gives it.
TEST(PlanForms, GoesOnWithATitleOnlyBelowIt) {
  const reader::Convention below = ReadText(
      "| Fiche action n° 1 | Ouvrir un lieu |\n|---|---|\n| | pour les familles |\n"
      "| Contexte | Rien n'existe. |\n| Pilote | La Ville |\n"
      "| Fiche action n° 2 | Garder le lieu |\n| | le soir |\n| Contexte | Il se vide. |\n");
  EXPECT_THAT(RefsAndTitles(below.actions),
              ElementsAre("1|Ouvrir un lieu pour les familles", "2|Garder le lieu le soir"));

  const reader::Convention apart = ReadText(
      "Fiche action n° 1 : Ouvrir un lieu\n\n| | Rien n'a été dit des horaires. |\n|---|---|\n"
      "| Contexte | Rien n'existe. |\n| Pilote | La Ville |\n");
  EXPECT_THAT(RefsAndTitles(apart.actions), ElementsAre("1|Ouvrir un lieu"));
  ASSERT_EQ(apart.actions.size(), 1u);
  EXPECT_EQ(apart.actions[0].rubrics.at(0).items.at(0).text.text, "Rien n'a été dit des horaires.");
}

}  // namespace
}  // namespace greffe
