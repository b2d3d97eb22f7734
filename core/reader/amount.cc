#include "core/reader/amount.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/match.h"
#include "core/reader/date_text.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr int64_t kCentsMax = 10'000'000'000 * 100;

struct Unit {
  absl::string_view word;  // After the number, spaces skipped.
  int64_t factor;
};
constexpr std::array<Unit, 13> kUnits = {{{"millions d'euros", 1'000'000},
                                          {"million d'euros", 1'000'000},
                                          {"milliers d'euros", 1'000},
                                          {"millions \u20AC", 1'000'000},
                                          {"million \u20AC", 1'000'000},
                                          {"kilo-euros", 1'000},
                                          {"keuros", 1'000},
                                          {"m\u20AC", 1'000'000},
                                          {"k\u20AC", 1'000},
                                          {"euros", 1},
                                          {"euro", 1},
                                          {"eur", 1},
                                          {"\u20AC", 1}}};

struct Number {
  int64_t hundredths = 0;
  std::size_t end = 0;
};

// « 1 000 », « 1.500,25 », « 12,5 » at `at`; groups of three after spaces and points.
std::optional<Number> FiguresAt(absl::string_view plain, std::size_t at) {
  int64_t whole = 0;
  std::size_t end = at;
  std::size_t run = 0;
  while (end < plain.size() && IsDigit(plain[end]) && run < 12) {
    whole = whole * 10 + (plain[end++] - '0');
    ++run;
  }
  if (run == 0 || run >= 12) return {};
  if (run <= 3) {
    for (int groups = 0; groups < 3; ++groups) {
      const bool mark = end + 3 < plain.size() && (plain[end] == ' ' || plain[end] == '.');
      if (!mark || !AllDigits(plain.substr(end + 1, 3)) ||
          (end + 4 < plain.size() && IsDigit(plain[end + 4]))) {
        break;
      }
      for (int i = 1; i <= 3; ++i) whole = whole * 10 + (plain[end + i] - '0');
      end += 4;
    }
  }
  int64_t hundredths = 0;
  if (end + 1 < plain.size() && (plain[end] == ',' || plain[end] == '.') &&
      IsDigit(plain[end + 1])) {
    int64_t scale = 10;
    ++end;
    for (; end < plain.size() && IsDigit(plain[end]); ++end) {
      hundredths += (plain[end] - '0') * scale;
      scale /= 10;
    }
  }
  return Number{whole * 100 + hundredths, end};
}

}  // namespace

std::vector<FoundAmount> FindAmounts(absl::string_view plain) {
  std::vector<FoundAmount> found;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const bool starts =
        at == 0 || !((plain[at - 1] >= 'a' && plain[at - 1] <= 'z') || IsDigit(plain[at - 1]));
    if (!starts) continue;
    std::optional<Number> number = FiguresAt(plain, at);
    if (!number) {
      const auto words = NumberInWords(plain.substr(at));
      if (words) number = Number{int64_t{words->value} * 100, at + words->bytes};
    }
    if (!number) continue;
    std::size_t end = number->end;
    while (end < plain.size() && plain[end] == ' ') ++end;
    for (const Unit& unit : kUnits) {
      if (!absl::StartsWith(plain.substr(end), unit.word)) continue;
      if (number->hundredths <= kCentsMax / unit.factor) {
        found.push_back({number->hundredths * unit.factor, at, end + unit.word.size()});
      }
      end += unit.word.size();
      break;
    }
    at = std::max(at, number->end - 1);
  }
  return found;
}

}  // namespace greffe::reader
