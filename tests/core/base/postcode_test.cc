#include "core/base/postcode.h"

#include <gtest/gtest.h>

namespace greffe {
namespace {

TEST(FindPostcode, TakesFiveDigitsAlone) {
  EXPECT_EQ(FindPostcode("8 rue Haute – 47000 AGEN"), "47000");
  EXPECT_EQ(FindPostcode("Rue Basse 12 000 RODEZ"), "12000");
  EXPECT_EQ(FindPostcode("Tél : 0565778800, n° 123456"), "");
  EXPECT_EQ(FindPostcode("CS 50010, 47400 PORT"), "47400");
  EXPECT_EQ(DepartmentOfPostcode("97410"), "974");
  EXPECT_EQ(DepartmentOfPostcode("4700"), "");
}

}  // namespace
}  // namespace greffe
