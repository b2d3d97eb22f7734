#include "core/convention/text/text_in_making.h"

#include <algorithm>
#include <utility>

#include "core/convention/text/consolidate.h"

namespace greffe {

CivilDate EndOfTime() {
  // Parse of a constant: cannot fail.
  return *CivilDate::Parse("2199-12-31", "date");
}

TextInMaking TextInMaking::InForce(const StateData& data, CivilDate on) {
  TextInMaking out;
  const ConsolidatedText text = Consolidate(data, on);
  for (const PlacedElement& placed : text.elements) out.Put(*placed.shown().element, "");
  return out;
}

TextInMaking TextInMaking::OfAct(const StateData& data, const ActFacts& act, CivilDate on) {
  const bool original = data.OpeningOf(act).kind == v1::ACT_KIND_ORIGINAL;
  TextInMaking out = original ? TextInMaking() : InForce(data, on);
  const std::vector<const DraftChange*> draft = data.CurrentDraft(act);
  // Removals first: what the same act puts back elsewhere stays.
  for (const DraftChange* change : draft) {
    if (change->put == nullptr && !change->drop) out.Remove(data.Text(change->element));
  }
  TextNumber last = kNone;
  for (const DraftChange* change : draft) {
    if (change->put == nullptr || change->element == last) continue;
    out.Put(*change->put, "");
    last = change->element;
  }
  return out;
}

void TextInMaking::Remove(const std::string& id) {
  if (!indexed_) Index();
  // Not recursive, and what stands below an element is looked at once: depth and number are
  // whatever peers sent.
  std::vector<std::string> going = {id};
  while (!going.empty()) {
    const std::string gone = std::move(going.back());
    going.pop_back();
    by_id_.erase(gone);
    const auto children = children_.find(gone);
    if (children == children_.end()) continue;
    for (const v1::Element* child : children->second) going.push_back(child->id());
    children_.erase(children);
  }
}

void TextInMaking::Put(const v1::Element& element, std::string path) {
  by_id_[element.id()] = DraftedElement{.element = &element, .path = std::move(path)};
  indexed_ = false;
}

void TextInMaking::Index() {
  children_.clear();
  for (const auto& [id, drafted] : by_id_) {
    children_[drafted.element->parent_id()].push_back(drafted.element);
  }
  indexed_ = true;
}

const v1::Element* TextInMaking::Find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second.element;
}

std::vector<DraftedElement> TextInMaking::Elements() const {
  std::vector<DraftedElement> out;
  for (const auto& [id, drafted] : by_id_) out.push_back(drafted);
  return out;
}

}  // namespace greffe
