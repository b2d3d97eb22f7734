#include "core/convention/succession.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/convention/conclude.h"
#include "core/convention/consolidate.h"
#include "core/convention/life_kinds.h"
#include "core/rules/registry.h"

namespace greffe {
namespace {

bool IsStanding(const StateData& data, const LifeFact& fact, EventNumber seen_by) {
  if (static_cast<LifeCase>(fact.kind) != v1::LifeRecorded::kPartySucceeded ||
      !data.events[fact.event].authorised) {
    return false;
  }
  if (seen_by == kNone) return !data.events[fact.event].replaced;
  if (!data.Saw(seen_by, fact.event)) return false;
  // Corrected, as far as that author knew.
  return std::none_of(data.life.begin(), data.life.end(), [&](const LifeFact& other) {
    return std::count(other.replaces.begin(), other.replaces.end(), fact.event) > 0 &&
           data.Saw(seen_by, other.event);
  });
}

bool Holds(const PartyPlaces& places, const std::string& partner) {
  return std::any_of(places.begin(), places.end(),
                     [&](const auto& place) { return place.second == partner; });
}

// Who says that a party is succeeded by another, beside the party itself.
struct Witnesses {
  bool itself = false;
  std::set<std::string> partners;
  std::set<ReplicaId> replicas;

  // Nobody is put out of its place by one other party alone, nor by two at one replica.
  bool Suffice() const { return itself || (partners.size() > 1 && replicas.size() > 1); }
};

void Hear(const StateData& data, const Succession& one, const PartyPlaces& places,
          Witnesses* witnesses) {
  const std::string& author = data.PartnerOf(one.event);
  if (author == one.after || !Holds(places, author)) return;
  witnesses->itself = witnesses->itself || author == one.before;
  witnesses->partners.insert(author);
  witnesses->replicas.insert(data.AuthorOf(one.event));
}

PartyPlaces PlacesOf(const std::vector<const v1::Element*>& elements) {
  PartyPlaces out;
  for (const v1::Element* element : elements) {
    if (element->has_party()) out.emplace(element->id(), element->party().partner_id());
  }
  return out;
}

// The parties of what was concluded as the author of an event had seen it.
PartyPlaces ConcludedPlaces(const StateData& data, EventNumber seen_by) {
  std::vector<RevisionNumber> concluded;
  for (RevisionNumber r = 0; r < data.revisions.size(); ++r) {
    if (Conclude(data, r, seen_by).concluded) concluded.push_back(r);
  }
  return PlacesOf(ElementsOf(data, concluded));
}

}  // namespace

SuccessionRecords FindSuccessions(const StateData& data, EventNumber seen_by) {
  SuccessionRecords out;
  if (!rules::IsOn(rules::Rule::kSuccession)) return out;
  for (const LifeFact& fact : data.life) {
    if (IsStanding(data, fact, seen_by)) out[fact.day].push_back(&fact);
  }
  for (auto& [day, records] : out) {
    std::sort(records.begin(), records.end(), [&](const LifeFact* a, const LifeFact* b) {
      if (a->element != b->element) return data.Text(a->element) < data.Text(b->element);
      return data.LeafOf(a->event) < data.LeafOf(b->event);
    });
  }
  return out;
}

std::vector<Succession> JudgeSuccessions(const StateData& data,
                                         const std::vector<const LifeFact*>& records,
                                         const PartyPlaces& places) {
  std::vector<Succession> out;
  // By place, then successor.
  std::map<std::string, std::map<std::string, Witnesses>> said;
  for (const LifeFact* record : records) {
    const auto held = places.find(data.Text(record->element));
    if (held == places.end()) continue;
    out.push_back({record->event, held->first, record->day, held->second, data.Text(record->detail),
                   SuccessionEffect::kTakesPlace});
    if (out.back().after.empty()) continue;
    Hear(data, out.back(), places, &said[held->first][out.back().after]);
  }
  for (Succession& one : out) {
    if (one.after.empty()) {
      one.effect = SuccessionEffect::kUnnamed;
      continue;
    }
    const std::map<std::string, Witnesses>& of = said[one.place];
    const auto attested = std::count_if(of.begin(), of.end(),
                                        [](const auto& other) { return other.second.Suffice(); });
    if (!of.at(one.after).Suffice()) {
      one.effect = SuccessionEffect::kUnattested;
    } else if (attested > 1) {
      one.effect = SuccessionEffect::kContested;
    }
  }
  return out;
}

PartyPlaces SigningPlaces(const StateData& data, const std::vector<const v1::Element*>& elements,
                          EventNumber seen_by) {
  const PartyPlaces named = PlacesOf(elements);
  PartyPlaces places = named;
  for (auto& [day, records] : FindSuccessions(data, seen_by)) {
    std::vector<const LifeFact*> about;
    std::copy_if(records.begin(), records.end(), std::back_inserter(about),
                 [&](const LifeFact* record) {
                   const auto now = named.find(data.Text(record->element));
                   if (now == named.end()) return false;
                   const PartyPlaces then = ConcludedPlaces(data, record->event);
                   const auto was = then.find(now->first);
                   return was != then.end() && was->second == now->second;
                 });
    for (const Succession& one : JudgeSuccessions(data, about, places)) {
      if (one.effect == SuccessionEffect::kTakesPlace) places[one.place] = one.after;
    }
  }
  return places;
}

}  // namespace greffe
