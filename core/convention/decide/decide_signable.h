#ifndef GREFFE_CORE_CONVENTION_DECIDE_DECIDE_SIGNABLE_H_
#define GREFFE_CORE_CONVENTION_DECIDE_DECIDE_SIGNABLE_H_

#include "absl/status/status.h"
#include "core/convention/state/state.h"

namespace greffe {

// FAILED_PRECONDITION for a revision that nobody can sign or attest any more: malformed, withdrawn,
// or of an act of which another revision is concluded. Private to core/convention.
absl::Status CheckSignable(const StateData& data, RevisionNumber number);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_DECIDE_SIGNABLE_H_
