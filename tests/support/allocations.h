#ifndef GREFFE_TESTS_SUPPORT_ALLOCATIONS_H_
#define GREFFE_TESTS_SUPPORT_ALLOCATIONS_H_

#include <cstdint>

namespace greffe::testing_support {

// Bytes asked of `new` by this process so far: what a piece of work costs, the same on every
// machine and however busy it is. Linking it puts counting operators in the place of the library's.
// Thread safe.
std::uint64_t BytesAllocated();

}  // namespace greffe::testing_support

#endif  // GREFFE_TESTS_SUPPORT_ALLOCATIONS_H_
