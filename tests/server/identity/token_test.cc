#include "server/identity/token.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "core/base/digest.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

TEST(UserToken, IsNewEachTimeAndSaysWhatItIs) {
  const std::string one = MakeUserToken();
  const std::string two = MakeUserToken();

  EXPECT_NE(one, two);
  EXPECT_TRUE(absl::StartsWith(one, "greffe_"));
  // 32 bytes in base64url without padding.
  EXPECT_EQ(one.size(), 7u + 43u);
}

TEST(UserToken, IsHashedAsAWhole) { EXPECT_EQ(HashToken("greffe_x"), Sha256({"greffe_x"})); }

TEST(EqualInConstantTime, TellsEqualFromDifferent) {
  EXPECT_TRUE(EqualInConstantTime("abc", "abc"));
  EXPECT_FALSE(EqualInConstantTime("abc", "abd"));
  EXPECT_FALSE(EqualInConstantTime("abc", "ab"));
}

TEST(Base64Url, GivesBackWhatWentIn) {
  const std::string bytes("\xff\xfe\x00\x01", 4);
  const std::string text = EncodeBase64Url(bytes);

  EXPECT_EQ(text, "__4AAQ");
  ASSERT_OK_AND_ASSIGN(const std::string back, DecodeBase64Url(text, "x"));
  EXPECT_EQ(back, bytes);
}

TEST(Base64Url, NamesTheFieldThatIsNot) {
  EXPECT_THAT(DecodeBase64Url("a*b", "invitation"),
              testing_support::StatusIs(absl::StatusCode::kInvalidArgument,
                                        testing::HasSubstr("invitation")));
}

}  // namespace
}  // namespace greffe
