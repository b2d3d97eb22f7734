// What happens by chance: commands, commits, frames, time, faults.

#include <iterator>
#include <optional>

#include "tests/sim/sim_people.h"
#include "tests/sim/sim_world.h"

namespace greffe::sim {
namespace {

constexpr std::int64_t kHourMicros = 3'600'000'000;
constexpr std::int64_t kYearMicros = 365 * 24 * kHourMicros;

}  // namespace

bool World::Chance(int thousandths) {
  return faults_may_strike_ && thousandths > 0 &&
         random_() % 1000 < static_cast<std::uint64_t>(thousandths);
}

void World::LinkFault() {
  auto link = std::next(links_.begin(), Pick(static_cast<int>(links_.size())));
  if (Chance(options_.faults.cut)) {
    if (link->second.connected) ++exercised_.cuts;
    const int side = Pick(2);
    if (link->second.connected && !link->second.under_way[side].empty()) {
      const auto bytes = static_cast<int>(link->second.under_way[side].front().ByteSizeLong());
      CutInside(link->second, side, static_cast<std::size_t>(Pick(bytes)));
      ++exercised_.cuts_inside;
    }
    Break(link->second);
  }
  if (Chance(options_.faults.one_way)) {
    link->second.dead[Pick(2)] ^= true;
    ++exercised_.deaf;
  }
  if (Chance(options_.faults.clog)) {
    for (auto& [ends, other] : links_) other.clogged = Pick(2) == 0;
  }
}

void World::PowerFault() {
  const int index = Pick(size());
  if (!nodes_[index]->up()) return;
  if (Chance(options_.faults.crash)) {
    CrashNode(index, Pick(2) == 0 ? std::optional(random_()) : std::nullopt);
  } else if (Chance(options_.faults.crash_in_write)) {
    nodes_[index]->disk().PowerOffAfter(static_cast<std::uint64_t>(Pick(12)));
    armed_.insert(index);
  }
  if (Chance(options_.faults.clock)) {
    ++exercised_.clock_faults;
    const std::int64_t jumps[] = {10 * kYearMicros, -10 * kYearMicros, -kHourMicros, 0};
    nodes_[index]->clock().wrong_by_micros = jumps[Pick(4)];
    nodes_[index]->clock().RunAt(Pick(2) == 0 ? VirtualClock::kHalfSpeed
                                              : VirtualClock::kFullSpeed);
  }
}

void World::Step() {
  faults_may_strike_ = true;
  TakeRandomStep();
  LinkFault();
  PowerFault();
  faults_may_strike_ = false;
}

void World::TakeRandomStep() {
  const int roll = Pick(100);
  const int index = Pick(size());
  auto link = std::next(links_.begin(), Pick(static_cast<int>(links_.size())));
  if (roll < 30) {
    if (nodes_[index]->up() && armed_.count(index) == 0) {
      people_->Act(*nodes_[index]);
      ++exercised_.commands;
    }
  } else if (roll < 50) {
    RunSequencer(index);
  } else if (roll < 85) {
    for (int i = Pick(6); i >= 0; --i) Deliver(link->second, Pick(2));
  } else if (roll < 92) {
    PassTime(Pick(3000));
  } else if (roll < 96) {
    if (Pick(4) == 0) link->second.dead[0] = link->second.dead[1] = link->second.clogged = false;
    Connect(link->second.ends[0], link->second.ends[1]);
  } else {
    Reboot(index);
  }
}

}  // namespace greffe::sim
