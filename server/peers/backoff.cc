#include "server/peers/backoff.h"

#include <algorithm>

namespace greffe {
namespace {

constexpr std::int64_t kFirstMs = 200;
constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMostMs = 300'000;
// 2^9 seconds is beyond the most.
constexpr std::uint32_t kDoublings = 9;

}  // namespace

std::int64_t Backoff::NextMs(std::uint32_t random) {
  const std::uint32_t failures = failures_;
  failures_ = std::min(failures_ + 1, kDoublings + 1);
  const std::int64_t full =
      failures == 0 ? kFirstMs : std::min(kMostMs, kSecondMs << (failures - 1));
  const std::int64_t shorten = full / 5 * static_cast<std::int64_t>(random % 1024) / 1024;
  return full - shorten;
}

}  // namespace greffe
