#ifndef GREFFE_CORE_BASE_CIVIL_DAY_H_
#define GREFFE_CORE_BASE_CIVIL_DAY_H_

#include <cstdint>

#include "absl/time/civil_time.h"

// Days since 1970-01-01 as year, month and day. Pure; thread safe.
namespace greffe {

// The Gregorian day, proleptic, for any number of days. absl::CivilDay counts years one by one from
// where it starts, and views ask for thousands of dates: those of CivilDate are computed instead,
// in years that begin on the first of March and eras of 400 of them.
inline absl::CivilDay CivilDayOf(std::int64_t days) {
  constexpr std::int64_t kFirst = -25567;  // 1900-01-01.
  constexpr std::int64_t kLast = 84005;    // 2199-12-31.
  if (days < kFirst || days > kLast) return absl::CivilDay(1970, 1, 1) + days;
  constexpr std::int64_t kEra = 146097;      // Days of 400 years.
  const std::int64_t since = days + 719468;  // Since 0000-03-01.
  const std::int64_t in_era = since % kEra;
  const std::int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / (kEra - 1)) / 365;
  const std::int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
  // March is 0; five months have 153 days.
  const std::int64_t month = (5 * in_year + 2) / 153;
  const std::int64_t day = in_year - (153 * month + 2) / 5 + 1;
  const bool same = month < 10;
  return absl::CivilDay(since / kEra * 400 + year + (same ? 0 : 1), same ? month + 3 : month - 9,
                        day);
}

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_CIVIL_DAY_H_
