#ifndef GREFFE_CORE_CONVENTION_STATE_EVENT_PAYLOAD_H_
#define GREFFE_CORE_CONVENTION_STATE_EVENT_PAYLOAD_H_

#include "core/convention/state/state.h"
#include "greffe/v1/event.pb.h"

namespace greffe {

// An applied event again, with its actor's partner, as far as the facts of the state hold it: what
// its summary needs. Texts of follow-up and of facts of life stay in the store. Private to
// core/convention.
v1::Event PayloadFromFacts(const StateData& data, EventNumber event);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_EVENT_PAYLOAD_H_
