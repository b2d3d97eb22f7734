#include <optional>
#include <string>

#include "core/base/limits.h"
#include "core/convention/fold/apply.h"
#include "core/convention/text/follow_up.h"

namespace greffe {
namespace {

// Longest period or day, in bytes; longer ones make no sense and would fill memory.
constexpr std::size_t kPeriodBytes = 20;

using Leaves = google::protobuf::RepeatedPtrField<std::string>;

void AddValue(const Applying& a, absl::string_view element, absl::string_view period,
              std::optional<CivilDate> day, const Leaves& replaces) {
  if (element.empty() || element.size() > limits::kIdCharacters) {
    a.Find(FindingCode::kMalformed, "element_id");
    return;
  }
  if (period.size() > kPeriodBytes) {
    a.Find(FindingCode::kMalformed, "period");
    return;
  }
  StateData& data = a.data;
  const TextNumber element_text = data.InternText(element);
  const TextNumber period_text = data.InternText(period);
  const std::uint32_t subject = data.InternSubject(a.row().payload, element_text, period_text);
  data.subjects[subject].events.push_back(a.number);
  a.row().subject = subject;
  a.row().day = day.value_or(kNoDay);
  for (const std::string& leaf : replaces) {
    const EventNumber named = a.Past(leaf);
    if (named == kNone || data.events[named].subject != subject) {
      a.Find(FindingCode::kReplacesIneffective, element);
    } else if (a.row().authorised) {
      data.events[named].replaced = true;
    }
  }
}

}  // namespace

void ApplyFollowUp(const Applying& a) {
  if (a.event.has_progress_reported()) {
    const v1::ProgressReported& progress = a.event.progress_reported();
    AddValue(a, progress.element_id(), "", CivilDate::TryParse(progress.as_of()),
             progress.replaces());
  } else if (a.event.has_indicator_measured()) {
    const v1::IndicatorMeasured& measured = a.event.indicator_measured();
    AddValue(a, measured.element_id(), measured.period(), FirstDayOf(measured.period()),
             measured.replaces());
  } else if (a.event.has_predecessor_linked()) {
    const v1::Predecessor& predecessor = a.event.predecessor_linked();
    AddValue(a, predecessor.element_id(), "", std::nullopt, predecessor.replaces());
  } else {
    const v1::MeetingRecorded& meeting = a.event.meeting_recorded();
    AddValue(a, meeting.element_id(), meeting.held_on(), CivilDate::TryParse(meeting.held_on()),
             meeting.replaces());
  }
}

}  // namespace greffe
