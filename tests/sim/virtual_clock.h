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

  static constexpr int kFullSpeed = 1000;
  static constexpr int kHalfSpeed = 500;

  Instant Now() const override {
    return Instant{kBeginMicros + since_micros_ + (*world_ms_ - since_ms_) * permille_ +
                   wrong_by_micros};
  }
  // Winter time all year: the simulation needs some date, not the right one.
  CivilDate Today() const override {
    constexpr std::int64_t kDayMicros = 86'400'000'000;
    return CivilDate{static_cast<std::int32_t>((Now().micros + 3'600'000'000) / kDayMicros)};
  }

  // From now on, at so many thousandths of the world's speed; without a jump.
  void RunAt(int permille) {
    since_micros_ += (*world_ms_ - since_ms_) * permille_;
    since_ms_ = *world_ms_;
    permille_ = permille;
  }

  std::int64_t wrong_by_micros = 0;

 private:
  // 2026-03-02T08:00:00Z.
  static constexpr std::int64_t kBeginMicros = 1'772'438'400'000'000;
  const std::int64_t* const world_ms_;
  // Where the world and this clock stood when it last changed its speed.
  std::int64_t since_ms_ = 0;
  std::int64_t since_micros_ = 0;
  int permille_ = kFullSpeed;
};

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_VIRTUAL_CLOCK_H_
