#include "core/reader/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/reader/blocks.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> RowsOf(const std::vector<std::string>& lines) {
  std::vector<LineUse> uses;
  for (const std::string& line : lines)
    uses.push_back(line.empty() ? LineUse::kBlank : LineUse::kUnread);
  std::vector<std::string> shown;
  for (const auto& [at, row] : FindSpacedRows({"d", lines}, 0, uses)) {
    std::vector<std::string> cells;
    for (const Cell& cell : row.cells) cells.push_back(cell.text);
    shown.push_back(
        absl::StrCat(row.lines.first, "-", row.lines.last, ": ", absl::StrJoin(cells, " | ")));
  }
  return shown;
}

TEST(FindSpacedRows, CutsRowsUnderTheHeadersPlaces) {
  EXPECT_THAT(RowsOf({
                  "Type   Nom de la structure   Adresse            Gestionnaire",
                  "",
                  "EAJE   Les Petits Pas        4 rue du Lavoir    Commune",
                  "ALSH   Été à l'École                            Foyer rural",
                  "       de la Montagne",
                  "Une phrase qui suit.",
              }),
              ElementsAre("1-1: Type | Nom de la structure | Adresse | Gestionnaire",
                          "3-3: EAJE | Les Petits Pas | 4 rue du Lavoir | Commune",
                          "4-5: ALSH | Été à l'École de la Montagne |  | Foyer rural"));
}

TEST(FindSpacedRows, KeepsTheTextOfARubricTogether) {
  EXPECT_THAT(RowsOf({
                  "Constat        Les familles parcourent vingt",
                  "               kilomètres.",
                  "Objectifs      • Tenir une matinée",
                  "               • Recevoir les parents",
              }),
              ElementsAre("1-2: Constat | Les familles parcourent vingt kilomètres.",
                          "3-4: Objectifs | Tenir une matinée Recevoir les parents"));
}

TEST(FindSpacedRows, BreaksWhereTheNextWordHadRoom) {
  const std::vector<std::string> lines = {
      "Contenu        Une camionnette aménagée part en", "               Bretagne chaque mois.",
      "Calendrier     2020 : achat", "               2021 : tournée"};
  const SpacedRows rows =
      FindSpacedRows({"d", lines}, 0, std::vector<LineUse>(lines.size(), LineUse::kUnread));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows.at(0).cells[1].parts.size(), 1u);
  ASSERT_EQ(rows.at(2).cells[1].parts.size(), 2u);
  EXPECT_EQ(rows.at(2).cells[1].parts[1].text, "2021 : tournée");
}

TEST(FindSpacedRows, TakesNoProseAndNoNumberedListForATable) {
  EXPECT_THAT(RowsOf({"Il est  convenu que les parties", "agissent ensemble  pour les familles."}),
              IsEmpty());
  EXPECT_THAT(RowsOf({"1.   Objet", "2.   Durée", "3.   Recours"}), IsEmpty());
  EXPECT_THAT(RowsOf({"-    Objet de tous", "-    Durée en années"}), IsEmpty());
  EXPECT_THAT(RowsOf({"Le Président      La Directrice", "", "Article 1"}), IsEmpty());
}

TEST(FindSpacedRows, BecomeATableOfTheDocument) {
  const Blocks blocks = BuildBlocks({{"d",
                                      {"Titre", "", "EAJE   Les Petits Pas   4 rue du Lavoir",
                                       "ALSH   Le Grand Air     2 place du Pont", "", "Fin."}}});
  ASSERT_EQ(blocks.blocks.size(), 3u);
  EXPECT_EQ(blocks.blocks[1].kind, BlockKind::kTable);
  EXPECT_EQ(blocks.blocks[1].rows.size(), 2u);
  EXPECT_EQ(blocks.blocks[1].lines.last, 4u);
}

// Labels side by side over what each says, with a gap below them or without.
TEST(FindSpacedRows, MakesAFormOfLabelsSideBySide) {
  const std::vector<std::string> lines = {"CONSTAT                    OBJECTIFS",
                                          "Les familles parcourent    Ouvrir un lieu",
                                          "vingt kilomètres.          dans chaque vallée"};
  const std::vector<std::string> rows = {"CONSTAT | Les familles parcourent vingt kilomètres.",
                                         "OBJECTIFS | Ouvrir un lieu dans chaque vallée"};
  for (const bool gap : {false, true}) {
    std::vector<std::string> document = lines;
    if (gap) document.insert(document.begin() + 1, "");
    const Blocks blocks = BuildBlocks({{"d", document}});
    ASSERT_EQ(blocks.blocks.size(), 1u);
    std::vector<std::string> shown;
    for (const Row& row : blocks.blocks[0].rows)
      shown.push_back(absl::StrCat(row.cells[0].text, " | ", row.cells[1].text));
    EXPECT_EQ(shown, rows) << "a gap below the labels: " << gap;
    EXPECT_EQ(blocks.blocks[0].lines.last, document.size());
  }
}

TEST(FindSpacedRows, EndsOnLinesThatNearlyMatch) {
  std::vector<std::string> lines;
  for (int i = 0; i < 20'000; ++i) lines.push_back(i % 7 == 0 ? "a   b" : "    b");
  // Looking from each line at all that follow would not end.
  EXPECT_LE(RowsOf(lines).size(), lines.size());
}

}  // namespace
}  // namespace greffe::reader
