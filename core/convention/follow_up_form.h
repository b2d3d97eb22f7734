#ifndef GREFFE_CORE_CONVENTION_FOLLOW_UP_FORM_H_
#define GREFFE_CORE_CONVENTION_FOLLOW_UP_FORM_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "greffe/v1/event.pb.h"

namespace greffe {

// Whether a value that somebody recorded can be, whatever the convention: a period, a decimal
// number, a share of 0 to 100 %, days in order; nothing of a day after `today`, and no value of a
// period that has not begun. `event` is a
// ProgressReported, IndicatorMeasured, PredecessorLinked or MeetingRecorded whose fields have their
// form; `path` is that of the request field that holds it. INVALID_ARGUMENT naming field and rule.
absl::Status CheckFollowUpForm(const v1::Event& event, absl::string_view path, CivilDate today);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_FOLLOW_UP_FORM_H_
