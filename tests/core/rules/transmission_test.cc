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
