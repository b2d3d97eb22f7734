#include "server/ops/system_clock.h"

#include "core/base/refusal.h"

namespace greffe {

absl::StatusOr<std::unique_ptr<SystemClock>> SystemClock::Create() {
  absl::TimeZone paris;
  if (!absl::LoadTimeZone("Europe/Paris", &paris)) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "time-zone",
                     .fr = "Le fuseau horaire Europe/Paris manque sur cette machine : les dates "
                           "d'effet seraient fausses.",
                     .en = "The time zone Europe/Paris is missing on this machine: dates of "
                           "effect would be wrong.",
                     .next_fr = "Installez les données de fuseaux : apt-get install tzdata",
                     .next_en = "Install the time zone data: apt-get install tzdata"});
  }
  return std::unique_ptr<SystemClock>(new SystemClock(paris));
}

Instant SystemClock::Now() const { return Instant{absl::ToUnixMicros(absl::Now())}; }

CivilDate SystemClock::Today() const { return DayIn(paris_, Now()); }

CivilDate DayIn(absl::TimeZone zone, Instant instant) {
  const absl::CivilDay day = absl::ToCivilDay(absl::FromUnixMicros(instant.micros), zone);
  return CivilDate{static_cast<std::int32_t>(day - absl::CivilDay(1970, 1, 1))};
}

}  // namespace greffe
