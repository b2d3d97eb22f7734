#include "core/base/actes.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "core/base/digits.h"

namespace greffe {
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

}  // namespace greffe
