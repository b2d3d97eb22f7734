#ifndef GREFFE_CORE_RULES_CALENDAR_H_
#define GREFFE_CORE_RULES_CALENDAR_H_

#include <optional>

#include "absl/strings/string_view.h"
#include "core/base/time.h"

// Days of the calendar as the law counts them. Pure.
namespace greffe::rules {

// The same day number `months` later, else the last day of that month; absent beyond 2199 or before
// 1900. `months` may be negative.
std::optional<CivilDate> AddMonths(CivilDate from, int months);

// French name of the legal holiday on that day (code du travail art. L. 3133-1), or empty. What is
// a holiday in Alsace-Moselle or overseas alone is not one here.
absl::string_view HolidayOn(CivilDate day);
bool IsWeekend(CivilDate day);
// The day itself when it is neither Saturday, Sunday nor a legal holiday, else the next such day.
CivilDate WorkingDayFrom(CivilDate day);

// The day and the minute since midnight in Paris at an instant, by the rule of summer time in force
// since 1996 (directive 2000/84/CE): from the last Sunday of March to that of October, 01:00 UTC.
struct ParisTime {
  CivilDate day;
  int minute = 0;
};
ParisTime ParisTimeOf(Instant instant);
// The last microsecond of a day in Paris, by the same rule.
Instant EndOfParisDay(CivilDate day);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_CALENDAR_H_
