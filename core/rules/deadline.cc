#include "core/rules/deadline.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "core/rules/calendar.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

constexpr int kMonthsMax = 120;
constexpr int kDaysMax = 3650;
// CJA art. R. 421-1, CGCT art. L. 2131-6.
constexpr int kCourtMonths = 2;

absl::Status OutOfRange(CivilDate from, int length, const Words& unit, int most) {
  return ToStatus({.code = absl::StatusCode::kOutOfRange,
                   .rule = "date-range",
                   .fr = absl::StrCat(length, " ", unit.fr, " après le ", DateFr(from),
                                      " : hors du calendrier ; attendu 1 à ", most, " ", unit.fr,
                                      " et une fin avant 2200."),
                   .en = absl::StrCat(length, " ", unit.en, " after ", DateEn(from),
                                      ": outside the calendar; want 1 to ", most, " ", unit.en,
                                      " and an end before 2200.")});
}

// Effect on the day after the end.
Deadline Ended(CivilDate from, CivilDate end, Words why) {
  Deadline out{end, end.NextDay(), std::move(why)};
  // Switched off, the period has run out the day it starts.
  if (!IsOn(Rule::kContractPeriod)) out.last_day = out.effect_on = from;
  out.effect = {absl::StrCat("Effet le lendemain, le ", DateFr(out.effect_on), " à 0 h."),
                absl::StrCat("Effect on the next day, ", DateEn(out.effect_on), " at 00:00.")};
  return out;
}

// The same day number, or the end of the month, with the words for it.
struct Counting {
  CivilDate end;
  Words why;
};

absl::StatusOr<Counting> Count(CivilDate from, int months) {
  const std::optional<CivilDate> end =
      months < 1 || months > kMonthsMax ? std::nullopt : AddMonths(from, months);
  if (!end.has_value()) return OutOfRange(from, months, {"mois", "months"}, kMonthsMax);
  Counting out{*end, {}};
  const bool shorter = AddMonths(*end, -months) != from;
  out.why.fr = absl::StrCat(months, " mois à compter du ", DateFr(from),
                            shorter ? " : ce mois n'a pas ce quantième, donc son dernier jour, le "
                                    : " : même quantième, le ",
                            DateFr(*end), ".");
  out.why.en = absl::StrCat(
      Counted(static_cast<std::uint64_t>(months), "month", "months"), " from ", DateEn(from),
      shorter ? ": that month lacks the day number, so its last day, " : ": same day number, ",
      DateEn(*end), ".");
  return out;
}

Window CourtWindow(CivilDate from) {
  const absl::StatusOr<Deadline> deadline = LitigationDeadline(from, kCourtMonths);
  if (!deadline.ok()) {
    const Refusal refusal = RefusalOf(deadline.status());
    return {std::nullopt, {refusal.fr, refusal.en}};
  }
  return {*deadline, deadline->why};
}

}  // namespace

absl::StatusOr<Deadline> ContractDeadline(CivilDate from, int months) {
  ASSIGN_OR_RETURN(Counting counting, Count(from, months));
  return Ended(from, counting.end, std::move(counting.why));
}

absl::StatusOr<Deadline> ContractDeadlineInDays(CivilDate from, int days) {
  const CivilDate end{from.days + days};
  if (days < 1 || days > kDaysMax || !AddMonths(end, 0).has_value()) {
    return OutOfRange(from, days, {"jours", "days"}, kDaysMax);
  }
  const auto count = static_cast<std::uint64_t>(days);
  return Ended(from, end,
               {absl::StrCat(Counted(count, "jour", "jours"), " à compter du ", DateFr(from),
                             ", qui ne compte pas : le ", DateFr(end), "."),
                absl::StrCat(Counted(count, "day", "days"), " from ", DateEn(from),
                             ", which does not count: ", DateEn(end), ".")});
}

std::optional<CivilDate> OnYear(const YearDay& day, int year) {
  // AddMonths knows how long the month is.
  const auto january = CivilDate::TryParse(absl::StrCat(year, "-01-01"));
  if (!january.has_value()) return std::nullopt;
  const auto first = AddMonths(*january, day.month - 1);
  const auto next = AddMonths(*january, day.month);
  if (!first.has_value()) return std::nullopt;
  const int length = next.has_value() ? next->days - first->days : 31;
  return CivilDate{first->days + std::min(day.day, length) - 1};
}

absl::StatusOr<Deadline> LitigationDeadline(CivilDate from, int months) {
  ASSIGN_OR_RETURN(Counting counting, Count(from, months));
  const CivilDate clear = counting.end.NextDay();
  const CivilDate last = WorkingDayFrom(clear);
  Deadline out{last, last.NextDay(), std::move(counting.why)};
  absl::StrAppend(&out.why.fr, " Délai franc : ce jour ne compte pas, dernier jour le ",
                  DateFr(clear), ".");
  absl::StrAppend(&out.why.en, " Clear months: that day does not count, last day ", DateEn(clear),
                  ".");
  if (last == clear) return out;
  const absl::string_view holiday = HolidayOn(clear);
  absl::StrAppend(&out.why.fr, " C'est un jour non ouvré", holiday.empty() ? "" : " (", holiday,
                  holiday.empty() ? "" : ")", " : prorogé au ", DateFr(last), ".");
  absl::StrAppend(&out.why.en, " That is no working day", holiday.empty() ? "" : " (", holiday,
                  holiday.empty() ? "" : ")", ": extended to ", DateEn(last), ".");
  return out;
}

Window ChallengeWindow(std::optional<CivilDate> published_on,
                       std::optional<CivilDate> received_on) {
  if (!IsOn(Rule::kChallengePeriod)) return {};
  if (published_on.has_value() && received_on.has_value()) {
    return CourtWindow(std::max(*published_on, *received_on));
  }
  const bool neither = !published_on.has_value() && !received_on.has_value();
  return {std::nullopt,
          {absl::StrCat("L-58 : délai des tiers non calculable, ",
                        neither                    ? "ni publication ni réception connues."
                        : published_on.has_value() ? "réception en préfecture inconnue."
                                                   : "date de publication inconnue."),
           absl::StrCat("L-58: the period of third parties cannot be computed, ",
                        neither                    ? "neither publication nor receipt is known."
                        : published_on.has_value() ? "receipt by the prefecture is unknown."
                                                   : "the day of publication is unknown.")}};
}

Window ReferralWindow(std::optional<CivilDate> received_on) {
  if (!IsOn(Rule::kReferralPeriod)) return {};
  if (received_on.has_value()) return CourtWindow(*received_on);
  return {std::nullopt,
          {"L-59 : délai du préfet non calculable, réception en préfecture inconnue.",
           "L-59: the prefect's period cannot be computed, receipt is unknown."}};
}

}  // namespace greffe::rules
