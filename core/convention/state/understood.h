#ifndef GREFFE_CORE_CONVENTION_STATE_UNDERSTOOD_H_
#define GREFFE_CORE_CONVENTION_STATE_UNDERSTOOD_H_

#include "greffe/v1/event.pb.h"

namespace greffe {

// False when the event holds a field, a payload or an enum value that this software does not know:
// an event of newer software. Follow-up, by far the most frequent, is looked at without reflection.
bool IsUnderstood(const v1::Event& event);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_UNDERSTOOD_H_
