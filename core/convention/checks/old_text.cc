#include "core/convention/checks/old_text.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/instrument.h"

namespace greffe {
namespace {

bool Says(const v1::Element& element, const std::string& words) {
  const std::vector<ElementField> fields = ElementFields(element);
  return std::any_of(fields.begin(), fields.end(), [&](const ElementField& field) {
    return absl::StrContains(field.text, words);
  });
}

// The act whose wording of the element is in force; empty in a project.
std::string WrittenBy(const StateData& data, const PlacedElement& placed) {
  const RevisionNumber revision = placed.shown().revision;
  return revision == kNone ? "" : data.revisions[revision].label;
}

class OldTextChecker {
 public:
  OldTextChecker(const StateData& data, const Changes& changes, std::vector<Problem>* problems)
      : data_(data), text_(Consolidate(data, EndOfTime())), problems_(*problems) {
    for (const v1::Change& change : changes) {
      changed_.insert(change.has_put() ? change.put().id() : change.remove());
    }
  }

  void Check(const v1::OldText& old, const std::string& path) {
    const std::size_t before = problems_.size();
    CheckFields(old, path, old.element_id(), &problems_);
    if (problems_.size() > before) return;
    if (old.words().empty()) {
      return Add("required", Join(path, "words"), old, "donnez les mots que l'acte remplace.",
                 "give the words that the act replaces.");
    }
    if (changed_.count(old.element_id()) == 0) {
      return Add("element", Join(path, "element_id"), old,
                 absl::StrCat("l'acte ne change pas l'élément « ", old.element_id(), " »."),
                 absl::StrCat("the act does not change the element \"", old.element_id(), "\"."));
    }
    const PlacedElement* const placed = text_.Find(old.element_id());
    const v1::Element* const element = placed == nullptr ? nullptr : placed->shown().element;
    if (element != nullptr && Says(*element, old.words())) return;
    const auto odd = rules::CheckOldText(
        {old.words(), element == nullptr ? old.element_id() : ElementTitle(*element),
         element == nullptr ? "" : WrittenBy(data_, *placed), element != nullptr});
    if (!odd.has_value()) return;
    const std::string id(rules::RowOf(odd->rule).id);
    Add(id, Join(path, "words"), old, absl::StrCat(id, " : ", odd->words.fr),
        absl::StrCat(id, ": ", odd->words.en));
  }

 private:
  void Add(absl::string_view rule, std::string field, const v1::OldText& old, std::string fr,
           std::string en) {
    problems_.push_back({.rule = std::string(rule),
                         .field = std::move(field),
                         .element_id = old.element_id(),
                         .fr = std::move(fr),
                         .en = std::move(en)});
  }

  const StateData& data_;
  const ConsolidatedText text_;
  std::set<std::string> changed_;
  std::vector<Problem>& problems_;
};

}  // namespace

void CheckOldTexts(const StateData& data, const Changes& changes, const OldTexts& old_texts,
                   std::vector<Problem>* problems) {
  if (old_texts.empty()) return;
  if (static_cast<std::size_t>(old_texts.size()) > limits::kElements) {
    problems->push_back(
        {.rule = "limit-elements",
         .field = "old_texts",
         .element_id = "",
         .fr = absl::StrCat(old_texts.size(), " textes anciens, ", limits::kElements, " au plus."),
         .en = absl::StrCat(old_texts.size(), " old texts, at most ", limits::kElements, ".")});
    return;
  }
  OldTextChecker checker(data, changes, problems);
  for (int i = 0; i < old_texts.size(); ++i) {
    v1::OldText old = old_texts[i];
    NormaliseFields(&old);
    checker.Check(old, absl::StrCat("old_texts[", i, "]"));
  }
}

}  // namespace greffe
