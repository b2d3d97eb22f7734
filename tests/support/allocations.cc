#include "tests/support/allocations.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::uint64_t> bytes_allocated{0};
// Signed: blocks may be given back that were had from malloc before.
std::atomic<std::int64_t> bytes_held{0};
std::atomic<std::int64_t> most_held{0};
std::atomic<std::int64_t> held_before{0};

void Hold(void* block) {
  const auto size = static_cast<std::int64_t>(malloc_usable_size(block));
  const std::int64_t held = bytes_held.fetch_add(size, std::memory_order_relaxed) + size;
  std::int64_t most = most_held.load(std::memory_order_relaxed);
  while (held > most && !most_held.compare_exchange_weak(most, held, std::memory_order_relaxed)) {
  }
}

void GiveBack(void* block) {
  if (block == nullptr) return;
  bytes_held.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(block)),
                       std::memory_order_relaxed);
  std::free(block);
}

}  // namespace

// The other forms of the library come back to these, but for over-aligned types.
void* operator new(std::size_t size) {
  bytes_allocated.fetch_add(size, std::memory_order_relaxed);
  void* const out = std::malloc(size == 0 ? 1 : size);
  if (out == nullptr) std::abort();
  Hold(out);
  return out;
}
// Said too, for the sanitizers' own one is not given back by the delete below.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
void operator delete(void* memory) noexcept { GiveBack(memory); }
void operator delete(void* memory, std::size_t) noexcept { GiveBack(memory); }

namespace greffe::testing_support {

std::uint64_t BytesAllocated() { return bytes_allocated.load(std::memory_order_relaxed); }

std::uint64_t PeakBytesHeld() {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(
      0, most_held.load(std::memory_order_relaxed) - held_before.load(std::memory_order_relaxed)));
}

void ForgetPeak() {
  held_before = bytes_held.load(std::memory_order_relaxed);
  most_held = held_before.load();
}

}  // namespace greffe::testing_support
