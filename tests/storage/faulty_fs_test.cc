#include "tests/support/faulty_fs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>

namespace greffe {
namespace {

class FaultyFsTest : public testing::Test {
 protected:
  FaultyFsTest() { EXPECT_TRUE(env().CreateDir("/d").ok()); }
  rocksdb::Env& env() { return *disk_.env(); }
  std::unique_ptr<rocksdb::WritableFile> Create(const std::string& path) {
    std::unique_ptr<rocksdb::WritableFile> file;
    EXPECT_TRUE(env().NewWritableFile(path, &file, rocksdb::EnvOptions()).ok());
    return file;
  }
  void SyncFolder() {
    std::unique_ptr<rocksdb::Directory> folder;
    EXPECT_TRUE(env().NewDirectory("/d", &folder).ok());
    EXPECT_TRUE(folder->Fsync().ok());
  }
  FaultyFs disk_;
};

TEST_F(FaultyFsTest, DropsUnsyncedBytesAtACrash) {
  const auto file = Create("/d/a");
  ASSERT_TRUE(file->Append("kept").ok());
  ASSERT_TRUE(file->Sync().ok());
  SyncFolder();
  ASSERT_TRUE(file->Append(" lost").ok());
  EXPECT_EQ(disk_.Content("/d/a"), "kept lost");

  disk_.Crash();

  EXPECT_EQ(disk_.Content("/d/a"), "kept");
}

TEST_F(FaultyFsTest, DropsANameThatItsFolderNeverSynced) {
  const auto file = Create("/d/a");
  ASSERT_TRUE(file->Append("bytes").ok());
  ASSERT_TRUE(file->Sync().ok());

  disk_.Crash();

  EXPECT_TRUE(env().FileExists("/d/a").IsNotFound());
}

TEST_F(FaultyFsTest, UndoesRenamesAndDeletionsThatWereNotSynced) {
  disk_.Plant("/d/current", "old");
  disk_.Plant("/d/new", "new");
  disk_.Plant("/d/gone", "gone");
  ASSERT_TRUE(env().RenameFile("/d/new", "/d/current").ok());
  ASSERT_TRUE(env().DeleteFile("/d/gone").ok());
  EXPECT_EQ(disk_.Content("/d/current"), "new");

  disk_.Crash();

  EXPECT_EQ(disk_.Content("/d/current"), "old");
  EXPECT_EQ(disk_.Content("/d/new"), "new");
  EXPECT_EQ(disk_.Content("/d/gone"), "gone");
}

TEST_F(FaultyFsTest, KeepsRenamesOnceTheFolderIsSynced) {
  disk_.Plant("/d/current", "old");
  disk_.Plant("/d/new", "new");
  ASSERT_TRUE(env().RenameFile("/d/new", "/d/current").ok());
  SyncFolder();

  disk_.Crash();

  EXPECT_EQ(disk_.Content("/d/current"), "new");
  EXPECT_TRUE(env().FileExists("/d/new").IsNotFound());
}

TEST_F(FaultyFsTest, UndoesOverwritesThatWereNotSynced) {
  disk_.Plant("/d/a", "0123456789");
  std::unique_ptr<rocksdb::RandomRWFile> file;
  ASSERT_TRUE(env().NewRandomRWFile("/d/a", &file, rocksdb::EnvOptions()).ok());
  ASSERT_TRUE(file->Write(2, "ab").ok());
  ASSERT_TRUE(file->Sync().ok());
  ASSERT_TRUE(file->Write(3, "XY").ok());
  ASSERT_TRUE(file->Write(8, "ZZZZ").ok());
  EXPECT_EQ(disk_.Content("/d/a"), "01aXY567ZZZZ");

  disk_.Crash();

  EXPECT_EQ(disk_.Content("/d/a"), "01ab456789");
}

TEST_F(FaultyFsTest, TearsUnsyncedBytesAnywhereGivenASeed) {
  std::string lengths;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    FaultyFs disk;
    disk.Plant("/a", "");
    std::unique_ptr<rocksdb::WritableFile> file;
    ASSERT_TRUE(disk.env()->ReopenWritableFile("/a", &file, rocksdb::EnvOptions()).ok());
    ASSERT_TRUE(file->Append("abc").ok());
    disk.Crash(seed);
    EXPECT_EQ(std::string("abc").find(disk.Content("/a")), 0u) << "a prefix";
    lengths += std::to_string(disk.Content("/a").size());
  }
  for (const char* length : {"0", "1", "2", "3"}) EXPECT_THAT(lengths, testing::HasSubstr(length));
}

TEST_F(FaultyFsTest, KeepsNothingWhenSyncIsIgnored) {
  const auto file = Create("/d/a");
  SyncFolder();
  disk_.set_sync_mode(FaultyFs::SyncMode::kIgnored);
  ASSERT_TRUE(file->Append("lost").ok());
  EXPECT_TRUE(file->Sync().ok()) << "it lies";

  disk_.Crash();

  EXPECT_EQ(disk_.Content("/d/a"), "");
}

TEST_F(FaultyFsTest, FailsSyncsOnDemand) {
  const auto file = Create("/d/a");
  disk_.set_sync_mode(FaultyFs::SyncMode::kFailing);
  EXPECT_TRUE(file->Sync().IsIOError());
}

TEST_F(FaultyFsTest, RunsOutOfSpaceAtTheByte) {
  const auto file = Create("/d/a");
  disk_.set_space_left(5);
  EXPECT_TRUE(file->Append("abc").ok());
  EXPECT_TRUE(file->Append("defg").IsNoSpace());
  EXPECT_EQ(disk_.Content("/d/a"), "abcde");

  disk_.set_space_left(std::nullopt);
  EXPECT_TRUE(file->Append("x").ok());
}

TEST_F(FaultyFsTest, StopsAfterTheGivenOperations) {
  const auto file = Create("/d/a");
  ASSERT_TRUE(file->Sync().ok());
  SyncFolder();
  disk_.PowerOffAfter(2);
  EXPECT_TRUE(file->Append("a").ok());
  EXPECT_TRUE(file->Sync().ok());
  EXPECT_TRUE(file->Append("b").IsIOError());
  EXPECT_FALSE(env().FileExists("/d/a").ok()) << "reads fail too";

  disk_.Crash();

  EXPECT_EQ(disk_.Content("/d/a"), "a");
}

TEST_F(FaultyFsTest, LocksUntilUnlockedOrCrashed) {
  rocksdb::FileLock* first = nullptr;
  rocksdb::FileLock* second = nullptr;
  ASSERT_TRUE(env().LockFile("/d/LOCK", &first).ok());
  EXPECT_TRUE(env().LockFile("/d/LOCK", &second).IsIOError());
  ASSERT_TRUE(env().UnlockFile(first).ok());
  ASSERT_TRUE(env().LockFile("/d/LOCK", &second).ok());
  disk_.Crash();
  EXPECT_TRUE(env().LockFile("/d/LOCK", &first).ok());
  EXPECT_TRUE(env().UnlockFile(first).ok());
  EXPECT_TRUE(env().UnlockFile(second).ok());
}

TEST_F(FaultyFsTest, FlipsOneBitForGood) {
  disk_.Plant("/d/a", "a");
  EXPECT_TRUE(disk_.FlipBit("/d/a", 0, 1));
  EXPECT_FALSE(disk_.FlipBit("/d/a", 1, 1));
  disk_.Crash();
  EXPECT_EQ(disk_.Content("/d/a"), "c");
}

TEST_F(FaultyFsTest, ListsFilesAndFolders) {
  disk_.Plant("/d/a", "1");
  ASSERT_TRUE(env().CreateDir("/d/e").ok());
  disk_.Plant("/d/e/b", "22");
  std::vector<std::string> names;

  ASSERT_TRUE(env().GetChildren("/d/", &names).ok());

  EXPECT_THAT(names, testing::UnorderedElementsAre("a", "e"));
  EXPECT_THAT(disk_.Files("/d"), testing::ElementsAre("/d/a", "/d/e/b"));
  EXPECT_TRUE(env().GetChildren("/nowhere", &names).IsNotFound());
}

}  // namespace
}  // namespace greffe
