#ifndef GREFFE_SERVER_OPS_SYSTEM_CLOCK_H_
#define GREFFE_SERVER_OPS_SYSTEM_CLOCK_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/base/time.h"

namespace greffe {

// The host's clock, and the calendar of Paris. Thread safe.
class SystemClock final : public Clock {
 public:
  // FAILED_PRECONDITION (rule "time-zone") when Europe/Paris is not installed: days would be wrong.
  static absl::StatusOr<std::unique_ptr<SystemClock>> Create();

  Instant Now() const override;
  CivilDate Today() const override;

 private:
  explicit SystemClock(absl::TimeZone paris) : paris_(paris) {}
  const absl::TimeZone paris_;
};

// The day that `instant` falls on in `zone`.
CivilDate DayIn(absl::TimeZone zone, Instant instant);

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_SYSTEM_CLOCK_H_
