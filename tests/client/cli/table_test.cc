#include "client/cli/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_split.h"
#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

std::vector<int> WidthsOf(const std::string& text) {
  std::vector<int> widths;
  for (const auto line : absl::StrSplit(text, '\n')) widths.push_back(DisplayWidth(line));
  return widths;
}

TEST(TextWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("Boé"), 3);
  EXPECT_EQ(DisplayWidth("Boe\u0301"), 3);
  EXPECT_EQ(DisplayWidth("漢字"), 4);
  EXPECT_EQ(DisplayWidth(""), 0);
}

TEST(TextWidth, CutsWithAnEllipsisOnlyWhatIsTooLong) {
  EXPECT_EQ(Ellipsize("Astaffort", 9), "Astaffort");
  EXPECT_EQ(Ellipsize("Astaffort", 8), "Astaffo…");
  EXPECT_EQ(Ellipsize("漢字漢字", 4), "漢…");
}

TEST(TextWidth, WrapsAtSpacesAndInsideLongWords) {
  EXPECT_THAT(Wrap("un deux trois", 8), ElementsAre("un deux", "trois"));
  EXPECT_THAT(Wrap("anticonstitutionnellement", 10),
              ElementsAre("anticonsti", "tutionnell", "ement"));
  EXPECT_THAT(Wrap("a\nb", 10), ElementsAre("a", "b"));
  EXPECT_THAT(Wrap("", 10), ElementsAre(""));
}

TEST(TextWidth, KeepsFrenchPunctuationWithItsWord) {
  EXPECT_THAT(Wrap("le mot « oui » : dit", 14), ElementsAre("le mot", "« oui » : dit"));
  EXPECT_THAT(Wrap("il a dit : non", 9), ElementsAre("il a", "dit : non"));
}

TEST(TextWidth, FitsLinesWithoutBreakingWords) {
  const std::string token(60, 'x');
  EXPECT_EQ(FitLines("court\n\nreste", 40), "court\n\nreste");
  EXPECT_EQ(FitLines("  une ligne bien trop longue pour un petit terminal", 40),
            "  une ligne bien trop longue pour un\n    petit terminal");
  EXPECT_EQ(FitLines("  --option  dit ce qu'elle fait en une phrase", 40),
            "  --option  dit ce qu'elle fait en une\n            phrase");
  // What people copy stands alone, whole.
  EXPECT_EQ(FitLines("Jeton " + token + " et la suite\nfin", 40),
            "Jeton\n  " + token + "\n  et la suite\nfin");
  EXPECT_EQ(FitLines("il faut que son texte dise ce qu'il dit : oui", 40),
            "il faut que son texte dise ce qu'il\n  dit : oui");
  EXPECT_EQ(FitLines(std::string(50, ' '), 40), std::string(50, ' '));
}

TEST(TextWidth, LetsNothingThroughThatDrivesATerminal) {
  EXPECT_EQ(PrintableLine("a\x1b[31mb\nc"), "a [31mb c");
  EXPECT_EQ(Printable("a\nb"), "a\nb");
  EXPECT_EQ(PrintableLine("a\u202Eb"), "a\uFFFDb");
  EXPECT_EQ(PrintableLine("a\xFF"), "a\uFFFD");
  EXPECT_EQ(PrintableLine("a\u009Bb"), "a b");
}

TEST(Table, AlignsColumns) {
  Table table({{"Nom"}, {"Nombre", Fit::kKeep, true}});
  table.AddRow({"Boé", "7"});
  table.AddRow({"Astaffort", "12"});
  std::ostringstream out;

  table.Print(out, 80);

  EXPECT_EQ(out.str(),
            "Nom        Nombre\n"
            "─────────  ──────\n"
            "Boé             7\n"
            "Astaffort      12\n");
}

TEST(Table, FitsTheTerminalByWrappingAndCutting) {
  Table table({{"Identifiant"}, {"Intitulé", Fit::kWrap}, {"Adresse", Fit::kEllipsize}});
  table.AddRow({"equipement-1", "Une crèche dont le nom est fort long et continue encore",
                "12 rue des Écoles, 47000 Agen, bâtiment B, deuxième étage"});
  std::ostringstream out;

  table.Print(out, 60);

  EXPECT_THAT(WidthsOf(out.str()), Each(Le(60)));
  EXPECT_THAT(out.str(), HasSubstr("…"));
  EXPECT_THAT(out.str(), HasSubstr("encore"));
  EXPECT_THAT(out.str(), HasSubstr("equipement-1"));
}

TEST(Table, WritesFactsWhereTheColumnsHaveNoRoom) {
  Table table({{"Empreinte"}, {"Réplique"}, {"Nom", Fit::kWrap}});
  table.AddRow({std::string(30, 'a'), std::string(30, 'b'), "Boé"});
  table.AddRow({"c", "d", ""});
  std::ostringstream out;

  table.Print(out, 60);

  EXPECT_EQ(out.str(), "Empreinte  " + std::string(30, 'a') + "\nRéplique   " +
                           std::string(30, 'b') +
                           "\nNom        Boé\n\nEmpreinte  c\nRéplique   d\n");
}

TEST(Table, MakesCellsPrintable) {
  Table table({{"Nom"}});
  table.AddRow({"a\x1b]0;x\x07"});
  std::ostringstream out;

  table.Print(out, 80);

  EXPECT_THAT(out.str(), Not(HasSubstr("\x1b")));
}

TEST(FrenchOrder, SortsAsAFrenchDictionary) {
  const FrenchOrder order;

  EXPECT_LT(order.Compare("Boé", "Bon-Encontre"), 0);
  EXPECT_LT(order.Compare("Étauliers", "Foulayronnes"), 0);
  EXPECT_LT(order.Compare("astaffort", "Boé"), 0);
  EXPECT_LT(order.Compare("cote", "coté"), 0);
  EXPECT_EQ(order.Compare("Agen", "Agen"), 0);
}

TEST(Facts, SetsALongLabelAboveItsValue) {
  Facts facts;
  facts.Add("Acte", "Convention");
  facts.Add("Présidente de la communauté de communes (signataire-communaute)", "signée le 3 mai");
  std::ostringstream out;

  facts.Print(out, 50);

  EXPECT_EQ(out.str(),
            "Acte  Convention\n"
            "Présidente de la communauté de communes\n"
            "(signataire-communaute)\n"
            "      signée le 3 mai\n");
}

TEST(Facts, KeepsTokensWholeAndWrapsTexts) {
  Facts facts;
  facts.Add("Jeton", std::string("gt1.") + std::string(100, 'x'));
  facts.Add("Vide", "");
  facts.Add("Texte", "un mot puis un autre et encore un autre mot pour finir la ligne");
  std::ostringstream out;

  facts.Print(out, 40);

  EXPECT_THAT(out.str(), HasSubstr("Jeton\n  gt1." + std::string(100, 'x') + "\n"));
  EXPECT_THAT(out.str(), Not(HasSubstr("Vide")));
  EXPECT_THAT(out.str(), HasSubstr("\n       "));
}

}  // namespace
}  // namespace greffe::cli
