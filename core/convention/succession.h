#ifndef GREFFE_CORE_CONVENTION_SUCCESSION_H_
#define GREFFE_CORE_CONVENTION_SUCCESSION_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/convention/state.h"

// Succession of a party by law (L-60): who stands in its place. Private to core/convention.
namespace greffe {

// Id of a party's element → the partner in that place.
using PartyPlaces = std::map<std::string, std::string>;

// What a succession on record does.
enum class SuccessionEffect : std::uint8_t {
  // The successor holds the place from its day on.
  kTakesPlace,
  // The successor is known by name alone: nobody can act for it here.
  kUnnamed,
  // Too few say so: a party is put out of its place by its own word, or by those of two other
  // parties, neither of them the successor, at two replicas. One party alone could give the places
  // of all others to partners of its making, and change the contract by itself.
  kUnattested,
  // On the same day another one is said to succeed the same party: neither does until one of the
  // records is corrected.
  kContested,
};

struct Succession {
  EventNumber event = kNone;
  // Element of the party.
  std::string place;
  CivilDate on;
  // Who held the place on that day, before.
  std::string before;
  // Partner id; empty when it is not named.
  std::string after;
  SuccessionEffect effect = SuccessionEffect::kTakesPlace;
};

// Records of successions that stand, by day; each day's by element, then leaf. None while L-60 is
// switched off. `seen_by`: as that event's author had seen them; kNone: all.
using SuccessionRecords = std::map<CivilDate, std::vector<const LifeFact*>>;
SuccessionRecords FindSuccessions(const StateData& data, EventNumber seen_by = kNone);

// What the records of one day do to the places of that day. Records about no party are left out.
std::vector<Succession> JudgeSuccessions(const StateData& data,
                                         const std::vector<const LifeFact*>& records,
                                         const PartyPlaces& places);

// Who may sign in the place of each party that `elements` name, as the author of `seen_by` had seen
// it (kNone: all): a succession counts where the texts concluded in the past of its record named
// the same party. A function of the facts in that past alone, so that each replica judges a freeze
// alike.
PartyPlaces SigningPlaces(const StateData& data, const std::vector<const v1::Element*>& elements,
                          EventNumber seen_by = kNone);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_SUCCESSION_H_
