#include "core/convention/text/reading_order.h"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

namespace greffe {
namespace {

using LabelNumber = std::pair<int, std::string>;
// The number that an element bears among those of its kind.
std::optional<LabelNumber> LabelNumberOf(const v1::Element& element) {
  const std::string* const number = PartOf(element, TextPart::kNumber);
  if (number == nullptr || number->empty()) return std::nullopt;
  return LabelNumber(element.content_case(), *number);
}

std::optional<LabelNumber> NumberIn(const AmendedText& base, const std::string& id) {
  const AmendedText::Entry* const entry = base.Find(id);
  return entry == nullptr ? std::nullopt : LabelNumberOf(*entry->element);
}

}  // namespace

std::set<std::string> TakenOutFirst(const AmendedText& base,
                                    const std::vector<AmendedElement>& changes,
                                    const std::set<std::string>& removed) {
  std::set<LabelNumber> given;
  std::set<std::string> holding;
  for (const AmendedElement& change : changes) {
    if (change.put == nullptr) continue;
    const auto number = LabelNumberOf(*change.put);
    if (number.has_value() && number != NumberIn(base, change.id)) given.insert(*number);
    const AmendedText::Entry* at = base.Find(change.id);
    while (at != nullptr && holding.insert(at->element->parent_id()).second) {
      at = base.Find(at->element->parent_id());
    }
  }
  std::set<std::string> out;
  for (const std::string& id : removed) {
    const auto number = NumberIn(base, id);
    if (!number.has_value() || !given.contains(*number)) continue;
    // With what it stands in, where that goes as well.
    std::string top = id;
    for (const AmendedText::Entry* at = base.Find(id);
         at != nullptr && removed.contains(at->element->parent_id()); at = base.Find(top)) {
      top = at->element->parent_id();
    }
    if (!holding.contains(top)) out.insert(top);
  }
  return out;
}

std::vector<AmendedElement> InReadingOrder(const AmendedText& base,
                                           const std::vector<AmendedElement>& given) {
  std::map<LabelNumber, std::size_t> given_up;
  std::vector<std::optional<LabelNumber>> taken(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i].put == nullptr) continue;
    const auto was = NumberIn(base, given[i].id);
    const auto is = LabelNumberOf(*given[i].put);
    if (was == is) continue;
    taken[i] = is;
    if (was.has_value()) given_up.emplace(*was, i);
  }
  std::vector<AmendedElement> out;
  std::vector<bool> placed(given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    std::vector<std::size_t> before_it;
    for (std::size_t at = i; !placed[at];) {
      placed[at] = true;
      before_it.push_back(at);
      const auto bearer = taken[at].has_value() ? given_up.find(*taken[at]) : given_up.end();
      if (bearer != given_up.end()) at = bearer->second;
    }
    for (auto at = before_it.rbegin(); at != before_it.rend(); ++at) out.push_back(given[*at]);
  }
  return out;
}

}  // namespace greffe
