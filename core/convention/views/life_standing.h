#ifndef GREFFE_CORE_CONVENTION_VIEWS_LIFE_STANDING_H_
#define GREFFE_CORE_CONVENTION_VIEWS_LIFE_STANDING_H_

#include <string>

#include "core/convention/views/deadlines.h"
#include "core/rules/registry.h"

// Where a thread stands on a day. Private to core/convention.
namespace greffe {

struct LifeStanding {
  // Stable, such as "running", "cured", "to-qualify".
  std::string name;
  rules::Words text;
  // What follows next; empty when nothing does.
  rules::Words next = {};
};
// Derived from the thread and in.today; nothing has to be recorded for a period to end.
LifeStanding StandingOf(const DeadlineInput& in, const LifeLine& line);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_LIFE_STANDING_H_
