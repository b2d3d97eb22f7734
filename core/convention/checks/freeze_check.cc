#include "core/convention/checks/freeze_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/refusal.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/convention/reading/text_check.h"
#include "core/convention/state/finding.h"
#include "core/rules/instrument.h"
#include "core/rules/printed.h"

namespace greffe {
namespace {

// A refusal names so many places and counts the others.
constexpr std::size_t kPlacesNamed = 8;

TextElements PutByDraft(const StateData& data, const ActFacts& act) {
  TextElements out;
  for (const DraftChange* change : data.CurrentDraft(act)) {
    if (change->put != nullptr) out.push_back(change->put.get());
  }
  return out;
}

struct CheckedPlace {
  std::string fr;
  std::string en;
};

CheckedPlace Listed(const std::vector<CheckedPlace>& places) {
  std::vector<std::string> fr;
  std::vector<std::string> en;
  for (std::size_t i = 0; i < std::min(places.size(), kPlacesNamed); ++i) {
    fr.push_back(places[i].fr);
    en.push_back(places[i].en);
  }
  CheckedPlace out{absl::StrJoin(fr, " ; "), absl::StrJoin(en, "; ")};
  if (places.size() > kPlacesNamed) {
    const std::size_t more = places.size() - kPlacesNamed;
    absl::StrAppend(&out.fr, " ; et ", more, more == 1 ? " autre" : " autres");
    absl::StrAppend(&out.en, "; and ", more, " more");
  }
  return out;
}

// CHK-37, of a term that a peer wrote: commands are refused such days.
void AddSentinels(const v1::Element& element, std::vector<v1::Finding>* out) {
  if (!element.has_terms()) return;
  for (const auto& [field, day] : {std::pair("terms.start_date", &element.terms().start_date()),
                                   std::pair("terms.end_date", &element.terms().end_date())}) {
    const auto odd = rules::CheckSentinelDay(*day);
    if (!odd.has_value()) continue;
    v1::Finding& finding = out->emplace_back(MakeFinding(*odd));
    finding.set_element_id(element.id());
    finding.set_field(field);
  }
}

}  // namespace

std::vector<UnfilledPlace> UnfilledPlaces(const TextElements& elements) {
  std::vector<UnfilledPlace> out;
  for (const v1::Element* element : elements) {
    if (element->has_annex() && rules::IsFilledAfterVote(element->annex().content())) continue;
    for (const ElementField& field : ElementFields(*element)) {
      for (const rules::Placeholder& one : rules::FindPlaceholders(field.text)) {
        out.push_back({element, field.path, one.line, one.mark});
      }
    }
  }
  return out;
}

std::vector<UnresolvedPlace> UnresolvedPlaces(const TextElements& elements,
                                              const TextInMaking& text) {
  const std::set<std::string> known = AnnexNumbers(ElementsOf(text));
  const auto is_there = [&](const std::string& id) { return text.Find(id) != nullptr; };
  std::vector<UnresolvedPlace> out;
  for (UnresolvedElement& one : UnresolvedOf(elements, known, is_there)) {
    for (rules::Words& lost : one.words) out.push_back({one.element, std::move(lost)});
  }
  return out;
}

absl::Status CheckFilledIn(const StateData& data, const ActFacts& act) {
  std::vector<CheckedPlace> places;
  for (const UnfilledPlace& one : UnfilledPlaces(PutByDraft(data, act))) {
    const std::string title = ElementTitle(*one.element);
    const std::string& id = one.element->id();
    places.push_back({absl::StrCat("« ", title, " » (", id, "), ", FieldLabel(one.field),
                                   ", ligne ", one.line, " : « ", one.mark, " »"),
                      absl::StrCat("“", title, "” (", id, "), ", FieldLabelEn(one.field), ", line ",
                                   one.line, ": “", one.mark, "”")});
  }
  if (places.empty()) return absl::OkStatus();
  const CheckedPlace listed = Listed(places);
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "CHK-14",
       .field = "",
       .fr = absl::StrCat("CHK-14 : le texte contient encore à compléter : ", listed.fr, "."),
       .en =
           absl::StrCat("CHK-14: the text still holds something to be filled in: ", listed.en, "."),
       .next_fr = "Complétez ces lignes (greffe act revise), puis figez.",
       .next_en = "Fill these lines in (greffe act revise), then freeze."});
}

std::optional<rules::Words> UnresolvedReferences(const StateData& data, const ActFacts& act,
                                                 const TextInMaking& text) {
  std::vector<CheckedPlace> places;
  for (const UnresolvedPlace& one : UnresolvedPlaces(PutByDraft(data, act), text)) {
    const std::string title = ElementTitle(*one.element);
    const bool reference = one.element->has_reference();
    places.push_back({reference ? one.words.fr : absl::StrCat("« ", title, " » : ", one.words.fr),
                      reference ? one.words.en : absl::StrCat("“", title, "”: ", one.words.en)});
  }
  if (places.empty()) return std::nullopt;
  const CheckedPlace listed = Listed(places);
  return rules::Words{absl::StrCat("des renvois n'aboutissent pas : ", listed.fr, "."),
                      absl::StrCat("references lead nowhere: ", listed.en, ".")};
}

std::vector<v1::Finding> TermFindings(const ConsolidatedText& text) {
  std::vector<v1::Finding> out;
  for (const PlacedElement& placed : text.elements) AddSentinels(*placed.shown().element, &out);
  return out;
}

void AddTextsOfDiagnosis(const v1::Element& element, std::vector<absl::string_view>* out) {
  for (const std::string* one :
       {&element.article().title(), &element.article().body(), &element.annex().title(),
        &element.text_block().title(), &element.text_block().body()}) {
    if (!one->empty()) out->push_back(*one);
  }
  // Such a text is the diagnosis, however it is worded.
  if (element.text_block().kind() == v1::TEXT_BLOCK_KIND_DIAGNOSIS) out->push_back("diagnostic");
}

std::vector<v1::Finding> DiagnosisFindings(const ConsolidatedText& text) {
  std::vector<v1::Finding> out;
  bool articles = false;
  std::vector<absl::string_view> texts;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    articles = articles || element.has_article();
    AddTextsOfDiagnosis(element, &texts);
  }
  if (!articles) return out;
  if (const auto odd = rules::CheckDiagnosis(texts); odd.has_value()) {
    out.push_back(MakeFinding(*odd));
  }
  return out;
}

}  // namespace greffe
