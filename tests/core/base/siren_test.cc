#include "core/base/siren.h"

#include <gtest/gtest.h>

#include <string>

namespace greffe {
namespace {

TEST(Siren, HasNineDigitsWithTheirKey) {
  EXPECT_TRUE(IsValidSiren("211 202 023"));
  EXPECT_FALSE(IsValidSiren("211202024"));
  EXPECT_FALSE(IsValidSiren("21120202"));
  EXPECT_FALSE(IsValidSiren(""));
  EXPECT_FALSE(IsValidSiren("21120202a"));
  EXPECT_FALSE(IsValidSiren(std::string(1000, ' ')));
}

TEST(Siret, HasFourteenDigitsWithTheirKey) {
  EXPECT_TRUE(IsValidSiret("73282932000074"));
  EXPECT_FALSE(IsValidSiret("73282932000075"));
}

TEST(Siret, OfLaPosteMayHaveDigitsThatSumToAMultipleOfFive) {
  EXPECT_TRUE(IsValidSiret("35600000000048"));
  EXPECT_TRUE(IsValidSiret("35600000000001"));
  EXPECT_FALSE(IsValidSiret("35600000000002"));
}

}  // namespace
}  // namespace greffe
