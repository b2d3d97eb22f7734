#ifndef GREFFE_CORE_BASE_AMOUNT_WORDS_H_
#define GREFFE_CORE_BASE_AMOUNT_WORDS_H_

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "core/base/digits.h"
#include "core/base/word_byte.h"

// Where French writes several figures that are read as one: « 24 000 € », « 0,8 ETP ». What is
// shown of a change never cuts them. Pure; thread safe.
namespace greffe {

// The number at the start of `text`, in bytes, with its groups of three figures, its decimals and
// the unit of money, share or posts after a blank; 0 where no digit stands first.
inline std::size_t AmountAt(absl::string_view text) {
  const auto digits = [&](std::size_t from) {
    std::size_t end = from;
    while (end < text.size() && IsDigit(text[end])) ++end;
    return end - from;
  };
  std::size_t end = digits(0);
  if (end == 0) return 0;
  const auto blank = [&](std::size_t at) { return at < text.size() && text[at] == ' '; };
  // A year is no group: « en 2025 300 enfants ».
  if (end <= 3) {
    while (blank(end) && digits(end + 1) == 3) end += 4;
  }
  while (end + 1 < text.size() && (text[end] == ',' || text[end] == '.') && digits(end + 1) > 0) {
    end += 1 + digits(end + 1);
  }
  if (!blank(end)) return end;
  const absl::string_view unit = text.substr(end + 1);
  constexpr absl::string_view kUnits[] = {"€",   "k€",    "K€",       "M€",      "%",
                                          "‰",   "euros", "euro",     "EUR",     "ETP",
                                          "etp", "mille", "millions", "million", "milliards"};
  const auto* const found =
      std::find_if(std::begin(kUnits), std::end(kUnits), [&](absl::string_view one) {
        return absl::StartsWith(unit, one) &&
               (unit.size() == one.size() || !IsWordByte(unit[one.size()]));
      });
  return found == std::end(kUnits) ? end : end + 1 + found->size();
}

// One past the word that begins at `at`, which is no blank: words end at one of `blanks`, but not
// within an amount.
inline std::size_t WordEnd(absl::string_view text, std::size_t at, absl::string_view blanks) {
  while (at < text.size() && !absl::StrContains(blanks, text[at])) {
    const bool first = at == 0 || !IsWordByte(text[at - 1]);
    at += std::max<std::size_t>(1, first ? AmountAt(text.substr(at)) : 0);
  }
  return at;
}

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_AMOUNT_WORDS_H_
