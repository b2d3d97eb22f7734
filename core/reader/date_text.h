// Dates and numbers as French documents print them, in figures and in words.
//
// All functions take and measure plain text (letters.h). Pure and thread safe.
#ifndef GREFFE_CORE_READER_DATE_TEXT_H_
#define GREFFE_CORE_READER_DATE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/model.h"

namespace greffe::reader {

// A date found at bytes [begin, end) of a plain text.
struct FoundDate {
  // YYYY-MM-DD; the first day of a month (kMonth). Years alone are not found: they are numbers too.
  std::string iso;
  Precision precision = Precision::kNone;
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Every date of `plain`, in order: « 1er janvier 2022 », « 20/10/2022 », « 20.10.22 », « 2022-10-20
// », « janvier 2022 », « dix-neuf decembre deux mille vingt-deux », and « l'an 2025, le lundi 23
// juin » (the range is then from the day on). Digits that recognition spoilt are healed. Dates that
// no calendar has are left out.
std::vector<FoundDate> FindDates(absl::string_view plain);

// `plain` with the letters that recognition reads for digits made digits, byte for byte: « 3l
// decembre 2o26 » gives « 31 decembre 2026 », « ler janvier » gives « 1er janvier ». Only in words
// that hold a digit already and no other letter.
std::string WithHealedDigits(absl::string_view plain);

// A number in words at the start of `plain`, 0 to 9999: « deux mille vingt-cinq ».
struct FoundNumber {
  uint32_t value = 0;
  std::size_t bytes = 0;
};
std::optional<FoundNumber> NumberInWords(absl::string_view plain);

// A number at the start, in figures (at most nine digits) or words, spaces before it skipped.
std::optional<FoundNumber> NumberAt(absl::string_view plain);

// 1 to 12 for the plain name of a month, 0 otherwise.
uint32_t MonthOf(absl::string_view word);

// YYYY-MM-DD, empty when the calendar has no such day or the year is not 1000 to 9999.
std::string IsoDate(uint32_t year, uint32_t month, uint32_t day);
// The year of YYYY-MM-DD; 0 of anything else.
uint32_t YearOf(absl::string_view iso);
uint32_t DaysInMonth(uint32_t year, uint32_t month);
// Days from `from` to `to`, both YYYY-MM-DD and valid.
int64_t DaysBetween(absl::string_view from, absl::string_view to);

// « 27 juin 2025 » and « 1er janvier 2025 » for messages in French; the text itself if it is none.
std::string FrenchDate(absl::string_view iso);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_DATE_TEXT_H_
