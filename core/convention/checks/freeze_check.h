#ifndef GREFFE_CORE_CONVENTION_CHECKS_FREEZE_CHECK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_FREEZE_CHECK_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/convention/decide_common.h"
#include "core/convention/reading/text_check.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// What a text must be before it is frozen. Private to core/convention.
namespace greffe {

// CHK-14: a mark that stands for something to be filled in.
struct UnfilledPlace {
  const v1::Element* element = nullptr;
  // Path within the element, such as "article.body", and its line, from 1.
  std::string field;
  std::size_t line = 0;
  std::string mark;
};
// Of these elements. The annex kept for the deliberation is left out (L-10).
std::vector<UnfilledPlace> UnfilledPlaces(const TextElements& elements);

// CHK-13: what an element refers to and is not in the text, in words.
struct UnresolvedPlace {
  const v1::Element* element = nullptr;
  rules::Words words;
};
// Of these elements, as the text stands.
std::vector<UnresolvedPlace> UnresolvedPlaces(const TextElements& elements,
                                              const TextInMaking& text);

// CHK-14: FAILED_PRECONDITION naming element, field and line of what is still to be filled in, in
// what the act puts.
absl::Status CheckFilledIn(const StateData& data, const ActFacts& act);

// CHK-13: the references of what the act puts that lead nowhere in the text it makes, in words:
// annexes that are not there, or announced and missing, references nobody resolved.
std::optional<rules::Words> UnresolvedReferences(const StateData& data, const ActFacts& act,
                                                 const TextInMaking& text);

// CHK-37: days of the terms that mean none.
std::vector<v1::Finding> TermFindings(const ConsolidatedText& text);

// L-01: what of an element could speak of the diagnosis. Borrowed from it.
void AddTextsOfDiagnosis(const v1::Element& element, std::vector<absl::string_view>* out);
// L-01: a text with articles, in whose articles, annexes and texts no diagnosis is spoken of.
std::vector<v1::Finding> DiagnosisFindings(const ConsolidatedText& text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_FREEZE_CHECK_H_
