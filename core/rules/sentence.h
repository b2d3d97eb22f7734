#ifndef GREFFE_CORE_RULES_SENTENCE_H_
#define GREFFE_CORE_RULES_SENTENCE_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// French sentences by the meaning of their words: what rules look for in clauses. Pure; texts are
// NFC, as stored. Private to core/rules.
namespace greffe::rules {

// Sentences of a text, without the blanks around them: they end at a full stop, a semicolon, an
// exclamation or question mark before a blank, and at the end of a line.
std::vector<absl::string_view> Sentences(absl::string_view text);

// Its words in lower case, without accents: « L'échéancier » gives "l", "echeancier".
std::vector<std::string> FoldedWords(absl::string_view sentence);

// Words in order, at most `gap` others between two of them. A step lists alternatives with '|'; one
// that ends in '*' stands for every word that starts so.
struct WordPattern {
  std::vector<absl::string_view> steps;
  std::size_t gap = 8;
};
bool Matches(std::span<const std::string> words, const WordPattern& pattern);

// True when a word is one of the alternatives.
bool HasWord(std::span<const std::string> words, absl::string_view alternatives);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_SENTENCE_H_
