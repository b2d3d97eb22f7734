#ifndef GREFFE_CORE_CONVENTION_DECIDE_DECIDE_DELIBERATION_H_
#define GREFFE_CORE_CONVENTION_DECIDE_DECIDE_DELIBERATION_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "greffe/v1/act.pb.h"

// What every record of a deliberation must fit. Private to core/convention.
namespace greffe {

// INVALID_ARGUMENT for fields that make no sense, paths starting with `path`. Without `today`,
// dates in the future pass. Figures may be missing.
absl::Status CheckDeliberation(const v1::Deliberation& deliberation, absl::string_view path,
                               std::optional<CivilDate> today);
// FAILED_PRECONDITION rule `already-recorded`: one sitting is recorded once, twice would count its
// votes twice.
absl::Status CheckNotRecorded(const StateData& data, const v1::Deliberation& deliberation);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_DECIDE_DELIBERATION_H_
