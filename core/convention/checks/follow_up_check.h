#ifndef GREFFE_CORE_CONVENTION_CHECKS_FOLLOW_UP_CHECK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_FOLLOW_UP_CHECK_H_

#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"

// What is odd about the days of follow-up. Private to core/convention.
namespace greffe {

// What follow-up on record says of days that were to come when it was recorded and, of a concluded
// text, of days after the end of the convention (L-54, L-55), by its own day: as_of of a report,
// the day of a meeting, the first of a period. What comes before the term (the value that an
// indicator starts from) is as it should be. Of each adds the first by leaf, up to
// limits::kFindingsOfAKind, and counts the others. `scope`: elements looked at; null: all. `book`:
// of the same state.
void AddFollowUpFindings(const StateData& data, const LifeBook& book, const ConsolidatedText& text,
                         const absl::flat_hash_set<absl::string_view>* scope, FindingList* list);
// Of the values shown in a view: shares that their state cannot have (CheckPercent).
void AddPercentFindings(const v1::ConventionView& view, const StateData& data, FindingList* list);
// Of one record of follow-up, whatever else there is: what was found of the event itself, then the
// above, with the clause behind it.
std::vector<v1::Finding> FollowUpFindingsOf(const StateData& data, EventNumber event);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_FOLLOW_UP_CHECK_H_
