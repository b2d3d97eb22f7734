#include <string>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/text/consolidate.h"

namespace greffe {
namespace {

// Decimal length, ':', the bytes, ',' : a netstring. No two texts share a form.
void AppendField(std::string& out, absl::string_view text) {
  absl::StrAppend(&out, text.size(), ":", text, ",");
}

}  // namespace

Digest ElementDigest(const v1::Element& element) {
  std::string form = "greffe/v1/element\n";
  for (const ElementField& field : ElementFields(element)) {
    AppendField(form, field.path);
    AppendField(form, field.text);
  }
  return Sha256({form});
}

Digest DigestOfText(const ConsolidatedText& text, const ContentDigestOf& content) {
  std::string form = "greffe/v1/text\n";
  for (const PlacedElement& element : text.elements) {
    for (const ElementSide& side : element.sides) {
      AppendField(form, element.id);
      AppendField(form, absl::StrCat(element.depth));
      AppendField(form, side.element == nullptr ? "" : content(element, side).view());
    }
  }
  return Sha256({form});
}

Digest TextDigest(const ConsolidatedText& text) {
  return DigestOfText(
      text, [](const PlacedElement&, const ElementSide& side) { return side.change->content; });
}

v1::ConventionCounts CountsOf(const ConsolidatedText& text) {
  v1::ConventionCounts counts;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    counts.set_elements(counts.elements() + 1);
    switch (element.content_case()) {
      case v1::Element::kParty:
        counts.set_parties(counts.parties() + 1);
        counts.set_signatories(counts.signatories() + element.party().signing_offices_size());
        break;
      case v1::Element::kArticle:
        counts.set_articles(counts.articles() + 1);
        break;
      case v1::Element::kAnnex:
        counts.set_annexes(counts.annexes() + 1);
        break;
      case v1::Element::kAxis:
        counts.set_axes(counts.axes() + 1);
        break;
      case v1::Element::kObjective:
        counts.set_objectives(counts.objectives() + 1);
        break;
      case v1::Element::kAction:
        counts.set_actions(counts.actions() + 1);
        break;
      case v1::Element::kIndicator:
        counts.set_indicators(counts.indicators() + 1);
        break;
      case v1::Element::kFacility:
        counts.set_facilities(counts.facilities() + 1);
        break;
      case v1::Element::kBody:
        counts.set_bodies(counts.bodies() + 1);
        break;
      default:
        break;
    }
  }
  return counts;
}

}  // namespace greffe
