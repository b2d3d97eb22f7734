// greffe_simulate --seed N --runs N --steps N: the simulation for as long as wanted. Prints
// what is wrong in a run and how to play it again; exits 1 when anything was.
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "tests/sim/sim_swarm.h"

int main(int argc, char** argv) {
  std::uint64_t seed = std::random_device()();
  int runs = 100;
  int steps = 1000;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string flag = argv[i];
    if (flag == "--seed") {
      seed = std::strtoull(argv[i + 1], nullptr, 10);
    } else if (flag == "--runs") {
      runs = std::atoi(argv[i + 1]);
    } else if (flag == "--steps") {
      steps = std::atoi(argv[i + 1]);
    } else {
      std::cerr << "unknown flag " << flag << ": want --seed, --runs, --steps\n";
      return 2;
    }
  }
  bool wrong = false;
  for (int run = 0; run < runs; ++run, ++seed) {
    const greffe::sim::SwarmResult result = greffe::sim::RunSwarm(seed, steps);
    std::cout << result.options << " " << result.exercised.ToString() << std::endl;
    for (const std::string& violation : result.violations) std::cout << "  " << violation << "\n";
    if (result.violations.empty()) continue;
    std::cout << "again: greffe_simulate --runs 1 --steps " << steps << " --seed " << seed << "\n";
    wrong = true;
  }
  return wrong ? 1 : 0;
}
