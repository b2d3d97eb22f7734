#include "core/base/postcode.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "core/base/digits.h"

namespace greffe {

std::string FindPostcode(absl::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsDigit(text[at]) || (at > 0 && (IsDigit(text[at - 1]) || text[at - 1] == '.'))) continue;
    // « CS 50010 », « BP 10001 » are boxes of a post office.
    const std::string before =
        absl::AsciiStrToUpper(absl::StripTrailingAsciiWhitespace(text.substr(0, at)));
    if (absl::EndsWith(before, "CS") || absl::EndsWith(before, "BP") ||
        absl::EndsWith(before, "TSA")) {
      while (at + 1 < text.size() && IsDigit(text[at + 1])) ++at;
      continue;
    }
    std::string digits;
    std::size_t end = at;
    while (end < text.size() && digits.size() < 6 &&
           (IsDigit(text[end]) || (text[end] == ' ' && digits.size() == 2 &&
                                   end + 1 < text.size() && IsDigit(text[end + 1])))) {
      if (IsDigit(text[end])) digits += text[end];
      ++end;
    }
    const bool ends = end >= text.size() || !IsDigit(text[end]);
    if (digits.size() == 5 && ends) return digits;
    while (at + 1 < text.size() && IsDigit(text[at + 1])) ++at;
  }
  return {};
}

std::string DepartmentOfPostcode(absl::string_view postcode) {
  if (postcode.size() != 5 || !AllDigits(postcode)) return {};
  const absl::string_view start = postcode.substr(0, 2);
  return std::string(start == "97" || start == "98" ? postcode.substr(0, 3) : start);
}

}  // namespace greffe
