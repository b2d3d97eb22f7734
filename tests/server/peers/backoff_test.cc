#include "server/peers/backoff.h"

#include <gtest/gtest.h>

#include <vector>

namespace greffe {
namespace {

TEST(Backoff, ComesBackFastThenEverMoreRarely) {
  Backoff backoff;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 12; ++i) waits.push_back(backoff.NextMs(0));

  EXPECT_EQ(waits[0], 200);
  EXPECT_EQ(waits[1], 1000);
  EXPECT_EQ(waits[2], 2000);
  EXPECT_EQ(waits[11], 300'000);
  for (std::size_t i = 1; i < waits.size(); ++i) EXPECT_GE(waits[i], waits[i - 1]);
}

TEST(Backoff, StartsAnewOnceThePeerWasMet) {
  Backoff backoff;
  for (int i = 0; i < 5; ++i) backoff.NextMs(0);

  backoff.Reset();

  EXPECT_EQ(backoff.NextMs(0), 200);
}

TEST(Backoff, SpreadsByAFifth) {
  for (std::uint32_t random = 0; random < 1024; ++random) {
    Backoff backoff;
    backoff.NextMs(random);
    const std::int64_t wait = backoff.NextMs(random);
    EXPECT_GT(wait, 800 - 1);
    EXPECT_LE(wait, 1000);
  }
}

}  // namespace
}  // namespace greffe
