#include "core/base/postcode.h"

#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "core/base/digits.h"
#include "core/base/utf8.h"

namespace greffe {
namespace {

bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }

// « CS 50010 », « BP 10001 » are boxes of a post office; « rue des Parcs 12000 » is none. Looks at
// the last word alone, and no further back than the longest of the names.
bool EndsWithBox(absl::string_view before) {
  constexpr std::size_t kLongest = 3;
  before = absl::StripTrailingAsciiWhitespace(before);
  std::size_t letters = 0;
  while (letters < before.size() && letters <= kLongest &&
         IsLetter(before[before.size() - 1 - letters])) {
    ++letters;
  }
  const absl::string_view word = before.substr(before.size() - letters);
  before.remove_suffix(letters);
  // Accented letters of French in UTF-8 are U+00C0 to U+017F.
  const bool whole = before.size() < 2 || !ContinuesCharacter(before.back()) ||
                     static_cast<unsigned char>(before[before.size() - 2]) < 0xC3 ||
                     static_cast<unsigned char>(before[before.size() - 2]) > 0xC5;
  return whole && (absl::EqualsIgnoreCase(word, "CS") || absl::EqualsIgnoreCase(word, "BP") ||
                   absl::EqualsIgnoreCase(word, "TSA"));
}

}  // namespace

std::string FindPostcode(absl::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!IsDigit(text[at]) || (at > 0 && (IsDigit(text[at - 1]) || text[at - 1] == '.'))) continue;
    if (EndsWithBox(text.substr(0, at))) {
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
