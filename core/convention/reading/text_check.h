#ifndef GREFFE_CORE_CONVENTION_READING_TEXT_CHECK_H_
#define GREFFE_CORE_CONVENTION_READING_TEXT_CHECK_H_

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/convention/text/amended_text.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// What is odd in a text by itself: a question before it is frozen, a finding of what is in force
// and of what an act makes. Nothing of it forbids anything. Private to core/convention; pure.
namespace greffe {

// Elements of one text, in any order. Borrowed from it.
using TextElements = std::vector<const v1::Element*>;
TextElements ElementsOf(const ConsolidatedText& text);
TextElements ElementsOf(const TextInMaking& text);
TextElements ElementsOf(const AmendedText& text);

struct TextOddity {
  rules::Oddity odd;
  const v1::Element* element = nullptr;
  // The field of the element, such as "party.deliberates"; may be empty.
  std::string field;
};

// By rule, then in the order of the elements:
//   L-02, CHK-19  parties for which no office signs: the convention is concluded without them;
//   L-07, CHK-19  parties that sign, whose assembly votes by what they are (commune, EPCI,
//                 syndicat, département; the INSEE code or the SIREN of a commune), and of which
//                 the text does not say so: nobody would look at their mandate;
//   L-15, CHK-15  the duration that an article on the term states, quoted, against the dates;
//   CHK-18        schedules of actions that name a year after the end of the term.
std::vector<TextOddity> CheckText(const TextElements& elements);
// Those that a change of the elements with these ids is answerable for: about one of them, or, when
// it changes the terms, about the days of any.
std::vector<TextOddity> CheckChangedText(const TextElements& elements,
                                         const std::set<std::string>& changed);
// CheckText, and CHK-13: annexes that a text speaks of, and references, that lead nowhere.
std::vector<v1::Finding> TextFindings(const TextElements& elements);
v1::Finding FindingOf(const TextOddity& one);

// For each rule of `odd` one text that names the first eight and counts the others.
std::vector<rules::Oddity> Together(const std::vector<TextOddity>& odd);

// CHK-13: numbers of the annexes that are in the text: « Annexe n° 2 » is 2.
std::set<std::string> AnnexNumbers(const TextElements& elements);
// CHK-13: what an element refers to and is not there: « annexe 4 », « renvoi « … » ».
struct UnresolvedElement {
  const v1::Element* element = nullptr;
  std::vector<rules::Words> words;  // At least one.
};
// In order. References to articles of codes lead outside and are none; a reference under an element
// whose body names the same annex is told by that element alone.
std::vector<UnresolvedElement> UnresolvedOf(
    const TextElements& elements, const std::set<std::string>& annexes,
    const std::function<bool(const std::string& id)>& is_there);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_TEXT_CHECK_H_
