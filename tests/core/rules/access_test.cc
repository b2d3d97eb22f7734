#include "core/rules/access.h"

#include <gtest/gtest.h>

#include <vector>

namespace greffe::rules {
namespace {

TEST(Access, OfGuestsGivesThemNoSayInWhatIsDecided) {
  const std::vector<v1::Role> wanted = {v1::ROLE_SIGNATORY, v1::ROLE_SECRETARIAT};
  const auto may = [&](std::vector<v1::Role> held) { return MayDecide(held, wanted); };
  EXPECT_TRUE(may({v1::ROLE_READER, v1::ROLE_SECRETARIAT}));
  EXPECT_FALSE(may({}));
  EXPECT_FALSE(may({v1::ROLE_READER}));
  EXPECT_FALSE(may({v1::ROLE_ADMIN, v1::ROLE_COORDINATOR}));
  EXPECT_FALSE(MayDecide(wanted, {}));
}

TEST(Access, IsForPartnersInTheRosterAndForNobodyElse) {
  EXPECT_TRUE(MayRead(/*in_roster=*/true));
  EXPECT_FALSE(MayRead(/*in_roster=*/false));
}

}  // namespace
}  // namespace greffe::rules
