#ifndef GREFFE_CORE_CONVENTION_FINDING_CAP_H_
#define GREFFE_CORE_CONVENTION_FINDING_CAP_H_

#include <vector>

#include "core/convention/state.h"
#include "greffe/v1/view.pb.h"

// How many findings an answer shows. Whoever is party can make any number of odd events; a reply
// that grew with them could not be read by anybody. Kinds do not crowd each other out. Private to
// core/convention; pure.
namespace greffe {

// Of the stored findings, the first of each kind by (leaf, detail), up to
// limits::kFindingsOfAKind; after those of a kind with more, a finding `findings-not-shown` that
// says how many.
std::vector<v1::Finding> StoredFindingsShown(const StateData& data);

// The same for findings in the order in which they are shown. Those that say how many are not shown
// stay. Texts end at limits::kFindingTextBytes.
std::vector<v1::Finding> CapFindings(std::vector<v1::Finding> findings);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_FINDING_CAP_H_
