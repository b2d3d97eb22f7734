#include "core/rules/number_words.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "core/base/digits.h"

namespace greffe::rules {
namespace {

struct NumberWord {
  absl::string_view word;
  int value;
};
constexpr NumberWord kNumbers[] = {
#include "core/rules/lexicon/numbers.inc"
};

// More than anything a convention says; keeps sums far from overflow.
constexpr std::size_t kDigitsMax = 3;
// « neuf cent quatre-vingt-dix-neuf »
constexpr std::size_t kWordsMax = 6;

// The words before a unit, read from left to right. Each Take* reads the longest number of its kind
// that stands next and gives its value: 0 where none does, and nothing is read.
class Reader {
 public:
  explicit Reader(std::span<const std::string> words) : words_(words) {}

  bool done() const { return at_ == words_.size(); }

  int TakeBelowThousand() {
    const int units = ValueAt(at_);
    const bool several = units > 1 && units < 10 && ValueAt(at_ + 1) == 100;
    if (!several && units != 100) return TakeBelowHundred();
    at_ += several ? 2 : 1;
    const int hundreds = several ? units * 100 : 100;
    const int one = TakeAfterTens(1);
    return hundreds + (one > 0 ? one : TakeBelowHundred());
  }

 private:
  // 0 beyond the last word, and for one that is no number.
  int ValueAt(std::size_t at) const {
    if (at >= words_.size()) return 0;
    for (const NumberWord& one : kNumbers) {
      if (words_[at] == one.word) return one.value;
    }
    return 0;
  }

  // 1 to 19: « dix-sept » is two words.
  int TakeBelowTwenty() {
    const int value = ValueAt(at_);
    if (value < 1 || value > 19) return 0;
    ++at_;
    const int after = ValueAt(at_);
    if (value != 10 || after < 7 || after > 9) return value;
    ++at_;
    return value + after;
  }

  int TakeBelowHundred() {
    int tens = ValueAt(at_);
    const bool eighty = tens == 4 && ValueAt(at_ + 1) == 20;
    if (eighty) tens = 80;
    if (tens < 20 || tens >= 100) return TakeBelowTwenty();
    at_ += eighty ? 2 : 1;
    return tens + TakeAfterTens(tens == 60 || tens == 80 ? 19 : 9);
  }

  // What « vingt » or « soixante » goes on with: « et un », « et onze », or a number without « et
  // ».
  int TakeAfterTens(int most) {
    const std::size_t start = at_;
    const bool joined = at_ < words_.size() && words_[at_] == "et";
    if (joined) ++at_;
    const int value = TakeBelowTwenty();
    if (value > 0 && value <= most && (!joined || value == 1 || value == 11)) return value;
    at_ = start;
    return 0;
  }

  std::span<const std::string> words_;
  std::size_t at_ = 0;
};

struct Found {
  int value = 0;
  // Index of its first word.
  std::size_t first = 0;
};

std::optional<Found> WordsBefore(std::span<const std::string> words, std::size_t unit) {
  // The longest that ends at the unit: « vingt et un », not « un ».
  for (std::size_t first = unit - std::min(unit, kWordsMax); first < unit; ++first) {
    Reader reader(words.subspan(first, unit - first));
    const int value = reader.TakeBelowThousand();
    if (value > 0 && reader.done()) return Found{value, first};
  }
  return std::nullopt;
}

std::optional<Found> NumberEnding(std::span<const std::string> words, std::size_t unit) {
  if (unit == 0) return std::nullopt;
  const absl::string_view last = words[unit - 1];
  if (!AllDigits(last)) return WordsBefore(words, unit);
  Found out{0, unit - 1};
  if (last.size() > kDigitsMax || !absl::SimpleAtoi(last, &out.value)) return std::nullopt;
  // « six (6) mois »: the figure says the words again.
  const auto spelt = WordsBefore(words, unit - 1);
  if (spelt.has_value() && spelt->value == out.value) out.first = spelt->first;
  return out;
}

// « 6 (six) mois »: the words say the figure again.
std::size_t FirstWordOf(std::span<const std::string> words, const Found& found) {
  int figure = 0;
  const bool again = found.first > 0 && AllDigits(words[found.first - 1]) &&
                     absl::SimpleAtoi(words[found.first - 1], &figure) && figure == found.value;
  return again ? found.first - 1 : found.first;
}

bool IsYear(absl::string_view word) {
  return word == "an" || word == "ans" || word == "annee" || word == "annees";
}

}  // namespace

std::optional<int> NumberBefore(std::span<const std::string> words, std::size_t unit) {
  const std::optional<Found> found = NumberEnding(words, unit);
  return found.has_value() ? std::optional<int>(found->value) : std::nullopt;
}

int MonthOf(absl::string_view word) {
  constexpr absl::string_view kNames[] = {"janvier",   "fevrier", "mars",     "avril",
                                          "mai",       "juin",    "juillet",  "aout",
                                          "septembre", "octobre", "novembre", "decembre"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (word == kNames[i]) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<MonthsSaid> MonthsAt(std::span<const std::string> words, std::size_t unit) {
  const bool years = IsYear(words[unit]);
  if (!years && words[unit] != "mois") return std::nullopt;
  const std::optional<Found> number = NumberEnding(words, unit);
  if (!number.has_value() || number->value == 0) return std::nullopt;
  MonthsSaid out{.months = years ? number->value * 12 : number->value, .last = unit};
  const std::size_t next = unit + 2;
  if (next >= words.size() || words[unit + 1] != "et") return out;
  if (words[next] == "demi" || words[next] == "demie") {
    out.months += years ? 6 : 1;
    out.whole = years;
    out.last = next;
    return out;
  }
  if (!years) return out;
  // The months that go with the years: their number stands next.
  const std::size_t reach = std::min(words.size(), next + kWordsMax + 2);
  for (std::size_t at = next + 1; at < reach; ++at) {
    if (words[at] != "mois") continue;
    const std::optional<Found> more = NumberEnding(words, at);
    const bool counts_from =
        at + 1 < words.size() && (words[at + 1] == "avant" || words[at + 1] == "apres");
    if (more.has_value() && FirstWordOf(words, *more) == next && !counts_from) {
      out.months += more->value;
      out.last = at;
    }
    break;
  }
  return out;
}

}  // namespace greffe::rules
