#ifndef GREFFE_TESTS_SUPPORT_ALLOCATIONS_H_
#define GREFFE_TESTS_SUPPORT_ALLOCATIONS_H_

#include <cstdint>

namespace greffe::testing_support {

// Bytes asked of `new` by this process so far: what a piece of work costs, the same on every
// machine and however busy it is. Linking it puts counting operators in the place of the library's.
// Thread safe.
std::uint64_t BytesAllocated();

// The most that blocks given out by `new` and not given back took at one time since ForgetPeak,
// beyond what they took at that moment: what a piece of work holds, libraries included. Bytes, as
// the allocator rounds them. Thread safe.
std::uint64_t PeakBytesHeld();
void ForgetPeak();

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_SUPPORT_ALLOCATIONS_H_
