#include "core/rules/number_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/rules/sentence.h"

namespace greffe::rules {
namespace {

std::optional<int> Days(absl::string_view text) {
  const std::vector<std::string> words = FoldedWords(absl::StrCat(text, " jours"));
  return NumberBefore(words, words.size() - 1);
}

// As school books spell numbers.
std::string BelowHundred(int n) {
  static const char* const kSmall[] = {"",       "un",    "deux",     "trois",    "quatre",
                                       "cinq",   "six",   "sept",     "huit",     "neuf",
                                       "dix",    "onze",  "douze",    "treize",   "quatorze",
                                       "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"};
  static const char* const kTens[] = {"vingt", "trente", "quarante", "cinquante", "soixante"};
  if (n < 20) return kSmall[n];
  if (n == 80) return "quatre-vingts";
  if (n > 80) return absl::StrCat("quatre-vingt-", kSmall[n - 80]);
  const int tens = n >= 60 ? 6 : n / 10;
  const int rest = n - 10 * tens;
  const char* const name = kTens[tens - 2];
  if (rest == 0) return name;
  return absl::StrCat(name, rest == 1 || rest == 11 ? " et " : "-", kSmall[rest]);
}

std::string Spelt(int n) {
  if (n < 100) return BelowHundred(n);
  const int hundreds = n / 100;
  const int rest = n % 100;
  const std::string several = hundreds == 1 ? "" : absl::StrCat(BelowHundred(hundreds), " ");
  if (rest == 0) return absl::StrCat(several, hundreds == 1 ? "cent" : "cents");
  return absl::StrCat(several, "cent ", BelowHundred(rest));
}

TEST(NumberWords, AreReadFromOneTo999) {
  for (int n = 1; n < 1000; ++n) EXPECT_EQ(Days(Spelt(n)), n) << Spelt(n);
  EXPECT_EQ(Days("Dans un délai de vingt et un"), 21);
  EXPECT_EQ(Days("Soixante et onze"), 71);
  EXPECT_EQ(Days("QUATRE-VINGT-ONZE"), 91);
}

// The spelling of 1990, and slips of the pen that leave no doubt.
TEST(NumberWords, AreReadHoweverTheyAreJoined) {
  EXPECT_EQ(Days("vingt-et-un"), 21);
  EXPECT_EQ(Days("vingt-et-une"), 21);
  EXPECT_EQ(Days("vingt-un"), 21);
  EXPECT_EQ(Days("quatre-vingt-et-un"), 81);
  EXPECT_EQ(Days("cent-vingt-et-un"), 121);
  EXPECT_EQ(Days("cent et un"), 101);
}

TEST(NumberWords, AreOneNumberAndNoSumOfTwo) {
  EXPECT_EQ(Days("pour les deux, un"), 1);
  EXPECT_EQ(Days("vingt et deux"), 2);
  EXPECT_EQ(Days("soixante et douze"), 12);
  EXPECT_EQ(Days("cinquante onze"), 11);
  EXPECT_EQ(Days("cent cent"), 100);
  EXPECT_EQ(Days("trente vingt"), 20);
  EXPECT_EQ(Days("dix six"), 6);
  EXPECT_EQ(Days("et un"), 1);
}

// « an » and « mois » together, as conventions write lengths of time.
TEST(Months, AreReadInFull) {
  const auto said = [](absl::string_view text) {
    const std::vector<std::string> words = FoldedWords(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (const auto months = MonthsAt(words, i)) {
        return absl::StrCat(months->months, months->whole ? "" : " about", " to ", months->last);
      }
    }
    return std::string("none");
  };
  EXPECT_EQ(said("dix-huit mois"), "18 to 2");
  EXPECT_EQ(said("18 mois"), "18 to 1");
  EXPECT_EQ(said("un an et six mois"), "18 to 4");
  EXPECT_EQ(said("d'un (1) an et six (6) mois"), "18 to 7");
  EXPECT_EQ(said("1 an et 6 (six) mois"), "18 to 5");
  EXPECT_EQ(said("un an et vingt et un mois"), "33 to 6");
  EXPECT_EQ(said("deux ans et demi"), "30 to 3");
  EXPECT_EQ(said("une année et demie"), "18 to 3");
  EXPECT_EQ(said("un mois et demi"), "2 about to 3");
  EXPECT_EQ(said("trois ans"), "36 to 1");
  EXPECT_EQ(said("quelques mois"), "none");
  EXPECT_EQ(said("zéro an et six mois"), "6 to 4");
  // Two lengths, of which the second counts from something else or is one of its own.
  EXPECT_EQ(said("quatre ans et, six mois avant leur fin, une évaluation"), "48 to 1");
  EXPECT_EQ(said("un an et dans six mois"), "12 to 1");
  EXPECT_EQ(said("un an et 7 (six) mois"), "12 to 1");
  EXPECT_EQ(said("un mois et six mois"), "1 to 1");
  EXPECT_EQ(said("un an, six mois"), "12 to 1");
  EXPECT_EQ(said("un an et"), "12 to 1");
}

TEST(NumberWords, GiveWayToFigures) {
  EXPECT_EQ(Days("trois (3)"), 3);
  EXPECT_EQ(Days("vingt 4"), 4);
  EXPECT_EQ(Days("0"), 0);
  EXPECT_EQ(Days("999"), 999);
  EXPECT_FALSE(Days("1000").has_value());
  EXPECT_FALSE(Days("3bis").has_value());
}

TEST(NumberWords, AreAbsentWhereNoNumberStandsBefore) {
  EXPECT_FALSE(Days("plusieurs").has_value());
  EXPECT_FALSE(Days("vingt et").has_value());
  EXPECT_FALSE(Days("").has_value());
  const std::vector<std::string> words{"jours"};
  EXPECT_FALSE(NumberBefore(words, 0).has_value());
}

}  // namespace
}  // namespace greffe::rules
