#include "core/export/word_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = DiffRun::Kind;

std::string Side(const std::vector<DiffRun>& runs, Kind other) {
  std::string out;
  for (const DiffRun& run : runs) {
    if (run.kind != other) out += run.text;
  }
  return out;
}

void ExpectFaithful(const std::string& before, const std::string& after,
                    const std::vector<DiffRun>& runs) {
  EXPECT_EQ(Side(runs, Kind::kAdded), before);
  EXPECT_EQ(Side(runs, Kind::kRemoved), after);
}

std::size_t Changed(const std::vector<DiffRun>& runs) {
  std::size_t bytes = 0;
  for (const DiffRun& run : runs) bytes += run.kind == Kind::kSame ? 0 : run.text.size();
  return bytes;
}

TEST(WordDiff, MarksWordsAndNothingElse) {
  EXPECT_THAT(WordDiff("Elle dure quatre ans.", "Elle dure cinq ans."),
              ElementsAre(DiffRun{Kind::kSame, "Elle dure "}, DiffRun{Kind::kRemoved, "quatre"},
                          DiffRun{Kind::kAdded, "cinq"}, DiffRun{Kind::kSame, " ans."}));
}

TEST(WordDiff, GathersChangesThatTouch) {
  EXPECT_THAT(
      WordDiff("dans un délai de six mois.", "dans un délai de deux ans."),
      ElementsAre(DiffRun{Kind::kSame, "dans un délai de "}, DiffRun{Kind::kRemoved, "six mois"},
                  DiffRun{Kind::kAdded, "deux ans"}, DiffRun{Kind::kSame, "."}));
}

TEST(WordDiff, NeverSplitsAnAmount) {
  EXPECT_THAT(WordDiff("verse 24 000 € par an", "verse 30 000 € par an"),
              ElementsAre(DiffRun{Kind::kSame, "verse "}, DiffRun{Kind::kRemoved, "24 000 €"},
                          DiffRun{Kind::kAdded, "30 000 €"}, DiffRun{Kind::kSame, " par an"}));
  EXPECT_THAT(WordDiff("soit 0,8 ETP.", "soit 0,9 ETP."),
              ElementsAre(DiffRun{Kind::kSame, "soit "}, DiffRun{Kind::kRemoved, "0,8 ETP"},
                          DiffRun{Kind::kAdded, "0,9 ETP"}, DiffRun{Kind::kSame, "."}));
  // A year and the number after it are two.
  EXPECT_THAT(WordDiff("en 2025 300 enfants", "en 2026 300 enfants"),
              ElementsAre(DiffRun{Kind::kSame, "en "}, DiffRun{Kind::kRemoved, "2025"},
                          DiffRun{Kind::kAdded, "2026"}, DiffRun{Kind::kSame, " 300 enfants"}));
}

TEST(WordDiff, NeverSplitsACharacter) {
  EXPECT_THAT(WordDiff("é", "è"),
              ElementsAre(DiffRun{Kind::kRemoved, "é"}, DiffRun{Kind::kAdded, "è"}));
}

TEST(WordDiff, KnowsEmptyAndEqualTexts) {
  EXPECT_THAT(WordDiff("", ""), IsEmpty());
  EXPECT_THAT(WordDiff("a", "a"), ElementsAre(DiffRun{Kind::kSame, "a"}));
  EXPECT_THAT(WordDiff("", "a b"), ElementsAre(DiffRun{Kind::kAdded, "a b"}));
  EXPECT_THAT(WordDiff("a b", ""), ElementsAre(DiffRun{Kind::kRemoved, "a b"}));
}

TEST(WordDiff, GivesBothTextsBackWhateverTheyAre) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string texts[2];
    for (std::string& text : texts) {
      const unsigned words = random() % 12;
      for (unsigned i = 0; i < words; ++i) {
        const char* const kPieces[] = {"a", "b", " ", "\n", "é", ".", "ab"};
        text += kPieces[random() % 7];
      }
    }
    ExpectFaithful(texts[0], texts[1], WordDiff(texts[0], texts[1]));
  }
}

// Length of the longest common subsequence by the plain method: single letters are tokens.
std::size_t CommonLetters(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (const char c : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = c == b[j] ? diagonal + 1 : std::max(above, row[j]);
      diagonal = above;
    }
  }
  return row.back();
}

TEST(WordDiff, FindsAShortestEdit) {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    std::string lines[2];
    std::string letters[2];
    for (int side = 0; side < 2; ++side) {
      const unsigned size = random() % 20;
      for (unsigned i = 0; i < size; ++i) {
        letters[side].push_back(static_cast<char>('a' + random() % 3));
        // A line end after each letter is common to both, and keeps changes from being gathered.
        absl::StrAppend(&lines[side], letters[side].substr(i), "\n");
      }
    }
    const std::vector<DiffRun> runs = WordDiff(lines[0], lines[1]);
    ExpectFaithful(lines[0], lines[1], runs);
    const std::size_t common = CommonLetters(letters[0], letters[1]);
    // Letters not in common change; of the line ends only those that are too many.
    EXPECT_LE(Changed(runs), 2 * (letters[0].size() + letters[1].size() - 2 * common))
        << letters[0] << " / " << letters[1];
  }
}

std::string Numbers(int from, int count, const char* end) {
  std::string out;
  for (int i = 0; i < count; ++i) absl::StrAppend(&out, "mot", from + i, end);
  return out;
}

TEST(WordDiff, ComparesTheLongestTextsByWordWhereLittleChanged) {
  const std::string before = Numbers(10000, 7000, " ");
  std::string after = before;
  after.replace(after.find("mot13000"), 8, "autre");
  ASSERT_GT(before.size(), 60000u);

  const std::vector<DiffRun> runs = WordDiff(before, after);

  ExpectFaithful(before, after, runs);
  EXPECT_EQ(runs.size(), 4u);
}

TEST(WordDiff, FallsBackToAlineasWhereTooMuchChanged) {
  // Every other word differs, in lines of which the first is the same.
  std::string before = "Première ligne.\n";
  std::string after = "Première ligne.\n";
  for (int i = 0; before.size() < 64 * 1024 - 16; ++i) {
    absl::StrAppend(&before, "a", i, ",");
    absl::StrAppend(&after, "b", i, ",");
  }
  const std::vector<DiffRun> runs = WordDiff(before, after);

  ExpectFaithful(before, after, runs);
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].text, "Première ligne.\n");
}

TEST(WordDiff, SpendsOneBudgetForSeveralTexts) {
  const std::string before = Numbers(10000, 200, " ");
  const std::string after = Numbers(20000, 200, " ");
  long budget = 1000;

  const std::vector<DiffRun> runs = WordDiff(before, after, &budget);

  EXPECT_LT(budget, 1000);
  ExpectFaithful(before, after, runs);
  EXPECT_EQ(runs.size(), 2u);

  long none = 0;
  EXPECT_EQ(WordDiff("un deux", "un trois", &none).size(), 2u);
  // What needs no search stays cheap.
  EXPECT_EQ(WordDiff("un", "un deux", &none).size(), 2u);
}

}  // namespace
}  // namespace greffe
