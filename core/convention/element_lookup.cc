#include "core/convention/element_lookup.h"

#include <tuple>

#include "core/convention/element_text.h"

namespace greffe {

const v1::Element* FindElementAnywhere(const StateData& data, const std::string& id) {
  const TextNumber text = data.FindText(id);
  if (text == kNone) return nullptr;
  const DraftChange* best = nullptr;
  for (const auto& [act_id, act] : data.acts) {
    for (const DraftChange& change : act.changes) {
      if (change.element != text || change.put == nullptr ||
          !data.events[change.event].authorised) {
        continue;
      }
      const auto key = [&](const DraftChange& one) {
        return std::make_tuple(one.replaced, data.LeafOf(one.event), one.index);
      };
      if (best == nullptr || key(change) < key(*best)) best = &change;
    }
  }
  return best == nullptr ? nullptr : best->put.get();
}

std::string ElementName(const StateData& data, const std::string& id) {
  const v1::Element* element = FindElementAnywhere(data, id);
  return element == nullptr ? id : ElementTitle(*element);
}

}  // namespace greffe
