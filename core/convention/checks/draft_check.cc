#include "core/convention/checks/draft_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/convention/checks/old_text.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/diff.h"
#include "core/convention/reading/paper.h"
#include "core/convention/text/check_tree.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/placing.h"
#include "core/convention/text/text_in_making.h"

namespace greffe {
namespace {

void Add(std::vector<Problem>* problems, absl::string_view rule, std::string field,
         absl::string_view element_id, std::string fr, std::string en) {
  problems->push_back({.rule = std::string(rule),
                       .field = std::move(field),
                       .element_id = std::string(element_id),
                       .fr = std::move(fr),
                       .en = std::move(en)});
}

void CheckActBytes(std::size_t bytes, absl::string_view field, std::vector<Problem>* problems) {
  if (bytes <= limits::kActBytes) return;
  Add(problems, "limit-act", std::string(field), "",
      absl::StrCat("acte trop grand : ", bytes, " octets en tout, ", limits::kActBytes,
                   " au plus."),
      absl::StrCat("act too large: ", bytes, " bytes in all, at most ", limits::kActBytes, "."));
}

// Keys for siblings that were placed by hand in part: an empty one comes right after the sibling
// before it in the file.
void FillPositions(const std::vector<v1::Element*>& siblings) {
  std::size_t empty = 0;
  for (const v1::Element* one : siblings) empty += one->position().empty() ? 1 : 0;
  if (empty == siblings.size()) {
    for (std::size_t i = 0; i < siblings.size(); ++i) {
      siblings[i]->set_position(PositionOf(i, siblings.size()));
    }
    return;
  }
  std::set<std::string> used;
  for (const v1::Element* one : siblings) used.insert(one->position());
  std::string before;
  for (v1::Element* one : siblings) {
    if (one->position().empty()) {
      const auto after = used.upper_bound(before);
      const auto key = PositionBetween(before, after == used.end() ? "" : *after);
      if (key.ok()) one->set_position(*key);
      used.insert(one->position());
    }
    before = one->position();
  }
}

std::set<std::string> DraftedIds(const StateData& data, const ActFacts* act) {
  std::set<std::string> out;
  if (act == nullptr) return out;
  for (const DraftChange* change : data.CurrentDraft(*act)) out.insert(data.Text(change->element));
  return out;
}

class ChangeChecker {
 public:
  ChangeChecker(const StateData& data, const ActFacts* act, std::vector<Problem>* problems)
      : drafted_(DraftedIds(data, act)),
        before_(act != nullptr ? TextInMaking::OfAct(data, *act, EndOfTime())
                               : TextInMaking::InForce(data, EndOfTime())),
        in_force_(TextInMaking::InForce(data, EndOfTime())),
        problems_(*problems) {}

  void Check(const v1::Change& change, const std::string& path) {
    const std::string& id = change.has_put() ? change.put().id() : change.remove();
    if (!change.GetReflection()->GetUnknownFields(change).empty() ||
        change.operation_case() == v1::Change::OPERATION_NOT_SET) {
      return Add(&problems_, "change", path, id,
                 "un changement met un élément (put) ou l'enlève (remove).",
                 "a change puts an element (put) or takes it out (remove).");
    }
    if (!seen_.insert(id).second) {
      Add(&problems_, "unique-id", path, id,
          absl::StrCat("l'élément « ", id, " » est changé deux fois."),
          absl::StrCat("the element \"", id, "\" is changed twice."));
    }
    if (change.has_put()) {
      CheckPut(change, path);
    } else {
      CheckRemoval(change, path);
    }
  }

 private:
  void CheckPut(const v1::Change& change, const std::string& path) {
    const v1::Element& element = change.put();
    CheckElement(element, Join(path, "put"), &problems_);
    if (change.drop()) {
      Add(&problems_, "drop", Join(path, "drop"), element.id(),
          "un changement retiré (drop) se nomme par « remove ».",
          "a change taken back (drop) is named by \"remove\".");
    }
    const v1::Element* now = before_.Find(element.id());
    if (now == nullptr || now->content_case() == element.content_case()) return;
    Add(&problems_, "type", Join(path, "put"), element.id(),
        absl::StrCat("« ", element.id(), " » désigne un élément d'un autre type (",
                     ContentName(*now), ") : un identifiant ne sert qu'une fois."),
        absl::StrCat("\"", element.id(), "\" names an element of another type (", ContentName(*now),
                     "): an id is used once."));
  }

  void CheckRemoval(const v1::Change& change, const std::string& path) {
    CheckFields(change, path, change.remove(), &problems_);
    const bool drafted = drafted_.count(change.remove()) > 0;
    if (change.drop() && !drafted) {
      Add(&problems_, "drop", Join(path, "remove"), change.remove(),
          absl::StrCat("l'acte ne change pas l'élément « ", change.remove(), " »."),
          absl::StrCat("the act does not change the element \"", change.remove(), "\"."));
    }
    if (change.drop() || drafted || in_force_.Find(change.remove()) != nullptr) return;
    Add(&problems_, "element", Join(path, "remove"), change.remove(),
        absl::StrCat("l'élément « ", change.remove(), " » n'existe pas."),
        absl::StrCat("the element \"", change.remove(), "\" does not exist."));
  }

  const std::set<std::string> drafted_;
  const TextInMaking before_;
  const TextInMaking in_force_;
  std::vector<Problem>& problems_;
  std::set<std::string> seen_;
};

std::size_t BytesOf(const v1::Change& change) {
  return change.has_put() ? change.put().ByteSizeLong() : change.remove().size();
}

// True when the text in force says all of it already.
bool ChangesNothing(const StateData& data, const Changes& changes) {
  const TextInMaking text = TextInMaking::InForce(data, EndOfTime());
  return std::all_of(changes.begin(), changes.end(), [&](const v1::Change& change) {
    const v1::Element* const now = change.has_put() ? text.Find(change.put().id()) : nullptr;
    return now != nullptr && SameElement(*now, change.put());
  });
}

std::vector<v1::DraftProblem> ForPeople(const std::vector<Problem>& problems) {
  std::vector<v1::DraftProblem> out;
  for (const Problem& problem : problems) out.push_back(ToDraftProblem(problem));
  return out;
}

}  // namespace

void NormaliseDraft(v1::ConventionDraft* draft) {
  NormaliseFields(draft);
  std::map<std::string, std::vector<v1::Element*>> siblings;
  for (v1::Element& element : *draft->mutable_elements()) {
    siblings[element.parent_id()].push_back(&element);
  }
  for (const auto& [parent, elements] : siblings) FillPositions(elements);
}

std::vector<Problem> DraftProblems(const v1::ConventionDraft& draft,
                                   std::optional<CivilDate> today) {
  std::vector<Problem> problems;
  v1::ConventionDraft head;
  head.set_remark(draft.remark());
  if (static_cast<std::size_t>(draft.documents_size()) > limits::kDocuments) {
    Add(&problems, "limit-documents", "documents", "",
        absl::StrCat(draft.documents_size(), " documents, ", limits::kDocuments, " au plus."),
        absl::StrCat(draft.documents_size(), " documents, at most ", limits::kDocuments, "."));
  } else {
    *head.mutable_documents() = draft.documents();
  }
  head.GetReflection()->MutableUnknownFields(&head)->MergeFrom(
      draft.GetReflection()->GetUnknownFields(draft));
  CheckFields(head, "", "", &problems);
  std::vector<DraftedElement> text;
  std::size_t bytes = 0;
  for (int i = 0; i < draft.elements_size(); ++i) {
    const std::string path = absl::StrCat("elements[", i, "]");
    CheckElement(draft.elements(i), path, &problems);
    bytes += draft.elements(i).ByteSizeLong();
    text.push_back({.element = &draft.elements(i), .path = path});
  }
  CheckTree(text, "elements", &problems);
  CheckActBytes(bytes, "elements", &problems);
  if (draft.has_on_paper()) {
    std::map<std::string, std::string> offices;
    for (const v1::Element& element : draft.elements()) {
      for (const v1::SigningOffice& office : element.party().signing_offices()) {
        offices[office.id()] = element.party().partner_id();
      }
    }
    CheckPaperSigning(draft.on_paper(), offices, today, "on_paper", &problems);
  }
  return problems;
}

void NormaliseChanges(const StateData& data, const ActFacts* act, Changes* changes) {
  for (v1::Change& change : *changes) NormaliseFields(&change);
  const TextInMaking before = act != nullptr ? TextInMaking::OfAct(data, *act, EndOfTime())
                                             : TextInMaking::InForce(data, EndOfTime());
  std::map<std::string, std::vector<v1::Element*>> added;
  for (v1::Change& change : *changes) {
    if (!change.has_put() || !change.put().position().empty()) continue;
    v1::Element* element = change.mutable_put();
    const v1::Element* now = before.Find(element->id());
    if (now != nullptr && now->parent_id() == element->parent_id()) {
      element->set_position(now->position());
    } else {
      added[element->parent_id()].push_back(element);
    }
  }
  PlaceAdded(before, added);
}

TextInMaking TextAfter(const StateData& data, const ActFacts* act, const Changes& changes) {
  const bool original = act != nullptr && data.OpeningOf(*act).kind == v1::ACT_KIND_ORIGINAL;
  TextInMaking text = original ? TextInMaking() : TextInMaking::InForce(data, EndOfTime());
  std::set<std::string> changed;
  for (const v1::Change& change : changes) {
    changed.insert(change.has_put() ? change.put().id() : change.remove());
  }
  std::vector<const DraftChange*> kept;
  for (const DraftChange* change :
       act == nullptr ? std::vector<const DraftChange*>() : data.CurrentDraft(*act)) {
    if (changed.count(data.Text(change->element)) == 0 && !change->drop) kept.push_back(change);
  }
  // Removals first: what the same act puts back elsewhere stays.
  for (const DraftChange* change : kept) {
    if (change->put == nullptr) text.Remove(data.Text(change->element));
  }
  for (const v1::Change& change : changes) {
    if (change.has_remove() && !change.drop()) text.Remove(change.remove());
  }
  for (const DraftChange* change : kept) {
    if (change->put != nullptr) text.Put(*change->put, "");
  }
  for (int i = 0; i < changes.size(); ++i) {
    if (changes[i].has_put()) text.Put(changes[i].put(), absl::StrCat("changes[", i, "].put"));
  }
  return text;
}

void CheckChanges(const StateData& data, const ActFacts* act, const Changes& changes,
                  std::vector<Problem>* problems) {
  if (changes.empty()) {
    Add(problems, "required", "changes", "", "il faut au moins un changement.",
        "at least one change is wanted.");
    return;
  }
  if (static_cast<std::size_t>(changes.size()) > limits::kElements) {
    Add(problems, "limit-elements", "changes", "",
        absl::StrCat(changes.size(), " changements, ", limits::kElements, " au plus."),
        absl::StrCat(changes.size(), " changes, at most ", limits::kElements, "."));
    return;
  }
  ChangeChecker checker(data, act, problems);
  std::set<std::string> changed;
  std::size_t bytes = 0;
  for (int i = 0; i < changes.size(); ++i) {
    checker.Check(changes[i], absl::StrCat("changes[", i, "]"));
    bytes += BytesOf(changes[i]);
    changed.insert(changes[i].has_put() ? changes[i].put().id() : changes[i].remove());
  }
  if (act != nullptr) {
    for (const DraftChange* change : data.CurrentDraft(*act)) {
      if (change->put != nullptr && changed.count(change->put->id()) == 0) {
        bytes += change->put->ByteSizeLong();
      }
    }
  }
  CheckTree(TextAfter(data, act, changes).Elements(), "changes", problems);
  CheckActBytes(bytes, "changes", problems);
}

std::vector<Problem> DraftProblems(const StateData& data, const v1::ActDraft& draft) {
  std::vector<Problem> problems;
  v1::ActDraft head;
  head.set_kind(draft.kind());
  head.set_title(draft.title());
  head.GetReflection()->MutableUnknownFields(&head)->MergeFrom(
      draft.GetReflection()->GetUnknownFields(draft));
  CheckFields(head, "", "", &problems);
  if (draft.kind() == v1::ACT_KIND_ORIGINAL && OriginalAct(data) != nullptr) {
    Add(&problems, "one-original", "kind", "",
        "la convention a déjà son acte initial : proposez un avenant (ACT_KIND_AVENANT).",
        "the convention already has its original act: propose an avenant (ACT_KIND_AVENANT).");
  }
  CheckChanges(data, nullptr, draft.changes(), &problems);
  CheckOldTexts(data, draft.changes(), draft.old_texts(), &problems);
  if (problems.empty() && ChangesNothing(data, draft.changes())) {
    Add(&problems, "no-change", "changes", "",
        "cet acte ne change rien : chaque élément se lit déjà ainsi dans le texte en vigueur.",
        "this act changes nothing: each element already reads so in the text in force.");
  }
  return problems;
}

std::vector<v1::DraftProblem> CheckDraft(const v1::ConventionDraft& draft) {
  v1::ConventionDraft normal = draft;
  NormaliseDraft(&normal);
  return ForPeople(DraftProblems(normal));
}

std::vector<v1::DraftProblem> CheckDraft(const ConventionState& state, const v1::ActDraft& draft) {
  v1::ActDraft normal = draft;
  NormaliseFields(&normal);
  NormaliseChanges(state.data(), nullptr, normal.mutable_changes());
  return ForPeople(DraftProblems(state.data(), normal));
}

std::vector<v1::DraftProblem> CheckDraft(const ConventionState& state,
                                         const v1::ReviseActRequest& request) {
  const absl::StatusOr<ActRef> act = FindActByText(state.data(), request.act_id());
  if (!act.ok()) return {};
  Changes changes = request.changes();
  NormaliseChanges(state.data(), act->facts, &changes);
  std::vector<Problem> problems;
  CheckChanges(state.data(), act->facts, changes, &problems);
  CheckOldTexts(state.data(), changes, request.old_texts(), &problems);
  return ForPeople(problems);
}

}  // namespace greffe
