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

TEST(Plan, ReadsSheetsWithoutTablesUnderDecimalNumbers) {
  const reader::Convention read = ReadText(
      "Axe 1 : Accompagner les familles\n\n"
      "Objectif opérationnel 1.1 : Rendre l'offre lisible\n\n"
      "Fiche action n° 1.1.1\n\nOuvrir un guichet unique\n\n"
      "Constats\n\nLes familles ne savent pas à qui s'adresser.\n\n"
      "Public cible : parents de jeunes enfants\n\n"
      "Modalités de mise en œuvre\n\n- Former les agents\n- Créer un formulaire\n\n"
      "Calendrier prévisionnel\n\n2023 : étude\n2024 : ouverture\n\n"
      "Critères d'évaluation\n\nNombre de familles reçues ; délai de réponse\n");

  ASSERT_EQ(read.axes.size(), 1u);
  ASSERT_EQ(read.axes[0].objectives.size(), 1u);
  EXPECT_EQ(read.axes[0].objectives[0].ref, "1.1");
  ASSERT_THAT(RefsAndTitles(read.actions), ElementsAre("1.1.1|Ouvrir un guichet unique"));
  const reader::Action& action = read.actions[0];
  EXPECT_EQ(action.axis_ref, "1");
  EXPECT_THAT(Steps(action.schedule), ElementsAre("2023|étude", "2024|ouverture"));
  EXPECT_THAT(Texts(action.indicators),
              ElementsAre("Nombre de familles reçues", "délai de réponse"));
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_PUBLIC).items.at(0).text.text,
            "parents de jeunes enfants");
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_CONTENT).items.size(), 2u);
}

TEST(Plan, KeepsFourStatesApart) {
  const reader::Convention read = ReadText(
      "Action 1 : Ouvrir une salle\n\n"
      "Contexte\tLa commune grandit.\n"
      "Public cible\t/\n"
      "Pilotage\t?\n"
      "Moyens\t\n"
      "Indicateurs\tNombre d'entrées\n");

  ASSERT_EQ(read.actions.size(), 1u);
  const reader::Action& action = read.actions[0];
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_PUBLIC).state, v1::FILLED_STATE_NONE);
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_PILOTS).state, v1::FILLED_STATE_OPEN);
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_MEANS).state, v1::FILLED_STATE_BLANK);
  for (const reader::Rubric& rubric : action.rubrics) {
    EXPECT_NE(rubric.kind, v1::RUBRIC_KIND_PARTNERS) << "an absent heading has no rubric";
  }
}

TEST(Plan, ReadsAWholePlanFromOneTableWithPipes) {
  const reader::Convention read = ReadText(
      "ANNEXE 2 : Programme d'actions\n\n"
      "| Axe | Objectif | Action | Pilote | Calendrier | Indicateurs |\n"
      "|---|---|---|---|---|---|\n"
      "| Axe 1 : Enfance | 1.1 Diversifier l'accueil | 1.1.1 Créer une crèche | Ville | 2024 | "
      "Nombre de places |\n"
      "| | | 1.1.2 Aider une maison d'assistantes | Commune | 2023-2025 | Taux d'occupation |\n"
      "| Axe 2 : Jeunesse | 2.1 Aller vers | 2.1.1 Recruter un animateur | Syndicat | | |\n");

  EXPECT_THAT(RefsAndTitles(read.actions),
              ElementsAre("1.1.1|Créer une crèche", "1.1.2|Aider une maison d'assistantes",
                          "2.1.1|Recruter un animateur"));
  ASSERT_EQ(read.axes.size(), 2u);
  EXPECT_EQ(read.axes[1].title.text, "Jeunesse");
  EXPECT_EQ(read.axes[0].objectives.at(0).title.text, "Diversifier l'accueil");
  EXPECT_THAT(Steps(read.actions[1].schedule), ElementsAre("2023-2025|"));
  EXPECT_EQ(read.actions[2].schedule_state, v1::FILLED_STATE_BLANK);
  EXPECT_EQ(read.actions[2].axis_ref, "2");
}

TEST(Plan, ReadsFormsOfUnclosedHtml) {
  const reader::Convention read = ReadText(
      "<table>\n"
      "<tr><td>Fiche action n°2<td>Former les animateurs\n"
      "<tr><td>Axe<td>Axe 1 - Enfance\n"
      "<tr><td>Éléments de diagnostic<td>Peu d'animateurs sont diplômés.\n"
      "<tr><td>Pilote<td>Ville<td>Partenaires<td>Caf, écoles\n"
      "<tr><td>Échéances<td>Rentrée 2023 : ouverture<br>2025 : bilan\n"
      "<tr><td>Indicateurs de résultats<td><ul><li>Taux de réussite<li>Taux d'abandon\n"
      "</table>\n");

  ASSERT_THAT(RefsAndTitles(read.actions), ElementsAre("2|Former les animateurs"));
  const reader::Action& action = read.actions[0];
  EXPECT_EQ(action.axis_ref, "1");
  EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_PARTNERS).items.at(0).text.text, "Caf, écoles");
  EXPECT_THAT(Steps(action.schedule), ElementsAre("Rentrée 2023|ouverture", "2025|bilan"));
  ASSERT_THAT(Texts(action.indicators), ElementsAre("Taux de réussite", "Taux d'abandon"));
  EXPECT_EQ(action.indicators[0].kind, v1::INDICATOR_KIND_RESULT);
}

TEST(Plan, JoinsAScheduleByTermsWithTheListOfActions) {
  const reader::Convention read = ReadText(
      "Axe I - Parentalité\n\nAction I.1 : Créer un réseau\nAction I.2 : Éditer une lettre\n\n"
      "Axe II - Logement\n\nAction II.1 : Accueillir les saisonniers\n\n"
      "CALENDRIER DES ACTIONS\n\n"
      "N°\tAction\t2022\t2023\t2024\n"
      "I.1\tCréer le réseau\tX\tX\t\n"
      "I.2\tÉditer une lettre\t\t\t\n"
      "II.1\tAccueillir les saisonniers\t\t\t?\n");

  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_THAT(Steps(read.actions[0].schedule), ElementsAre("2022|", "2023|"));
  ASSERT_EQ(read.actions[0].aliases.size(), 1u) << "the other wording is kept";
  EXPECT_EQ(read.actions[1].schedule_state, v1::FILLED_STATE_BLANK);
  EXPECT_EQ(read.actions[2].schedule_state, v1::FILLED_STATE_OPEN);
}

TEST(Plan, GivesSheetsWithoutTitlesTheirPlaceInTheTable) {
  std::string text = "FICHES ACTION\n\nRef\tIntitulé des actions\n";
  text += "I.A.1\tOuvrir une crèche\nI.A.2\tFormer les équipes\n\n";
  for (const char* subject : {"places", "stages"}) {
    text += "Éléments de contexte :\n\n- Il manque des " + std::string(subject) + "\n\n";
    text += "Résultats attendus :\n\n- Davantage de " + std::string(subject) + "\n\n";
    text += "Les pilotes de l'action :\n\n- La directrice\n\n";
    text += "Indicateurs de réalisation :\n\n- Nombre de " + std::string(subject) + "\n\n\n\n";
  }
  const reader::Convention read = ReadText(text);

  ASSERT_THAT(RefsAndTitles(read.actions),
              ElementsAre("I.A.1|Ouvrir une crèche", "I.A.2|Former les équipes"));
  EXPECT_EQ(read.actions[1].title.source.recovered, "order");
  EXPECT_LT(read.actions[1].title.source.confidence, 100u);
  ASSERT_EQ(read.actions[1].expected_results.size(), 1u);
  EXPECT_EQ(read.actions[1].expected_results[0].text, "Davantage de stages");
  EXPECT_THAT(Texts(read.actions[0].indicators), ElementsAre("Nombre de places"));
}

TEST(Plan, ReadsTheAxisUnderTheTitleOfASheetAsItsPlace) {
  std::string text = "PLAN D'ACTIONS\n\n";
  for (const char* n : {"1", "2"}) {
    text += "Fiche action n° " + std::string(n) + " : Ouvrir le lieu " + n + "\n\n";
    text += "Axe " + std::string(n) + " : Accueillir le public " + n + "\n\n";
    text += "Constats\nLe lieu " + std::string(n) + " manque.\n\n";
    text += "Indicateurs d'évaluation\n- Nombre de venues " + std::string(n) + "\n\n";
  }
  const reader::Convention read = ReadText(text);

  ASSERT_THAT(RefsAndTitles(read.actions), ElementsAre("1|Ouvrir le lieu 1", "2|Ouvrir le lieu 2"));
  EXPECT_EQ(read.actions[1].title.source.recovered, "") << "its number and title are printed";
  EXPECT_EQ(read.actions[1].axis_ref, "2");
  EXPECT_THAT(Texts(read.actions[0].indicators), ElementsAre("Nombre de venues 1"));
}

TEST(Plan, JoinsARowCutByAPageAndALabelCutInTwo) {
  const reader::Convention read = ReadText(
      "Action 1 : Ouvrir une salle\n\n"
      "Contexte\tLa commune grandit.\n"
      "Moyens matériels et\tUn demi-poste\n\n"
      "financiers\t12 000 €\n"
      "\tune aide du Département\n"
      "Indicateurs\tNombre d'entrées\n");

  ASSERT_EQ(read.actions.size(), 1u);
  const reader::Rubric means = RubricOf(read.actions[0], v1::RUBRIC_KIND_MEANS);
  EXPECT_EQ(means.label.text, "Moyens matériels et financiers");
  EXPECT_EQ(means.items.size(), 3u);
  ASSERT_EQ(read.funding.size(), 2u);
  EXPECT_EQ(read.funding[0].amount_cents, 12'000'00);
}

TEST(Plan, DoesNotTakeAnAxisInsideASheetForOneOfThePlan) {
  const reader::Convention read = ReadText(
      "Axe 1 : Parentalité\n\nAction 1 : Relayer l'information\n\n"
      "Contexte\n\nLes parents manquent de repères.\n\n"
      "Contenu\n\nAxe 1 : la rencontre à domicile\n\nTrois visites.\n\n"
      "Indicateurs\n\n- Nombre de visites\n");

  ASSERT_EQ(read.axes.size(), 1u);
  EXPECT_EQ(read.axes[0].title.text, "Parentalité");
  EXPECT_THAT(read.axes[0].aliases, IsEmpty());
  EXPECT_EQ(RubricOf(read.actions.at(0), v1::RUBRIC_KIND_CONTENT).items.size(), 2u);
}

TEST(Plan, LeavesAxesThatArticlesMentionToTheArticles) {
  const reader::Convention read = ReadText(
      "Article 1 : Objet\n\nLa convention fixe un projet.\n\n"
      "Article 2 : Objectifs\n\nAxe 1 : Une phrase de l'article\n\n"
      "Article 3 : Durée\n\nTrois ans.\n\n"
      "Annexe 1 : Plan d'actions\n\nAxe 1 : Parentalité\n\nAction 1 : Écouter\n\n"
      "Contexte\n\nIl le faut.\n");

  ASSERT_EQ(read.axes.size(), 1u);
  EXPECT_EQ(read.axes[0].title.text, "Parentalité");
}

// The pieces of a form that items below a rubric hold apart are one sheet.
TEST(Plan, ReadsAFormWhoseItemsStandInLinesOfTheirOwn) {
  const reader::Convention read = ReadText(
      "Axe 1 : Petite enfance\n\n"
      "FICHE PE1\tGarder pendant la traite\n"
      "Pilote : Caf\tPartenaires : communes\n"
      "Public : éleveurs\tTerritoire : le pays\n"
      "Constats\tLes parents se relaient.\n"
      "Objectifs visés\t- garder les enfants\n"
      "\t- limiter la dépense\n"
      "Échéancier\t2020 : recrutement\n"
      "Indicateurs\t- nombre d'heures\n"
      "\t- nombre de familles\n\n"
      "FICHE PE2\tPrêter des jeux\n"
      "Constats\tLe matériel coûte cher.\n"
      "Indicateurs\t- nombre de prêts\n");

  ASSERT_THAT(RefsAndTitles(read.actions),
              ElementsAre("PE1|Garder pendant la traite", "PE2|Prêter des jeux"));
  EXPECT_THAT(Texts(read.actions[0].indicators),
              ElementsAre("nombre d'heures", "nombre de familles"));
  EXPECT_EQ(RubricOf(read.actions[0], v1::RUBRIC_KIND_PARTNERS).items.at(0).text.text, "communes");
  EXPECT_EQ(RubricOf(read.actions[0], v1::RUBRIC_KIND_OBJECTIVES).items.size(), 2u);
}

TEST(Plan, ReadsSubActionsUnderTheContentOfTheirSheet) {
  const reader::Convention read = ReadText(
      "AXE I. GRANDIR\n\nFiche I-1\nOuvrir des places\n\n"
      "MODALITÉS DE MISE EN ŒUVRE\nI-1-a – Recenser les besoins\nQuestionnaire remis.\n"
      "I-1-b – Ouvrir une crèche\nDix places.\n\n"
      "PUBLIC\nFamilles\n\nCRITÈRES D'ÉVALUATION\nNombre de places\n");

  ASSERT_EQ(read.actions.size(), 1u);
  const reader::Action& action = read.actions[0];
  EXPECT_THAT(RefsAndTitles(action.sub_actions),
              ElementsAre("I-1-a|Recenser les besoins", "I-1-b|Ouvrir une crèche"));
  EXPECT_THAT(Texts(action.indicators), ElementsAre("Nombre de places"));
}

}  // namespace
}  // namespace greffe
