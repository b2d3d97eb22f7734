#include "core/convention/checks/freeze_outlook.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/convention/checks/draft_check.h"
#include "core/convention/checks/freeze_check.h"
#include "core/convention/checks/freeze_confirm.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/reading/agreed_end.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/reading/text_check.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/text_in_making.h"

namespace greffe {
namespace {

v1::DraftProblem Said(rules::Rule rule, const rules::Words& words, std::string field,
                      const std::string& element_id) {
  return ToDraftProblem({.rule = std::string(rules::RowOf(rule).id),
                         .field = std::move(field),
                         .element_id = element_id,
                         .fr = words.fr,
                         .en = words.en});
}

// Paths of elements in the draft.
class Paths final {
 public:
  explicit Paths(const v1::ConventionDraft& draft) {
    for (int i = 0; i < draft.elements_size(); ++i) {
      by_id_.emplace(draft.elements(i).id(), absl::StrCat("elements[", i, "]"));
    }
  }
  std::string Of(const v1::Element& element, const std::string& field) const {
    const auto found = by_id_.find(element.id());
    const std::string path = found == by_id_.end() ? "" : found->second;
    return field.empty() ? path : Join(path, field);
  }

 private:
  std::map<std::string, std::string> by_id_;
};

const v1::Element* TermsOf(const TextElements& elements) {
  for (const v1::Element* one : elements) {
    if (one->has_terms()) return one;
  }
  return nullptr;
}

}  // namespace

FreezeOutlook OutlookOf(const v1::ConventionDraft& draft, CivilDate today) {
  FreezeOutlook out;
  if (draft.has_on_paper()) return out;
  v1::ConventionDraft normal = draft;
  NormaliseDraft(&normal);
  TextInMaking text;
  TextElements elements;
  for (const v1::Element& one : normal.elements()) {
    text.Put(one, "");
    elements.push_back(&one);
  }
  const Paths paths(normal);
  for (const UnfilledPlace& one : UnfilledPlaces(elements)) {
    out.refused.push_back(Said(
        rules::Rule::kPlaceholders,
        {absl::StrCat("à compléter, ligne ", one.line, " de ce champ : « ", one.mark, " »."),
         absl::StrCat("to be filled in, line ", one.line, " of this field: “", one.mark, "”.")},
        paths.Of(*one.element, one.field), one.element->id()));
  }
  for (const UnresolvedPlace& one : UnresolvedPlaces(elements, text)) {
    out.asked.push_back(Said(rules::Rule::kReferences,
                             {absl::StrCat("ce renvoi n'aboutit pas : ", one.words.fr, "."),
                              absl::StrCat("this reference leads nowhere: ", one.words.en, ".")},
                             paths.Of(*one.element, ""), one.element->id()));
  }
  for (const TextOddity& one : CheckText(elements)) {
    out.asked.push_back(
        Said(one.odd.rule, one.odd.words, paths.Of(*one.element, one.field), one.element->id()));
  }
  const v1::Element* const terms = TermsOf(elements);
  const auto from = CivilDate::TryParse(terms == nullptr ? "" : terms->terms().start_date());
  if (from.has_value()) {
    if (const auto asked = AskAboutEffect(*from, today); asked.has_value()) {
      out.asked.push_back(
          Said(asked->rule, asked->words, paths.Of(*terms, "terms.start_date"), terms->id()));
    }
  }
  if (const auto asked = AskAboutDiagnosis(text); asked.has_value()) {
    out.asked.push_back(Said(asked->rule, asked->words, "", ""));
  }
  return out;
}

std::vector<v1::DraftProblem> CommitteeOutlook(const ConventionState& state,
                                               const v1::ActDraft& draft, CivilDate today) {
  const StateData& data = state.data();
  std::vector<v1::DraftProblem> out;
  if (draft.kind() != v1::ACT_KIND_COMMITTEE_DECISION || ConcludedRevisions(data).empty()) {
    return out;
  }
  Changes changes = draft.changes();
  NormaliseChanges(data, nullptr, &changes);
  std::map<std::string, int> places;
  std::set<std::string> changed;
  for (int i = 0; i < changes.size(); ++i) {
    const std::string& id = changes[i].has_put() ? changes[i].put().id() : changes[i].remove();
    places.emplace(id, i);
    changed.insert(id);
  }
  const TextInMaking text = TextAfter(data, nullptr, changes);
  for (const ForbiddenChange& one : ForbiddenChanges(data, text, changed, today)) {
    out.push_back(
        Said(one.why.rule,
             {absl::StrCat("le gel de cette décision sera refusé : ", one.why.words.fr),
              absl::StrCat("the freeze of this decision will be refused: ", one.why.words.en)},
             absl::StrCat("changes[", places.at(one.element_id), "]"), one.element_id));
  }
  return out;
}

std::vector<v1::DraftProblem> AgreedEndOutlook(const ConventionState& state,
                                               const v1::ActDraft& draft) {
  if (draft.kind() != v1::ACT_KIND_AGREED_TERMINATION) return {};
  const StateData& data = state.data();
  Changes changes = draft.changes();
  NormaliseChanges(data, nullptr, &changes);
  const auto odd = KeepsTerm(data, TextAfter(data, nullptr, changes));
  if (!odd.has_value()) return {};
  return {Said(odd->rule,
               {absl::StrCat("le gel de cet acte sera refusé : ", odd->words.fr),
                absl::StrCat("the freeze of this act will be refused: ", odd->words.en)},
               "changes", "terms")};
}

}  // namespace greffe
