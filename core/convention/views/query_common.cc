#include "core/convention/views/query_common.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/facts_check.h"
#include "core/convention/checks/freeze_check.h"
#include "core/convention/checks/identity_findings.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/elements/summary_tail.h"
#include "core/convention/reading/agreed_end.h"
#include "core/convention/reading/delegation.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/text_check.h"
#include "core/convention/text/follow_up.h"

namespace greffe {
namespace {

// A person settles between a few values; more are some program's.
constexpr int kSettledValues = 64;

// What an event of follow-up says, its `replaces` taken out into `replaced`.
std::string Said(v1::Event event, google::protobuf::RepeatedPtrField<std::string>* replaced) {
  if (event.has_progress_reported()) {
    replaced->Swap(event.mutable_progress_reported()->mutable_replaces());
    return event.progress_reported().SerializeAsString();
  }
  if (event.has_indicator_measured()) {
    replaced->Swap(event.mutable_indicator_measured()->mutable_replaces());
    return event.indicator_measured().SerializeAsString();
  }
  if (event.has_meeting_recorded()) {
    replaced->Swap(event.mutable_meeting_recorded()->mutable_replaces());
    return event.meeting_recorded().SerializeAsString();
  }
  return "";
}

// KeptFromTail for one that repeats one of the values that it replaces, as
// settling a conflict does: who measured says more than who settled. Else empty.
absl::StatusOr<rules::Words> KeptFrom(const StateData& data, const EventReader& read,
                                      const v1::Event& stored, const PartyBook& book) {
  google::protobuf::RepeatedPtrField<std::string> replaced;
  const std::string said = Said(stored, &replaced);
  if (replaced.size() < 2 || replaced.size() > kSettledValues) return rules::Words();
  for (const std::string& leaf : replaced) {
    const EventNumber event = data.FindEvent(leaf);
    if (event == kNone) continue;
    ASSIGN_OR_RETURN(const v1::Event before, ReadStored(data, read, event));
    google::protobuf::RepeatedPtrField<std::string> earlier;
    if (before.payload_case() != stored.payload_case() || Said(before, &earlier) != said) continue;
    return KeptFromTail(book.Name(data.PartnerOf(event)),
                        static_cast<std::size_t>(replaced.size()));
  }
  return rules::Words();
}

}  // namespace

absl::StatusOr<v1::FollowUpValue> MakeFollowUpValue(const StateData& data, const EventReader& read,
                                                    EventNumber event, EventTeller* teller) {
  ASSIGN_OR_RETURN(const v1::Event stored, ReadStored(data, read, event));
  v1::FollowUpValue value;
  *value.mutable_event() = teller->View(stored, data.LeafOf(event));
  ASSIGN_OR_RETURN(const rules::Words kept, KeptFrom(data, read, stored, teller->book()));
  value.mutable_event()->mutable_summary()->append(kept.fr);
  value.mutable_event()->mutable_summary_en()->append(kept.en);
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

v1::Clash MakeClash(const std::string& element_id, const ElementSides& sides, OriginBook* origins) {
  v1::Clash clash;
  clash.set_element_id(element_id);
  for (const ElementSide& side : sides) {
    v1::ClashSide* out = clash.add_sides();
    *out->mutable_origin() = origins->Of(side, element_id);
    if (side.element != nullptr) *out->mutable_element() = *side.element;
  }
  return clash;
}

FindingList FindingsOf(const StateData& data, const PartyBook& names, const VoteReading& reading,
                       const LifeBook& book, const ConsolidatedText& text, CivilDate on,
                       const Successors* successors) {
  FindingList list = AllFindings(data, names, reading);
  std::vector<v1::Finding>& out = list.found;
  for (v1::Finding& one : CapacityFindings(data)) out.push_back(std::move(one));
  out.insert(out.end(), text.findings.begin(), text.findings.end());
  for (v1::Finding& one : TermFindings(text)) out.push_back(std::move(one));
  for (v1::Finding& one : TextFindings(ElementsOf(text))) out.push_back(std::move(one));
  for (v1::Finding& one : EndedFindings(data, book)) out.push_back(std::move(one));
  for (v1::Finding& one : AgreedEndFindings(data)) out.push_back(std::move(one));
  for (v1::Finding& one : DiagnosisFindings(text)) out.push_back(std::move(one));
  for (v1::Finding& one : IdentityFindings(text)) out.push_back(std::move(one));
  AddObjectFindings(data, &list);
  for (v1::Finding& one : LifeFindings(data, names, book, text, on, successors))
    out.push_back(std::move(one));
  return list;
}

absl::flat_hash_set<absl::string_view> UnwrittenShown(const StateData& data, const LifeBook& book,
                                                      const ConsolidatedText& text, CivilDate on) {
  absl::flat_hash_set<absl::string_view> out;
  // Most conventions have no such fact.
  const bool any = std::any_of(data.life.begin(), data.life.end(), [](const LifeFact& fact) {
    return fact.kind == v1::LifeRecorded::kClauseDeemedUnwritten;
  });
  if (!any) return out;
  // Parents come before their children.
  for (const PlacedElement& placed : text.elements) {
    const bool within = out.contains(placed.shown().element->parent_id());
    if (within || book.FirstUnwritten({std::string(placed.id)}, on) != nullptr) {
      out.insert(placed.id);
    }
  }
  return out;
}

}  // namespace greffe
