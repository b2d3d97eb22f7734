#include "core/convention/state/waiting.h"

namespace greffe {

bool EventsWait() { return true; }

}  // namespace greffe
