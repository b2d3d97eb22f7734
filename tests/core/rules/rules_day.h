#ifndef GREFFE_TESTS_CORE_RULES_RULES_DAY_H_
#define GREFFE_TESTS_CORE_RULES_RULES_DAY_H_

#include "core/base/time.h"

namespace greffe::rules {

inline CivilDate Day(absl::string_view text) { return *CivilDate::Parse(text, "day"); }

}  // namespace greffe::rules

#endif  // GREFFE_TESTS_CORE_RULES_RULES_DAY_H_
