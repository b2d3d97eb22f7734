#ifndef GREFFE_TESTS_SIM_SIM_SWARM_H_
#define GREFFE_TESTS_SIM_SIM_SWARM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/sim_world.h"

namespace greffe::sim {

struct SwarmResult {
  std::vector<std::string> violations;
  std::string options;
  Exercised exercised;
};

// Two to five nodes with a random choice of faults for `steps` steps, then rest. Stops at the first
// step after which something is wrong. All follows from the seed.
SwarmResult RunSwarm(std::uint64_t seed, int steps);

// The options that a seed stands for.
WorldOptions SwarmOptions(std::uint64_t seed);

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_SIM_SWARM_H_
