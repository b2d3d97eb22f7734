#ifndef GREFFE_CORE_RULES_WORDS_H_
#define GREFFE_CORE_RULES_WORDS_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/deadline.h"

// Dates and numbers in the sentences of rules. Private to core/rules.
namespace greffe::rules {

// « 1er mars 2025 »; "1 March 2025".
std::string DateFr(CivilDate day);
std::string DateEn(CivilDate day);
// « 31 août »; "31 August".
Words YearDayWords(const YearDay& day);
// "1 mois", "3 years": the number with the right word.
std::string Counted(std::uint64_t n, absl::string_view one, absl::string_view many);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_WORDS_H_
