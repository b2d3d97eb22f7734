#include "core/base/digits.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(Digits, AreTheTenAndNothingElse) {
  for (int c = 0; c < 256; ++c) {
    EXPECT_EQ(IsDigit(static_cast<char>(c)), c >= '0' && c <= '9') << c;
  }
}

TEST(Digits, FillATextThatIsNotEmpty) {
  EXPECT_TRUE(AllDigits("0123456789"));
  EXPECT_FALSE(AllDigits(""));
  EXPECT_FALSE(AllDigits("12 "));
  EXPECT_FALSE(AllDigits("\u0661"));
}

}  // namespace
}  // namespace greffe
