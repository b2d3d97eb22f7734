#include "core/reader/actes.h"

#include <gtest/gtest.h>

#include "core/reader/amount.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

TEST(ParseActesId, ReadsTheParts) {
  const auto id = ParseActesId("012-211202023-20250623-DEL2025057-DE");

  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(id->department, "012");
  EXPECT_EQ(id->siren, "211202023");
  EXPECT_EQ(id->date, "20250623");
  EXPECT_EQ(id->number, "DEL2025057");
  EXPECT_EQ(id->nature, "DE");
  EXPECT_TRUE(id->strict);
}

TEST(ParseActesId, LetsHyphensOfTheNumberThroughAndSaysSo) {
  const auto id = ParseActesId("02A-219900017-20210305-2021-03-17-DE");

  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(id->number, "2021-03-17");
  EXPECT_FALSE(id->strict);
  EXPECT_FALSE(ParseActesId("012-211202023-20250623-DEL2025057-ZZ")->strict);
}

TEST(ParseActesId, RefusesOtherShapes) {
  EXPECT_FALSE(ParseActesId("12-211202023-20250623-DEL-DE").has_value());
  EXPECT_FALSE(ParseActesId("012-21120202X-20250623-DEL-DE").has_value());
  EXPECT_FALSE(ParseActesId("012-211202023-20250623--DE").has_value());
  EXPECT_FALSE(ParseActesId("").has_value());
}

TEST(FindActesId, FindsItInsideALine) {
  EXPECT_EQ(FindActesId("ID : 045-214502858-20221219-DELIB2022353-DE le")->Text(),
            "045-214502858-20221219-DELIB2022353-DE");
  EXPECT_FALSE(FindActesId("0451-214502858-20221219-DELIB2022353-DE").has_value());
}

TEST(FindAmounts, ReadsFiguresWordsAndScales) {
  const auto cents = [](const char* text) {
    const auto found = FindAmounts(Plain(text));
    return found.empty() ? -1 : found[0].cents;
  };
  EXPECT_EQ(cents("une aide de 1 000 €"), 100'000);
  EXPECT_EQ(cents("500€ à son renouvellement"), 50'000);
  EXPECT_EQ(cents("1.500,25 euros"), 150'025);
  EXPECT_EQ(cents("12 k€"), 1'200'000);
  EXPECT_EQ(cents("1,2 million d'euros"), 120'000'000);
  EXPECT_EQ(cents("deux mille euros"), 200'000);
  EXPECT_EQ(cents("en 2025, 12 enfants"), -1);
  EXPECT_EQ(cents("99999999999 millions d'euros"), -1);
}

}  // namespace
}  // namespace greffe::reader
