#include "core/reader/blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/reader/lines.h"

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;

Blocks Of(const std::string& text) {
  auto documents = SplitLines({{"d", text}});
  EXPECT_TRUE(documents.ok());
  return BuildBlocks(*std::move(documents));
}

// Kind and text of each block: "H title", "p text", "- item", "T cell|cell / cell|cell", "c entry".
std::vector<std::string> Shown(const Blocks& blocks) {
  std::vector<std::string> shown;
  for (const Block& block : blocks.blocks) {
    static constexpr const char* kMarks[] = {"H ", "p ", "- ", "T ", "c "};
    std::string text = kMarks[static_cast<int>(block.kind)] + block.text;
    for (const Row& row : block.rows) {
      if (&row != &block.rows[0]) text += " / ";
      for (const Cell& cell : row.cells) {
        if (&cell != &row.cells[0]) text += "|";
        text += cell.text;
      }
    }
    shown.push_back(text);
  }
  return shown;
}

TEST(BuildBlocks, TellsHeadingsParagraphsAndItemsApart) {
  EXPECT_THAT(
      Shown(Of("Article 1 : Objet\nLa convention vise\nà tout.\n- un ;\n- deux\nencore\n\nFin.\n")),
      ElementsAre("H Article 1 : Objet", "p La convention vise à tout.", "- un ;", "- deux encore",
                  "p Fin."));
}

TEST(BuildBlocks, JoinsHeadingsOverLines) {
  EXPECT_THAT(Shown(Of("ANNEXE 5\nLISTE DES SERVICES\nDU TERRITOIRE\n\nArticle 2 : Les champs\n"
                       "d'intervention\nLa Caf agit.\n")),
              ElementsAre("H ANNEXE 5 LISTE DES SERVICES DU TERRITOIRE",
                          "H Article 2 : Les champs d'intervention", "p La Caf agit."));
}

TEST(BuildBlocks, KeepsHyphensOfWordsCutAtLineEnds) {
  EXPECT_THAT(Shown(Of("La commune de Saint-\nDenis\n")),
              ElementsAre("p La commune de Saint-Denis"));
}

TEST(BuildBlocks, ReadsTablesByTabsPipesAndHtml) {
  EXPECT_THAT(
      Shown(Of("Type\tNom\nEAJE\t\n\tCrèche\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
               "<table><tr><th>X<td>Y\n<tr><td>1<br>2</td>\n<td>3</table>\nAprès\n")),
      ElementsAre("T Type|Nom / EAJE| / |Crèche", "T A|B / 1|2", "T X|Y / 1 2|3", "p Après"));
}

TEST(BuildBlocks, EndsAnHtmlTableThatNobodyCloses) {
  EXPECT_THAT(Shown(Of("<table><tr><td>A\n\nUne phrase libre.\n")),
              ElementsAre("T A", "p Une phrase libre."));
}

TEST(BuildBlocks, JoinsASentenceThatAPageCuts) {
  const Blocks blocks =
      Of("Les parties conviennent de se réunir\n\nPage 3/12\n\nchaque année au moins.\n");

  EXPECT_THAT(Shown(blocks),
              ElementsAre("p Les parties conviennent de se réunir chaque année au moins."));
  EXPECT_EQ(blocks.blocks[0].lines, (Lines{0, 1, 5}));
  EXPECT_EQ(blocks.uses[0][2], LineUse::kPageStamp);
}

TEST(BuildBlocks, SetsAsideWatermarksStampsAndContents) {
  const Blocks blocks =
      Of("PROJET\nSommaire\nArticle 1 : Objet\t2\nAnnexe 1 : Statuts......9\n\nPréambule\nTexte.\n"
         "Envoyé en préfecture le 22/12/2022\nReçu en préfecture le 22/12/2022\nPublié le\n"
         "ID : 045-214502858-20221219-DELIB1-DE\n");

  EXPECT_THAT(
      blocks.uses[0],
      ElementsAre(LineUse::kWatermark, LineUse::kContents, LineUse::kContents, LineUse::kContents,
                  LineUse::kBlank, LineUse::kUnread, LineUse::kUnread, LineUse::kPageStamp,
                  LineUse::kPageStamp, LineUse::kPageStamp, LineUse::kPageStamp));
  EXPECT_THAT(Shown(blocks), ElementsAre("c Sommaire", "c Article 1 : Objet",
                                         "c Annexe 1 : Statuts", "p Préambule", "p Texte."));
}

TEST(BuildBlocks, EndsTheContentsWhereTheBodyRepeatsItsHeadings) {
  EXPECT_THAT(Shown(Of("Sommaire\n\nAxe I. Grandir ........ 3\n  I-1 Compléter l'accueil ..... 3\n"
                       "Axe II. Se loger ........ 5\n\n\n\nAXE I. GRANDIR\n\nFiche I-1\n"
                       "Compléter l'accueil\n\nIl manque des places.\n")),
              ElementsAre("c Sommaire", "c Axe I. Grandir", "c I-1 Compléter l'accueil",
                          "c Axe II. Se loger", "H AXE I. GRANDIR",
                          "H Fiche I-1 Compléter l'accueil", "p Il manque des places."));
}

TEST(BuildBlocks, LeavesASentenceAmongTheContentsToBeRead) {
  const Blocks blocks =
      Of("Sommaire\nArticle 1 : Objet\t2\nArticle 2 : Durée\t3\nUne phrase plantée ici.\n");

  EXPECT_EQ(blocks.uses[0][3], LineUse::kUnread);
}

TEST(BuildBlocks, TakesAHeaderOnlyWhereItRepeatsAndKeepsTheFirst) {
  const std::string header = "Convention territoriale globale du Val\n";
  const Blocks twice = Of(header + "\nUn.\n\n" + header + "\nDeux.\n");
  const Blocks thrice = Of(header + "\nUn.\n\n" + header + "\nDeux.\n\n" + header + "\nTrois.\n");

  EXPECT_EQ(twice.uses[0][4], LineUse::kUnread);
  EXPECT_EQ(thrice.uses[0][0], LineUse::kUnread);
  EXPECT_EQ(thrice.uses[0][4], LineUse::kPageHeader);
  EXPECT_EQ(thrice.uses[0][8], LineUse::kPageHeader);
}

TEST(BuildBlocks, TakesALateHeaderFromTheFirstOn) {
  const std::string header = "CTG du Val 2023-2027\n";
  std::string text;
  for (int line = 0; line < 20; ++line) absl::StrAppend(&text, "Une phrase ", line, " finit.\n\n");
  const Blocks blocks = Of(text + header + "\nUn.\n\n" + header + "\nDeux.\n\n" + header);

  EXPECT_EQ(blocks.uses[0][40], LineUse::kPageHeader);
  EXPECT_EQ(blocks.uses[0][44], LineUse::kPageHeader);
}

TEST(BuildBlocks, TakesTheLineByAPageNumberForAHeaderFromTheFirstOn) {
  std::vector<std::string> lines;
  for (int page = 1; page <= 3; ++page) {
    lines.insert(lines.end(),
                 {absl::StrCat("Les parties décrivent leur projet pour la ville ",
                               std::string(page, 'x'), " et elles"),
                  "", "CTG Valmont 2023-2027", absl::StrCat("Page ", page, " sur 3"), "",
                  absl::StrCat("partent du diagnostic ", std::string(page, 'y'), ".")});
  }
  const Blocks blocks = BuildBlocks({{"d", lines}});
  EXPECT_GE(blocks.blocks.size(), 1u);
  for (const Block& block : blocks.blocks) EXPECT_EQ(block.text.find("CTG"), std::string::npos);
  EXPECT_EQ(blocks.uses[0][2], LineUse::kPageHeader);
}

TEST(BuildBlocks, TakesNoRepeatedLabelForAHeader) {
  std::string text;
  for (int i = 0; i < 5; ++i)
    absl::StrAppend(&text, "Public cible\n\nTous les habitants du lieu\n\n");
  const Blocks blocks = Of(text);

  EXPECT_GE(blocks.uses[0].size(), 20u);
  for (const LineUse use : blocks.uses[0]) EXPECT_NE(use, LineUse::kPageHeader);
}

TEST(BuildBlocks, ReadsALongRunOfLinesAsOneParagraph) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "mot mot mot\n";

  EXPECT_EQ(Of(text).blocks.size(), 1u);
}

TEST(BuildBlocks, ALabelBelowAListOpensAParagraph) {
  EXPECT_THAT(Shown(Of("- une crèche\n- un relais\nLes étapes :\n- 2024 : travaux\n"
                       "Pilote : la Ville\n- un lieu\nqui ouvre le soir\n")),
              ElementsAre("- une crèche", "- un relais", "p Les étapes :", "- 2024 : travaux",
                          "p Pilote : la Ville", "- un lieu qui ouvre le soir"));
}

TEST(BuildBlocks, ALabelThatTheDocumentRepeatsOpensAParagraphBelowAList) {
  const std::string once = "- une crèche\nHorloge : bientôt\n";

  EXPECT_THAT(Shown(Of(once)), ElementsAre("- une crèche Horloge : bientôt"));
  EXPECT_THAT(Shown(Of(absl::StrCat(once, once, once))),
              ElementsAre("- une crèche", "p Horloge : bientôt", "- une crèche",
                          "p Horloge : bientôt", "- une crèche", "p Horloge : bientôt"));
}

// « > » is a bullet where it lists, and a sign before an amount.
TEST(BuildBlocks, KeepsTheSignOfMoreThan) {
  EXPECT_THAT(Shown(Of("> Ouvrir un lieu\n> 2024 : travaux\n> 3 réunions\n\nLe taux visé est\n"
                       "> 80 % des places\n\n> 1 500,50 € par an\n\n>5 familles par an\n")),
              ElementsAre("- Ouvrir un lieu", "- 2024 : travaux", "- 3 réunions",
                          "p Le taux visé est > 80 % des places", "p > 1 500,50 € par an",
                          "p >5 familles par an"));
}

}  // namespace
}  // namespace greffe::reader
