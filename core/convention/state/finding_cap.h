#ifndef GREFFE_CORE_CONVENTION_STATE_FINDING_CAP_H_
#define GREFFE_CORE_CONVENTION_STATE_FINDING_CAP_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/state/state.h"
#include "core/rules/registry.h"
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

// Takes findings on acts, told apart by their titles, in the order in which they are to be shown:
// words the first limits::kFindingsOfAKind of each kind and counts the others as left out, so that
// what peers can have found costs no more than what is shown. Borrows the list.
class ActFindings final {
 public:
  explicit ActFindings(FindingList* list) : list_(*list) {}

  // `title` is named up to limits::kTitleCharacters, whatever a peer wrote.
  void Add(const rules::Oddity& odd, absl::string_view title, const Digest& leaf);

 private:
  FindingList& list_;
  std::map<std::string, std::size_t> counts_;
};

// Of the stored findings, the first of each kind by (leaf, detail), up to
// limits::kFindingsOfAKind; how many more there are is counted.
FindingList StoredFindings(const StateData& data);
// The stored ones of one event alone, whatever other events have.
std::vector<v1::Finding> StoredFindingsOf(const StateData& data, EventNumber event);

// The first of each kind, up to limits::kFindingsOfAKind, then for each kind with more one finding
// `findings-not-shown` that says how many, those left out before included. Texts end at
// limits::kFindingTextBytes.
std::vector<v1::Finding> CapFindings(FindingList list);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_FINDING_CAP_H_
