#include "core/convention/state/recorded_at.h"

namespace greffe {
namespace {

// 0001-01-01 to 9999-12-31.
constexpr std::int64_t kSecondsMin = -62135596800;
constexpr std::int64_t kSecondsMax = 253402300799;

}  // namespace

std::optional<std::int64_t> RecordedMicros(const google::protobuf::Timestamp& time) {
  if (time.seconds() < kSecondsMin || time.seconds() > kSecondsMax || time.nanos() < 0 ||
      time.nanos() > 999999999) {
    return std::nullopt;
  }
  return time.seconds() * 1000000 + time.nanos() / 1000;
}

}  // namespace greffe
