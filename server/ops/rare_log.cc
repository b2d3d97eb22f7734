#include "server/ops/rare_log.h"

#include <utility>

namespace greffe {

void RareLog::Warn(const std::string& event, const LogField& field) {
  const Instant now = clock_.Now();
  std::uint64_t unwritten = 0;
  {
    absl::MutexLock lock(&mu_);
    const auto [told, first] = told_.try_emplace(event, Told{now});
    if (!first) {
      const std::int64_t passed = now.micros - told->second.last.micros;
      // A clock that was set back is no reason to be silent until it catches up.
      if (passed >= 0 && passed < kEveryMicros) {
        ++told->second.unwritten;
        return;
      }
      told->second.last = now;
      unwritten = std::exchange(told->second.unwritten, 0);
    }
  }
  log_.Log(LogLevel::kWarning, event, {field, {"unwritten", unwritten}});
}

}  // namespace greffe
