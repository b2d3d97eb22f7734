#ifndef GREFFE_CORE_BASE_CLOCK_OFFSET_H_
#define GREFFE_CORE_BASE_CLOCK_OFFSET_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe {

// How far the clock of another replica is from this one's, in milliseconds, positive when the other
// one's is ahead. Clocks decide nothing; the instant at which
// an author says to have recorded something is read from one.

// Beyond five minutes either way one of the two clocks is wrong, whatever the network.
bool IsClockWrong(std::int64_t offset_ms);

// « en avance de 3 min », « en retard de 10 ans », « moins d'une seconde »: whole units, the
// largest of which there are at least two, cut.
std::string ClockOffsetFr(std::int64_t offset_ms);
std::string ClockOffsetEn(std::int64_t offset_ms);

// What people are told of a wrong one: that the clock of `peer` is so far off, that nothing says
// which of the two is wrong, and what to do.
std::string WrongClockFr(absl::string_view peer, std::int64_t offset_ms);
std::string WrongClockEn(absl::string_view peer, std::int64_t offset_ms);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_CLOCK_OFFSET_H_
