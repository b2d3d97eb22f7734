#ifndef GREFFE_CORE_CONVENTION_READING_DELEGATION_H_
#define GREFFE_CORE_CONVENTION_READING_DELEGATION_H_

#include <vector>

#include "absl/status/status.h"
#include "core/convention/decide.h"
#include "core/convention/state/state.h"
#include "greffe/v1/view.pb.h"

// Who signs for an office in another's capacity (L-04). Private to core/convention.
namespace greffe {

struct CapacityUsed {
  // As given, may be empty: the holder of the office.
  std::string capacity;
  // Leaf hash in hex, or empty: one on record that allows the signature.
  std::string delegation = {};
  // Day that the signature bears.
  CivilDate on;
  // It was given outside: it happened, whatever is on record (CapacityFindings says what is not).
  bool fact = false;
};

// Puts the capacity and its delegation into the signature, which bears its revision and office: the
// one named, else one on record that allows it, of which a fact needs none. INVALID_ARGUMENT for
// one that is no delegation on record of the user's partner; FAILED_PRECONDITION (L-04) where none
// allows the signature, of a fact never.
absl::Status SetCapacity(const StateData& data, const CapacityUsed& used,
                         const CommandContext& context, v1::SignatureGiven* given);

// L-04: signatures given in a capacity that no delegation allows, as far as their author saw: the
// one that they name, else any of their partner's. A delegation recorded later heals nothing. And
// those that one allowed then, of which it was recorded since that it did not hold that day, where
// none on record by now does. They are facts, and count: who may act for a partner is the roster's
// word. By leaf.
std::vector<v1::Finding> CapacityFindings(const StateData& data);
// Of those, the signatures of the partner that corrected a delegation, for the office and in the
// capacity that it was given for: what the correction leaves without one. None for another event.
std::vector<v1::Finding> CapacityFindingsOf(const StateData& data, EventNumber delegation);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_DELEGATION_H_
