#include "core/reader/contract_openings.h"

#include <gtest/gtest.h>

namespace greffe::reader {
namespace {

TEST(ContractOpenings, AGroundIsEveryFormOfAVisaAndAMotive) {
  for (const char* ground : {"vu le code", "vu : le code", "vu: le code", "vus les statuts",
                             "considerant que", "considerant: que"}) {
    EXPECT_TRUE(StartsGround(ground)) << ground;
  }
  for (const char* other : {"vues du val", "le conseil, vu le code", "article 1"}) {
    EXPECT_FALSE(StartsGround(other)) << other;
  }
}

TEST(ContractOpenings, AnExtractIsToldByItsHeadAlone) {
  EXPECT_TRUE(HeadsRegister("extrait du registre des deliberations"));
  EXPECT_FALSE(HeadsRegister("conseil municipal du 3 mai"));
  EXPECT_TRUE(StartsDeliberation("conseil municipal du 3 mai"));
}

}  // namespace
}  // namespace greffe::reader
