// Words without case, accents and punctuation: how lexicons and titles are compared.
//
// Pure. Any bytes are accepted; what is not UTF-8 separates words.
#ifndef GREFFE_CORE_READER_FOLD_H_
#define GREFFE_CORE_READER_FOLD_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// One run of letters or of digits. « l'offre » is two words, « 1ère » is two.
struct Word {
  std::string folded;     // a-z and 0-9 only, « œ » is "oe".
  std::size_t begin = 0;  // Bytes [begin, end) of the text.
  std::size_t end = 0;
  bool capital = false;      // Starts with a capital letter.
  bool all_capital = false;  // Two letters or more, all capital.
  bool number = false;
};

// The words of `text`, in order.
std::vector<Word> Words(absl::string_view text);

// The words of `text`, folded, one space between.
std::string Fold(absl::string_view text);

// Number of words of `phrase`, a lexicon entry, when it stands at words[at], else 0. Its words are
// folded, one space between; '*' at a word's end stands for any ending.
std::size_t MatchPhrase(absl::string_view phrase, const std::vector<Word>& words, std::size_t at);

// `text` without white space (also no-break and zero-width) at both ends.
absl::string_view TrimBlanks(absl::string_view text);

// Share of words that two texts have in common, 0 to 1 (Dice). Order does not count.
double Likeness(absl::string_view a, absl::string_view b);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FOLD_H_
