#include "core/rules/answer.h"

namespace greffe::rules {

Stamp StampOf(CivilDate in_force_on, CivilDate clock_date, absl::string_view cut) {
  if (!IsOn(Rule::kStampedAnswer)) return {};
  return {in_force_on.ToString(), clock_date.ToString(), std::string(cut)};
}

}  // namespace greffe::rules
