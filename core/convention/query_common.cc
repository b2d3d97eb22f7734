#include "core/convention/query_common.h"

#include "core/base/status_macros.h"
#include "core/convention/facts_check.h"
#include "core/convention/follow_up.h"
#include "core/convention/freeze_check.h"

namespace greffe {

absl::StatusOr<v1::FollowUpValue> MakeFollowUpValue(const StateData& data, const EventReader& read,
                                                    EventNumber event, EventTeller* teller) {
  ASSIGN_OR_RETURN(const v1::Event stored, ReadStored(data, read, event));
  v1::FollowUpValue value;
  *value.mutable_event() = teller->View(stored, data.LeafOf(event));
  if (stored.has_progress_reported()) {
    *value.mutable_progress() = stored.progress_reported();
  } else if (stored.has_indicator_measured()) {
    *value.mutable_measurement() = stored.indicator_measured();
  } else if (stored.has_meeting_recorded()) {
    *value.mutable_meeting() = stored.meeting_recorded();
  } else if (stored.has_predecessor_linked()) {
    *value.mutable_predecessor() = stored.predecessor_linked();
  }
  return value;
}

v1::Clash MakeClash(const StateData& data, const std::string& element_id,
                    const ElementSides& sides) {
  v1::Clash clash;
  clash.set_element_id(element_id);
  for (const ElementSide& side : sides) {
    v1::ClashSide* out = clash.add_sides();
    *out->mutable_origin() = OriginOf(data, side);
    if (side.element != nullptr) *out->mutable_element() = *side.element;
  }
  return clash;
}

std::vector<v1::Finding> FindingsOf(const StateData& data, const ConsolidatedText& text) {
  std::vector<v1::Finding> out = AllFindings(data);
  out.insert(out.end(), text.findings.begin(), text.findings.end());
  for (v1::Finding& one : TermFindings(text)) out.push_back(std::move(one));
  return out;
}

}  // namespace greffe
