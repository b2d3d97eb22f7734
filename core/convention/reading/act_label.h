#ifndef GREFFE_CORE_CONVENTION_READING_ACT_LABEL_H_
#define GREFFE_CORE_CONVENTION_READING_ACT_LABEL_H_

#include <string>

#include "absl/status/statusor.h"
#include "core/convention/decide_common.h"
#include "core/convention/state/state.h"

// What an act is called once it is frozen. Private to core/convention.
namespace greffe {

// The name given, or « avenant n° 2 » for an empty one: a number that no other act of the kind bore
// in a valid freeze, withdrawn ones included. An act frozen again keeps its own, unless one with a
// higher number was concluded since: what an avenant builds on has a lower number than it.
// INVALID_ARGUMENT for a name of more than a line, FAILED_PRECONDITION for one that is already
// another act's, however it is written (« Avenant n°2 »).
absl::StatusOr<std::string> LabelFor(const StateData& data, const ActRef& act,
                                     const std::string& given);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_ACT_LABEL_H_
