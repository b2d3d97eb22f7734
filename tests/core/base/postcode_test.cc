#include "core/base/postcode.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/limits.h"

namespace greffe {
namespace {

TEST(FindPostcode, TakesFiveDigitsAlone) {
  EXPECT_EQ(FindPostcode("8 rue Haute – 47000 AGEN"), "47000");
  EXPECT_EQ(FindPostcode("Rue Basse 12 000 RODEZ"), "12000");
  EXPECT_EQ(FindPostcode("Tél : 0565778800, n° 123456"), "");
  EXPECT_EQ(FindPostcode("CS 50010, 47400 PORT"), "47400");
  EXPECT_EQ(FindPostcode("bp 10001 12000 RODEZ"), "12000");
  EXPECT_EQ(FindPostcode("1 place Haute – TSA 20001"), "");
  EXPECT_EQ(DepartmentOfPostcode("97410"), "974");
  EXPECT_EQ(DepartmentOfPostcode("4700"), "");
}

TEST(FindPostcode, TakesABoxByAWholeWord) {
  EXPECT_EQ(FindPostcode("Place des Parcs 12000 Rodez"), "12000");
  EXPECT_EQ(FindPostcode("Rue du Grand-Clebp 12000 Rodez"), "12000");
  EXPECT_EQ(FindPostcode("Impasse Écs 12000 Rodez"), "12000");
  EXPECT_EQ(FindPostcode("Cs 50010 12000 Rodez"), "12000");
  EXPECT_EQ(FindPostcode("(CS50010)"), "");
  EXPECT_EQ(FindPostcode("CS\n50010"), "");
}

// A peer's address may fill an event with numbers: each looks at one word before it.
TEST(FindPostcode, ReadsAHostileAddressOnce) {
  std::string address;
  while (address.size() < limits::kEventBytes) address += "1 ";
  EXPECT_EQ(FindPostcode(address + "rue Haute 12000"), "12000");
}

}  // namespace
}  // namespace greffe
