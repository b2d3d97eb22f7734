#ifndef GREFFE_CORE_CONVENTION_DECIDE_DECIDE_ACT_H_
#define GREFFE_CORE_CONVENTION_DECIDE_DECIDE_ACT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/convention/checks/draft_check.h"
#include "core/convention/decide.h"

namespace greffe {

// Appends the changes as as few ChangesDrafted events as fit, in order.
void AppendChanges(const std::string& act_id, const Changes& changes, Decision* decision);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_DECIDE_ACT_H_
