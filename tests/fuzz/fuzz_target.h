#ifndef GREFFE_TESTS_FUZZ_FUZZ_TARGET_H_
#define GREFFE_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// What each fuzz target gives. Built with clang and GREFFE_FUZZ the entry point is libFuzzer's;
// otherwise fuzz_driver.cc runs a fixed number of seeded mutations of Seeds() as a test.

// Must return 0 whatever the bytes are, and crash or abort only for a bug.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Inputs to start from: well formed, and small.
std::vector<std::string> Seeds();

#endif  // GREFFE_TESTS_FUZZ_FUZZ_TARGET_H_
