// References of axes, objectives and actions: « I.A.1 », « 1.2 », « n° 3 », « Fiche action 2 ».
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PLAN_REF_H_
#define GREFFE_CORE_READER_PLAN_REF_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// The elements of a text that is a reference and nothing else, letters in capitals: « i.B. 2 » is
// {"I", "B", "2"}; a word of a heading before it and « n° » do not count. Empty when it is none.
std::vector<std::string> RefParts(absl::string_view text);

// RefParts joined with points; "" when `text` is no reference.
std::string CanonicalRef(absl::string_view text);

// The same as printed, without words before it and without spaces: « Action n° A - 2 » gives "A-2".
std::string PrintedRef(absl::string_view text);

// How one level of a plan is numbered.
enum class Numbering { kNone, kRoman, kLetter, kDigit };

Numbering NumberingOf(absl::string_view part);

// How a plan numbers its levels, found from the references that it prints whole.
class RefScheme {
 public:
  // Counts in a reference of two elements or more.
  void Learn(const std::vector<std::string>& parts);
  // Number of levels, 0 when nothing was learnt.
  std::size_t Depth() const { return levels_.size(); }
  // The level (0: axis) of a number printed alone or whole, -1 when it fits none.
  int LevelOf(const std::vector<std::string>& parts) const;

 private:
  struct Level {
    std::size_t roman = 0;  // Sure ones: « II », not « I ».
    std::size_t letter = 0;
    std::size_t digit = 0;
    Numbering Style() const;
  };
  std::vector<Level> levels_;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_REF_H_
