#include "core/convention/text/element_lookup.h"

#include <tuple>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/element_text.h"

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
  return element == nullptr ? id : NameWithin(*element, Find(element->parent_id()));
}

std::string NameWithin(const v1::Element& element, const v1::Element* above) {
  const bool of_many = element.has_schedule() || element.has_rubric() || element.has_funding_line();
  if (!of_many || above == nullptr) return ElementTitle(element);
  return absl::StrCat(ElementTitle(*above), " › ", ElementTitle(element));
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
  if (element == nullptr) return id;
  return NameWithin(*element, FindElementAnywhere(data, element->parent_id(), on));
}

}  // namespace greffe
