#include "tests/support/allocations.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> bytes_allocated{0};

}  // namespace

// The other forms of the library come back to these, but for over-aligned types.
void* operator new(std::size_t size) {
  bytes_allocated.fetch_add(size, std::memory_order_relaxed);
  void* const out = std::malloc(size == 0 ? 1 : size);
  if (out == nullptr) std::abort();
  return out;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace greffe::testing_support {

std::uint64_t BytesAllocated() { return bytes_allocated.load(std::memory_order_relaxed); }

}  // namespace greffe::testing_support
