#ifndef GREFFE_CORE_RULES_NUMBER_WORDS_H_
#define GREFFE_CORE_RULES_NUMBER_WORDS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "absl/strings/string_view.h"

// Numbers as French sentences write them, before what they count. Pure. Private to core/rules.
namespace greffe::rules {

// The number just before the unit at `unit`, of 0 to 999: its digits (at most three), else as many
// words as make one number: « vingt et un », « soixante et onze », « quatre-vingt-dix-sept »,
// « deux cent trente ». Absent where no number stands there. `words`: as FoldedWords gives them.
std::optional<int> NumberBefore(std::span<const std::string> words, std::size_t unit);

// 1 to 12 for the folded name of a month; 0 of another word.
int MonthOf(absl::string_view word);

// A length of time in months, as far as the sentence says it.
struct MonthsSaid {
  int months = 0;
  // A half month is no number of months: rounded up, and not whole.
  bool whole = true;
  // Index of its last word.
  std::size_t last = 0;
};
// The length whose first unit (an, ans, année, années, mois) stands at `unit`, read in full: « un
// an et six mois », « deux ans et demi », « 1 an et 6 (six) mois »; not « quatre ans et, six mois
// avant leur fin ». Absent where no unit of years or months stands there, or no number above 0
// before it.
std::optional<MonthsSaid> MonthsAt(std::span<const std::string> words, std::size_t unit);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_NUMBER_WORDS_H_
