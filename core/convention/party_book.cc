#include "core/convention/party_book.h"

namespace greffe {

PartyBook::PartyBook(const StateData& data) {
  for (const auto& [id, act] : data.acts) {
    for (const DraftChange& change : act.changes) {
      if (change.put == nullptr || !change.put->has_party() || change.replaced) continue;
      const v1::Party& party = change.put->party();
      Entry& entry = entries_[party.partner_id()];
      if (entry.name.empty() || party.name() < entry.name) entry.name = party.name();
      entry.deliberates = entry.deliberates || party.deliberates();
      if (!party.siren().empty()) entry.sirens.insert(party.siren());
      if (!party.insee().empty()) entry.insee.insert(party.insee());
    }
  }
}

std::string PartyBook::Name(const std::string& partner_id) const {
  const auto found = entries_.find(partner_id);
  return found == entries_.end() || found->second.name.empty() ? partner_id : found->second.name;
}

bool PartyBook::Deliberates(const std::string& partner_id) const {
  const auto found = entries_.find(partner_id);
  return found != entries_.end() && found->second.deliberates;
}

rules::ReceiptOwner PartyBook::ReceiptOwnerOf(const std::string& partner_id) const {
  const auto found = entries_.find(partner_id);
  if (found == entries_.end()) return {};
  const auto only = [](const std::set<std::string>& all) {
    return all.size() == 1 ? *all.begin() : std::string();
  };
  return {only(found->second.sirens), only(found->second.insee)};
}

}  // namespace greffe
