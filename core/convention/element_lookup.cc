#include "core/convention/element_lookup.h"

#include <tuple>

#include "core/convention/element_text.h"

namespace greffe {

namespace {

auto KeyOf(const StateData& data, const WeighedPut& one) {
  return std::tuple(one.weight, data.LeafOf(one.change->event), one.change->index);
}

}  // namespace

ElementBook::ElementBook(const StateData& data, std::optional<CivilDate> on) : data_(data) {
  for (const WeighedPut& put : WeighPuts(data, on)) {
    const auto [best, added] = best_.emplace(put.change->element, put);
    if (!added && KeyOf(data, put) < KeyOf(data, best->second)) best->second = put;
  }
}

const v1::Element* ElementBook::Find(const std::string& id) const {
  const auto found = best_.find(data_.FindText(id));
  return found == best_.end() ? nullptr : found->second.change->put.get();
}

std::string ElementBook::Name(const std::string& id) const {
  const v1::Element* const element = Find(id);
  return element == nullptr ? id : ElementTitle(*element);
}

const v1::Element* FindElementAnywhere(const StateData& data, const std::string& id,
                                       std::optional<CivilDate> on) {
  const TextNumber text = data.FindText(id);
  if (text == kNone) return nullptr;
  const v1::Element* only = nullptr;
  int puts = 0;
  for (const auto& [act_id, act] : data.acts) {
    for (const DraftChange& change : act.changes) {
      if (change.element != text || change.put == nullptr) continue;
      if (!data.events[change.event].authorised) continue;
      only = change.put.get();
      ++puts;
    }
  }
  // Most were put once: nothing to weigh.
  return puts < 2 ? only : ElementBook(data, on).Find(id);
}

std::string ElementName(const StateData& data, const std::string& id, std::optional<CivilDate> on) {
  const v1::Element* const element = FindElementAnywhere(data, id, on);
  return element == nullptr ? id : ElementTitle(*element);
}

}  // namespace greffe
