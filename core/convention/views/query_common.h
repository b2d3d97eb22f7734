#ifndef GREFFE_CORE_CONVENTION_VIEWS_QUERY_COMMON_H_
#define GREFFE_CORE_CONVENTION_VIEWS_QUERY_COMMON_H_

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/convention/checks/authority.h"
#include "core/convention/convention.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/reading/life.h"
#include "core/convention/reading/origin.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/view.pb.h"

// What views share. Private to core/convention.
namespace greffe {

struct Successors;

// An event of follow-up with the value it records, read from the store.
absl::StatusOr<v1::FollowUpValue> MakeFollowUpValue(const StateData& data, const EventReader& read,
                                                    EventNumber event, EventTeller* teller);

v1::Clash MakeClash(const std::string& element_id, const ElementSides& sides, OriginBook* origins);

// Findings of the convention, of a text and of its life as of a day, before CapFindings. `reading`:
// by `names`; `successors`: Known::successors.
FindingList FindingsOf(const StateData& data, const PartyBook& names, const VoteReading& reading,
                       const LifeBook& book, const ConsolidatedText& text, CivilDate on,
                       const Successors* successors);

// L-40: what is deemed unwritten on that day, with all that stands in it. Of the text's ids.
absl::flat_hash_set<absl::string_view> UnwrittenShown(const StateData& data, const LifeBook& book,
                                                      const ConsolidatedText& text, CivilDate on);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_QUERY_COMMON_H_
