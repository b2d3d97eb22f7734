#include "tests/sim/sim_swarm.h"

#include <random>

#include "absl/strings/str_cat.h"

namespace greffe::sim {
namespace {

// A check costs as much as many steps.
constexpr int kStepsPerCheck = 40;

std::string Describe(const WorldOptions& options) {
  const Faults& f = options.faults;
  return absl::StrCat("seed=", options.seed, " nodes=", options.nodes, " cut=", f.cut,
                      " repeat=", f.repeat, " replay=", f.replay, " lose=", f.lose,
                      " swap=", f.swap, " one_way=", f.one_way, " clog=", f.clog,
                      " crash=", f.crash, " crash_in_write=", f.crash_in_write,
                      " crash_in_step=", f.crash_in_step, " clock=", f.clock, " flip=", f.flip);
}

}  // namespace

WorldOptions SwarmOptions(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto rate = [&random](int thousandths) {
    return random() % 2 == 0 ? 0 : static_cast<int>(1 + random() % thousandths);
  };
  WorldOptions options;
  options.seed = seed;
  options.nodes = static_cast<int>(2 + random() % 4);
  options.faults = {.cut = rate(30),
                    .repeat = rate(50),
                    .replay = rate(150),
                    .lose = rate(30),
                    .swap = rate(80),
                    .one_way = rate(10),
                    .clog = rate(10),
                    .crash = rate(20),
                    .crash_in_write = rate(20),
                    .crash_in_step = rate(60),
                    .clock = rate(20),
                    .flip = rate(40)};
  return options;
}

SwarmResult RunSwarm(std::uint64_t seed, int steps) {
  const WorldOptions options = SwarmOptions(seed);
  World world(options);
  std::vector<int> everybody;
  for (int i = 0; i < options.nodes; ++i) everybody.push_back(i);
  world.CreateConvention(0, everybody);
  for (int i = 0; i < options.nodes; ++i) {
    world.CreateConvention(i, {i, (i + 1) % options.nodes});
  }
  // One run in four has a replica that tells two stories.
  const int liar_at = seed % 4 == 0 ? steps / 3 : -1;
  for (int step = 0; step < steps && world.violations().empty(); ++step) {
    world.Step();
    if (step == liar_at) world.AddTwin(0);
    if (step % kStepsPerCheck == 0) world.Check();
  }
  if (world.violations().empty()) world.Settle();
  return {.violations = world.violations(),
          .options = Describe(options),
          .exercised = world.exercised()};
}

}  // namespace greffe::sim
