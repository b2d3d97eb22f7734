// The seeded simulation: invariants 2, 4, 5, 6, 8, 10 and 12 under random faults.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/str_join.h"
#include "tests/sim/sim_swarm.h"

namespace greffe::sim {
namespace {

std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* given = std::getenv(name);
  return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

TEST(Simulation, HoldsItsInvariantsUnderRandomFaults) {
  const std::uint64_t seed = FromEnvironment("GREFFE_SEED", 1);
  const int runs = static_cast<int>(FromEnvironment("GREFFE_SIM_RUNS", 12));
  const int steps = static_cast<int>(FromEnvironment("GREFFE_SIM_STEPS", 400));
  SwarmResult all;
  for (int run = 0; run < runs; ++run) {
    const SwarmResult result = RunSwarm(seed + static_cast<std::uint64_t>(run), steps);
    EXPECT_TRUE(result.violations.empty())
        << "GREFFE_SEED=" << seed + static_cast<std::uint64_t>(run) << " GREFFE_SIM_RUNS=1\n"
        << result.options << "\n"
        << absl::StrJoin(result.violations, "\n");
    if (!result.violations.empty()) return;
    all.commands += result.commands;
    all.frames += result.frames;
    all.crashes += result.crashes;
    all.forks += result.forks;
  }
  std::cout << "GREFFE_SEED=" << seed << " runs=" << runs << " steps=" << steps
            << " commands=" << all.commands << " frames=" << all.frames
            << " crashes=" << all.crashes << " forks seen=" << all.forks << "\n";
  // Invariants that hold because nothing happened show nothing. A quarter of what a dozen runs of
  // 400 steps usually see; fewer runs may see less.
  if (runs < 12 || steps < 400) return;
  EXPECT_GT(all.commands, 300u);
  EXPECT_GT(all.frames, 500u);
  EXPECT_GT(all.crashes, 5u);
  EXPECT_GT(all.forks, 5u);
}

TEST(Simulation, GivesTheSameRunForTheSameSeed) {
  const SwarmResult first = RunSwarm(77, 150);
  const SwarmResult again = RunSwarm(77, 150);

  EXPECT_EQ(first.frames, again.frames);
  EXPECT_EQ(first.commands, again.commands);
  EXPECT_EQ(first.crashes, again.crashes);
  EXPECT_EQ(first.forks, again.forks);
  EXPECT_EQ(first.violations, again.violations);
  EXPECT_GT(first.commands, 0u);
  EXPECT_GT(first.frames, 0u);
}

}  // namespace
}  // namespace greffe::sim
