// Nothing is silently lost: a sentence put at a random place of a document comes out in an element
// that cites its line, or among the unread lines.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/convention/elements/element_text.h"
#include "core/reader/draft.h"
#include "core/reader/reader.h"
#include "tests/core/reader/documents.h"

namespace greffe::reader {
namespace {

using testing_support::AllDocuments;
using testing_support::Joined;
using testing_support::LinesOf;
using testing_support::TestDocument;

using Random = std::mt19937_64;

std::uint64_t Seed() {
  const char* given = std::getenv("GREFFE_SEED");
  return given == nullptr ? 20261122 : std::strtoull(given, nullptr, 10);
}

// A sentence that no document has, `mark` in it, in one of the looks that lines have.
std::string Sentence(const std::string& mark, Random& random) {
  static constexpr const char* kLooks[] = {
      "", "", "", "- ", "• ", "2027 : ", "Objectif : ", "> ", "3. ", "**"};
  static constexpr const char* kStarts[] = {"Le service", "Chaque famille", "La commune",
                                            "Un groupe de parents", "L'équipe"};
  static constexpr const char* kVerbs[] = {"prépare", "demande", "ouvre", "visite", "présente"};
  static constexpr const char* kEnds[] = {"un jardin partagé.", "deux ateliers le samedi",
                                          "une fête en 2027 ;", "la navette du soir.",
                                          "trois séjours d'été"};
  return absl::StrCat(kLooks[random() % 10], kStarts[random() % 5], " ", mark, " ",
                      kVerbs[random() % 5], " ", kEnds[random() % 5]);
}

std::string WordingOf(const v1::Element& element) {
  std::string out;
  for (const ElementField& field : ElementFields(element)) absl::StrAppend(&out, field.text, "\n");
  return out;
}

bool Cites(const v1::Element& element, std::uint32_t line) {
  for (const v1::SourcePlace& place : element.sources()) {
    if (place.first_line() <= line && line <= place.last_line()) return true;
  }
  return false;
}

// How the sentence on `line` came out; empty when it is where it should be.
std::string Lost(const std::string& text, std::uint32_t line, const std::string& mark) {
  const auto reading = Read({{"document.txt", text}});
  if (!reading.ok()) return reading.status().ToString();
  const LineUse use = reading->uses[0][line - 1];
  if (use == LineUse::kUnread) return "";
  const Draft draft = MakeDraft(*reading, {{std::string(64, '0'), text.size(), "text/plain"}});
  bool elsewhere = false;
  for (const v1::Element& element : draft.draft.elements()) {
    if (!absl::StrContains(WordingOf(element), mark)) continue;
    if (Cites(element, line)) return "";
    elsewhere = true;
  }
  if (elsewhere) return "in an element that does not cite the line";
  return absl::StrCat("in no element; the line counts as use ", static_cast<int>(use));
}

void Plant(const TestDocument& document, int times, Random& random) {
  const std::vector<std::string> lines = LinesOf(document.text);
  for (int i = 0; i < times; ++i) {
    std::vector<std::string> planted = lines;
    const std::size_t place = random() % (lines.size() + 1);
    const std::string mark = absl::StrCat("zorbec", i);
    const std::string sentence = Sentence(mark, random);
    // On a line of its own, with or without blank lines around.
    std::vector<std::string> added = {sentence};
    if (random() % 2 == 0) added = {"", sentence, ""};
    planted.insert(planted.begin() + static_cast<std::ptrdiff_t>(place), added.begin(),
                   added.end());
    const auto line = static_cast<std::uint32_t>(place + (added.size() == 3 ? 2 : 1));
    EXPECT_EQ(Lost(Joined(planted), line, mark), "")
        << document.name << ", planted as line " << line << ": " << sentence
        << "\nbetween: " << (place > 0 ? lines[place - 1].substr(0, 80) : "(start)")
        << "\n     and: " << (place < lines.size() ? lines[place].substr(0, 80) : "(end)");
  }
}

TEST(PlantedSentence, ComesOutInAnElementThatCitesItOrUnread) {
  const std::uint64_t seed = Seed();
  std::cout << "GREFFE_SEED=" << seed << "\n";
  Random random(seed);
  for (const TestDocument& document : AllDocuments()) {
    ASSERT_FALSE(document.text.empty()) << document.name;
    Plant(document, document.text.size() < 20'000 ? 20 : 12, random);
  }
}

TEST(PlantedSentence, IsMissedWhenALineIsDroppedBeforeReading) {
  // The test itself can fail: the same sentence, taken out again, is found nowhere.
  std::vector<std::string> lines = LinesOf(AllDocuments()[0].text);
  EXPECT_NE(Lost(Joined(lines), 1, "zorbec0"), "");
}

}  // namespace
}  // namespace greffe::reader
