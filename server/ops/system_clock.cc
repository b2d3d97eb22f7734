#include "server/ops/system_clock.h"

#include "core/base/refusal.h"

namespace greffe {
namespace {

// Whether the zone has what it has had since 1996: one hour more than UTC in winter, two in summer.
// Data under its name may be another zone's.
bool IsParis(absl::TimeZone zone) {
  constexpr int kHour = 3600;
  return zone.At(absl::FromUnixSeconds(1'736'942'400)).offset == kHour &&    // 15 January 2025
         zone.At(absl::FromUnixSeconds(1'752'580'800)).offset == 2 * kHour;  // 15 July 2025
}

}  // namespace

absl::StatusOr<std::unique_ptr<SystemClock>> SystemClock::Create() {
  absl::TimeZone paris;
  if (!absl::LoadTimeZone("Europe/Paris", &paris) || !IsParis(paris)) {
    return ToStatus(
        {.code = absl::StatusCode::kFailedPrecondition,
         .rule = "time-zone",
         .fr = "Le fuseau horaire Europe/Paris manque ou est faux sur cette machine : les dates "
               "d'effet seraient fausses.",
         .en = "The time zone Europe/Paris is missing or wrong on this machine: dates of "
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
