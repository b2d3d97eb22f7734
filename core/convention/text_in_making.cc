#include "core/convention/text_in_making.h"

#include <utility>

#include "core/convention/consolidate.h"

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
  // Not recursive, and each element is taken out once: depth and number are whatever peers sent.
  std::vector<std::string> going = {id};
  while (!going.empty()) {
    const std::string gone = std::move(going.back());
    going.pop_back();
    Erase(gone);
    const auto children = children_.find(gone);
    if (children == children_.end()) continue;
    for (const auto& [position, child] : children->second) going.push_back(child);
  }
}

void TextInMaking::Put(const v1::Element& element, std::string path) {
  Erase(element.id());
  by_id_[element.id()] = DraftedElement{.element = &element, .path = std::move(path)};
  children_[element.parent_id()].emplace(element.position(), element.id());
}

void TextInMaking::Erase(const std::string& id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  const v1::Element& element = *found->second.element;
  const auto siblings = children_.find(element.parent_id());
  siblings->second.erase({element.position(), id});
  if (siblings->second.empty()) children_.erase(siblings);
  by_id_.erase(found);
}

const v1::Element* TextInMaking::Find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second.element;
}

std::string TextInMaking::LastPosition(const std::string& parent_id) const {
  const auto children = children_.find(parent_id);
  return children == children_.end() ? "" : children->second.rbegin()->first;
}

std::vector<DraftedElement> TextInMaking::Elements() const {
  std::vector<DraftedElement> out;
  for (const auto& [id, drafted] : by_id_) out.push_back(drafted);
  return out;
}

}  // namespace greffe
