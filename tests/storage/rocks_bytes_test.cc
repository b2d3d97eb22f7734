#include "storage/rocks_bytes.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/ids.h"

namespace greffe::rocks {
namespace {

TEST(ByteReader, GivesBackWhatWasWritten) {
  const std::string bytes = ByteWriter().U8(7).U32(0xfffefdfc).U64(1ull << 63).Bytes("end").Take();

  ByteReader in(bytes);

  EXPECT_EQ(in.U8(), 7);
  EXPECT_EQ(in.U32(), 0xfffefdfcu);
  EXPECT_EQ(in.U64(), 1ull << 63);
  EXPECT_EQ(in.Rest(), "end");
  EXPECT_TRUE(in.done());
}

TEST(ByteReader, StaysFailedAfterReadingPastTheEnd) {
  ByteReader in("abc");

  EXPECT_EQ(in.U32(), 0u);

  EXPECT_FALSE(in.ok());
  EXPECT_EQ(in.U8(), 0) << "even what would fit";
  EXPECT_EQ(in.Take<ConventionId>(), ConventionId());
  EXPECT_EQ(in.Rest(), "");
  EXPECT_FALSE(in.done());
}

TEST(ByteReader, IsNotDoneWhileSomethingIsLeft) {
  ByteReader in("ab");
  in.U8();
  EXPECT_TRUE(in.ok());
  EXPECT_FALSE(in.done());
}

}  // namespace
}  // namespace greffe::rocks
