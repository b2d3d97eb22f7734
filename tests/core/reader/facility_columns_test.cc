// Facilities in tables whose headings say nothing, below lines that are only their type, and in
// parts of the contract that no annex names.
#include "core/reader/facility_columns.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "tests/core/reader/plan_test_support.h"

namespace greffe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::ReadText;

std::vector<std::string> Facilities(const std::string& text) {
  std::vector<std::string> shown;
  for (const reader::Facility& each : ReadText(text).facilities) {
    shown.push_back(absl::StrCat(each.type, "|", each.name.text, "|", each.address.text));
  }
  return shown;
}

TEST(FacilityColumns, AreToldByTheirCellsWhereHeadingsSayNothing) {
  EXPECT_THAT(Facilities("ANNEXE 2 : LES LIEUX\n\n"
                         "| Où aller | Ce qu'on y trouve | Situé | Tenu par |\n|---|---|---|---|\n"
                         "| Les Hêtres | crèche | 5 allée des Hêtres, 98301 BOIS | Ville |\n"
                         "| Le Dé Joyeux | ludothèque | 22 rue du Taillis, 98301 BOIS | Ville |\n"),
              ElementsAre("EAJE|Les Hêtres|5 allée des Hêtres, 98301 BOIS",
                          "LUDOTHEQUE|Le Dé Joyeux|22 rue du Taillis, 98301 BOIS"));
}

TEST(FacilityColumns, NameTheBodyThatSupports) {
  const reader::Convention read = ReadText(
      "ANNEXE 2 : ÉQUIPEMENTS\n\n"
      "| Ours | 5 rue Haute, 98301 BOIS | Commune de Bois |\n"
      "| Lutins | 6 rue Haute, 98301 BOIS | Association du Bois |\n"
      "| Loirs | 7 rue Haute, 98301 BOIS | Commune de Bois |\n");

  ASSERT_EQ(read.facilities.size(), 3u);
  EXPECT_EQ(read.facilities[1].name.text, "Lutins");
  EXPECT_EQ(read.facilities[1].supported_by.text, "Association du Bois");
}

TEST(FacilityColumns, StandBelowTypesInRowsOfTheirOwn) {
  EXPECT_THAT(
      Facilities("Action 1 : Ouvrir un lieu\n\nContexte : rien.\n\nÉQUIPEMENTS SOUTENUS\n\n"
                 "Structure                Où                              Places   Géré\n\n"
                 "EAJE\n"
                 "Les Grappillons          4 rue du Pressoir 98210 MONT    24       Pays\n"
                 "Les Sarments             17 grande rue 98212 SARMENT     18       Pays\n"
                 "RPE\n"
                 "Relais du Pays           10 place d'Armes 98210 MONT     -        Pays\n"),
      ElementsAre("EAJE|Les Grappillons|4 rue du Pressoir 98210 MONT",
                  "EAJE|Les Sarments|17 grande rue 98212 SARMENT",
                  "RPE|Relais du Pays|10 place d'Armes 98210 MONT"));
}

TEST(FacilityColumns, StandBelowALineThatIsOnlyTheirType) {
  EXPECT_THAT(Facilities("Article 1 – Objet\n\nLes parties agissent ensemble.\n\n"
                         "TITRE II. LES ÉQUIPEMENTS\n\nMulti-accueil\n"
                         "\tLes Marmottes\t2 rue Haute 98410 MONT\tsyndicat\n"
                         "\tLes Loirs\t7 rue Basse 98411 VAL\tsyndicat\n"
                         "Espace de vie sociale\n"
                         "\tLe Refuge\tPlace de l'Église 98412 COL\tassociation\n"),
              ElementsAre("EAJE|Les Marmottes|2 rue Haute 98410 MONT",
                          "EAJE|Les Loirs|7 rue Basse 98411 VAL",
                          "EVS|Le Refuge|Place de l'Église 98412 COL"));
}

TEST(FacilityLines, StandBelowAHeadingInCapitalsAfterTheLastSheet) {
  EXPECT_THAT(Facilities("Axe 1 : Grandir\n\nAction 1 : Ouvrir un lieu\n\n"
                         "Contexte : rien n'existe.\n\nÉQUIPEMENTS SOUTENUS\n\n"
                         "Crèches :\n\n- Les Ours, 3 rue Haute, 98210 MONT\n"),
              ElementsAre("EAJE|Les Ours|3 rue Haute, 98210 MONT"));
}

TEST(FacilityLines, StandBelowTheirTypeInOneParagraph) {
  EXPECT_THAT(Facilities("ANNEXE 2 : ÉQUIPEMENTS\n\n"
                         "EAJE\nCrèche « Les Galets », 14 quai des Forges, 42997 MONT\n"
                         "Les Bouleaux, 22 rue du Taillis, 98301 BOIS\n\n"
                         "ALSH\nCentre des Dunes, Chemin des Dunes, 97990 PORT\n\n"
                         "La Clairière, Bois communal 98412 SAUVE\n\n"
                         "Ces lieux sont ouverts à tous, voir 98412 SAUVE.\n"),
              ElementsAre("EAJE|Crèche « Les Galets »|14 quai des Forges, 42997 MONT",
                          "EAJE|Les Bouleaux|22 rue du Taillis, 98301 BOIS",
                          "ALSH|Centre des Dunes|Chemin des Dunes, 97990 PORT",
                          "ALSH|La Clairière|Bois communal 98412 SAUVE"));
}

TEST(FacilityLines, AreNamesWithTheirAddressInTheNextLineOfACell) {
  EXPECT_THAT(Facilities("ANNEXE 2 : ÉQUIPEMENTS\n\n"
                         "<table><tr><th>Type</th><th>Nom et adresse</th></tr>"
                         "<tr><td>ALSH</td><td>Les Castors<br>Étang communal, 42998 BOIS</td></tr>"
                         "<tr><td>EAJE</td><td>Les Loirs – 17 grande rue 98212 VAL</td></tr>"
                         "</table>\n"),
              ElementsAre("ALSH|Les Castors|Étang communal, 42998 BOIS",
                          "EAJE|Les Loirs|17 grande rue 98212 VAL"));
}

TEST(FacilityColumns, LeaveNamesBeforeAddressesInOneColumnTogether) {
  EXPECT_THAT(Facilities("ANNEXE 2 : ÉQUIPEMENTS\n\n"
                         "| Relais | Relais des Ours, 5 rue Haute 98301 BOIS | Bois |\n"
                         "| Relais | Relais des Loirs, 6 rue Haute 98301 BOIS | Bois |\n"),
              testing::Contains("RPE|Relais des Ours|5 rue Haute 98301 BOIS").Times(0))
      << "« Relais » alone is no type of the lexicon";
  EXPECT_THAT(reader::InferColumns({}), IsEmpty());
}

TEST(FacilityColumns, APieceBetweenCommasBeforeThePostcodeIsOfTheAddress) {
  EXPECT_THAT(
      Facilities("ANNEXE 2 : ÉQUIPEMENTS\n\nCrèches\n\n"
                 "- Les Colibris, bout du monde, 97882 ANSE\n"
                 "- Les Ours, 97882 ANSE\n"),
      ElementsAre("EAJE|Les Colibris|bout du monde, 97882 ANSE", "EAJE|Les Ours|97882 ANSE"));
}

// « / » and « - » say that there is none: a line without a word is no name.
TEST(FacilityLines, AMarkWithoutWordsIsNoName) {
  EXPECT_THAT(Facilities("ANNEXE 2 : ÉQUIPEMENTS\n\nLudothèques\n/\nLes Lutins\n\n"
                         "ALSH : -\nEAJE : Les Ours, 3 rue Haute, 98210 MONT\n"),
              ElementsAre("LUDOTHEQUE|Les Lutins|", "EAJE|Les Ours|3 rue Haute, 98210 MONT"));
}

// An address without a postcode goes on in the next lines, but no address is as long as a page.
TEST(FacilityLines, AnAddressGoesOnForAFewLinesOnly) {
  constexpr int kLines = 1'000;
  constexpr std::size_t kPlaceBytes = 600;
  std::string text = "ANNEXE 2 : ÉQUIPEMENTS\n\nEAJE\nLes Ours, 3 rue Haute\nau fond du parc\n";
  for (int i = 0; i < kLines; ++i) absl::StrAppend(&text, "par la porte ", i, " du parc\n");

  const std::vector<std::string> facilities = Facilities(text);

  ASSERT_FALSE(facilities.empty());
  EXPECT_THAT(facilities[0], testing::StartsWith("EAJE|Les Ours|3 rue Haute au fond du parc"));
  EXPECT_THAT(facilities, testing::Each(testing::SizeIs(testing::Le(kPlaceBytes))));
  EXPECT_EQ(facilities.size(), 1u) << "what follows an address is no name";
}

}  // namespace
}  // namespace greffe
