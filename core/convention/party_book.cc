#include "core/convention/party_book.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/convention/text_weight.h"

namespace greffe {

PartyBook::PartyBook(const StateData& data) {
  std::map<std::string, TextWeight> best;
  const std::vector<WeighedPut> puts = WeighPuts(data, std::nullopt);
  for (const WeighedPut& put : puts) {
    if (!put.change->put->has_party()) continue;
    const auto [known, added] = best.emplace(put.change->put->party().partner_id(), put.weight);
    if (!added) known->second = std::min(known->second, put.weight);
  }
  for (const WeighedPut& put : puts) {
    if (!put.change->put->has_party()) continue;
    const v1::Party& party = put.change->put->party();
    const TextWeight most = best.at(party.partner_id());
    Entry& entry = entries_[party.partner_id()];
    if (put.weight == most) {
      if (entry.name.empty() || party.name() < entry.name) entry.name = party.name();
      entry.deliberates = entry.deliberates || party.deliberates();
    } else if (put.weight > std::max(most, TextWeight::kEarlier)) {
      continue;
    }
    if (!party.siren().empty()) entry.sirens.insert(party.siren());
    if (!party.insee().empty()) entry.insee.insert(party.insee());
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
