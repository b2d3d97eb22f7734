#include "core/convention/text_in_making.h"

#include <algorithm>
#include <set>
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
  for (const DraftChange* change : draft) {
    if (change->put != nullptr) out.Put(*change->put, "");
  }
  return out;
}

void TextInMaking::Remove(const std::string& id) {
  // Parents are few levels up and texts are small: whole passes until nothing more falls.
  std::set<std::string> gone = {id};
  by_id_.erase(id);
  for (bool more = true; more;) {
    more = false;
    for (auto it = by_id_.begin(); it != by_id_.end();) {
      if (gone.count(it->second.element->parent_id()) == 0) {
        ++it;
        continue;
      }
      gone.insert(it->first);
      it = by_id_.erase(it);
      more = true;
    }
  }
}

void TextInMaking::Put(const v1::Element& element, std::string path) {
  by_id_[element.id()] = DraftedElement{.element = &element, .path = std::move(path)};
}

const v1::Element* TextInMaking::Find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second.element;
}

std::string TextInMaking::LastPosition(const std::string& parent_id) const {
  std::string out;
  for (const auto& [id, drafted] : by_id_) {
    if (drafted.element->parent_id() == parent_id) {
      out = std::max(out, drafted.element->position());
    }
  }
  return out;
}

std::vector<DraftedElement> TextInMaking::Elements() const {
  std::vector<DraftedElement> out;
  for (const auto& [id, drafted] : by_id_) out.push_back(drafted);
  return out;
}

}  // namespace greffe
