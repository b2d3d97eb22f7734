#ifndef GREFFE_CORE_CONVENTION_STATE_WAITING_H_
#define GREFFE_CORE_CONVENTION_STATE_WAITING_H_

namespace greffe {

// True: an event waits until all that it cites is applied. Alone in its file, so that the test of
// what waiting is for can link another in its place; nothing in the product can take it out.
bool EventsWait();

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_WAITING_H_
