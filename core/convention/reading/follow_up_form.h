#ifndef GREFFE_CORE_CONVENTION_READING_FOLLOW_UP_FORM_H_
#define GREFFE_CORE_CONVENTION_READING_FOLLOW_UP_FORM_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/event.pb.h"

namespace greffe {

// What a share of progress cannot be beside its state: more than 100 %, less of an action that is
// done, any of one that has not started. Absent where it can be.
std::optional<rules::Words> CheckPercent(const v1::ProgressReported& progress);

// Whether a value that somebody recorded can be, whatever the convention: a period, a decimal
// number, a share of 0 to 100 %, days in order; nothing of a day after `today`, and no value of a
// period that has not begun. `event` is a
// ProgressReported, IndicatorMeasured, PredecessorLinked or MeetingRecorded whose fields have their
// form; `path` is that of the request field that holds it. INVALID_ARGUMENT naming field and rule.
absl::Status CheckFollowUpForm(const v1::Event& event, absl::string_view path, CivilDate today);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_FOLLOW_UP_FORM_H_
