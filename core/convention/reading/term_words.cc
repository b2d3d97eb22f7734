#include "core/convention/reading/term_words.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/origin_words.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/origin.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

// Last day as the original that was concluded says it; empty where none was.
std::string OriginalEnd(const StateData& data) {
  const ActFacts* const original = OriginalAct(data);
  if (original == nullptr) return "";
  for (const RevisionNumber number : original->revisions) {
    if (!IsConcluded(data, number)) continue;
    for (const std::uint32_t at : data.revisions[number].content) {
      const v1::Element* const put = original->changes[at].put.get();
      if (put != nullptr && put->has_terms()) return put->terms().end_date();
    }
  }
  return "";
}

}  // namespace

rules::Words TermChangedWords(const StateData& data, const ConsolidatedText& text,
                              std::optional<CivilDate> given_from) {
  if (given_from.has_value()) {
    return TermChangedWords(data, TextInForce(data, *given_from), std::nullopt);
  }
  const std::string first = OriginalEnd(data);
  const auto terms =
      std::find_if(text.elements.begin(), text.elements.end(),
                   [](const PlacedElement& one) { return one.shown().element->has_terms(); });
  if (first.empty() || terms == text.elements.end() ||
      terms->shown().element->terms().end_date() == first) {
    return {};
  }
  const v1::Origin origin = OriginBook(data).Of(terms->shown(), "");
  const std::string by = OriginAct(origin);
  if (by.empty()) return {};
  const std::string& from = origin.effective_from();
  return {absl::StrCat("Durée d'origine jusqu'au ", FrenchDate(first), ", modifiée par ", by,
                       from.empty() ? "" : absl::StrCat(", en effet au ", FrenchDate(from)), "."),
          absl::StrCat(
              "Original term until ", EnglishDate(first), ", changed by ", OriginWords(origin).en,
              from.empty() ? "" : absl::StrCat(", effective on ", EnglishDate(from)), ".")};
}

}  // namespace greffe
