// Labels that a document makes up itself, and where its last sheet ends.
#include "absl/strings/str_cat.h"
#include "core/reader/learned_labels.h"
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

// Three sheets with the same made-up labels.
std::string Sheets(const std::string& middle) {
  std::string text = "Axe 1 : Grandir\n\n";
  for (const char* number : {"1", "2", "3"}) {
    absl::StrAppend(&text, "Action ", number, " : Ouvrir un lieu\n\n",
                    "Ce que nous constatons : rien n'existe.\n", middle,
                    "Ce que nous mesurerons :\n- les places ouvertes\n- la joie des parents\n\n");
  }
  return text;
}

TEST(PlanLabels, LearnsLabelsThatRecurInEachSheet) {
  const reader::Convention read =
      ReadText(Sheets("Qui s'en charge : la Ville\n"
                      "Feuille de route :\n- 2024 : travaux\n- 2025 : ouverture\n"));

  ASSERT_EQ(read.actions.size(), 3u);
  for (const reader::Action& action : read.actions) {
    EXPECT_THAT(Texts(action.indicators),
                ElementsAre("les places ouvertes", "la joie des parents"));
    EXPECT_THAT(Steps(action.schedule), ElementsAre("2024|travaux", "2025|ouverture"));
    EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_PILOTS).items.at(0).text.text, "la Ville");
    EXPECT_EQ(RubricOf(action, v1::RUBRIC_KIND_CONTEXT).label.text, "Ce que nous constatons");
  }
}

TEST(PlanLabels, TellsTheKindOfALabelWithoutKnownWordsByWhatItHolds) {
  const reader::Convention read =
      ReadText(Sheets("Horloge :\n- 2024 : travaux\n- 2025 : ouverture\n"
                      "Thermomètre :\n- Nombre de places\n- Taux d'occupation\n"));

  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_THAT(Steps(read.actions[1].schedule), ElementsAre("2024|travaux", "2025|ouverture"));
  EXPECT_THAT(Texts(read.actions[1].indicators),
              ElementsAre("Nombre de places", "Taux d'occupation", "les places ouvertes",
                          "la joie des parents"));
}

TEST(PlanLabels, LearnsNumberedLabelsOnLinesOfTheirOwn) {
  std::string text = "Axe 1 : Grandir\n\n";
  for (const char* number : {"1", "2", "3"}) {
    absl::StrAppend(&text, "Action ", number, " : Ouvrir un lieu\n\n1. Pourquoi cela\n\n",
                    "Rien n'existe.\n\n2. Comment cela sera jugé\n\n- les places ouvertes\n\n");
  }

  const reader::Convention read = ReadText(text);

  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_THAT(Texts(read.actions[2].indicators), ElementsAre("les places ouvertes"));
  EXPECT_EQ(RubricOf(read.actions[2], v1::RUBRIC_KIND_CONTEXT).items.at(0).text.text,
            "Rien n'existe.");
}

TEST(PlanLabels, LearnsNothingFromOneSheet) {
  const reader::Convention read = ReadText(
      "Action 1 : Ouvrir un lieu\n\nContexte : rien n'existe.\n"
      "Ce que nous mesurerons : la joie des parents\n");

  ASSERT_EQ(read.actions.size(), 1u);
  EXPECT_THAT(read.actions[0].indicators, IsEmpty());
  EXPECT_EQ(RubricOf(read.actions[0], v1::RUBRIC_KIND_CONTEXT).items.size(), 1u);
}

TEST(PlanLabels, KeepsTermsBelowAScheduleAsItsSteps) {
  const reader::Convention read =
      ReadText(Sheets("Calendrier :\nBientôt : l'étude\nEnsuite : les travaux\n"));

  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_EQ(read.actions[0].schedule.size(), 2u) << "« Bientôt » is no rubric";
}

TEST(PlanLabels, ReadsLabelsThatAreItemsOfAList) {
  std::string text = "Axe 1 : Grandir\n\n";
  for (const char* number : {"1", "2", "3"}) {
    absl::StrAppend(&text, "Action ", number, " : Ouvrir un lieu\n\n• Contexte : rien n'existe.\n",
                    "• Pilote : la Ville\n• Calendrier : 2024 : travaux\n",
                    "• Indicateurs : Nombre de places\n\n");
  }

  const reader::Convention read = ReadText(text);

  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_THAT(Texts(read.actions[1].indicators), ElementsAre("Nombre de places"));
  EXPECT_THAT(Steps(read.actions[1].schedule), ElementsAre("2024|travaux"));
}

TEST(PlanLabels, TellsKindsByWords) {
  EXPECT_EQ(reader::RoleByWords("Qui s'en charge"), reader::LabelRole::kPilots);
  EXPECT_EQ(reader::RoleByWords("Avec qui"), reader::LabelRole::kPartners);
  EXPECT_EQ(reader::RoleByWords("On saura que ça marche si"), reader::LabelRole::kIndicators);
  EXPECT_EQ(reader::RoleByWords("Ce qu'elle coûte"), reader::LabelRole::kMeans);
  EXPECT_EQ(reader::RoleByWords("Divers"), reader::LabelRole::kNone);
}

TEST(PlanLabels, ASectionInCapitalsEndsTheLastSheet) {
  const reader::Convention read = ReadText(
      "AXE I. GRANDIR\n\nFiche I-1\nOuvrir des places\n\nPUBLIC\nFamilles\n\n"
      "CRITÈRES D'ÉVALUATION\nNombre de places\n\nFiche I-2\nOuvrir un lieu\n\n"
      "PUBLIC\nFamilles\n\nCRITÈRES D'ÉVALUATION\nNombre de venues\n\n"
      "SUIVI DU PLAN\n\nDeux réunions par an sont tenues.\n");

  ASSERT_EQ(read.actions.size(), 2u);
  EXPECT_THAT(Texts(read.actions[0].indicators), ElementsAre("Nombre de places"));
  EXPECT_THAT(Texts(read.actions[1].indicators), ElementsAre("Nombre de venues"));
}

TEST(PlanLabels, AHeadingOfTheSheetsLevelEndsTheLastSheet) {
  const reader::Convention read = ReadText(
      "# Axe 1 : Grandir\n\n## Action 1 : Ouvrir des places\n\n### Indicateurs\n\n"
      "- Nombre de places\n\n## Action 2 : Ouvrir un lieu\n\n### Indicateurs\n\n"
      "- Nombre de venues\n\n## Et ensuite\n\n- Deux réunions par an\n");

  ASSERT_EQ(read.actions.size(), 2u);
  EXPECT_THAT(Texts(read.actions[1].indicators), ElementsAre("Nombre de venues"));
}

TEST(PlanLabels, ThemesAreAxesWhereNoOtherWordNamesThem) {
  const reader::Convention read = ReadText(
      "Thème A – Grandir\n\nFiche A-1 : Ouvrir des places\n\nContexte\n\nRien n'existe.\n\n"
      "Thème B – Habiter\n\nFiche B-1 : Planter un jardin\n\nContexte\n\nRien n'existe.\n");

  ASSERT_EQ(read.axes.size(), 2u);
  EXPECT_EQ(read.axes[1].ref, "B");
  EXPECT_EQ(read.axes[1].title.text, "Habiter");
  EXPECT_THAT(RefsAndTitles(read.actions),
              ElementsAre("A-1|Ouvrir des places", "B-1|Planter un jardin"));
}

TEST(PlanLabels, RefsAreKeptAsPrinted) {
  for (const auto& [printed, ref] : {std::pair<std::string, std::string>{"FA 12 – ", "12"},
                                     {"Action E1 : ", "E1"},
                                     {"Fiche A-2 : ", "A-2"},
                                     {"Action n°3 – ", "3"},
                                     {"Action n° 3.2 : ", "3.2"}}) {
    const reader::Convention read = ReadText(absl::StrCat(
        "Axe 1 : Grandir\n\n", printed, "Ouvrir un lieu\n\nContexte\n\nRien n'existe.\n"));

    EXPECT_THAT(RefsAndTitles(read.actions), ElementsAre(ref + "|Ouvrir un lieu")) << printed;
  }
}

TEST(PlanLabels, ALabelThatSheetsRepeatIsNoPageHeader) {
  std::string text = "Axe 1 : Grandir\n\n";
  for (const char* number : {"1", "2", "3"}) {
    absl::StrAppend(&text, "FICHE ", number, "\nOuvrir un point d'accueil au lycée du plateau\n\n",
                    "**Pilotage**\n\npoint information jeunesse\n\n");
  }

  const reader::Convention read = ReadText(text);

  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_EQ(read.actions[2].title.text, "Ouvrir un point d'accueil au lycée du plateau");
  EXPECT_EQ(RubricOf(read.actions[2], v1::RUBRIC_KIND_PILOTS).items.at(0).text.text,
            "point information jeunesse");
}

TEST(PlanLabels, OneRubricInColumnsIsAForm) {
  const reader::Convention read = ReadText(
      "Axe 1 : Grandir\n\nAction 1 : Ouvrir un lieu\n\n"
      "Indicateurs          Nombre de nuitées\n");

  ASSERT_EQ(read.actions.size(), 1u);
  EXPECT_THAT(Texts(read.actions[0].indicators), ElementsAre("Nombre de nuitées"));
}

TEST(PlanLabels, ABulletBeforeADateIsNoStep) {
  const reader::Convention read = ReadText(
      "Action 1 : Ouvrir un lieu\n\n| Contexte | Rien |\n"
      "| Calendrier | * 2024 : étude<br>* 2025 : travaux |\n");

  ASSERT_EQ(read.actions.size(), 1u);
  EXPECT_THAT(Steps(read.actions[0].schedule), ElementsAre("2024|étude", "2025|travaux"));
}

TEST(PlanLabels, StepsUnderStagesAreASchedule) {
  const reader::Convention read = ReadText(
      "Action 1 : Ouvrir un lieu\n\nContexte : rien n'existe.\n\n"
      "Les étapes :\n- 2024\n- 2025 : travaux\n");

  ASSERT_EQ(read.actions.size(), 1u);
  EXPECT_THAT(Steps(read.actions[0].schedule), ElementsAre("2024|", "2025|travaux"));
}

TEST(PlanLabels, ATitleInARowOfItsOwnHeadsTheFormBelow) {
  const reader::Convention read = ReadText(
      "   Action n°1      Ouvrir une crèche\n\n"
      "   Constat         Rien n'existe encore.\n"
      "   Objectif        Ouvrir trente places.\n"
      "   Indicateurs     Nombre d'enfants\n");

  EXPECT_THAT(RefsAndTitles(read.actions), ElementsAre("1|Ouvrir une crèche"));
  ASSERT_EQ(read.actions.size(), 1u);
  EXPECT_THAT(Texts(read.actions[0].indicators), ElementsAre("Nombre d'enfants"));
}

TEST(PlanLabels, SubActionsBelowACodeAreOfItsSheet) {
  const reader::Convention read = ReadText(
      "Axe E : Grandir\n\nAction E1 : Ouvrir une école\n\nContenu\n\n"
      "E1.1 Équiper deux clairières\nE1.2 Former douze enseignants\n");

  ASSERT_EQ(read.actions.size(), 1u);
  EXPECT_THAT(RefsAndTitles(read.actions[0].sub_actions),
              ElementsAre("E1.1|Équiper deux clairières", "E1.2|Former douze enseignants"));
}

TEST(PlanLabels, ThemesWithoutNumbersAreCountedAndThePeriodIsThatOfTheTitle) {
  const reader::Convention read = ReadText(
      "PLAN D'ACTION DE LA CTG 2022-2025\n\nThématique : Petite enfance\n\n"
      "Fiche action : Créer des places\n\nContexte : rien n'existe.\n\n"
      "Fiche action : Aider les parents\n\nContexte : rien n'existe.\n\n"
      "Thématique : Jeunesse\n\nFiche action : Ouvrir un lieu\n\nContexte : rien.\n");

  ASSERT_EQ(read.axes.size(), 2u);
  EXPECT_EQ(read.axes[1].ref, "2");
  EXPECT_EQ(read.axes[1].title.text, "Jeunesse");
  EXPECT_EQ(read.axes[1].title.source.recovered, "order");
  ASSERT_EQ(read.actions.size(), 3u);
  EXPECT_EQ(read.actions[1].axis_ref, "1");
  EXPECT_EQ(read.actions[2].axis_ref, "2");
  EXPECT_EQ(read.from.date, "2022-01-01");
  EXPECT_EQ(read.to.date, "2025-12-31");
}

// How long the project lasts is its schedule; « durée de la convention » says when something is
// done.
TEST(PlanLabels, TellsTheLengthOfAProjectFromAStepThatLastsAsTheConvention) {
  const reader::Convention read = ReadText(
      "Fiche action n° 1 : Ouvrir\n\nContexte : rien.\nDurée du projet : 2023-2025\n"
      "Pilote : la Ville\n\nFiche action n° 2 : Réunir\n\nContexte : rien.\nCalendrier\n"
      "Durée de la convention : une rencontre par an\nPilote : la Ville\n");

  ASSERT_EQ(read.actions.size(), 2u);
  EXPECT_THAT(Steps(read.actions[0].schedule), ElementsAre("2023-2025|"));
  EXPECT_THAT(Steps(read.actions[1].schedule),
              ElementsAre("|Durée de la convention : une rencontre par an"));
}

}  // namespace
}  // namespace greffe
