#ifndef GREFFE_CORE_RULES_ANSWER_H_
#define GREFFE_CORE_RULES_ANSWER_H_

#include <string>

#include "core/base/time.h"
#include "core/rules/registry.h"

// What an answer says of itself. Pure.
namespace greffe::rules {

// CHK-38: the day of effect asked for, the day on which it was asked, and the token of what was
// known: with these three anybody gets the same answer again. Which replica answers stands outside
// the part that can be repeated.
struct Stamp {
  std::string in_force_on;
  std::string clock_date;
  std::string cut;
};
Stamp StampOf(CivilDate in_force_on, CivilDate clock_date, absl::string_view cut);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_ANSWER_H_
