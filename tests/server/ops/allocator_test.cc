#include <jemalloc/jemalloc.h>
#include <sys/types.h>

#include <cstddef>

#include "gtest/gtest.h"

namespace greffe {
namespace {

TEST(Allocator, IsSetToKeepSmallFreedPagesForAFifthOfASecondAndTwoArenas) {
  ssize_t decay = -2;
  std::size_t size = sizeof(decay);
  ASSERT_EQ(mallctl("opt.dirty_decay_ms", &decay, &size, nullptr, 0), 0);
  EXPECT_EQ(decay, 200);
  std::size_t large = 0;
  size = sizeof(large);
  ASSERT_EQ(mallctl("opt.oversize_threshold", &large, &size, nullptr, 0), 0);
  EXPECT_EQ(large, 65536U) << "what is larger goes back at once";
  unsigned arenas = 0;
  size = sizeof(arenas);
  ASSERT_EQ(mallctl("opt.narenas", &arenas, &size, nullptr, 0), 0);
  EXPECT_EQ(arenas, 2U);
}

TEST(Allocator, ServesTheWholeProgram) {
  std::size_t before = 0;
  std::size_t size = sizeof(before);
  ASSERT_EQ(mallctl("thread.allocated", &before, &size, nullptr, 0), 0);
  constexpr std::size_t kBytes = 1 << 20;
  char* const block = new char[kBytes];
  block[0] = 'x';
  std::size_t after = 0;
  size = sizeof(after);
  ASSERT_EQ(mallctl("thread.allocated", &after, &size, nullptr, 0), 0);
  EXPECT_GE(after - before, kBytes);
  delete[] block;
}

}  // namespace
}  // namespace greffe
