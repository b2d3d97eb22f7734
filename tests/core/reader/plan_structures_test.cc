// Plans by their structure: tables keyed by actions, grids of years, labels beside their text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/reader/plan_test_support.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_support::ReadText;
using testing_support::RefsAndTitles;
using testing_support::Steps;
using testing_support::Texts;

constexpr char kTwoSheets[] =
    "ANNEXE 1 – Plan d'actions\n\n"
    "Action n° 1 : Ouvrir une halte de jeux\n\nConstat : rien n'existe.\n\nPilote : la ville\n\n"
    "Action n° 2 : Prêter un minibus aux clubs\n\nConstat : les clubs sont loin.\n\n"
    "Pilote : le syndicat\n\n";

TEST(TablesBesideThePlan, AddTheirIndicatorsToTheActionsTheyName) {
  const Convention convention = ReadText(
      std::string(kTwoSheets) +
      "Action n° 3 : Une convention vivante, informer et associer les habitants du plateau\n\n"
      "Constat : peu la connaissent.\n\nPilote : la ville\n\n"
      "ANNEXE 2 – Évaluation\n\n| Action | Indicateurs | Source |\n|---|---|---|\n"
      "| 1. Ouvrir une halte de jeux | • Nombre d'enfants<br>• Nombre de séances | Ville |\n"
      "| 2. Prêter un minibus aux clubs | • Nombre de clubs | Clubs |\n"
      "| 3. Associer les familles | • Nombre de lettres | Ville |\n");

  ASSERT_THAT(convention.actions, SizeIs(3));
  EXPECT_THAT(Texts(convention.actions[0].indicators),
              ElementsAre("Nombre d'enfants", "Nombre de séances"));
  EXPECT_THAT(Texts(convention.actions[1].indicators), ElementsAre("Nombre de clubs"));
  // Its title is another, its number and the rows around it say which action is meant.
  EXPECT_THAT(Texts(convention.actions[2].indicators), ElementsAre("Nombre de lettres"));
}

TEST(TablesBesideThePlan, AddNoActions) {
  const Convention convention =
      ReadText(std::string(kTwoSheets) +
               "ANNEXE 2 – Diagnostic\n\n| Action | Indicateurs | Année |\n|---|---|---|\n"
               "| 1. Repas à la cantine | Nombre de repas | 2019 |\n"
               "| 2. Étude surveillée | Nombre d'élèves | 2019 |\n");

  EXPECT_THAT(convention.actions, SizeIs(2));
  EXPECT_THAT(convention.actions[0].indicators, IsEmpty());
}

TEST(TablesOfThePlan, TakeActionsByTheirNumberAlone) {
  const Convention convention =
      ReadText(std::string(kTwoSheets) +
               "ANNEXE 2 – Calendrier des actions\n\n| Action | 2024 | 2025 |\n|---|---|---|\n"
               "| Action 1 | Travaux | Ouverture |\n| Action 2 |  | Achat |\n");

  ASSERT_THAT(convention.actions, SizeIs(2));
  EXPECT_THAT(Steps(convention.actions[0].schedule), ElementsAre("2024|Travaux", "2025|Ouverture"));
  EXPECT_THAT(Steps(convention.actions[1].schedule), ElementsAre("2025|Achat"));
}

TEST(TablesOfThePlan, ReadAnAxisAloneInTheColumnOfTitles) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\n| N° | Intitulé de l'action | Porteur |\n|---|---|---|\n"
      "| | AXE 1 : ACCUEIL | |\n| 1 | Ouvrir une halte de jeux | Ville |\n"
      "| | AXE 2 : LOISIRS | |\n| 2 | Prêter un minibus | Syndicat |\n");

  ASSERT_THAT(convention.axes, SizeIs(2));
  EXPECT_EQ(convention.axes[1].title.text, "LOISIRS");
  EXPECT_THAT(RefsAndTitles(convention.actions),
              ElementsAre("1|Ouvrir une halte de jeux", "2|Prêter un minibus"));
}

TEST(TablesOfThePlan, NameTheActionsWhereTheAxesListNumberedObjectives) {
  const Convention convention = ReadText(
      "# Plan d'action\n\n## Axe stratégique 1 : Accueil\n\n### Objectifs opérationnels\n"
      "1.1. Aller vers les villages\n1.2. Garder les places\n\n"
      "| Action | Pilote | Indicateurs |\n|---|---|---|\n"
      "| Action 1 : Ouvrir une halte de jeux | Ville | Nombre d'enfants |\n"
      "| Action 2 : Prêter un minibus | Syndicat | Nombre de trajets |\n");

  EXPECT_THAT(RefsAndTitles(convention.actions),
              ElementsAre("1|Ouvrir une halte de jeux", "2|Prêter un minibus"));
}

TEST(TablesOfThePlan, JoinAnIndicatorCutAtItsCellsEdge) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\nRéf.\tAction\tIndicateurs\n"
      "1.1\tOuvrir une halte\tNombre d'enfants\n\tde jeux\taccueillis\n"
      "1.2\tPrêter un minibus\tNombre de clubs\n");

  ASSERT_THAT(convention.actions, SizeIs(2));
  EXPECT_EQ(convention.actions[0].title.text, "Ouvrir une halte de jeux");
  EXPECT_THAT(Texts(convention.actions[0].indicators), ElementsAre("Nombre d'enfants accueillis"));
}

TEST(FormRows, MayHoldTheHeadingsOfTheFormsBelow) {
  const std::string rest = "Porteur\tVille\nPartenaires\tCaf\nIndicateurs\tNombre de séances\n\n";
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\nTHÉMATIQUE 1 : ACCUEIL\nEnjeu : une offre de qualité\n"
      "\tObjectif opérationnel n° 1 : Aller vers les villages\n"
      "Action 1.1\tOuvrir une halte de jeux\n" +
      rest +
      "THÉMATIQUE 2 : LOISIRS\nEnjeu : des jeunes autonomes\n\tObjectif opérationnel n° 2 : "
      "Faciliter les trajets\n"
      "Action 2.1\tPrêter un minibus\n" +
      rest);

  ASSERT_THAT(convention.axes, SizeIs(2));
  EXPECT_EQ(convention.axes[1].title.text, "LOISIRS");
  ASSERT_THAT(convention.axes[1].objectives, SizeIs(1));
  EXPECT_EQ(convention.axes[1].objectives[0].title.text, "Faciliter les trajets");
  EXPECT_THAT(RefsAndTitles(convention.actions),
              ElementsAre("1.1|Ouvrir une halte de jeux", "2.1|Prêter un minibus"));
}

TEST(FormRows, GoOnWithALabelAndTheTextBesideIt) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\nFICHE ACTION 1.1\tOuvrir une halte de jeux\n"
      "Contexte\tRien n'existe.\nPilote\tVille\n"
      "Indicateurs\t- Avis des familles, donné lors d'un\nqualitatifs\tentretien annuel\n");

  ASSERT_THAT(convention.actions, SizeIs(1));
  EXPECT_THAT(Texts(convention.actions[0].indicators),
              ElementsAre("Avis des familles, donné lors d'un entretien annuel"));
}

TEST(Years, AreStepsWhereAFormCrossesThem) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\nFICHE ACTION 1.1\tOuvrir une halte de jeux\n"
      "Contexte\tRien n'existe.\nPilote\tVille\nCalendrier\t2024\t2025\t2026\n\tX\t\tX\n"
      "Partenaires\tCaf\n");

  ASSERT_THAT(convention.actions, SizeIs(1));
  EXPECT_THAT(Steps(convention.actions[0].schedule), ElementsAre("2024|", "2026|"));
  EXPECT_EQ(
      testing_support::RubricOf(convention.actions[0], v1::RUBRIC_KIND_PARTNERS).items[0].text.text,
      "Caf");
}

TEST(Years, AreStepsWhereTheirBoxesAreTicked) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\nAction n° 1 : Ouvrir une halte de jeux\n\n"
      "Constat : rien n'existe.\n\nÉchéancier : ☐ 2024 ☒ 2025 ☒ 2026 ☐ 2027\n");

  ASSERT_THAT(convention.actions, SizeIs(1));
  EXPECT_THAT(Steps(convention.actions[0].schedule), ElementsAre("2025|", "2026|"));
}

TEST(SubActions, AreToldLineByLineBelowTheContentOfASheet) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Plan d'actions\n\n### Action n° 1 **Ouvrir une halte de jeux**\n\n"
      "**Comment ?**\n1.a Trouver un local près de\nl'école\n1.b Former deux bénévoles\n\n"
      "**Avec qui ?**\nCaf, ville\n");

  ASSERT_THAT(convention.actions, SizeIs(1));
  EXPECT_THAT(RefsAndTitles(convention.actions[0].sub_actions),
              ElementsAre("1.a|Trouver un local près de l'école", "1.b|Former deux bénévoles"));
}

TEST(SheetHeads, AreNotTitledByTheLabelsBelowTheirNumber) {
  const std::string rest =
      "Contexte : rien n'existe.\nPilote : la ville\nPartenaires : Caf\nIndicateurs : Nombre de "
      "séances\n\n";
  const Convention convention = ReadText(
      "PLAN D'ACTIONS\n\nFICHE ACTION N° 1\nAxe : Accueil\nTitre : Ouvrir une halte de jeux\n" +
      rest + "FICHE ACTION N° 2\nAxe : Loisirs\nTitre : Prêter un minibus\n" + rest);

  EXPECT_THAT(RefsAndTitles(convention.actions),
              ElementsAre("1|Ouvrir une halte de jeux", "2|Prêter un minibus"));
  ASSERT_THAT(convention.axes, SizeIs(2));
  EXPECT_EQ(convention.axes[0].title.text, "Accueil");
}

TEST(SheetHeads, StandBelowAnAxisThatHasNoNumber) {
  const Convention convention = ReadText(
      "# Annexe 1 : Plan d'actions\n\n## AXE ACCUEIL\n\n### Action 1 – Ouvrir une halte de jeux\n\n"
      "**Constat** : rien n'existe.\n\n**Pilote** : la ville\n\n## AXE LOISIRS\n\n"
      "### Action 2 – Prêter un minibus\n\n**Constat** : loin.\n\n**Pilote** : le syndicat\n");

  ASSERT_THAT(convention.axes, SizeIs(2));
  EXPECT_EQ(convention.axes[1].title.text, "LOISIRS");
  ASSERT_THAT(convention.actions, SizeIs(2));
  EXPECT_EQ(convention.actions[1].axis_ref, convention.axes[1].ref);
}

TEST(ContentsOfAPlan, MayHaveTheirDotsBelowEachEntry) {
  const Convention convention = ReadText(
      "ANNEXE 1 – Fiches actions\n\n"
      "Fiche action n° 1 : Ouvrir une halte\n................. 22\n"
      "Fiche action n° 2 : Prêter un bus\n................. 23\n\n"
      "FICHE ACTION N° 1\nOuvrir une halte de jeux pour tous les enfants\n\n"
      "Constat : rien n'existe.\n\nPilote : la ville\n\n"
      "FICHE ACTION N° 2\nPrêter un bus aux clubs qui vont en tournoi\n\n"
      "Constat : loin.\n\nPilote : le syndicat\n");

  EXPECT_THAT(RefsAndTitles(convention.actions),
              ElementsAre("1|Ouvrir une halte de jeux pour tous les enfants",
                          "2|Prêter un bus aux clubs qui vont en tournoi"));
}

TEST(CentredLabels, TakeTheTextPrintedAboveAndBesideThem) {
  const std::string sheet =
      "                           Les enfants n'ont pas de lieu à eux dans\n"
      " Constat                   les villages du plateau.\n\n"
      " Pilote                    La ville\n\n"
      "                           • Nombre de séances\n"
      " Indicateurs\n"
      " d'évaluation              • Nombre d'enfants\n"
      "                           • Avis des familles\n\n";
  const Convention convention =
      ReadText("ANNEXE 1 – Plan d'actions\n\n     FICHE ACTION 1.1 : Ouvrir une halte\n\n" + sheet +
               "     FICHE ACTION 1.2 : Prêter un minibus\n\n" + sheet);

  ASSERT_THAT(convention.actions, SizeIs(2));
  EXPECT_THAT(Texts(convention.actions[0].indicators),
              ElementsAre("Nombre de séances", "Nombre d'enfants", "Avis des familles"));
  EXPECT_EQ(
      testing_support::RubricOf(convention.actions[0], v1::RUBRIC_KIND_CONTEXT).items[0].text.text,
      "Les enfants n'ont pas de lieu à eux dans les villages du plateau.");
}

// The label stands beside the second kind of indicators; the first kind is not a result.
TEST(CentredLabels, LeaveNoIndicatorsToTheResultsAboveThem) {
  const std::string sheet =
      "Pilote                     Le relais des familles\n"
      "Moyens                     Un prêt, une aide au démarrage\n"
      "Résultats attendus         • Quarante places de plus dans les villages\n"
      "                           Réalisation :\n"
      "                           • Nombre de places ouvertes\n"
      "Indicateurs                Résultat :\n"
      "d'évaluation               • Taux d'occupation des places\n"
      "                           Impact :\n"
      "                           • Avis des familles, selon l'enquête\n\n";
  const Convention convention =
      ReadText("ANNEXE 1 – Plan d'actions\n\n     FICHE ACTION 1.1 : Ouvrir une halte\n\n" + sheet +
               "     FICHE ACTION 1.2 : Prêter un minibus\n\n" + sheet);

  ASSERT_THAT(convention.actions, SizeIs(2));
  ASSERT_THAT(convention.actions[0].expected_results, SizeIs(1));
  EXPECT_EQ(convention.actions[0].expected_results[0].text,
            "Quarante places de plus dans les villages");
  EXPECT_THAT(Texts(convention.actions[0].indicators),
              ElementsAre("Nombre de places ouvertes", "Taux d'occupation des places",
                          "Avis des familles, selon l'enquête"));
  EXPECT_EQ(convention.actions[0].indicators[0].kind, v1::INDICATOR_KIND_REALISATION);
  EXPECT_EQ(convention.actions[0].indicators[1].kind, v1::INDICATOR_KIND_RESULT);
}

// Results that are sorted by kinds stay results where the indicators below are not sorted so.
TEST(CentredLabels, LeaveToTheResultsWhatIsSortedThere) {
  const std::string sheet =
      "Pilote                     Le relais des familles\n"
      "Moyens                     Un prêt, une aide au démarrage\n"
      "Résultats attendus         • Quarante places de plus dans les villages\n"
      "                           Réalisation :\n"
      "                           • Deux haltes ouvertes\n"
      "Indicateurs                • Taux d'occupation des places\n"
      "d'évaluation               • Avis des familles, selon l'enquête\n\n";
  const Convention convention =
      ReadText("ANNEXE 1 – Plan d'actions\n\n     FICHE ACTION 1.1 : Ouvrir une halte\n\n" + sheet +
               "     FICHE ACTION 1.2 : Prêter un minibus\n\n" + sheet);

  ASSERT_THAT(convention.actions, SizeIs(2));
  EXPECT_THAT(Texts(convention.actions[0].indicators),
              ElementsAre("Taux d'occupation des places", "Avis des familles, selon l'enquête"));
  EXPECT_EQ(convention.actions[0].expected_results.back().text, "Deux haltes ouvertes");
}

// Articles without their word, their paragraphs numbered in bold or not.
TEST(NumberedClauses, AreNoActionsAndNoAxes) {
  const Convention convention = ReadText(
      "# Convention territoriale globale\n\n## 1. Objet\n\n"
      "**1.1** Les signataires réunissent leurs efforts pour les enfants du canton.\n\n"
      "**1.2** Elles prolongent le travail de l'an passé.\n\n## 2. Engagements\n\n"
      "**2.1** La commune tient ses locaux ouverts.\n\n**2.2** La Caf verse ses aides.\n\n"
      "## 3. Durée\n\n**3.1** Elle court du 1er janvier 2024 au 31 décembre 2027.\n\n"
      "## 4. Litiges\n\n**4.1** Le tribunal administratif de Lille est compétent.\n\n"
      "## Annexe A — Plan d'actions\n\n### Orientation I. Vivre au village\n\n"
      "| Action | Responsable | Échéance |\n|---|---|---|\n"
      "| I-1 Rouvrir la cantine | Commune | études en 2024, travaux en mars 2025 |\n"
      "| I-2 Prêter des vélos | Club | 2026 |\n");

  EXPECT_THAT(convention.articles, SizeIs(4));
  EXPECT_THAT(RefsAndTitles(convention.actions),
              ElementsAre("I-1|Rouvrir la cantine", "I-2|Prêter des vélos"));
  ASSERT_THAT(convention.axes, SizeIs(1));
  EXPECT_EQ(convention.axes[0].title.text, "Vivre au village");
  EXPECT_THAT(Steps(convention.actions[0].schedule),
              ElementsAre("en 2024|études", "en mars 2025|travaux"));
}

TEST(RomanArticles, AreNoAxesOfTheSheetsBelow) {
  const Convention convention = ReadText(
      "CONVENTION TERRITORIALE GLOBALE\n\nI. OBJET\n\nElle réunit les volontés du plateau.\n\n"
      "II. ENGAGEMENTS\n\nII.1. La Caf verse ses aides.\nII.2. La ville ouvre ses salles.\n\nIII. "
      "DUREE\n\n"
      "Elle court du 1er janvier 2024 au 31 décembre 2027.\n\nIV. CONFIDENTIALITE\n\n"
      "Le secret s'impose à chacun.\n\nANNEXE N°1 : FICHES ACTIONS\n\n"
      "FICHE 1      OUVRIR UNE HALTE\nConstat     Rien n'existe\nPilote      La ville\n\n"
      "FICHE 2      TENIR UN MARCHE\nConstat     Rien n'est vendu\nPilote      Le syndicat\n");

  EXPECT_THAT(convention.articles, SizeIs(4));
  EXPECT_THAT(convention.axes, IsEmpty());
  EXPECT_THAT(convention.actions, SizeIs(2));
}

}  // namespace
}  // namespace greffe::reader
