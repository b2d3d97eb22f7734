#include "core/reader/actes.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr std::array<absl::string_view, 6> kNatures = {"DE", "AR", "AI", "CC", "BF", "AU"};

std::string WithoutSpaces(absl::string_view text) {
  std::string out;
  for (char c : text) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) out += c;
  }
  return out;
}

bool IsDepartment(absl::string_view text) {
  return text.size() == 3 && IsDigit(text[0]) && IsDigit(text[1]) &&
         (IsDigit(text[2]) || (text.substr(0, 2) == "02" && (text[2] == 'A' || text[2] == 'B')));
}

}  // namespace

std::string ActesId::Text() const {
  return absl::StrCat(department, "-", siren, "-", date, "-", number, "-", nature);
}

std::optional<ActesId> ParseActesId(absl::string_view text) {
  const std::string id = absl::AsciiStrToUpper(WithoutSpaces(text));
  constexpr std::size_t kFixed = 3 + 1 + 9 + 1 + 8 + 1;  // Up to the number.
  constexpr std::size_t kLongest = 80;
  if (id.size() < kFixed + 4 || id.size() > kLongest || id[3] != '-' || id[13] != '-' ||
      id[22] != '-')
    return {};
  const std::size_t last = id.rfind('-');
  if (last <= kFixed || id.size() - last != 3) return {};
  ActesId actes{id.substr(0, 3),     id.substr(4, 9),
                id.substr(14, 8),    id.substr(kFixed, last - kFixed),
                id.substr(last + 1), false};
  const auto letters = [](absl::string_view part) {
    return std::all_of(part.begin(), part.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  };
  if (!IsDepartment(actes.department) || !AllDigits(actes.siren) || !AllDigits(actes.date) ||
      !letters(actes.nature)) {
    return {};
  }
  const bool plain_number = std::all_of(actes.number.begin(), actes.number.end(), [](char c) {
    return IsDigit(c) || (c >= 'A' && c <= 'Z') || c == '_';
  });
  actes.strict = plain_number && actes.number.size() <= 15 &&
                 std::find(kNatures.begin(), kNatures.end(), actes.nature) != kNatures.end();
  return actes;
}

std::optional<ActesId> FindActesId(absl::string_view text) {
  for (std::size_t at = 0; at + 27 <= text.size(); ++at) {
    const bool starts = IsDigit(text[at]) &&
                        (at == 0 || !absl::ascii_isalnum(static_cast<unsigned char>(text[at - 1])));
    if (!starts || text[at + 3] != '-' || text[at + 13] != '-' || text[at + 22] != '-') continue;
    std::size_t end = at;
    while (end < text.size() && (absl::ascii_isalnum(static_cast<unsigned char>(text[end])) ||
                                 text[end] == '-' || text[end] == '_')) {
      ++end;
    }
    if (auto id = ParseActesId(text.substr(at, end - at))) return id;
  }
  return {};
}

std::string DepartmentOfPostcode(absl::string_view postcode) {
  if (postcode.size() != 5 || !AllDigits(postcode)) return {};
  const absl::string_view start = postcode.substr(0, 2);
  return std::string(start == "97" || start == "98" ? postcode.substr(0, 3) : start);
}

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

}  // namespace greffe::reader
