#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_FIELD_WORDS_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_FIELD_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/convention/elements/element_text.h"

// Fields of elements and of requests as people read them, in French and in English, from one table
// (field_words.inc). Pure; thread safe.
namespace greffe {

// « Texte » for `article.body`, « Membre » for `body.members[2]`, « Voix pour » for
// `deliberation.votes_for`: the word of the last name in the path, or of that name in what it
// stands in. Empty where nobody wrote one: options, names of newer software.
absl::string_view FindFieldLabel(absl::string_view path);
absl::string_view FindFieldLabelEn(absl::string_view path);

// The same; the last name in the path where there is no word.
std::string FieldLabel(absl::string_view path);
std::string FieldLabelEn(absl::string_view path);

// What people read for the field of an element: the word of an enum value, « oui » for true, a day
// in words, else its text.
std::string FieldValue(const ElementField& field);
std::string FieldValueEn(const ElementField& field);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_FIELD_WORDS_H_
