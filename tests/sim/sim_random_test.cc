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
  const bool is_long = std::getenv("GREFFE_LONG") != nullptr;
  const int runs = static_cast<int>(FromEnvironment("GREFFE_SIM_RUNS", is_long ? 360 : 12));
  const int steps = static_cast<int>(FromEnvironment("GREFFE_SIM_STEPS", 400));
  Exercised all;
  for (int run = 0; run < runs; ++run) {
    const SwarmResult result = RunSwarm(seed + static_cast<std::uint64_t>(run), steps);
    EXPECT_TRUE(result.violations.empty())
        << "GREFFE_SEED=" << seed + static_cast<std::uint64_t>(run) << " GREFFE_SIM_RUNS=1\n"
        << result.options << "\n"
        << absl::StrJoin(result.violations, "\n");
    if (!result.violations.empty()) return;
    all += result.exercised;
  }
  std::cout << "GREFFE_SEED=" << seed << " runs=" << runs << " steps=" << steps << " "
            << all.ToString() << "\n";
  // Invariants that hold because nothing happened show nothing. About a quarter of what a dozen
  // runs of 400 steps usually see; fewer runs may see less.
  if (runs < 12 || steps < 400) return;
  EXPECT_GT(all.commands, 300u);
  EXPECT_GT(all.acknowledged, 150u);
  EXPECT_GT(all.frames, 1000u);
  EXPECT_GT(all.crashes, 5u);
  EXPECT_GT(all.cuts, 3u);
  EXPECT_GT(all.cuts_inside, 0u);
  EXPECT_GT(all.lost, 12u);
  EXPECT_GT(all.repeated, 2u);
  EXPECT_GT(all.flips, 0u);
  EXPECT_GT(all.replays, 0u);
  EXPECT_GT(all.swaps, 0u);
  EXPECT_GT(all.deaf, 0u);
  EXPECT_GT(all.held_back, 0u);
  EXPECT_GT(all.crashes_in_write, 0u);
  EXPECT_GT(all.crashes_in_step, 0u);
  EXPECT_GT(all.clock_faults, 0u);
  EXPECT_GT(all.forks, 4u);
  EXPECT_GT(all.conflicts, 7u);
  EXPECT_GT(all.conclusions, 1u);
  EXPECT_GT(all.personal_values, 0u);
}

TEST(Simulation, GivesTheSameRunForTheSameSeed) {
  const SwarmResult first = RunSwarm(77, 150);
  const SwarmResult again = RunSwarm(77, 150);

  EXPECT_EQ(first.exercised, again.exercised) << first.exercised.ToString() << "\n"
                                              << again.exercised.ToString();
  EXPECT_EQ(first.violations, again.violations);
  EXPECT_GT(first.exercised.commands, 0u);
  EXPECT_GT(first.exercised.frames, 0u);
}

}  // namespace
}  // namespace greffe::sim
