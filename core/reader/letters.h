// Letters of printed text: what is a capital, a sentence end, and the plain form of a wording with
// its punctuation. (core/reader/fold.h compares by words alone.)
//
// Pure and thread safe. Input is valid UTF-8; anything else gives some valid result.
#ifndef GREFFE_CORE_READER_LETTERS_H_
#define GREFFE_CORE_READER_LETTERS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/base/digits.h"

namespace greffe::reader {

// Lower case, accents stripped, ligatures spelt out, every dash `-`, every apostrophe `'`, every
// quotation mark `"`, every kind of space one space, none at the ends: « Échéancier  : » gives
// `echeancier :`. Punctuation stays, so that small parsers can run on it.
std::string Plain(absl::string_view text);

// A letter or digit of a plain text.
constexpr bool IsPlainWordByte(char c) { return (c >= 'a' && c <= 'z') || IsDigit(c); }

// Only the letters and digits of Plain: « Sainte-Colombe » gives `saintecolombe`.
std::string PlainKey(absl::string_view text);

// The runs of letters and digits of Plain: « 1ère » is one.
std::vector<std::string> PlainWords(absl::string_view text);

// White space of every kind made one space, none at the ends.
std::string OneSpaced(absl::string_view text);

std::size_t LetterCount(absl::string_view text);
// Two capitals or more, and hardly a small letter (« n° » and ordinals are let through).
bool IsAllCaps(absl::string_view text);
// Whether the first letter or digit is a small letter; a capital.
bool StartsLower(absl::string_view text);
bool StartsUpper(absl::string_view text);
// Whether the text, closing marks left out, ends as a sentence or a list item does: . ; ! ? :
bool EndsSentence(absl::string_view text);
// Whether the text has a letter or a digit at all.
bool HasWords(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_LETTERS_H_
