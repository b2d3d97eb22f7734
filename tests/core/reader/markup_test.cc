#include "core/reader/markup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace greffe::reader {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Texts(absl::string_view raw) {
  std::vector<std::string> texts;
  for (const Part& part : ParseMarkup(raw)) {
    texts.push_back((part.item ? std::string(part.level, ' ') + "- " : "") + part.text);
  }
  return texts;
}

TEST(PlainText, TakesMarkupAwayAndKeepsTheWords) {
  EXPECT_EQ(PlainText("**Le** sens *de* l'<u>évaluation</u> au 1^{er} janvier &amp; après"),
            "Le sens de l'évaluation au 1er janvier & après");
  EXPECT_EQ(PlainText("voir <https://exemple.fr/a> et 5 < 6"),
            "voir <https://exemple.fr/a> et 5 < 6");
  EXPECT_EQ(PlainText("3 * 4"), "3 * 4");
}

TEST(ParseMarkup, EndsListsThatNobodyClosed) {
  EXPECT_THAT(Texts("<p>Avant</p> <ul style=\"x\"> - Un - Deux <p>Après - la suite</p>"),
              ElementsAre("Avant", "- Un", "- Deux", "Après - la suite"));
}

TEST(ParseMarkup, CutsAtBulletsAndGivesMixedOnesLevels) {
  EXPECT_THAT(Texts("Lead • Un ○ Un bis • Deux"),
              ElementsAre("Lead", "- Un", " - Un bis", "- Deux"));
}

TEST(ParseMarkup, CutsGluedItemsOfAListOnlyBeforeCapitals) {
  EXPECT_THAT(Texts("<ul>- Nombre de diplômés- Niveau - CAF et MSA"),
              ElementsAre("- Nombre de diplômés", "- Niveau", "- CAF et MSA"));
  EXPECT_THAT(Texts("<ul>- Porte-à-porte 2025 - 2027"), ElementsAre("- Porte-à-porte 2025 - 2027"));
}

TEST(ParseMarkup, ReadsNestedListItems) {
  EXPECT_THAT(Texts("<ul><li>Un<ul><li>Dedans</li></ul></li><li>Deux</li></ul>"),
              ElementsAre("- Un", " - Dedans", "- Deux"));
}

TEST(ParseMarkup, MarksWhatWasUnderlined) {
  const auto parts = ParseMarkup("<u>Dès 2025</u> : élaborer <u>Ensuite</u> : suivre");
  ASSERT_EQ(parts.size(), 1u);
  std::vector<std::string> marked;
  for (const Range& range : parts[0].marked) {
    marked.push_back(parts[0].text.substr(range.begin, range.end - range.begin));
  }
  EXPECT_THAT(marked, ElementsAre("Dès 2025", "Ensuite"));
}

TEST(ParseMarkup, SurvivesDeepNesting) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<ul>";
  EXPECT_THAT(Texts(deep + "fin").size(), 1u);
}

TEST(BulletOf, KnowsBulletsFromHyphensAndNumbers) {
  EXPECT_EQ(BulletOf("- ✓ D'identifier").marker, "✓");
  EXPECT_EQ(BulletOf("- ✓ D'identifier").bytes, std::string("- ✓ ").size());
  EXPECT_EQ(BulletOf("-Consolider").bytes, 1u);
  EXPECT_EQ(BulletOf("---").bytes, 0u);
  EXPECT_EQ(BulletOf("-5 places").bytes, 0u);
  EXPECT_EQ(BulletOf("*italique*").bytes, 0u);
  EXPECT_EQ(BulletOf("* item").marker, "*");
}

}  // namespace
}  // namespace greffe::reader
