#ifndef GREFFE_CORE_CONVENTION_CHECKS_CONFLICTS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_CONFLICTS_H_

#include <string>
#include <vector>

#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"

// What two people said without having been shown each other's word. Private to core/convention.
namespace greffe {

enum class ConflictKind { kClash, kFollowUp, kDraft, kRivals };

struct Conflict {
  ConflictKind kind = ConflictKind::kClash;
  // Names the subject, not its values: the same wherever and whenever it is asked.
  std::string id;
  std::string element_id;
  // Follow-up: period of a measurement, day of a meeting, else empty.
  std::string period;
  // Follow-up: values that stand.
  std::vector<EventNumber> values;
  // Clash of concluded acts.
  ElementSides sides;
  // Draft: its act, and the changes that stand.
  ActId act;
  std::vector<const DraftChange*> drafts;
  // Acts in the making that change the element, `drafts` among their changes, of the acts
  // `draft_acts`: they go on beside each other until one is concluded (L-35).
  std::vector<const ActId*> draft_acts;
};

// Of the conflict that the wordings of an element are in the draft of an act.
std::string DraftConflictId(const ActId& act, const std::string& element_id);

// Open conflicts, sorted by (kind, element, period, id). Clashes are those of the text looked at;
// of a project, of which nothing is concluded, there are none: its wordings are those of its draft.
std::vector<Conflict> OpenConflicts(const StateData& data, const ConsolidatedText& text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_CONFLICTS_H_
