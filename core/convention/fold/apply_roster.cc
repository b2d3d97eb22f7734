#include <algorithm>
#include <string>
#include <utility>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/convention/fold/apply.h"

namespace greffe {
namespace {

// Interned, sorted, unique; nothing when they make no sense.
std::optional<std::vector<TextNumber>> Partners(
    const Applying& a, const google::protobuf::RepeatedPtrField<std::string>& ids) {
  const bool fit = ids.size() <= static_cast<int>(limits::kPartnersPerReplica) &&
                   std::all_of(ids.begin(), ids.end(), [](const std::string& id) {
                     return CheckSlug(id, "partner_ids").ok();
                   });
  if (!fit) {
    a.Find(FindingCode::kMalformed, "partner_ids");
    return std::nullopt;
  }
  std::vector<TextNumber> partners;
  for (const std::string& id : ids) partners.push_back(a.data.InternText(id));
  std::sort(partners.begin(), partners.end());
  partners.erase(std::unique(partners.begin(), partners.end()), partners.end());
  return partners;
}

// Authority is looked up among a replica's entries for each of its events: what never counts, for
// want of authority, stays out of them.
void AddEntry(const Applying& a, RosterFact fact) {
  StateData& data = a.data;
  const RosterNumber number = static_cast<RosterNumber>(data.roster.size());
  fact.event = a.number;
  if (a.row().authorised) {
    for (const RosterNumber r : fact.replaces) data.roster[r].replaced_by.push_back(number);
    data.replicas[fact.replica].entries.push_back(number);
  }
  data.roster_by_event[a.number] = number;
  data.roster.push_back(std::move(fact));
}

// Counted in the event's own past, per author: whoever writes too many stops nobody else from
// changing the roster, and concurrent entries are judged alike everywhere.
bool WithinLimit(const Applying& a) {
  const StateData& data = a.data;
  const ReplicaId& author = data.replicas[a.author].id;
  const auto written =
      std::count_if(data.roster.begin(), data.roster.end(), [&](const RosterFact& fact) {
        return data.AuthorOf(fact.event) == author && data.Saw(a.number, fact.event);
      });
  return static_cast<std::size_t>(written) < limits::kRosterEntries;
}

// Partners named must be free or the author's own; partners taken out, the author's own.
bool Allowed(const Applying& a, const RosterFact& fact) {
  const StateData& data = a.data;
  const auto own = [&](TextNumber p) { return data.ActsFor(a.author, p, a.number); };
  for (const TextNumber partner : fact.partners) {
    if (!own(partner) && data.HasReplica(partner, a.number)) return false;
  }
  for (const RosterNumber r : fact.replaces) {
    if (!data.events[data.roster[r].event].authorised) continue;
    for (const TextNumber partner : data.roster[r].partners) {
      const bool kept = std::binary_search(fact.partners.begin(), fact.partners.end(), partner);
      if (!kept && !own(partner)) return false;
    }
  }
  return true;
}

}  // namespace

void ApplyOpening(const Applying& a) {
  const v1::ConventionOpened& opened = a.event.convention_opened();
  StateData& data = a.data;
  const absl::StatusOr<PublicKey> key = PublicKey::FromBytes(opened.public_key(), "public_key");
  const ReplicaId& author = data.replicas[a.author].id;
  if (a.event.sequence() != 0 || opened.nonce().size() != 16 || !key.ok() ||
      ReplicaIdOf(*key) != author ||
      DeriveConventionId(author, opened.nonce()) != data.convention) {
    a.Deny(FindingCode::kOpeningMisplaced, "");
    return;
  }
  std::optional<std::vector<TextNumber>> partners = Partners(a, opened.partner_ids());
  if (!partners.has_value()) {
    a.row().authorised = false;
    return;
  }
  a.row().authorised = true;
  data.openings.push_back(a.number);
  RosterFact fact;
  fact.replica = a.author;
  fact.key = *key;
  fact.partners = *std::move(partners);
  AddEntry(a, std::move(fact));
}

void ApplyRosterEntry(const Applying& a) {
  const v1::RosterEntrySet& set = a.event.roster_entry_set();
  StateData& data = a.data;
  if (!WithinLimit(a)) return a.Deny(FindingCode::kRosterLimit, "");
  const absl::StatusOr<PublicKey> key = PublicKey::FromBytes(set.public_key(), "public_key");
  if (!key.ok()) {
    a.row().authorised = false;
    a.Find(FindingCode::kMalformed, "public_key");
    return;
  }
  std::optional<std::vector<TextNumber>> partners = Partners(a, set.partner_ids());
  if (!partners.has_value()) {
    a.row().authorised = false;
    return;
  }
  RosterFact fact;
  fact.replica = data.InternReplica(ReplicaIdOf(*key));
  fact.key = *key;
  fact.partners = *std::move(partners);
  if (set.name().size() <= 4 * limits::kOfficeCharacters) {
    fact.name = set.name();
  } else {
    a.Find(FindingCode::kMalformed, "name");
  }
  std::set<RosterNumber> replaces;
  for (const std::string& leaf : set.replaces()) {
    const auto named = data.roster_by_event.find(a.Past(leaf));
    if (named == data.roster_by_event.end() || data.roster[named->second].replica != fact.replica) {
      a.Find(FindingCode::kReplacesIneffective);
    } else {
      replaces.insert(named->second);
    }
  }
  fact.replaces.assign(replaces.begin(), replaces.end());
  if (a.row().authorised && !Allowed(a, fact)) a.Deny(FindingCode::kRosterNotAllowed, "");
  AddEntry(a, std::move(fact));
}

}  // namespace greffe
