#ifndef GREFFE_TESTS_SIM_VIRTUAL_CLOCK_H_
#define GREFFE_TESTS_SIM_VIRTUAL_CLOCK_H_

#include <cstdint>

#include "core/base/time.h"

namespace greffe::sim {

// One machine's clock: the world's time, and by how much this machine is wrong. Not thread safe.
class VirtualClock final : public Clock {
 public:
  // `world_ms`: milliseconds since the simulation began; outlives the clock.
  explicit VirtualClock(const std::int64_t* world_ms) : world_ms_(world_ms) {}

  Instant Now() const override {
    return Instant{kBeginMicros + *world_ms_ * 1000 + wrong_by_micros};
  }
  // Winter time all year: the simulation needs some date, not the right one.
  CivilDate Today() const override {
    constexpr std::int64_t kDayMicros = 86'400'000'000;
    return CivilDate{static_cast<std::int32_t>((Now().micros + 3'600'000'000) / kDayMicros)};
  }

  std::int64_t wrong_by_micros = 0;

 private:
  // 2026-03-02T08:00:00Z.
  static constexpr std::int64_t kBeginMicros = 1'772'438'400'000'000;
  const std::int64_t* const world_ms_;
};

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_VIRTUAL_CLOCK_H_
