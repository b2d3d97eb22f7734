#include "storage/rocks_marker.h"

#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include "tests/support/faulty_fs.h"
#include "tests/support/status_matchers.h"

namespace greffe::rocks {
namespace {

class CommitMarkerTest : public testing::Test {
 protected:
  CommitMarkerTest() { EXPECT_TRUE(disk_.env()->CreateDir("/s").ok()); }
  FaultyFs disk_;
};

TEST_F(CommitMarkerTest, TellsWhenThereIsNone) {
  EXPECT_THAT(CommitMarker::Read("/s", *disk_.env()),
              testing_support::StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(CommitMarkerTest, KeepsTheLastNumberAcrossAProcess) {
  { (*CommitMarker::Open("/s", 3, *disk_.env()))->Write(258); }
  EXPECT_EQ(*CommitMarker::Read("/s", *disk_.env()), 258u);
}

TEST_F(CommitMarkerTest, FallsBackToAnOlderNumberAfterPowerLoss) {
  { (*CommitMarker::Open("/s", 3, *disk_.env()))->Write(258); }
  disk_.Crash();
  EXPECT_EQ(*CommitMarker::Read("/s", *disk_.env()), 3u);
}

TEST_F(CommitMarkerTest, ReadsZeroWhenItsBytesAreDamaged) {
  { ASSERT_OK(CommitMarker::Open("/s", 3, *disk_.env())); }
  for (std::uint64_t byte = 0; byte < 16; ++byte) {
    ASSERT_TRUE(disk_.FlipBit("/s/COMMITS", byte, 1));
    EXPECT_EQ(*CommitMarker::Read("/s", *disk_.env()), 0u) << byte;
    ASSERT_TRUE(disk_.FlipBit("/s/COMMITS", byte, 1));
  }
  EXPECT_EQ(*CommitMarker::Read("/s", *disk_.env()), 3u);
}

}  // namespace
}  // namespace greffe::rocks
