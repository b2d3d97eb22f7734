#ifndef GREFFE_CORE_RULES_PRINTED_H_
#define GREFFE_CORE_RULES_PRINTED_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"

// Dates and stamps as they are printed or written. Pure.
namespace greffe::rules {

// CHK-07: the values, each once and in order, that stamps printed again and again give of one thing
// (an identifier, the day of receipt). Empty where all that say one agree.
std::vector<std::string> StampsDiffer(const std::vector<std::string>& values);

// CHK-12: the days, each once and in order, that one document gives of one fact. Empty where all
// that say one agree.
std::vector<std::string> DaysDiffer(const std::vector<std::string>& days);

// CHK-37: 2222-02-22, 2999-01-01, 9999-12-31, 2099-12-31, 1900-01-01: a day that programs write
// for « none » or « for ever ». `day` as YYYY-MM-DD; any other text is no such day.
bool IsSentinelDay(absl::string_view day);
// CHK-37: the same, with what to write: an open end is an empty date.
std::optional<Oddity> CheckSentinelDay(absl::string_view day);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_PRINTED_H_
