#ifndef GREFFE_CORE_CONVENTION_FIELD_WORDS_H_
#define GREFFE_CORE_CONVENTION_FIELD_WORDS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/convention/element_text.h"
#include "greffe/v1/element.pb.h"

// Fields of elements in French, for people. Pure; thread safe.
namespace greffe {

// « Texte » for `article.body`, « Membre » for `body.members[2]`: the word of the last name in the
// path. The name itself where nobody wrote a word for it.
std::string FieldLabel(absl::string_view path);

// What people read for the field of that element: the French word of an enum value, « oui » for
// true, else its text.
std::string FieldValue(const v1::Element& element, const ElementField& field);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_FIELD_WORDS_H_
