#ifndef GREFFE_CORE_BASE_TIME_H_
#define GREFFE_CORE_BASE_TIME_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace greffe {

// A civil date in Paris, 1900-01-01 to 2199-12-31. No time of day, no zone.
struct CivilDate {
  // Days since 1970-01-01.
  std::int32_t days = 0;

  // Strict YYYY-MM-DD. INVALID_ARGUMENT naming `field`, the text given and the rule broken: form,
  // or a day that the calendar does not have (2022-02-30).
  static absl::StatusOr<CivilDate> Parse(absl::string_view text, absl::string_view field);
  // The same dates, for whom the reason does not matter: nullopt where Parse refuses. Views ask for
  // hundreds of dates that facts leave empty, and a refusal costs more than all else that they do.
  static std::optional<CivilDate> TryParse(absl::string_view text);
  std::string ToString() const;
  CivilDate NextDay() const { return CivilDate{days + 1}; }
  int year() const;

  friend bool operator==(const CivilDate&, const CivilDate&) = default;
  friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
};

// A point in time, microseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t micros = 0;

  // RFC 3339 with a zone. INVALID_ARGUMENT naming `field`.
  static absl::StatusOr<Instant> Parse(absl::string_view text, absl::string_view field);
  // RFC 3339 in UTC, with as many digits of a second as needed.
  std::string ToString() const;

  friend bool operator==(const Instant&, const Instant&) = default;
  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// Where time comes from. The seam by which tests and the simulation own it. Thread safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;
  // Today in Paris, whatever the host's zone.
  virtual CivilDate Today() const = 0;
};

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_TIME_H_
