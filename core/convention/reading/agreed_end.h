#ifndef GREFFE_CORE_CONVENTION_READING_AGREED_END_H_
#define GREFFE_CORE_CONVENTION_READING_AGREED_END_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/decide_common.h"
#include "core/convention/state/state.h"
#include "core/convention/text/text_in_making.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// An agreed termination (résiliation amiable): the parties bring the last day of the convention
// forward, by an act of their own. Like every act it does what its text says (L-31): one that
// leaves the last day where it is ends nothing. Private to core/convention.
namespace greffe {

// Of the text that an agreed termination makes: that the convention ends no earlier (L-31) than
// what is concluded says; an act that is stillborn says nothing (L-36).
std::optional<rules::Oddity> KeepsTerm(const StateData& data, const TextInMaking& text);

// FAILED_PRECONDITION (L-31) for the freeze of an agreed termination after which the convention
// ends no earlier. OK for other acts. For commands alone: what was signed on paper is a fact.
absl::Status RequireEndsEarlier(const StateData& data, const ActRef& act);

// Agreed terminations frozen or signed all the same, by peers or on paper, concluded or waiting for
// signatures. Sorted by leaf.
std::vector<v1::Finding> AgreedEndFindings(const StateData& data);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_AGREED_END_H_
