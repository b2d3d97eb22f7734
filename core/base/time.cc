#include "core/base/time.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "core/base/civil_day.h"
#include "core/base/refusal.h"

namespace greffe {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;
constexpr std::size_t kTextMax = 64;

// What was given, safe to repeat in a message.
std::string Shown(absl::string_view text) {
  std::string out(text.substr(0, kTextMax));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
  }
  return out;
}

// Why a text is no date of ours; what Parse tells.
enum class DateFault { kNone, kForm, kRange, kCalendar };

// The number that these digits write; -1 when they are not all digits.
int Number(absl::string_view digits) {
  int out = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    out = out * 10 + (c - '0');
  }
  return out;
}

DateFault ReadDate(absl::string_view text, CivilDate* date) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return DateFault::kForm;
  const int year = Number(text.substr(0, 4));
  const int month = Number(text.substr(5, 2));
  const int day = Number(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) return DateFault::kForm;
  if (year < kYearMin || year > kYearMax) return DateFault::kRange;
  const absl::CivilDay civil(year, month, day);
  // CivilDay normalises what the calendar does not have; we refuse it.
  if (civil.month() != month || civil.day() != day) return DateFault::kCalendar;
  date->days = static_cast<std::int32_t>(civil - absl::CivilDay(1970, 1, 1));
  return DateFault::kNone;
}

absl::Status DateError(absl::string_view field, absl::string_view rule, absl::string_view text,
                       absl::string_view fr, absl::string_view en) {
  const bool instant = absl::StartsWith(rule, "instant");
  return ToStatus({.rule = std::string(rule),
                   .field = std::string(field),
                   .fr = absl::StrCat(field, " : « ", Shown(text), " » donné, ", fr),
                   .en = absl::StrCat(field, ": got \"", Shown(text), "\", ", en),
                   .next_fr = instant ? "Écrivez l'instant avec son fuseau, par exemple "
                                        "2025-03-01T12:00:00Z."
                                      : "Écrivez la date AAAA-MM-JJ, par exemple 2025-03-01.",
                   .next_en = instant
                                  ? "Write the instant with its zone, such as 2025-03-01T12:00:00Z."
                                  : "Write the date as YYYY-MM-DD, such as 2025-03-01."});
}

}  // namespace

absl::StatusOr<CivilDate> CivilDate::Parse(absl::string_view text, absl::string_view field) {
  CivilDate date;
  switch (ReadDate(text, &date)) {
    case DateFault::kForm:
      return DateError(field, "date-form", text, "attendu une date AAAA-MM-JJ",
                       "want a date YYYY-MM-DD");
    case DateFault::kRange:
      return DateError(field, "date-range", text, "attendu une année de 1900 à 2199",
                       "want a year from 1900 to 2199");
    case DateFault::kCalendar:
      return DateError(field, "date-calendar", text, "ce jour n'existe pas dans le calendrier",
                       "the calendar has no such day");
    case DateFault::kNone:
      break;
  }
  return date;
}

std::optional<CivilDate> CivilDate::TryParse(absl::string_view text) {
  CivilDate date;
  if (ReadDate(text, &date) != DateFault::kNone) return std::nullopt;
  return date;
}

std::string CivilDate::ToString() const {
  const absl::CivilDay civil = CivilDayOf(days);
  const absl::civil_year_t year = civil.year();
  if (year < 0 || year > 9999) {
    return absl::StrFormat("%04d-%02d-%02d", year, civil.month(), civil.day());
  }
  std::string out = "0000-00-00";
  const auto write = [&](std::size_t at, std::size_t count, std::int64_t value) {
    for (; count > 0; --count, value /= 10) {
      out[at + count - 1] = static_cast<char>('0' + value % 10);
    }
  };
  write(0, 4, year);
  write(5, 2, civil.month());
  write(8, 2, civil.day());
  return out;
}

int CivilDate::year() const { return static_cast<int>(CivilDayOf(days).year()); }

absl::StatusOr<Instant> Instant::Parse(absl::string_view text, absl::string_view field) {
  absl::Time time;
  std::string error;
  if (text.size() > kTextMax || !absl::ParseTime(absl::RFC3339_full, text, &time, &error) ||
      time == absl::InfiniteFuture() || time == absl::InfinitePast()) {
    return DateError(field, "instant-form", text,
                     "attendu un instant RFC 3339, comme 2025-03-01T12:00:00Z",
                     "want an RFC 3339 instant, such as 2025-03-01T12:00:00Z");
  }
  return Instant{absl::ToUnixMicros(time)};
}

std::string Instant::ToString() const {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixMicros(micros),
                          absl::UTCTimeZone());
}

}  // namespace greffe
