#include "core/convention/checks/life_finding_list.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "core/convention/state/finding.h"

namespace greffe {

void LifeFindingList::Add(EventNumber event, absl::string_view element, absl::string_view code,
                          v1::FindingSeverity severity, rules::Words words) {
  v1::Finding& out = out_.emplace_back();
  out.set_code(std::string(code));
  out.set_severity(severity);
  out.set_rule(std::string(LeadingRule(words.fr)));
  out.set_text(std::move(words.fr));
  out.set_text_en(std::move(words.en));
  out.set_leaf(data_.LeafOf(event).ToHex());
  out.set_element_id(std::string(element));
}

void LifeFindingList::Add(const LifeFact& fact, absl::string_view code,
                          v1::FindingSeverity severity, rules::Words words) {
  Add(fact.event, data_.Text(fact.element), code, severity, std::move(words));
}

void LifeFindingList::Add(const LifeFact& fact, const std::optional<rules::Oddity>& odd) {
  if (!odd.has_value()) return;
  const std::string who = names_.Name(data_.PartnerOf(fact.event));
  v1::Finding& out = out_.emplace_back(MakeFinding(*odd, {who, who}));
  out.set_leaf(data_.LeafOf(fact.event).ToHex());
  out.set_element_id(data_.Text(fact.element));
}

std::vector<v1::Finding> LifeFindingList::TakeSorted() {
  std::sort(out_.begin(), out_.end(), [](const v1::Finding& a, const v1::Finding& b) {
    return std::tie(a.leaf(), a.code()) < std::tie(b.leaf(), b.code());
  });
  return std::move(out_);
}

}  // namespace greffe
