#include "core/base/siren.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"

namespace greffe {
namespace {

constexpr std::size_t kSirenDigits = 9;
constexpr std::size_t kSiretDigits = 14;
// Nobody writes more than a space between two digits.
constexpr std::size_t kLongest = 2 * kSiretDigits;

// Empty when it is not `digits` digits with spaces between.
std::string DigitsOf(absl::string_view text, std::size_t digits) {
  std::string out;
  if (text.size() > kLongest) return out;
  for (const char c : text) {
    if (absl::ascii_isspace(static_cast<unsigned char>(c))) continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return "";
    out += c;
  }
  return out.size() == digits ? out : "";
}

std::uint32_t LuhnSum(absl::string_view digits) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    std::uint32_t digit = static_cast<std::uint32_t>(digits[digits.size() - 1 - i] - '0');
    if (i % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum;
}

}  // namespace

bool IsValidSiren(absl::string_view digits) {
  const std::string siren = DigitsOf(digits, kSirenDigits);
  return !siren.empty() && LuhnSum(siren) % 10 == 0;
}

bool IsValidSiret(absl::string_view digits) {
  const std::string siret = DigitsOf(digits, kSiretDigits);
  if (siret.empty()) return false;
  if (LuhnSum(siret) % 10 == 0) return true;
  // La Poste: the plain sum of the digits.
  std::uint32_t sum = 0;
  for (const char c : siret) sum += static_cast<std::uint32_t>(c - '0');
  return siret.substr(0, kSirenDigits) == "356000000" && sum % 5 == 0;
}

}  // namespace greffe
