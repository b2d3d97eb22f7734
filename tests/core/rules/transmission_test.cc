#include "core/rules/transmission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace greffe::rules {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Transmitted, NamesTheLettersThatTheFormLacks) {
  EXPECT_THAT(CheckTransmitted("Été à Noël, ÿ « 1 »"), IsEmpty());
  const auto odd = CheckTransmitted("Mise en œuvre – 12 € – cœur");
  ASSERT_THAT(odd, SizeIs(1));
  EXPECT_EQ(odd[0].rule, Rule::kTransmitted);
  EXPECT_THAT(odd[0].words.fr, HasSubstr("contient œ – € :"));
}

// The words do not grow with what a peer wrote.
TEST(Transmitted, NamesTheFirstTwentyLettersAndSaysThatThereAreOthers) {
  std::string object = "œœ";
  for (int i = 1; i < 20; ++i) object += {'\xE4', '\xB8', static_cast<char>(0x80 + i)};
  const auto twenty = CheckTransmitted(object);
  ASSERT_THAT(twenty, SizeIs(1));
  EXPECT_THAT(twenty[0].words.fr, HasSubstr("contient œ \xE4\xB8\x81 "));
  EXPECT_THAT(twenty[0].words.fr, HasSubstr(" \xE4\xB8\x93 : à translittérer"));

  object += "€";
  for (int i = 0; i < 64 * 64; ++i) {
    object += {'\xE5', static_cast<char>(0x80 + i / 64), static_cast<char>(0x80 + i % 64)};
  }
  const auto many = CheckTransmitted(object);
  ASSERT_THAT(many, SizeIs(2));
  EXPECT_THAT(many[0].words.fr, HasSubstr(" \xE4\xB8\x93 et d'autres : à translittérer"));
  EXPECT_THAT(many[0].words.en, HasSubstr(" \xE4\xB8\x93 and others: to be transliterated"));
  EXPECT_LT(many[0].words.fr.size(), 200u);
}

TEST(Transmitted, HoldsFourHundredAndNinetyNineCharacters) {
  std::string object;
  for (int i = 0; i < 499; ++i) object += "é";
  EXPECT_THAT(CheckTransmitted(object), IsEmpty());
  const auto odd = CheckTransmitted(object + "e");
  ASSERT_THAT(odd, SizeIs(1));
  EXPECT_THAT(odd[0].words.en, HasSubstr("exceeds 499"));
}

}  // namespace
}  // namespace greffe::rules
