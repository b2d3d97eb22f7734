#include "core/convention/text/party_book.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/convention/text/element_lookup.h"
#include "core/convention/text/succession.h"
#include "core/convention/text/text_weight.h"

namespace greffe {
namespace {

// The least, whatever comes first; none says nothing.
void TakeName(const std::string& said, std::string* name) {
  if (!said.empty() && (name->empty() || said < *name)) *name = said;
}

}  // namespace

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
    // A draft of somebody's makes no SIREN another party's.
    if (!party.siren().empty() && put.weight <= TextWeight::kEarlier) {
      TakeName(party.name(), &by_siren_[party.siren()]);
    }
    const TextWeight most = best.at(party.partner_id());
    Entry& entry = entries_[party.partner_id()];
    if (put.weight == most) {
      TakeName(party.name(), &entry.name);
      entry.deliberates = entry.deliberates || party.deliberates();
    } else if (put.weight > std::max(most, TextWeight::kEarlier)) {
      continue;
    }
    if (!party.siren().empty()) entry.sirens.insert(party.siren());
    if (!party.insee().empty()) entry.insee.insert(party.insee());
  }
  AddSuccessors(data);
}

// Whom no text names yet: what is said of who takes a place, and of the party in it (L-60).
void PartyBook::AddSuccessors(const StateData& data) {
  std::map<std::string, Entry> successors;
  // Made for the first: most conventions have none.
  std::optional<ElementBook> elements;
  for (const auto& [day, records] : FindSuccessions(data)) {
    for (const LifeFact* record : records) {
      const std::string& after = data.Text(record->detail);
      if (after.empty() || entries_.count(after) > 0) continue;
      if (!elements.has_value()) elements.emplace(data);
      Entry& entry = successors[after];
      TakeName(data.Text(record->words.front()), &entry.name);
      const v1::Element* const place = elements->Find(data.Text(record->element));
      entry.deliberates = entry.deliberates || (place != nullptr && place->party().deliberates());
    }
  }
  entries_.merge(successors);
}

std::string PartyBook::Name(const std::string& partner_id) const {
  const auto found = entries_.find(partner_id);
  return found == entries_.end() || found->second.name.empty() ? partner_id : found->second.name;
}

bool PartyBook::Deliberates(const std::string& partner_id) const {
  const auto found = entries_.find(partner_id);
  return found != entries_.end() && found->second.deliberates;
}

bool PartyBook::TransmitsVotes(const std::string& partner_id) const {
  return Deliberates(partner_id) || !IsKnown(partner_id);
}

rules::ReceiptOwner PartyBook::ReceiptOwnerOf(const std::string& partner_id) const {
  const auto found = entries_.find(partner_id);
  if (found == entries_.end()) return {};
  const auto only = [](const std::set<std::string>& all) {
    return all.size() == 1 ? *all.begin() : std::string();
  };
  return {only(found->second.sirens), only(found->second.insee),
          found->second.sirens.empty() ? &by_siren_ : nullptr};
}

}  // namespace greffe
