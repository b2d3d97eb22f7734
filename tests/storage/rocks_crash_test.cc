// What a store keeps when the disk loses power, fills up, lies or decays: invariant 4.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "storage/check.h"
#include "storage/rocks_event_store.h"
#include "storage/rocks_marker.h"
#include "tests/support/faulty_fs.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_samples.h"

namespace greffe {
namespace {

using testing_support::StatusIs;

std::uint64_t Seed() {
  const char* given = std::getenv("GREFFE_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
}

absl::StatusOr<std::unique_ptr<RocksEventStore>> Open(FaultyFs& disk) {
  return RocksEventStore::Open({.path = "/s", .env = disk.env()});
}

// Events held by a store, after checking that every family tells of the same commits.
std::uint64_t HeldWhole(const EventStore& store, const SampleConvention& convention) {
  const auto conventions = store.ListConventions();
  EXPECT_OK(conventions);
  if (!conventions.ok() || conventions->empty()) {
    EXPECT_EQ(store.ReadEvents(0, 0, 100'000, SIZE_MAX)->size(), 0u);
    return 0;
  }
  const std::uint64_t count = conventions->front().arrivals;
  EXPECT_EQ((*store.ListFeeds(1))[0].held, count);
  const auto events = *store.ReadEvents(0, 0, 100'000, SIZE_MAX);
  EXPECT_EQ(events.size(), count);
  EXPECT_EQ(store.ReadArrivals(1, 0, 100'000)->size(), count);
  EXPECT_EQ(store.ReadHeadAtMost(0, UINT64_MAX)->size, count);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(*store.ReadNode(0, 0, i), LeafHash(events[i]));
    EXPECT_EQ(*store.FindLeaf(1, LeafHash(events[i])), (EventPosition{0, i}));
  }
  return count;
}

// One run: two commits acknowledged, then one that meets the end of power after `operations`.
struct Outcome {
  bool acknowledged = false;
  std::uint64_t held = 0;
};

Outcome CommitIntoPowerLoss(std::uint64_t operations, std::optional<std::uint64_t> torn_seed) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *Open(disk);
  EXPECT_OK(store->Commit(convention.Append(0, 3)));
  EXPECT_OK(store->Commit(convention.Append(0, 3)));
  disk.PowerOffAfter(operations);
  Outcome outcome;
  outcome.acknowledged = store->Commit(convention.Append(0, 4)).ok();
  disk.PowerOff();
  store.reset();
  disk.Crash(torn_seed);
  const auto checked = CheckStore({.path = "/s", .env = disk.env()});
  EXPECT_TRUE(checked.ok() && checked->ok()) << "after " << operations << " operations";
  const auto reopened = Open(disk);
  EXPECT_OK(reopened) << "after " << operations << " operations";
  if (reopened.ok()) outcome.held = HeldWhole(**reopened, convention);
  return outcome;
}

TEST(RocksCrash, LeavesACommitWholeOrAbsentAtEveryPointOfIt) {
  bool refused_once = false;
  bool acknowledged = false;
  for (std::uint64_t operations = 0; operations < 12; ++operations) {
    const Outcome outcome = CommitIntoPowerLoss(operations, std::nullopt);
    EXPECT_TRUE(outcome.held == 6 || outcome.held == 10) << outcome.held;
    if (outcome.acknowledged) {
      EXPECT_EQ(outcome.held, 10u);
    }
    refused_once = refused_once || !outcome.acknowledged;
    acknowledged = outcome.acknowledged;
  }
  EXPECT_TRUE(refused_once);
  EXPECT_TRUE(acknowledged) << "the last runs go past the whole commit";
}

TEST(RocksCrash, LeavesATornCommitWholeOrAbsent) {
  const std::uint64_t seed = Seed();
  SCOPED_TRACE("GREFFE_SEED=" + std::to_string(seed));
  for (std::uint64_t round = 0; round < 30; ++round) {
    const Outcome outcome = CommitIntoPowerLoss(round % 4, seed + round);
    EXPECT_TRUE(outcome.held == 6 || outcome.held == 10) << outcome.held;
    if (outcome.acknowledged) {
      EXPECT_EQ(outcome.held, 10u);
    }
  }
}

TEST(RocksCrash, LeavesASnapshotWholeOrAbsent) {
  const std::uint64_t seed = Seed();
  SCOPED_TRACE("GREFFE_SEED=" + std::to_string(seed));
  const std::vector<std::string> pieces = {std::string(9000, 'a'), std::string(70'000, 'b'), "c"};
  for (std::uint64_t round = 0; round < 40; ++round) {
    FaultyFs disk;
    SampleConvention convention(1, 0, 1);
    auto store = *Open(disk);
    ASSERT_OK(store->Commit(convention.Append(0, 3)));
    ASSERT_OK(store->WriteSnapshot({1, 3, 1}, [&](const EventStore::PutPiece& put) {
      for (const std::string& piece : pieces) put(piece);
    }));
    EXPECT_EQ(store->ReadSnapshot(1, 3, 1)->bytes, pieces[0] + pieces[1] + pieces[2]);
    // A later commit's sync carries it to the disk.
    const bool synced = round % 2 == 0;
    if (synced) {
      ASSERT_OK(store->Commit(convention.Append(0, 1)));
    }
    disk.PowerOff();
    store.reset();
    disk.Crash(seed + round);

    const auto reopened = Open(disk);
    ASSERT_OK(reopened);
    const auto snapshot = (*reopened)->ReadSnapshot(1, 3, 1);
    if (synced || snapshot.ok()) {
      ASSERT_OK(snapshot);
      EXPECT_EQ(snapshot->bytes, pieces[0] + pieces[1] + pieces[2]);
    } else {
      EXPECT_THAT(snapshot, StatusIs(absl::StatusCode::kNotFound));
    }
    EXPECT_EQ(HeldWhole(**reopened, convention), synced ? 4u : 3u);
  }
}

// Commits until the power goes, after a random number of operations; flushes, compactions and
// new logs happen on the way. Returns commits acknowledged and found again.
std::pair<std::uint64_t, std::uint64_t> CommitMany(std::uint64_t operations, FaultyFs& disk) {
  SampleConvention convention(1, 0, 1);
  std::uint64_t acknowledged = 0;
  // Fewer may pass than opening takes: then there is nothing to lose.
  auto store = *Open(disk);
  disk.PowerOffAfter(operations);
  while (acknowledged < 4000 && store->Commit(convention.Append(0, 40, 2000)).ok()) {
    acknowledged += 40;
  }
  disk.PowerOff();
  store.reset();
  disk.Crash();
  const auto reopened = Open(disk);
  EXPECT_OK(reopened);
  return {acknowledged, reopened.ok() ? HeldWhole(**reopened, convention) : 0};
}

TEST(RocksCrash, KeepsAllThatWasAcknowledged) {
  const std::uint64_t seed = Seed();
  SCOPED_TRACE("GREFFE_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int round = 0; round < 6; ++round) {
    FaultyFs disk;
    const auto [acknowledged, held] = CommitMany(20 + random() % 700, disk);
    EXPECT_GE(held, acknowledged);
    EXPECT_LE(held, acknowledged + 40);
  }
}

TEST(RocksCrash, LosesAcknowledgedCommitsWhenFsyncIsTakenOut) {
  FaultyFs disk;
  SampleConvention convention(1, 0, 1);
  auto store = *Open(disk);
  ASSERT_OK(store->Commit(convention.Append(0, 3)));
  disk.set_sync_mode(FaultyFs::SyncMode::kIgnored);
  ASSERT_OK(store->Commit(convention.Append(0, 3)));
  disk.PowerOff();
  store.reset();
  disk.Crash();
  disk.set_sync_mode(FaultyFs::SyncMode::kHonest);

  EXPECT_EQ(HeldWhole(**Open(disk), convention), 3u)
      << "had it kept 6, the tests above would prove nothing";
}

TEST(RocksCrash, SurvivesAnEndOfPowerWhileTheStoreIsMade) {
  std::uint64_t all = 0;
  {
    FaultyFs disk;
    ASSERT_OK(Open(disk));
    all = disk.operations();
  }
  for (std::uint64_t operations = 0; operations < all; operations += 7) {
    FaultyFs disk;
    disk.PowerOffAfter(operations);
    Open(disk).status().IgnoreError();
    disk.PowerOff();
    disk.Crash();
    const auto again = Open(disk);
    ASSERT_OK(again) << operations;
    SampleConvention convention(1, 0, 1);
    EXPECT_OK((*again)->Commit(convention.Append(0, 1)));
  }
}

TEST(RocksCrash, LeavesNothingOfACommitThatDidNotFitTheDisk) {
  for (const std::uint64_t space : {0u, 1u, 100u, 1000u, 3000u}) {
    SCOPED_TRACE(space);
    FaultyFs disk;
    SampleConvention convention(1, 0, 1);
    auto store = *Open(disk);
    ASSERT_OK(store->Commit(convention.Append(0, 3)));
    disk.set_space_left(space);
    const WriteSet big = convention.Append(0, 20, 500);

    EXPECT_THAT(store->Commit(big), StatusIs(absl::StatusCode::kResourceExhausted));

    EXPECT_EQ(HeldWhole(*store, convention), 3u) << "reads go on";
    disk.set_space_left(std::nullopt);
    EXPECT_THAT(store->Commit(big), StatusIs(absl::StatusCode::kFailedPrecondition));
    store.reset();
    store = *Open(disk);
    EXPECT_EQ(HeldWhole(*store, convention), 3u);
    EXPECT_OK(store->Commit(big));
    EXPECT_EQ(HeldWhole(*store, convention), 23u);
  }
}

std::string LogOf(const FaultyFs& disk) {
  std::string longest;
  for (const std::string& path : disk.Files("/s")) {
    if (absl::EndsWith(path, ".log") && disk.Content(path).size() >= disk.Content(longest).size()) {
      longest = path;
    }
  }
  return longest;
}

// Some of these bits are lengths, which RocksDB alone takes for a write cut short near the end of
// the log: acknowledged commits would be gone, and the next one would fork our own feed.
TEST(RocksDecay, IsFoundAnywhereInTheLogBeforeTheLastCommit) {
  SampleConvention convention(1, 0, 1);
  FaultyFs disk;
  auto store = *Open(disk);
  std::vector<std::size_t> starts;
  for (int i = 0; i < 4; ++i) {
    starts.push_back(disk.Content(LogOf(disk)).size());
    ASSERT_OK(store->Commit(convention.Append(0, 1)));
  }
  store.reset();
  const std::string log = LogOf(disk);

  for (std::size_t byte = 0; byte < starts.back(); ++byte) {
    const bool in_header = std::any_of(starts.begin(), starts.end(), [&](std::size_t start) {
      return byte >= start && byte < start + 24;
    });
    if (!in_header && byte % 41 != 0) continue;
    const int bit = static_cast<int>(byte % 8);
    ASSERT_TRUE(disk.FlipBit(log, byte, bit));
    const auto opened = Open(disk);
    ASSERT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss)) << "byte " << byte;
    EXPECT_EQ("/s/" + RefusalOf(opened.status()).field, log) << opened.status();
    ASSERT_TRUE(disk.FlipBit(log, byte, bit));
  }
  ASSERT_OK(Open(disk)) << "and refusing changed nothing";
}

// COMMITS may be older than the log, after a power loss, or damaged: then RocksDB has to refuse.
TEST(RocksDecay, IsFoundInTheContentOfTheLogWithoutTheMarkerToo) {
  SampleConvention convention(1, 0, 1);
  FaultyFs disk;
  auto store = *Open(disk);
  const std::size_t start = disk.Content(LogOf(disk)).size();
  for (int i = 0; i < 3; ++i) ASSERT_OK(store->Commit(convention.Append(0, 1)));
  store.reset();
  const std::string log = LogOf(disk);
  ASSERT_TRUE(disk.FlipBit("/s/COMMITS", 0, 0));

  ASSERT_TRUE(disk.FlipBit(log, start + 100, 0));
  const auto opened = Open(disk);
  ASSERT_THAT(opened, StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ("/s/" + RefusalOf(opened.status()).field, log) << opened.status();

  ASSERT_TRUE(disk.FlipBit(log, start + 100, 0));
  EXPECT_OK(Open(disk));
}

// Without it a log that is gone with it would be missed by nothing, and the next event would fork
// our own feed.
TEST(RocksDecay, IsFoundWhenTheMarkerIsTakenAway) {
  SampleConvention convention(1, 0, 1);
  FaultyFs disk;
  auto store = *Open(disk);
  for (int i = 0; i < 3; ++i) ASSERT_OK(store->Commit(convention.Append(0, 1)));
  store.reset();
  const std::string marker = disk.Content("/s/COMMITS");
  disk.Remove("/s/COMMITS");

  const Refusal alone = RefusalOf(Open(disk).status());
  EXPECT_EQ(alone.code, absl::StatusCode::kDataLoss);
  EXPECT_EQ(alone.field, "COMMITS");
  EXPECT_TRUE(disk.Content("/s/COMMITS").empty()) << "a new one would hide what is gone";

  const std::string log = LogOf(disk);
  const std::string content = disk.Content(log);
  disk.Remove(log);
  const Refusal both = RefusalOf(Open(disk).status());
  EXPECT_EQ(both.code, absl::StatusCode::kDataLoss);
  EXPECT_EQ(both.field, "COMMITS");

  disk.Plant(log, content);
  disk.Plant("/s/COMMITS", marker);
  EXPECT_OK(Open(disk));
}

// The marker is the first file of a store: a creation cut short behind it starts again.
TEST(RocksDecay, IsNotAMarkerThatSpeaksOfNoCommit) {
  FaultyFs disk;
  ASSERT_TRUE(disk.env()->CreateDir("/s").ok());
  ASSERT_OK(rocks::CommitMarker::Open("/s", 0, *disk.env()));
  EXPECT_OK(Open(disk));
}

TEST(RocksDecay, IsFoundWhenTheMarkerIsAllThatIsLeftAndDamaged) {
  FaultyFs disk;
  ASSERT_TRUE(disk.env()->CreateDir("/s").ok());
  disk.Plant("/s/COMMITS", std::string(16, 'x'));
  EXPECT_THAT(Open(disk), StatusIs(absl::StatusCode::kDataLoss));
  // Cut short in its creation.
  disk.Plant("/s/COMMITS", std::string(3, 'x'));
  EXPECT_OK(Open(disk));
}

TEST(RocksDecay, IsFoundWhenTheLogIsCutShort) {
  SampleConvention convention(1, 0, 1);
  FaultyFs disk;
  auto store = *Open(disk);
  for (int i = 0; i < 3; ++i) ASSERT_OK(store->Commit(convention.Append(0, 1)));
  store.reset();
  const std::string log = LogOf(disk);
  const std::string content = disk.Content(log);
  disk.Plant(log, absl::string_view(content).substr(0, content.size() / 2));

  EXPECT_THAT(Open(disk), StatusIs(absl::StatusCode::kDataLoss));

  disk.Plant(log, content);
  EXPECT_OK(Open(disk));
}

// What is left looks sound by itself: none of it is blamed for what is not there.
TEST(RocksDecay, IsFoundWhenTheLastLogIsTakenAwayAndBlamesNoOther) {
  SampleConvention convention(1, 0, 1);
  FaultyFs disk;
  auto store = *Open(disk);
  for (int i = 0; i < 3; ++i) ASSERT_OK(store->Commit(convention.Append(0, 1)));
  store.reset();
  const std::string log = LogOf(disk);
  const std::string content = disk.Content(log);
  disk.Remove(log);

  const Refusal none = RefusalOf(Open(disk).status());
  EXPECT_EQ(none.code, absl::StatusCode::kDataLoss);
  EXPECT_EQ(none.field, "/s");
  EXPECT_TRUE(absl::StrContains(none.en, "no log (.log) left")) << none.en;

  // An earlier one, which ends where it ended then.
  disk.Plant("/s/000001.log", "");
  const Refusal earlier = RefusalOf(Open(disk).status());
  EXPECT_EQ(earlier.code, absl::StatusCode::kDataLoss);
  EXPECT_TRUE(absl::StrContains(earlier.en, "or a later one was taken away")) << earlier.en;
  EXPECT_TRUE(absl::StrContains(earlier.fr, "ou un journal plus récent a été enlevé"))
      << earlier.fr;

  disk.Remove("/s/000001.log");
  disk.Plant(log, content);
  EXPECT_OK(Open(disk));
}

}  // namespace
}  // namespace greffe
