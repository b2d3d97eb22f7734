#include "core/rules/words.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "core/base/civil_day.h"

namespace greffe::rules {
namespace {

constexpr const char* kMonthsFr[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};
constexpr const char* kMonthsEn[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

}  // namespace

std::string DateFr(CivilDate date) {
  const absl::CivilDay day = CivilDayOf(date.days);
  return absl::StrCat(day.day(), day.day() == 1 ? "er " : " ", kMonthsFr[day.month() - 1], " ",
                      day.year());
}

std::string DateEn(CivilDate date) {
  const absl::CivilDay day = CivilDayOf(date.days);
  return absl::StrCat(day.day(), " ", kMonthsEn[day.month() - 1], " ", day.year());
}

Words YearDayWords(const YearDay& day) {
  return {absl::StrCat(day.day, day.day == 1 ? "er " : " ", kMonthsFr[day.month - 1]),
          absl::StrCat(day.day, " ", kMonthsEn[day.month - 1])};
}

std::string Counted(std::uint64_t n, absl::string_view one, absl::string_view many) {
  return absl::StrCat(n, " ", n < 2 ? one : many);
}

}  // namespace greffe::rules
