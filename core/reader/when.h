// Dates and spans of time as schedules print them: « Dès 2025 », « Premier semestre 2025 »,
// « Janvier à juin 2023 », « Sur toute la durée de la CTG », « Courts termes », « Année 2 ».
//
// Pure and thread safe. By lexicon (lexicon/when_words.inc).
#ifndef GREFFE_CORE_READER_WHEN_H_
#define GREFFE_CORE_READER_WHEN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/fold.h"

namespace greffe::reader {

// Bytes [begin, end) of a text that say when.
struct When {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool year = false;    // Names a calendar year.
  bool lead = false;    // Opens with « dès », « à compter de »…
  bool always = false;  // Is nothing but « annuel », « permanent » and the like.
};

// `text` with the letters that recognition put for digits made digits again where a year stands:
// « 2O24 », « 20l5 ». As long as the text, so that bytes of one are bytes of the other.
std::string ClearYears(absl::string_view text);

// The longest date that starts at words[at]; end == begin when there is none.
When WhenAt(absl::string_view text, const std::vector<Word>& words, std::size_t at);

// The date that `text` starts with; end == begin when there is none.
When WhenAtStart(absl::string_view text);

// Whether `text` says when and nothing else: a column's heading.
bool IsWhen(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_WHEN_H_
