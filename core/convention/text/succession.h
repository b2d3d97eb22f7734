#ifndef GREFFE_CORE_CONVENTION_TEXT_SUCCESSION_H_
#define GREFFE_CORE_CONVENTION_TEXT_SUCCESSION_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/convention/state/state.h"

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

// Who stands in the place of the party that `element` names: `places` has it, or it does itself.
std::string HolderIn(const PartyPlaces& places, const v1::Element& element);

// Who may give each signature of a frozen revision (Signatory.id → partner), as the author of
// `seen_by` had seen it (kNone: all): the partner that it names, or who succeeded that one by law
// since it was frozen.
std::map<std::string, std::string> SigningPartners(const StateData& data, RevisionNumber revision,
                                                   EventNumber seen_by = kNone);

// Places that moved by law. What was voted in a place serves whoever has it: the successor stands
// in all deliberations and acts of its party (CGCT art. L. 2113-5, L. 5211-17). What it voted in a
// place of its own is another matter.
struct MovedPlaces {
  struct Holder {
    std::string partner;
    // First day in the place; absent for the party that a text named there.
    std::optional<CivilDate> since;
  };
  // Of each such place those that had it, one after the other.
  std::vector<std::vector<Holder>> places;
  // Which of them are a partner's: those that a text gave it; for who has none from a text, all
  // that came to it. Left out is who has a place that did not move.
  std::map<std::string, std::vector<std::size_t>> of_partner;
};
MovedPlaces FindMovedPlaces(const StateData& data);

// Who may correct what is on record: its author, or who has by law every place that the author had
// among the parties, as the author of `seen_by` had seen it (kNone: all). The places are worked out
// once, when somebody asks for another than the author. Borrows the state.
class Speakers final {
 public:
  explicit Speakers(const StateData& data, EventNumber seen_by = kNone)
      : data_(data), seen_by_(seen_by) {}

  // True when the partner may speak for the author of `event`.
  bool SpeaksForAuthor(const std::string& partner, EventNumber event);

 private:
  const StateData& data_;
  const EventNumber seen_by_;
  bool ready_ = false;
  // Who held each place, one after the other.
  std::map<std::string, std::vector<MovedPlaces::Holder>> chains_;
  PartyPlaces now_;
};

// Partners that stand for one place by law, one after the other: each with all of them, itself too.
// Who is alone in its place is left out.
std::map<std::string, std::set<std::string>> OfOnePlace(const StateData& data);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_SUCCESSION_H_
