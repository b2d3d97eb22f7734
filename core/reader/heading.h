// What a line that opens a part says: its kind, its number, its title.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_HEADING_H_
#define GREFFE_CORE_READER_HEADING_H_

#include <string>

#include "absl/strings/string_view.h"

namespace greffe::reader {

enum class HeadingKind {
  kNone,
  // A number and a title without a word before: « I – Soutenir… », « 1.2 Objectifs », « A- … ».
  kNumbered,
  kArticle,
  kAnnex,
  kAxis,
  kObjective,
  kAction,
  kSubAction,
  kPart,
};

struct Heading {
  HeadingKind kind = HeadingKind::kNone;
  // The word that opened it, plain: "article", "fiche action"; empty for kNumbered.
  std::string word;
  // As printed, without « n° » and closing marks: "3", "IV", "I.A.2", "1"; may be empty.
  std::string number;
  // What follows; may be empty when the next line has it.
  std::string title;
};

// Reads `text`, one line without bullet and markup. A word of the lexicon counts only as printed
// headings have it: capital first, then a number, then a separator, a capital or nothing (« Article
// 5 de la loi » is prose). kNone when it is no heading.
Heading ParseHeading(absl::string_view text);

// The number at the start of `text`, in any system: digits with dots and letters (`2`, `1.a`,
// `3bis`), Roman (`IV`, `I.A.2`), one capital letter. Empty when there is none; `bytes` is its
// length with the spaces before it. « 1er » gives "1".
struct Numeral {
  std::string number;
  std::size_t bytes = 0;
};
Numeral NumeralAt(absl::string_view text);

// 1 to 39 for Roman numerals of either case, 0 for anything else.
int RomanValue(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_HEADING_H_
