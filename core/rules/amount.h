#ifndef GREFFE_CORE_RULES_AMOUNT_H_
#define GREFFE_CORE_RULES_AMOUNT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Amounts of money in French texts. Pure. Private to core/rules.
namespace greffe::rules {

// What stands beside each word of money (« € », « k€ », "EUR", « centimes »), on both sides of it,
// with that word; sorted. Beside it stand the numbers next to it, in figures or in words, through
// brackets and quotes, and in any case the word next to it, whatever it is: « 5 000 (cinq mille)
// euros par an » gives « 5000 cinq mille € par ». Two texts that give the same say the same
// amounts, however blanks and the euro are written; two that do not may yet, for a word misspelt
// there.
std::vector<std::string> AmountsIn(absl::string_view text);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_AMOUNT_H_
