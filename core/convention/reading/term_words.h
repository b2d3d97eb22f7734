#ifndef GREFFE_CORE_CONVENTION_READING_TERM_WORDS_H_
#define GREFFE_CORE_CONVENTION_READING_TERM_WORDS_H_

#include <optional>

#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/rules/registry.h"

// Which of two terms is meant, where an avenant changed the first. Private to core/convention.
namespace greffe {

// « Durée d'origine jusqu'au 31 décembre 2027, modifiée par l'avenant n° 2 du 3 mai 2026, en effet
// au 1er juin 2026. » of the term of `text`, or of the one in force on `given_from`, when that is
// the text that gives it. Empty where the last day is the one that the original says.
rules::Words TermChangedWords(const StateData& data, const ConsolidatedText& text,
                              std::optional<CivilDate> given_from);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_TERM_WORDS_H_
