#include "storage/rocks_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/status.h>

#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe::rocks {
namespace {

using testing::HasSubstr;
using testing_support::StatusIs;

TEST(RocksStatus, MapsEachCode) {
  EXPECT_OK(StatusOf(rocksdb::Status::OK(), "x"));
  EXPECT_THAT(StatusOf(rocksdb::Status::NotFound(), "x"), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(StatusOf(rocksdb::Status::Corruption("bad"), "x"),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(StatusOf(rocksdb::Status::NoSpace(), "x"),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(StatusOf(rocksdb::Status::SpaceLimit(), "x"),
              StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(StatusOf(rocksdb::Status::IOError("eio"), "x"),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(StatusOf(rocksdb::Status::NotSupported("?"), "x"),
              StatusIs(absl::StatusCode::kInternal));
}

TEST(RocksStatus, SaysWhatToDoWhenTheDiskIsFull) {
  const Refusal refusal = RefusalOf(StatusOf(rocksdb::Status::NoSpace(), "commit"));

  EXPECT_THAT(refusal.fr, HasSubstr("le disque est plein"));
  EXPECT_THAT(refusal.next_fr, HasSubstr("libérez au moins 100 Mio"));
  EXPECT_EQ(refusal.rule, "disk-full");
}

TEST(RocksStatus, TellsAHeldLockFromADamagedStore) {
  EXPECT_THAT(OpenStatusOf(rocksdb::Status::IOError("While lock file: /s/LOCK", "busy"), "/s", ""),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(OpenStatusOf(rocksdb::Status::Corruption("checksum"), "/s", ""),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(OpenStatusOf(rocksdb::Status::PathNotFound("/s/MANIFEST-000004"), "/s", ""),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(OpenStatusOf(rocksdb::Status::IOError("permission denied"), "/s", ""),
              StatusIs(absl::StatusCode::kUnavailable));
}

TEST(RocksStatus, TakesTheFileFromTheLogWhenTheStatusNamesNone) {
  const absl::Status status = OpenStatusOf(rocksdb::Status::Corruption("checksum mismatch"), "/s",
                                           "[x] 000012.log: dropping 57 bytes; checksum\n");
  EXPECT_EQ(RefusalOf(status).field, "000012.log");
}

TEST(RocksStatus, FindsTheMostTellingFileName) {
  EXPECT_EQ(FileNamedIn("in file /a/b/000039.sst. The file /a/b/MANIFEST-000041 may be"),
            "000039.sst");
  EXPECT_EQ(FileNamedIn("/a/CURRENT: does not end"), "CURRENT");
  EXPECT_EQ(FileNamedIn("/a/MANIFEST-000041: no such file"), "MANIFEST-000041");
  EXPECT_EQ(FileNamedIn("/s/000039.ldb in file /s/MANIFEST-000041"), "000039.sst");
  EXPECT_EQ(FileNamedIn("/home/x.log/y.sst and .sst"), "");
}

}  // namespace
}  // namespace greffe::rocks
