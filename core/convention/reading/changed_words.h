#ifndef GREFFE_CORE_CONVENTION_READING_CHANGED_WORDS_H_
#define GREFFE_CORE_CONVENTION_READING_CHANGED_WORDS_H_

#include "core/rules/registry.h"
#include "greffe/v1/element.pb.h"

// What changed between two readings of an element, in the words of each: enough to see it without
// opening both. Private to core/convention. Pure.
namespace greffe {

// « Texte : « trois ans » devient « quatre ans ». », “Texte: “trois ans” becomes “quatre ans”.” for
// the first fields that differ; « supprimé. » for a null `after`, « inchangé. » for the same text.
// A null `before`: what `after` says, as Excerpt. Ends its sentence.
rules::Words ChangedWords(const v1::Element* before, const v1::Element* after);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_CHANGED_WORDS_H_
