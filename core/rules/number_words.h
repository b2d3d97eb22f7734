#ifndef GREFFE_CORE_RULES_NUMBER_WORDS_H_
#define GREFFE_CORE_RULES_NUMBER_WORDS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>

// Numbers as French sentences write them, before what they count. Pure. Private to core/rules.
namespace greffe::rules {

// The number just before the unit at `unit`, of 0 to 999: its digits (at most three), else as many
// words as make one number: « vingt et un », « soixante et onze », « quatre-vingt-dix-sept »,
// « deux cent trente ». Absent where no number stands there. `words`: as FoldedWords gives them.
std::optional<int> NumberBefore(std::span<const std::string> words, std::size_t unit);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_NUMBER_WORDS_H_
