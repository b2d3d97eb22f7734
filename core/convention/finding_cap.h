#ifndef GREFFE_CORE_CONVENTION_FINDING_CAP_H_
#define GREFFE_CORE_CONVENTION_FINDING_CAP_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/convention/state.h"
#include "greffe/v1/view.pb.h"

// How many findings an answer shows. Whoever is party can make any number of odd events; a reply
// that grew with them could not be read by anybody. Kinds do not crowd each other out. Private to
// core/convention; pure.
namespace greffe {

// Findings on their way to an answer, in the order in which they are shown.
struct FindingList {
  // Those of one kind that were left out already.
  struct LeftOut {
    std::size_t count = 0;
    v1::FindingSeverity worst = v1::FINDING_SEVERITY_UNSPECIFIED;
  };
  std::vector<v1::Finding> found;
  // By code.
  std::map<std::string, LeftOut> left_out;
};

// Of the stored findings, the first of each kind by (leaf, detail), up to
// limits::kFindingsOfAKind; how many more there are is counted.
FindingList StoredFindings(const StateData& data);

// The first of each kind, up to limits::kFindingsOfAKind, then for each kind with more one finding
// `findings-not-shown` that says how many, those left out before included. Texts end at
// limits::kFindingTextBytes.
std::vector<v1::Finding> CapFindings(FindingList list);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_FINDING_CAP_H_
