#include "core/export/partner_names.h"

#include "absl/strings/str_cat.h"
#include "core/convention/views/document_parts.h"

namespace greffe {

void PartnerNames::Add(const v1::StatusView& board) {
  for (const v1::PartyStanding& party : board.parties()) {
    if (party.name().empty() || !names_.emplace(party.partner_id(), party.name()).second) continue;
    bearers_[party.name()].insert(party.partner_id());
  }
}

std::string PartnerNames::Of(const std::string& partner_id) const {
  const auto found = names_.find(partner_id);
  if (found == names_.end()) return partner_id;
  const std::string& name = found->second;
  return bearers_.at(name).size() == 1 ? name : absl::StrCat(name, " (", partner_id, ")");
}

v1::Element PartnerNames::Named(const v1::Element& element) const {
  return WithPartnerNames(element, [this](const std::string& id) { return Of(id); });
}

}  // namespace greffe
