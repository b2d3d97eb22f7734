#ifndef GREFFE_CORE_CONVENTION_STATE_CAUSALITY_SWITCH_H_
#define GREFFE_CORE_CONVENTION_STATE_CAUSALITY_SWITCH_H_

namespace greffe {

// Takes the waiting rule out of Causality, or puts it back: an event is then applied although what
// it cites is not, and such citations are passed over. For the tests that show that they would see
// it missing, and nothing else. Not thread safe: nothing may be applied meanwhile.
void SwitchWaitingForTest(bool off);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STATE_CAUSALITY_SWITCH_H_
