#include "core/rules/calendar.h"

#include "absl/time/civil_time.h"
#include "core/base/civil_day.h"

namespace greffe::rules {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;

absl::CivilDay Civil(CivilDate day) { return CivilDayOf(day.days); }

CivilDate FromCivil(absl::CivilDay day) {
  return CivilDate{static_cast<std::int32_t>(day - absl::CivilDay(1970, 1, 1))};
}

// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
absl::CivilDay Easter(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return absl::CivilDay(year, n / 31, n % 31 + 1);
}

constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr std::int64_t kMinutesPerDay = 24 * 60;

absl::CivilDay LastSunday(absl::CivilMonth month) {
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return absl::PrevWeekday(last + 1, absl::Weekday::sunday);
}

// The minute of 01:00 UTC on that day, since 1970.
std::int64_t OneInTheMorning(absl::CivilDay day) {
  return (day - absl::CivilDay(1970, 1, 1)) * kMinutesPerDay + 60;
}

std::int64_t FloorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

struct FixedHoliday {
  int month;
  int day;
  absl::string_view name;
};
constexpr FixedHoliday kFixed[] = {
    {1, 1, "jour de l'an"},    {5, 1, "fête du Travail"}, {5, 8, "8 mai"},
    {7, 14, "fête nationale"}, {8, 15, "Assomption"},     {11, 1, "Toussaint"},
    {11, 11, "11 novembre"},   {12, 25, "Noël"},
};

}  // namespace

std::optional<CivilDate> AddMonths(CivilDate from, int months) {
  const absl::CivilDay day = Civil(from);
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  if (month.year() < kYearMin || month.year() > kYearMax) return std::nullopt;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay same(month.year(), month.month(), day.day());
  // CivilDay carries a day that the month lacks over into the next one.
  return FromCivil(same > last ? last : same);
}

absl::string_view HolidayOn(CivilDate date) {
  const absl::CivilDay day = Civil(date);
  for (const FixedHoliday& one : kFixed) {
    if (one.month == day.month() && one.day == day.day()) return one.name;
  }
  switch (day - Easter(static_cast<int>(day.year()))) {
    case 1:
      return "lundi de Pâques";
    case 39:
      return "Ascension";
    case 50:
      return "lundi de Pentecôte";
    default:
      return "";
  }
}

bool IsWeekend(CivilDate date) {
  const absl::Weekday day = absl::GetWeekday(Civil(date));
  return day == absl::Weekday::saturday || day == absl::Weekday::sunday;
}

CivilDate WorkingDayFrom(CivilDate day) {
  // Four days off in a row are the most that the calendar has.
  while (IsWeekend(day) || !HolidayOn(day).empty()) day = day.NextDay();
  return day;
}

ParisTime ParisTimeOf(Instant instant) {
  const std::int64_t utc = FloorDiv(instant.micros, kMicrosPerMinute);
  const std::int64_t year = CivilDayOf(FloorDiv(utc, kMinutesPerDay)).year();
  const bool summer = utc >= OneInTheMorning(LastSunday(absl::CivilMonth(year, 3))) &&
                      utc < OneInTheMorning(LastSunday(absl::CivilMonth(year, 10)));
  const std::int64_t local = utc + (summer ? 120 : 60);
  const std::int64_t day = FloorDiv(local, kMinutesPerDay);
  return {CivilDate{static_cast<std::int32_t>(day)},
          static_cast<int>(local - day * kMinutesPerDay)};
}

Instant EndOfParisDay(CivilDate day) {
  // Clocks change at night, but never at midnight.
  const std::int64_t midnight = (static_cast<std::int64_t>(day.days) + 1) * kMinutesPerDay;
  const Instant summer{(midnight - 120) * kMicrosPerMinute};
  const bool is_summer = ParisTimeOf(summer).day.days == day.days + 1;
  return Instant{(is_summer ? summer.micros : (midnight - 60) * kMicrosPerMinute) - 1};
}

}  // namespace greffe::rules
