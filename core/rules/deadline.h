#ifndef GREFFE_CORE_RULES_DEADLINE_H_
#define GREFFE_CORE_RULES_DEADLINE_H_

#include <optional>

#include "absl/status/statusor.h"
#include "core/base/time.h"
#include "core/rules/registry.h"

// Two ways of counting months that must not be mixed: the contract's and the courts'. Pure.
namespace greffe::rules {

struct Deadline {
  // The last day of the period, whole.
  CivilDate last_day;
  // What follows has effect from this day, 00:00 in Paris.
  CivilDate effect_on;
  // The arithmetic, step by step.
  Words why;
  // « Effet le lendemain, … », of a period of the contract; whoever says that something else than
  // the period decides leaves it out.
  Words effect = {};
};

// A period of the contract (L-50: one month from the sending of a formal notice; L-53: six months'
// notice): it ends on the same day number `months` later, else on the last day of that month, week-
// ends and holidays included; effect on the next day. `months` is 1 to 120. OUT_OF_RANGE when the
// end is beyond the calendar.
absl::StatusOr<Deadline> ContractDeadline(CivilDate from, int months);

// The same of a period in days, weekends and holidays included: the first day does not count, the
// last one does. `days` is 1 to 3650. OUT_OF_RANGE as above.
absl::StatusOr<Deadline> ContractDeadlineInDays(CivilDate from, int days);

// A day of every year; the last day of a month that lacks its number.
struct YearDay {
  // 1 to 12, 1 to 31.
  int month = 1;
  int day = 1;
  friend bool operator==(const YearDay&, const YearDay&) = default;
};
// Absent beyond the calendar.
std::optional<CivilDate> OnYear(const YearDay& day, int year);

// A period before the courts: clear months, so that neither the first day nor the last counts, and
// an end on a Saturday, a Sunday or a legal holiday goes over to the next working day. Errors as
// above.
absl::StatusOr<Deadline> LitigationDeadline(CivilDate from, int months);

// A window that may not be computable, and then says what is missing.
struct Window {
  std::optional<Deadline> deadline;
  Words why;
};

// L-58, third parties: two clear months from the later of publication and receipt.
Window ChallengeWindow(std::optional<CivilDate> published_on, std::optional<CivilDate> received_on);
// L-59, the prefect: two clear months from receipt, whatever the publication.
Window ReferralWindow(std::optional<CivilDate> received_on);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_DEADLINE_H_
