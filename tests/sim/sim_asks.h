#ifndef GREFFE_TESTS_SIM_SIM_ASKS_H_
#define GREFFE_TESTS_SIM_SIM_ASKS_H_

#include <cstdint>
#include <string>

#include "tests/sim/sim_world.h"

namespace greffe::sim {

inline ConventionId Id(const std::string& hex) { return *ConventionId::FromHex(hex, "id"); }

// Summed over feeds, waiting ones too.
inline std::uint64_t EventsHeld(World& world, int index, const std::string& convention) {
  std::uint64_t events = 0;
  for (const auto& branch : world.node(index).honest_view().Branches(Id(convention))) {
    events += branch.point.size - branch.forked_at;
  }
  return events;
}

// Without waiting ones.
inline std::uint64_t EventsApplied(World& world, int index, const std::string& convention) {
  for (const v1::ConventionFigures& one :
       world.node(index).replica().Examine(UserCall(), "").figures) {
    if (one.convention_id() == convention) return one.events_applied();
  }
  return 0;
}

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_SIM_ASKS_H_
