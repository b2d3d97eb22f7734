#include "core/reader/date_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

struct NumberWord {
  absl::string_view word;
  uint32_t value;
};
constexpr NumberWord kNumberWords[] = {
#include "core/rules/lexicon/numbers.inc"
#define X(word, value) {word, value},
#include "core/reader/lexicon/number_words.inc"
#undef X
};
constexpr NumberWord kMonths[] = {
#define X(word, month) {word, month},
#include "core/reader/lexicon/months.inc"
#undef X
};

struct Token {
  absl::string_view text;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The runs of letters and of digits; « 1er » gives « 1 » and « er ».
std::vector<Token> Tokens(absl::string_view plain) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < plain.size();) {
    if (!IsPlainWordByte(plain[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    const bool digits = IsDigit(plain[at]);
    while (at < plain.size() && IsPlainWordByte(plain[at]) && IsDigit(plain[at]) == digits) ++at;
    tokens.push_back({plain.substr(begin, at - begin), begin, at});
  }
  return tokens;
}

std::optional<uint32_t> Digits(absl::string_view text, std::size_t digits_max) {
  uint32_t value = 0;
  if (!AllDigits(text) || text.size() > digits_max || !absl::SimpleAtoi(text, &value)) return {};
  return value;
}

uint32_t FullYear(uint32_t year, std::size_t digits) { return digits == 2 ? 2000 + year : year; }

// Days since 0000-03-01, proleptic Gregorian.
int64_t DayNumber(int64_t year, int64_t month, int64_t day) {
  if (month < 3) --year;
  const int64_t shifted = (month + 9) % 12;
  return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day - 1;
}

// The digit that a letter is read for, 0 for any other.
char DigitReadAs(char c) { return c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : '\0'; }

// What stands between two tokens: nothing but spaces and the marks given.
bool OnlyBetween(absl::string_view plain, const Token& a, const Token& b, absl::string_view marks) {
  for (char c : plain.substr(a.end, b.begin - a.end)) {
    if (c != ' ' && marks.find(c) == absl::string_view::npos) return false;
  }
  return true;
}

// Finds the dates of one text token by token.
class DateFinder {
 public:
  explicit DateFinder(absl::string_view plain) : plain_(plain), tokens_(Tokens(plain)) {}

  std::vector<FoundDate> Find() {
    for (std::size_t at = 0; at < tokens_.size();) {
      std::size_t used = 0;
      NoteYearAhead(at);
      if (auto date = NumericAt(at, &used)) {
        found_.push_back(*std::move(date));
      } else if (auto worded = WordedAt(at, &used)) {
        found_.push_back(*std::move(worded));
      }
      at += used > 0 ? used : 1;
    }
    return std::move(found_);
  }

 private:
  // « l'an 2025 » and « l'an deux mille vingt-cinq » give the year to a day printed after it.
  void NoteYearAhead(std::size_t at) {
    if (tokens_[at].text != "an" || at == 0 || tokens_[at - 1].text != "l" ||
        at + 1 >= tokens_.size())
      return;
    if (const auto number = NumberAt(plain_.substr(tokens_[at + 1].begin));
        number && number->value >= 1000) {
      year_ahead_ = number->value;
      year_ahead_end_ = tokens_[at + 1].begin + number->bytes;
    }
  }

  std::optional<FoundDate> Made(uint32_t year, uint32_t month, uint32_t day, std::size_t first,
                                std::size_t last) const {
    std::string iso = IsoDate(year, month, day);
    if (iso.empty()) return {};
    return FoundDate{std::move(iso), Precision::kDay, tokens_[first].begin, tokens_[last].end};
  }

  // « 20/10/2022 », « 20.10.22 », « 20-10-2022 », « 2022-10-20 ».
  std::optional<FoundDate> NumericAt(std::size_t at, std::size_t* used) const {
    if (at + 2 >= tokens_.size()) return {};
    const Token& a = tokens_[at];
    const Token& b = tokens_[at + 1];
    const Token& c = tokens_[at + 2];
    const std::size_t gap = b.begin - a.end;
    const bool glued = gap >= 1 && gap <= 3 && c.begin - b.end == gap;
    if (!glued || !OnlyBetween(plain_, a, b, "/.-") || !OnlyBetween(plain_, b, c, "/.-")) return {};
    if (plain_.substr(a.end, gap).find_first_not_of(' ') == absl::string_view::npos) return {};
    const auto first = Digits(a.text, 4);
    const auto second = Digits(b.text, 2);
    const auto third = Digits(c.text, 4);
    if (!first || !second || !third) return {};
    std::optional<FoundDate> date;
    if (a.text.size() == 4 && c.text.size() <= 2) {
      date = Made(*first, *second, *third, at, at + 2);
    } else if (a.text.size() <= 2 && (c.text.size() == 4 || c.text.size() == 2)) {
      date = Made(FullYear(*third, c.text.size()), *second, *first, at, at + 2);
    }
    if (date) *used = 3;
    return date;
  }

  // The year printed at token `at`, in figures or words; `end` is the token after it.
  std::optional<uint32_t> YearAt(std::size_t at, std::size_t* end) const {
    if (at >= tokens_.size()) return {};
    if (const auto year = Digits(tokens_[at].text, 4); year && tokens_[at].text.size() == 4) {
      *end = at + 1;
      return year;
    }
    const auto number = NumberInWords(plain_.substr(tokens_[at].begin));
    if (!number || number->value < 1000) return {};
    *end = at;
    while (*end < tokens_.size() && tokens_[*end].begin < tokens_[at].begin + number->bytes) ++*end;
    return number->value;
  }

  // « 23 juin 2025 », « vingt-trois juin deux mille vingt-cinq », « juin 2025 ».
  std::optional<FoundDate> WordedAt(std::size_t at, std::size_t* used) const {
    std::size_t month_at = at;
    uint32_t day = 0;
    if (const auto digits = Digits(tokens_[at].text, 2)) {
      day = *digits;
      month_at = at + 1;
      if (month_at < tokens_.size() && tokens_[month_at].text == "er") ++month_at;
    } else if (const auto words = NumberInWords(plain_.substr(tokens_[at].begin));
               words && words->value >= 1 && words->value <= 31) {
      day = words->value;
      while (month_at < tokens_.size() &&
             tokens_[month_at].begin < tokens_[at].begin + words->bytes) {
        ++month_at;
      }
    }
    if (month_at >= tokens_.size()) return {};
    if (month_at > at && !OnlyBetween(plain_, tokens_[month_at - 1], tokens_[month_at], "."))
      return {};
    const uint32_t month = MonthOf(tokens_[month_at].text);
    if (month == 0) return {};
    std::size_t end = month_at + 1;
    std::optional<uint32_t> year;
    if (end < tokens_.size() && OnlyBetween(plain_, tokens_[month_at], tokens_[end], ".")) {
      year = YearAt(end, &end);
    }
    if (!year && day > 0 && year_ahead_ > 0 && tokens_[at].begin - year_ahead_end_ < 40) {
      year = year_ahead_;
    }
    if (!year) return {};
    auto date = Made(*year, month, day == 0 ? 1 : day, at, end - 1);
    if (date && day == 0) date->precision = Precision::kMonth;
    *used = end - at;  // « 30 février 2023 » is not « février 2023 » either.
    return date;
  }

  absl::string_view plain_;
  std::vector<Token> tokens_;
  std::vector<FoundDate> found_;
  uint32_t year_ahead_ = 0;
  std::size_t year_ahead_end_ = 0;
};

constexpr std::array<absl::string_view, 12> kMonthNames = {
    "janvier", "février", "mars",      "avril",   "mai",      "juin",
    "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

}  // namespace

uint32_t MonthOf(absl::string_view word) {
  for (const NumberWord& month : kMonths) {
    if (month.word == word) return month.value;
  }
  return 0;
}

uint32_t YearOf(absl::string_view iso) {
  uint32_t year = 0;
  return iso.size() == 10 && absl::SimpleAtoi(iso.substr(0, 4), &year) ? year : 0;
}

uint32_t DaysInMonth(uint32_t year, uint32_t month) {
  static constexpr std::array<uint32_t, 12> kDays = {31, 28, 31, 30, 31, 30,
                                                     31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::string IsoDate(uint32_t year, uint32_t month, uint32_t day) {
  if (year < 1000 || year > 9999 || day < 1 || day > DaysInMonth(year, month)) return {};
  return absl::StrFormat("%04d-%02d-%02d", year, month, day);
}

int64_t DaysBetween(absl::string_view from, absl::string_view to) {
  const auto number = [](absl::string_view iso) {
    return DayNumber(Digits(iso.substr(0, 4), 4).value_or(0),
                     Digits(iso.substr(5, 2), 2).value_or(1),
                     Digits(iso.substr(8, 2), 2).value_or(1));
  };
  return number(to) - number(from);
}

std::string FrenchDate(absl::string_view iso) {
  if (iso.size() != 10) return std::string(iso);
  const auto month = Digits(iso.substr(5, 2), 2);
  const auto day = Digits(iso.substr(8, 2), 2);
  if (!month || !day || *month < 1 || *month > 12) return std::string(iso);
  return absl::StrCat(*day, *day == 1 ? "er " : " ", kMonthNames[*month - 1], " ",
                      iso.substr(0, 4));
}

std::optional<FoundNumber> NumberInWords(absl::string_view plain) {
  uint32_t total = 0;  // Thousands closed.
  uint32_t part = 0;   // Below the next thousand.
  std::size_t end = 0;
  bool any = false;
  for (std::size_t at = 0; at < plain.size();) {
    std::size_t word_end = at;
    while (word_end < plain.size() && plain[word_end] >= 'a' && plain[word_end] <= 'z') ++word_end;
    const absl::string_view word = plain.substr(at, word_end - at);
    const NumberWord* known = nullptr;
    for (const NumberWord& each : kNumberWords) {
      if (each.word == word) known = &each;
    }
    const bool joins = any && word == "et";
    if (known == nullptr && !joins) break;
    if (known != nullptr) {
      const uint32_t value = known->value;
      if (value == 1000) {
        if (total > 0) break;
        total = (part == 0 ? 1 : part) * 1000;
        part = 0;
      } else if (value == 100) {
        part = part == 0 ? 100 : part * 100;
      } else if (value == 20 && part % 100 == 4) {
        part += 76;  // « quatre-vingt »
      } else {
        part += value;
      }
      if (part > 9999 || total > 9000) return {};
      any = true;
      end = word_end;
    }
    at = word_end;
    if (at >= plain.size() || (plain[at] != ' ' && plain[at] != '-')) break;
    ++at;
  }
  if (!any) return {};
  return FoundNumber{total + part, end};
}

std::optional<FoundNumber> NumberAt(absl::string_view plain) {
  std::size_t spaces = 0;
  while (spaces < plain.size() && plain[spaces] == ' ') ++spaces;
  std::size_t end = spaces;
  while (end < plain.size() && IsDigit(plain[end])) ++end;
  if (end > spaces) {
    const auto value = Digits(plain.substr(spaces, end - spaces), 9);
    if (!value) return {};
    return FoundNumber{*value, end};
  }
  auto words = NumberInWords(plain.substr(spaces));
  if (words) words->bytes += spaces;
  return words;
}

std::string WithHealedDigits(absl::string_view plain) {
  std::string healed(plain);
  const auto space = [&healed](std::size_t at) { return at >= healed.size() || healed[at] == ' '; };
  for (std::size_t at = 0; at < healed.size();) {
    std::size_t end = at;
    bool digit = false;
    bool other = false;
    for (; end < healed.size() && IsPlainWordByte(healed[end]); ++end) {
      digit = digit || IsDigit(healed[end]);
      other = other || !(IsDigit(healed[end]) || DigitReadAs(healed[end]) != 0);
    }
    const bool first = end - at == 3 && healed[at + 1] == 'e' && healed[at + 2] == 'r';
    if (first && DigitReadAs(healed[at]) == '1' && space(end)) healed[at] = '1';
    for (std::size_t i = at; digit && !other && i < end; ++i) {
      if (const char read = DigitReadAs(healed[i]); read != 0) healed[i] = read;
    }
    at = std::max(end, at + 1);
  }
  return healed;
}

std::vector<FoundDate> FindDates(absl::string_view plain) {
  const std::string healed = WithHealedDigits(plain);
  return DateFinder(healed).Find();
}

}  // namespace greffe::reader
