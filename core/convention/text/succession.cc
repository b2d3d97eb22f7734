#include "core/convention/text/succession.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/convention/elements/life_kinds.h"
#include "core/convention/text/conclude.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/standing_facts.h"
#include "core/rules/registry.h"

namespace greffe {
namespace {

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

// The parties of what was concluded as the authors of events had seen it. What many had seen alike
// is read once. Borrows the state.
class ConcludedPlaces final {
 public:
  explicit ConcludedPlaces(const StateData& data) : data_(data) {}

  const PartyPlaces& SeenBy(EventNumber seen_by) {
    std::vector<RevisionNumber> concluded;
    for (RevisionNumber r = 0; r < data_.revisions.size(); ++r) {
      if (IsConcluded(data_, r, seen_by)) concluded.push_back(r);
    }
    const auto found = places_.find(concluded);
    if (found != places_.end()) return found->second;
    PartyPlaces places = PlacesOf(ElementsOf(data_, concluded));
    return places_.emplace(std::move(concluded), std::move(places)).first->second;
  }

 private:
  const StateData& data_;
  std::map<std::vector<RevisionNumber>, PartyPlaces> places_;
};

// Partners that some frozen text names in each place: nobody else can hold it but by succession.
std::map<std::string, std::set<std::string>> EverNamed(const StateData& data) {
  std::map<std::string, std::set<std::string>> out;
  for (const Revision& revision : data.revisions) {
    const ActFacts& act = data.acts.at(revision.act);
    for (const std::uint32_t at : revision.content) {
      const v1::Element* const put = act.changes[at].put.get();
      if (put != nullptr && put->has_party()) out[put->id()].insert(put->party().partner_id());
    }
  }
  return out;
}

// Who held each place, one after the other, as far as successions moved it: the party that a text
// named, then its successors.
using Holder = MovedPlaces::Holder;
using Chains = std::map<std::string, std::vector<Holder>>;

bool IsAmong(const std::vector<Holder>& chain, const std::string& partner) {
  return std::any_of(chain.begin(), chain.end(),
                     [&](const Holder& one) { return one.partner == partner; });
}

// True when one of a day's records may be attested, by whoever held what: some author is one that
// may have held the place, or two at two replicas say the same.
bool MayTakePlace(const StateData& data, const std::vector<const LifeFact*>& records,
                  const std::map<std::string, std::set<std::string>>& named, const Chains& chains) {
  std::map<std::pair<TextNumber, TextNumber>, Witnesses> said;
  for (const LifeFact* record : records) {
    const std::string& author = data.PartnerOf(record->event);
    const std::string& place = data.Text(record->element);
    const auto texts = named.find(place);
    const auto chain = chains.find(place);
    Witnesses& witnesses = said[{record->element, record->detail}];
    witnesses.itself = witnesses.itself ||
                       (texts != named.end() && texts->second.count(author) > 0) ||
                       (chain != chains.end() && IsAmong(chain->second, author));
    witnesses.partners.insert(author);
    witnesses.replicas.insert(data.AuthorOf(record->event));
    if (witnesses.Suffice()) return true;
  }
  return false;
}

Chains FindChains(const StateData& data, EventNumber seen_by) {
  Chains out;
  const SuccessionRecords all = FindSuccessions(data, seen_by);
  if (all.empty()) return out;
  const std::map<std::string, std::set<std::string>> named_ever = EverNamed(data);
  ConcludedPlaces concluded(data);
  for (const auto& [day, records] : all) {
    // What too few say takes no place: what was concluded then need not be worked out.
    if (!MayTakePlace(data, records, named_ever, out)) continue;
    std::vector<const LifeFact*> about;
    PartyPlaces places;
    for (const LifeFact* record : records) {
      const PartyPlaces& then = concluded.SeenBy(record->event);
      for (const auto& [place, named] : then) {
        const auto chain = out.find(place);
        const bool moved = chain != out.end() && IsAmong(chain->second, named);
        places.emplace(place, moved ? chain->second.back().partner : named);
      }
      if (then.count(data.Text(record->element)) > 0) about.push_back(record);
    }
    for (const Succession& one : JudgeSuccessions(data, about, places)) {
      if (one.effect != SuccessionEffect::kTakesPlace) continue;
      std::vector<Holder>& chain = out[one.place];
      // An avenant gave the place to somebody else since.
      if (!chain.empty() && chain.back().partner != one.before) chain.clear();
      if (chain.empty()) chain.push_back({one.before, std::nullopt});
      if (chain.back().partner != one.after) chain.push_back({one.after, one.on});
    }
  }
  return out;
}

}  // namespace

SuccessionRecords FindSuccessions(const StateData& data, EventNumber seen_by) {
  SuccessionRecords out;
  if (!rules::IsOn(rules::Rule::kSuccession)) return out;
  const StandingFacts standing(data, seen_by);
  for (const LifeFact& fact : data.life) {
    const bool succession = static_cast<LifeCase>(fact.kind) == v1::LifeRecorded::kPartySucceeded;
    if (succession && standing.Has(fact)) out[fact.day].push_back(&fact);
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
  ConcludedPlaces concluded(data);
  for (auto& [day, records] : FindSuccessions(data, seen_by)) {
    // What too few say takes no place: what was concluded then need not be worked out.
    std::set<EventNumber> attested;
    for (const Succession& one : JudgeSuccessions(data, records, places)) {
      if (one.effect == SuccessionEffect::kTakesPlace ||
          one.effect == SuccessionEffect::kContested) {
        attested.insert(one.event);
      }
    }
    std::vector<const LifeFact*> about;
    std::copy_if(records.begin(), records.end(), std::back_inserter(about),
                 [&](const LifeFact* record) {
                   const auto now = named.find(data.Text(record->element));
                   if (now == named.end() || attested.count(record->event) == 0) return false;
                   const PartyPlaces& then = concluded.SeenBy(record->event);
                   const auto was = then.find(now->first);
                   return was != then.end() && was->second == now->second;
                 });
    for (const Succession& one : JudgeSuccessions(data, about, places)) {
      if (one.effect == SuccessionEffect::kTakesPlace) places[one.place] = one.after;
    }
  }
  return places;
}

std::string HolderIn(const PartyPlaces& places, const v1::Element& element) {
  const auto place = places.find(element.id());
  return place == places.end() ? element.party().partner_id() : place->second;
}

std::map<std::string, std::string> SigningPartners(const StateData& data, RevisionNumber revision,
                                                   EventNumber seen_by) {
  std::map<std::string, std::string> out;
  const Revision& frozen = data.revisions[revision];
  for (const v1::Signatory& one : frozen.signatories) out[one.id()] = one.partner_id();
  if (FindSuccessions(data, seen_by).empty()) return out;
  // Who leaves by the act signs it too: its own words first, then those that it builds on.
  std::vector<const v1::Element*> elements = ElementsOf(data, {revision});
  const std::vector<const v1::Element*> before = ElementsOf(data, frozen.bases);
  elements.insert(elements.end(), before.begin(), before.end());
  const PartyPlaces places = SigningPlaces(data, elements, seen_by);
  for (const v1::Element* element : elements) {
    const auto place = places.find(element->id());
    if (!element->has_party() || place == places.end()) continue;
    for (const v1::SigningOffice& office : element->party().signing_offices()) {
      const auto signatory = out.find(office.id());
      if (signatory != out.end()) signatory->second = place->second;
    }
  }
  return out;
}

bool Speakers::SpeaksForAuthor(const std::string& partner, EventNumber event) {
  const std::string& author = data_.PartnerOf(event);
  if (partner == author) return true;
  if (!ready_) {
    ready_ = true;
    chains_ = FindChains(data_, seen_by_);
    if (!chains_.empty()) now_ = ConcludedPlaces(data_).SeenBy(seen_by_);
  }
  bool follows = false;
  for (const auto& [place, chain] : chains_) {
    if (chain.back().partner == author) return false;
    follows = follows || (chain.back().partner == partner && IsAmong(chain, author));
  }
  if (!follows) return false;
  // Whoever is still a party speaks for itself.
  return std::none_of(now_.begin(), now_.end(), [&](const auto& place) {
    return place.second == author && chains_.count(place.first) == 0;
  });
}

std::map<std::string, std::set<std::string>> OfOnePlace(const StateData& data) {
  std::map<std::string, std::set<std::string>> out;
  for (const auto& [place, chain] : FindChains(data, kNone)) {
    std::set<std::string> all;
    for (const Holder& one : chain) all.insert(one.partner);
    for (const std::string& one : all) out[one].insert(all.begin(), all.end());
  }
  return out;
}

MovedPlaces FindMovedPlaces(const StateData& data) {
  MovedPlaces out;
  Chains chains = FindChains(data, kNone);
  if (chains.empty()) return out;
  std::set<std::string> own;
  const PartyPlaces now = ConcludedPlaces(data).SeenBy(kNone);
  for (const auto& [place, partner] : now) {
    if (chains.count(place) == 0) own.insert(partner);
  }
  std::map<std::string, std::vector<std::size_t>> came;
  for (auto& [place, chain] : chains) {
    const std::size_t number = out.places.size();
    std::set<std::string> known{chain.front().partner};
    out.of_partner[chain.front().partner].push_back(number);
    for (const Holder& one : chain) {
      if (known.insert(one.partner).second) came[one.partner].push_back(number);
    }
    out.places.push_back(std::move(chain));
  }
  for (auto& [partner, numbers] : came) {
    if (own.count(partner) == 0) out.of_partner.try_emplace(partner, std::move(numbers));
  }
  return out;
}

}  // namespace greffe
