#ifndef GREFFE_CORE_BASE_DIGITS_H_
#define GREFFE_CORE_BASE_DIGITS_H_

#include <algorithm>

#include "absl/strings/string_view.h"

// Digits, 0 to 9, whatever the locale. Pure; thread safe.
namespace greffe {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Not empty, and nothing else.
inline bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_DIGITS_H_
