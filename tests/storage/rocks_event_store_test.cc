#include "storage/rocks_event_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/refusal.h"
#include "tests/contract/event_store_contract.h"
#include "tests/contract/store_life_contract.h"
#include "tests/support/faulty_fs.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

using testing::HasSubstr;

class RealDisk final : public StorePlace {
 public:
  absl::StatusOr<std::unique_ptr<EventStore>> Open(bool read_only) override {
    return RocksEventStore::Open({.path = folder_.path() + "/a/store", .read_only = read_only});
  }
  std::string copy_path() const override { return folder_.path() + "/copy"; }
  absl::StatusOr<std::unique_ptr<EventStore>> OpenCopy() override {
    return RocksEventStore::Open({.path = copy_path(), .create_if_missing = false});
  }

 private:
  const TempFolder folder_;
};

class DiskInMemory final : public StorePlace {
 public:
  absl::StatusOr<std::unique_ptr<EventStore>> Open(bool read_only) override {
    return RocksEventStore::Open({.path = "/s", .env = disk_.env(), .read_only = read_only});
  }
  std::string copy_path() const override { return "/copy"; }
  absl::StatusOr<std::unique_ptr<EventStore>> OpenCopy() override {
    return RocksEventStore::Open(
        {.path = copy_path(), .env = disk_.env(), .create_if_missing = false});
  }

 private:
  FaultyFs disk_;
};

INSTANTIATE_TEST_SUITE_P(
    Rocks, EventStoreContract,
    testing::Values(StoreMaker{"RealDisk", [] { return std::make_unique<RealDisk>(); }},
                    StoreMaker{"DiskInMemory", [] { return std::make_unique<DiskInMemory>(); }}),
    [](const auto& info) { return info.param.name; });

TEST(RocksEventStoreOpen, RefusesASecondProcessInBothLanguages) {
  const TempFolder folder;
  const auto first = RocksEventStore::Open({.path = folder.path()});
  ASSERT_OK(first);

  const auto second = RocksEventStore::Open({.path = folder.path()});

  ASSERT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  const Refusal refusal = RefusalOf(second.status());
  EXPECT_THAT(refusal.fr, HasSubstr("une autre instance de greffed utilise déjà ce dossier"));
  EXPECT_THAT(refusal.en, HasSubstr("another greffed already uses this folder"));
  EXPECT_NE(refusal.next_fr, "");
}

TEST(RocksEventStoreOpen, SaysThatThereIsNoStoreInsteadOfMakingOne) {
  const TempFolder folder;
  const std::string path = folder.path() + "/store";

  EXPECT_THAT(RocksEventStore::Open({.path = path, .create_if_missing = false}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(RocksEventStore::Open({.path = path, .read_only = true}),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(RocksEventStoreOpen, RefusesDataWithoutCurrentInsteadOfStartingEmpty) {
  const TempFolder folder;
  SampleConvention convention(1, 0, 1);
  { ASSERT_OK((*RocksEventStore::Open({.path = folder.path()}))->Commit(convention.Append(0, 1))); }
  std::filesystem::remove(folder.path() + "/CURRENT");

  const auto opened = RocksEventStore::Open({.path = folder.path()});

  ASSERT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss));
  const Refusal refusal = RefusalOf(opened.status());
  EXPECT_EQ(refusal.field, "CURRENT");
  EXPECT_THAT(refusal.next_fr, HasSubstr("N'effacez rien"));
  // A command before the sync would fork the own feed.
  EXPECT_THAT(refusal.next_fr, HasSubstr("avant toute nouvelle commande : greffe sync --wait"));
}

TEST(RocksEventStoreOpen, NamesAMissingTableFile) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  for (int i = 0; i < 2; ++i) {
    // Opening writes what the log held to table files.
    ASSERT_OK((*RocksEventStore::Open({.path = "/s", .env = disk.env()}))
                  ->Commit(convention.Append(0, 1)));
  }
  std::string removed;
  for (const std::string& path : disk.Files("/s")) {
    if (path.size() > 4 && path.substr(path.size() - 4) == ".sst") removed = path;
  }
  ASSERT_NE(removed, "");
  disk.Remove(removed);

  const auto opened = RocksEventStore::Open({.path = "/s", .env = disk.env()});

  ASSERT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ("/s/" + RefusalOf(opened.status()).field, removed) << opened.status();
}

TEST(RocksEventStoreOpen, LeavesAReadOnlyFolderAsItWas) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  ASSERT_OK(
      (*RocksEventStore::Open({.path = "/s", .env = disk.env()}))->Commit(convention.Append(0, 1)));
  const std::uint64_t operations = disk.operations();

  ASSERT_OK(RocksEventStore::Open({.path = "/s", .env = disk.env(), .read_only = true}));

  EXPECT_EQ(disk.operations(), operations);
}

TEST(RocksEventStoreCommit, StopsForGoodAfterAFailure) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 1)));
  disk.set_sync_mode(FaultyFs::SyncMode::kFailing);
  const WriteSet lost = convention.Append(0, 1);
  EXPECT_THAT(store->Commit(lost), StatusIs(absl::StatusCode::kUnavailable));
  disk.set_sync_mode(FaultyFs::SyncMode::kHonest);

  EXPECT_THAT(store->Commit(lost), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(store->ReadEvents(0, 0, 10, 1000)->size(), 1u) << "nothing of it is visible";
  EXPECT_THAT(store->FindLeaf(1, lost.events[0].leaf), StatusIs(absl::StatusCode::kNotFound));

  store.reset();
  store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  EXPECT_OK(store->Commit(lost));
}

TEST(RocksEventStoreReopen, WritesOnOnceADiskThatWasFullHasRoom) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 1)));
  disk.set_space_left(0);
  const WriteSet second = convention.Append(0, 1);
  EXPECT_THAT(store->Commit(second), StatusIs(absl::StatusCode::kResourceExhausted));

  // Still full: nothing is let go of, and reads go on.
  EXPECT_THAT(store->Reopen(), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(store->ReadEvents(0, 0, 10, 1000)->size(), 1u);
  EXPECT_THAT(store->Commit(second), StatusIs(absl::StatusCode::kFailedPrecondition));

  disk.set_space_left(std::nullopt);
  ASSERT_OK(store->Reopen());
  EXPECT_EQ(store->ReadEvents(0, 0, 10, 1000)->size(), 1u) << "nothing of the failed one is there";
  ASSERT_OK(store->Commit(second));
  store.reset();
  store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  EXPECT_EQ(store->ReadEvents(0, 0, 10, 1000)->size(), 2u);
}

TEST(RocksEventStoreReopen, ReadsOnWhenOpeningForWritingFails) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 1)));
  disk.set_sync_mode(FaultyFs::SyncMode::kFailing);
  EXPECT_FALSE(store->Commit(convention.Append(0, 1)).ok());
  disk.set_sync_mode(FaultyFs::SyncMode::kHonest);
  // Room to try, none to open: 2 MiB hold the trial file and the logs' first bytes only.
  disk.set_space_left((1 << 20) + (16 << 10));
  EXPECT_FALSE(store->Reopen().ok());
  EXPECT_EQ(store->ReadEvents(0, 0, 10, 1000)->size(), 1u);
  EXPECT_FALSE(store->Commit(WriteSet()).ok());
  disk.set_space_left(std::nullopt);
  ASSERT_OK(store->Reopen());
  EXPECT_OK(store->Commit(WriteSet()));
}

TEST(RocksEventStoreReopen, DoesNotMakeAnEmptyStoreWhereOneWas) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 1)));
  const auto files = disk.Files("/s");
  ASSERT_FALSE(files.empty());
  for (const std::string& file : files) disk.Remove(file);
  EXPECT_FALSE(store->Reopen().ok());
  EXPECT_THAT(store->ListConventions(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(RocksEventStoreReopen, LetsReadersFinishAndNewOnesWait) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 8)));
  std::atomic<bool> done = false;
  std::atomic<int> reads = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        const auto events = store->ReadEvents(0, 0, 10, 1000);
        EXPECT_OK(events);
        if (events.ok()) {
          EXPECT_EQ(events->size(), 8u);
        }
        ++reads;
      }
    });
  }
  for (int i = 0; i < 5; ++i) {
    const int before = reads;
    EXPECT_OK(store->Reopen());
    while (reads < before + 10) std::this_thread::yield();
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
}

bool GoOn() { return true; }

// One bad sector, or one chown, must not be both's.
TEST(RocksEventStoreCopy, SharesNoFileWithTheStore) {
  const TempFolder folder;
  SampleConvention convention(1, 0, 1);
  const std::string path = folder.path() + "/store";
  { ASSERT_OK((*RocksEventStore::Open({.path = path}))->Commit(convention.Append(0, 9))); }
  // Opening writes what the log held to table files.
  const auto store = *RocksEventStore::Open({.path = path});
  ASSERT_OK(store->CopyTo(folder.path() + "/copy", GoOn));

  int tables = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.path() + "/copy")) {
    EXPECT_EQ(std::filesystem::hard_link_count(file.path()), 1u) << file.path();
    tables += file.path().extension() == ".sst" ? 1 : 0;
  }
  EXPECT_GT(tables, 0);
}

TEST(RocksEventStoreCopy, IsNotMadeOfATableThatIsNotWhatWasWritten) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 9)));
  // Opening writes what the log held to table files.
  store.reset();
  store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  std::string table;
  for (const std::string& path : disk.Files("/s")) {
    if (path.ends_with(".sst") && disk.Content(path).size() >= disk.Content(table).size()) {
      table = path;
    }
  }
  ASSERT_NE(table, "");
  ASSERT_TRUE(disk.FlipBit(table, disk.Content(table).size() / 2, 3));

  const auto copied = store->CopyTo("/copy", GoOn);

  ASSERT_THAT(copied, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ("/s/" + RefusalOf(copied.status()).field, table);
  EXPECT_THAT(RefusalOf(copied.status()).next_fr, HasSubstr("greffed check"));

  ASSERT_TRUE(disk.FlipBit(table, disk.Content(table).size() / 2, 3));
  EXPECT_OK(store->CopyTo("/again", GoOn));
}

TEST(RocksEventStoreCopy, IsOnDiskWhenItIsSaidToBe) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 9)));
  // Opening writes what the log held to table files.
  store.reset();
  store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 1)));

  ASSERT_OK(store->CopyTo("/copy", GoOn));
  disk.PowerOff();
  store.reset();
  disk.Crash();

  const auto copy = RocksEventStore::Open({.path = "/copy", .env = disk.env(), .read_only = true});
  ASSERT_OK(copy);
  EXPECT_EQ((*copy)->ReadEvents(0, 0, 100, 1 << 20)->size(), 10u);
}

// Who opens the copy is told when commits are missing from it.
TEST(RocksEventStoreCopy, KnowsHowManyCommitsItHolds) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  const auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  for (int i = 0; i < 3; ++i) ASSERT_OK(store->Commit(convention.Append(0, 1)));
  ASSERT_OK(store->CopyTo("/copy", GoOn));
  std::string log;
  for (const std::string& file : disk.Files("/copy")) {
    if (file.size() > 4 && file.substr(file.size() - 4) == ".log") log = file;
  }
  ASSERT_NE(log, "");
  const std::string bytes = disk.Content(log);
  disk.Plant(log, bytes.substr(0, bytes.size() - 10));

  EXPECT_THAT(RocksEventStore::Open({.path = "/copy", .env = disk.env()}),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(RocksEventStoreCopy, IsOfOneMomentHoweverOftenItIsMadeUnderWrites) {
  FaultyFs disk;
  const auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  std::atomic<bool> done{false};
  std::atomic<bool> failed{false};
  std::atomic<std::uint64_t> count{0};
  std::thread writer([&] {
    while (!done) {
      WriteSet writes;
      writes.records.push_back({"t", "k", std::to_string(count)});
      const absl::Status committed = store->Commit(writes);
      EXPECT_OK(committed);
      if (!committed.ok()) {
        failed = true;
        break;
      }
      ++count;
    }
  });
  for (int i = 0; i < 10; ++i) {
    // Nobody waits for commits that will never come.
    while (!failed && count < 10u * static_cast<unsigned>(i)) std::this_thread::yield();
    if (failed) break;
    const std::uint64_t before = count;
    const std::string path = "/copy" + std::to_string(i);
    // Opens it, and so counts its commits against those that it must hold.
    EXPECT_OK(store->CopyTo(path, GoOn));
    if (before == 0) continue;
    const auto copy = RocksEventStore::Open({.path = path, .env = disk.env(), .read_only = true});
    EXPECT_OK(copy);
    if (!copy.ok()) break;
    EXPECT_GE(std::stoull(*(*copy)->ReadRecord("t", "k")), before - 1);
  }
  done = true;
  writer.join();
}

// More is written meanwhile than the store's logs may hold.
TEST(RocksEventStoreCopy, ReadsFilesThatTheStoreNeedsNoMore) {
  FaultyFs disk;
  const auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  WriteSet first;
  first.records.push_back({"t", "first", "1"});
  ASSERT_OK(store->Commit(first));
  const auto before = disk.Files("/s");
  bool written = false;

  ASSERT_OK(store->CopyTo("/copy", [&] {
    if (written) return true;
    written = true;
    std::thread([&] {
      for (int i = 0; i < 48; ++i) {
        WriteSet writes;
        writes.records.push_back({"t", std::to_string(i), std::string(1 << 20, 'x')});
        EXPECT_OK(store->Commit(writes));
      }
    }).join();
    return true;
  }));

  const auto copy = RocksEventStore::Open({.path = "/copy", .env = disk.env(), .read_only = true});
  ASSERT_OK(copy);
  EXPECT_EQ((*copy)->ReadTable("t")->size(), 1u);
  // And lets go of them afterwards.
  WriteSet last;
  last.records.push_back({"t", "last", "1"});
  EXPECT_OK(store->Commit(last));
  const auto after = disk.Files("/s");
  std::size_t gone = 0;
  for (const std::string& file : before) {
    gone += std::find(after.begin(), after.end(), file) == after.end() ? 1 : 0;
  }
  EXPECT_GT(gone, 0u);
}

TEST(RocksEventStoreCopy, ThatFindsNoRoomLeavesTheStoreWriting) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  const auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 20, /*text_bytes=*/1000)));
  disk.set_space_left(10'000);

  EXPECT_THAT(store->CopyTo("/copy", GoOn), StatusIs(absl::StatusCode::kResourceExhausted));

  disk.set_space_left(std::nullopt);
  EXPECT_OK(store->Commit(convention.Append(0, 1)));
}

// Who must open the store again is not kept waiting, and all the readers behind that one.
TEST(RocksEventStoreCopy, GivesWayToReopening) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  const auto store = *RocksEventStore::Open({.path = "/s", .env = disk.env()});
  ASSERT_OK(store->Commit(convention.Append(0, 9)));
  std::thread reopening;
  std::atomic<bool> reopened{false};
  const std::uint64_t before = disk.operations();

  const auto copied = store->CopyTo("/copy", [&] {
    if (!reopening.joinable()) {
      reopening = std::thread([&] {
        EXPECT_OK(store->Reopen());
        reopened = true;
      });
    }
    // It tries for room first: then it waits for us.
    while (disk.operations() < before + 10) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return true;
  });
  reopening.join();

  EXPECT_EQ(RefusalOf(copied.status()).rule, "store-reopened") << copied.status();
  EXPECT_TRUE(reopened);
  EXPECT_OK(store->Commit(convention.Append(0, 1)));
}

}  // namespace
}  // namespace greffe
