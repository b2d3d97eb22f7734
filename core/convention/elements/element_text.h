#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_ELEMENT_TEXT_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_ELEMENT_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/element.pb.h"

namespace greffe {

// Kind of an element in French, capitalised: « Article », « Fiche action », « Équipement ».
// « Élément » for content of newer software.
absl::string_view ElementKind(const v1::Element& element);
// What names the element for people, on one line: « Article 3 – Gouvernance », « RPE d'Agen ». Its
// id when it has nothing else.
std::string ElementTitle(const v1::Element& element);

// One filled field.
struct ElementField {
  // Path in the element: `parent_id`, `article.body`, `rubric.items[2].text`.
  std::string path;
  // Enums by name, numbers in decimal, booleans as "true" (false is left out unless `optional`).
  std::string text;
};
// All filled fields of its wording, in the order of their declaration: not `id`, `position` and
// `sources`. Written once, by reflection: diff, digests and search see every kind of content,
// future ones too.
std::vector<ElementField> ElementFields(const v1::Element& element);

// The French word of an enum value used in elements, such as « Réalisation » for
// INDICATOR_KIND_REALISATION; empty when it has none (UNSPECIFIED, newer software).
absl::string_view WordOf(v1::PartnerKind kind);
absl::string_view WordOf(v1::TextBlockKind kind);
absl::string_view WordOf(v1::RubricKind kind);
absl::string_view WordOf(v1::FilledState state);
absl::string_view WordOf(v1::IndicatorKind kind);
absl::string_view WordOf(v1::BodyKind kind);
absl::string_view WordOf(v1::AnnexContent content);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_ELEMENT_TEXT_H_
