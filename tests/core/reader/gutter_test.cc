#include "core/reader/gutter.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/reader/draft.h"
#include "core/reader/reader.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace greffe::reader {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Two columns whose articles follow each other down the left one, then down the right one.
constexpr char kTwoColumns[] =
    "ARTICLE 1 - OBJET\n\n"
    "La convention réunit pour quatre ans les          avant le quinze octobre de chaque année, "
    "par\n"
    "engagements de la Caf et de la commune envers     la commune qui tient le secrétariat.\n"
    "les familles et les jeunes. Elle vaut pour le\n"
    "territoire de la commune et pour lui seul.        ARTICLE 3 - DURÉE\n\n"
    "ARTICLE 2 - PILOTAGE                              La convention court du 1er janvier 2023 au "
    "31\n"
    "                                                  décembre 2026. Elle prend fin à cette date\n"
    "Un comité se tient deux fois par an. Il est       sans qu'il soit besoin de le dire. Elle "
    "n'est\n"
    "présidé par la maire, qui en convoque le plus     reconduite que par écrit.\n"
    "souvent les membres\n";

GutterRuns GuttersOf(const std::string& text) {
  Document document{"d", {}};
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
    document.lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  std::vector<LineUse> uses;
  for (const std::string& line : document.lines) {
    uses.push_back(line.empty() ? LineUse::kBlank : LineUse::kUnread);
  }
  return FindGutters(document, uses);
}

TEST(FindGutters, FindsTheStretchAndItsTwoColumns) {
  const GutterRuns runs = GuttersOf(kTwoColumns);

  ASSERT_EQ(runs.size(), 1u);
  const auto& [first, run] = *runs.begin();
  EXPECT_EQ(first, 2u);
  EXPECT_EQ(run.end, 12u);
  EXPECT_EQ(run.left.at(0).text, "La convention réunit pour quatre ans les");
  EXPECT_EQ(run.right.at(1).text, "la commune qui tient le secrétariat.");
  EXPECT_EQ(run.right.at(2).text, "");
}

TEST(FindGutters, LeavesTablesAndFormsAlone) {
  EXPECT_THAT(GuttersOf("Nom de la structure      Adresse de la structure\n"
                        "Crèche des Lutins        4 rue du Lavoir 98001 Pont\n"
                        "Crèche des Ours          5 rue du Lavoir 98001 Pont\n"
                        "Relais de la Vallée      6 rue du Lavoir 98001 Pont\n"
                        "Ludothèque du Bourg      7 rue du Lavoir 98001 Pont\n"
                        "Maison de l'Enfance      8 rue du Lavoir 98001 Pont\n"),
              IsEmpty());
  EXPECT_THAT(GuttersOf("Constat         Pendant les vendanges, cent vingt enfants sont\n"
                        "                gardés par leurs aînés, faute de place.\n"
                        "Objectif        Ouvrir trente places du mois de septembre\n"
                        "                au mois d'octobre de chaque année.\n"),
              IsEmpty());
}

TEST(FindGutters, NeedsFiveLinesOfBothColumns) {
  std::string text;
  for (int line = 0; line < 5; ++line) {
    EXPECT_THAT(GuttersOf(text), IsEmpty()) << line << " lines";
    absl::StrAppend(&text, "le texte de gauche va jusqu'ici     puis celui de droite reprend\n");
  }
  EXPECT_EQ(GuttersOf(text).size(), 1u);
}

TEST(FindGutters, LooksAtColumnsThatAreNoProseAFewTimesOnly) {
  std::string text;
  for (int line = 0; line < 40'000; ++line)
    absl::StrAppend(&text, "Abcde fghij klmno pqrst   Uvwxy zabcd efghi\n");

  // Ends, whatever the machine: every column of every line against every other would not.
  EXPECT_THAT(GuttersOf(text), IsEmpty());
}

TEST(TwoColumns, AreReadOneAfterTheOther) {
  const auto reading = Read({{"columns.txt", kTwoColumns}});

  ASSERT_TRUE(reading.ok()) << reading.status();
  std::vector<std::string> articles;
  for (const Article& article : reading->convention.articles) {
    articles.push_back(
        absl::StrCat(article.number, "|", article.title.text, "|", article.body.text));
  }
  EXPECT_THAT(
      articles,
      ElementsAre(
          "1|OBJET|La convention réunit pour quatre ans les engagements de la Caf et de la "
          "commune envers les familles et les jeunes. Elle vaut pour le territoire de la "
          "commune et pour lui seul.",
          "2|PILOTAGE|Un comité se tient deux fois par an. Il est présidé par la maire, qui "
          "en convoque le plus souvent les membres avant le quinze octobre de chaque année, "
          "par la commune qui tient le secrétariat.",
          "3|DURÉE|La convention court du 1er janvier 2023 au 31 décembre 2026. Elle prend "
          "fin à cette date sans qu'il soit besoin de le dire. Elle n'est reconduite que "
          "par écrit."));
  // Each cites the lines of its words; in the draft they stand in the order of reading.
  const std::vector<Lines>& last = reading->convention.articles.at(2).body.source.lines;
  EXPECT_GT(last.at(0).first, reading->convention.articles.at(2).title.source.lines.at(0).first);
  EXPECT_LT(last.at(0).last - last.at(0).first, 4u);
  std::vector<std::string> order;
  const Draft draft = MakeDraft(*reading, {{std::string(64, '0'), 1, "text/plain"}});
  for (const v1::Element& element : draft.draft.elements()) {
    if (element.has_article()) order.push_back(element.id());
  }
  EXPECT_THAT(order, ElementsAre("article-1", "article-2", "article-3"));
  for (std::size_t line = 0; line < reading->uses[0].size(); ++line) {
    EXPECT_NE(reading->uses[0][line], LineUse::kUnread) << "line " << line + 1;
  }
}

}  // namespace
}  // namespace greffe::reader
