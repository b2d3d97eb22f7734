#include "core/base/utf8.h"

#include <gtest/gtest.h>

#include <iterator>

namespace greffe {
namespace {

TEST(Utf8, IsCutBetweenCharactersAlone) {
  const absl::string_view text = "aé€\U0001F600b";
  ASSERT_EQ(text.size(), 11u);
  const std::size_t whole[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
  for (std::size_t most = 0; most < std::size(whole); ++most) {
    EXPECT_EQ(WholeCharacters(text, most), whole[most]) << most;
  }
  EXPECT_EQ(WholeCharacters("é", 1), 0u);
  EXPECT_EQ(WholeCharacters("", 3), 0u);
}

TEST(Utf8, IsShortenedToWholeCharactersAndSaysSo) {
  EXPECT_EQ(Shortened("a€b", 5), "a€b");
  EXPECT_EQ(Shortened("a€b", 4), "a€…");
  EXPECT_EQ(Shortened("a€b", 3), "a…");
}

TEST(Utf8, TellsTheBytesThatGoOn) {
  const absl::string_view text = "aé€";
  std::size_t begun = 0;
  for (const char c : text) begun += ContinuesCharacter(c) ? 0 : 1;
  EXPECT_EQ(begun, 3u);
}

}  // namespace
}  // namespace greffe
