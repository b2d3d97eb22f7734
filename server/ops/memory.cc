#include "server/ops/memory.h"

#include <malloc.h>

namespace greffe {
namespace {

// Larger blocks (frames, batches, tables that grow) are mapped alone and go back to the system when
// freed. glibc's first value, kept from growing.
constexpr int kMappedBytes = 128 << 10;
constexpr int kTrimBytes = 256 << 10;
constexpr int kHeaps = 2;

}  // namespace

void ReturnFreedMemory() {
  mallopt(M_MMAP_THRESHOLD, kMappedBytes);
  mallopt(M_TRIM_THRESHOLD, kTrimBytes);
  mallopt(M_ARENA_MAX, kHeaps);
}

}  // namespace greffe
