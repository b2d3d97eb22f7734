#include "storage/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "core/feed/checkpoint.h"
#include "storage/rocks_event_store.h"
#include "storage/rocks_keys.h"
#include "storage/rocks_rows.h"
#include "tests/support/faulty_fs.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_samples.h"

namespace greffe {
namespace {

using Kind = CheckProblem::Kind;
using rocks::Family;
using testing::HasSubstr;
using testing_support::StatusIs;

constexpr char kPath[] = "/s";

// A store with one convention of two replicas, 20 events each in two commits, and hands that reach
// behind the store's back as an intruder with RocksDB would.
class CheckTest : public testing::Test {
 protected:
  CheckTest() : convention_(1, 3, 2) {
    auto store = Open();
    for (int round = 0; round < 2; ++round) {
      for (int replica = 0; replica < 2; ++replica) {
        const WriteSet writes = convention_.Append(replica, 10);
        EXPECT_OK(store->Commit(writes));
        events_.insert(events_.end(), writes.events.begin(), writes.events.end());
      }
    }
  }

  std::unique_ptr<RocksEventStore> Open() {
    auto store = RocksEventStore::Open({.path = kPath, .env = disk_.env()});
    EXPECT_OK(store);
    return *std::move(store);
  }

  CheckReport Check() {
    const auto report = CheckStore({.path = kPath, .env = disk_.env()});
    EXPECT_OK(report);
    return *report;
  }

  const StoredEvent& Event(FeedNumber feed, std::uint64_t sequence) const {
    for (const StoredEvent& event : events_) {
      if (event.at == EventPosition{feed, sequence}) return event;
    }
    return events_.front();
  }

  // Opens RocksDB itself, with nothing of Greffe's options.
  void Tamper(
      const std::function<
          void(rocksdb::DB&, const std::function<rocksdb::ColumnFamilyHandle*(Family)>&)>& change) {
    rocksdb::DBOptions options;
    options.env = disk_.env();
    std::vector<rocksdb::ColumnFamilyDescriptor> wanted;
    for (int i = 0; i < rocks::kFamilyCount; ++i) {
      wanted.emplace_back(rocks::FamilyName(static_cast<Family>(i)),
                          rocksdb::ColumnFamilyOptions());
    }
    std::vector<rocksdb::ColumnFamilyHandle*> families;
    rocksdb::DB* raw = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, kPath, wanted, &families, &raw).ok());
    const std::unique_ptr<rocksdb::DB> db(raw);
    change(*db, [&](Family family) { return families[static_cast<std::size_t>(family)]; });
    for (rocksdb::ColumnFamilyHandle* family : families) {
      EXPECT_TRUE(db->DestroyColumnFamilyHandle(family).ok());
    }
  }
  void Put(Family family, const std::string& key, const std::string& value) {
    Tamper([&](rocksdb::DB& db, const auto& handle) {
      EXPECT_TRUE(db.Put(rocksdb::WriteOptions(), handle(family), key, value).ok());
    });
  }
  void Delete(Family family, const std::string& key) {
    Tamper([&](rocksdb::DB& db, const auto& handle) {
      EXPECT_TRUE(db.Delete(rocksdb::WriteOptions(), handle(family), key).ok());
    });
  }
  void PutEvent(EventPosition at, const std::string& bytes) {
    Put(Family::kEvents, rocks::EventKey(at), rocks::EncodeEvent(bytes));
  }

  // The one problem found, of this kind, with these sequences.
  void ExpectOne(const CheckReport& report, Kind kind, int replica, std::uint64_t first,
                 std::uint64_t last) {
    ASSERT_EQ(report.problems.size(), 1u) << Text(report);
    const CheckProblem& problem = report.problems[0];
    EXPECT_EQ(problem.kind, kind) << Text(report);
    EXPECT_EQ(problem.convention, convention_.id());
    EXPECT_EQ(problem.replica, convention_.key(replica).replica_id());
    EXPECT_EQ(problem.first, first) << Text(report);
    EXPECT_EQ(problem.last, last) << Text(report);
    EXPECT_THAT(problem.fr, HasSubstr(convention_.id().ToHex()));
    EXPECT_THAT(problem.en, HasSubstr(convention_.key(replica).replica_id().ToHex()));
  }
  static std::string Text(const CheckReport& report) {
    std::string text;
    for (const CheckProblem& problem : report.problems) text += problem.en + "\n";
    return text;
  }

  FaultyFs disk_;
  SampleConvention convention_;
  std::vector<StoredEvent> events_;
};

TEST_F(CheckTest, PassesASoundStoreAndCountsWhatItLookedAt) {
  const CheckReport report = Check();

  EXPECT_TRUE(report.ok()) << Text(report);
  EXPECT_EQ(report.conventions, 1u);
  EXPECT_EQ(report.feeds, 2u);
  EXPECT_EQ(report.events, 40u);
  EXPECT_EQ(report.heads, 4u);
  EXPECT_EQ(report.arrivals, 40u);
}

TEST_F(CheckTest, ChangesNothing) {
  const std::uint64_t operations = disk_.operations();
  Check();
  EXPECT_EQ(disk_.operations(), operations);
}

TEST_F(CheckTest, PassesAForkedFeedWithItsSharedEvents) {
  // A second branch of feed 4 that leaves it after 12 events.
  MerkleFrontier tree;
  WriteSet writes;
  for (std::uint64_t i = 0; i < 12; ++i) tree.Append(Event(4, i).leaf);
  for (std::uint64_t i = 12; i < 15; ++i) {
    const std::string bytes = "another event " + std::to_string(i);
    std::vector<MerkleNode> completed;
    tree.Append(LeafHash(bytes), &completed);
    for (const MerkleNode& node : completed) writes.nodes.push_back({5, node});
    writes.events.push_back({{5, i}, 1, LeafHash(bytes), bytes});
  }
  FeedRow branch = convention_.feed(1);
  branch.number = 5;
  branch.parent = 4;
  branch.forked_at = 12;
  branch.held = 15;
  branch.applied = 0;
  writes.feeds.push_back(branch);
  const Checkpoint head{convention_.id(), branch.replica, 15, tree.Root()};
  writes.heads.push_back({5, 15, SignCheckpoint(head, convention_.key(1))});
  writes.sync_index.push_back({convention_.key(1).replica_id(), convention_.id(), std::nullopt});
  ASSERT_OK(Open()->Commit(writes));

  const CheckReport sound = Check();
  EXPECT_TRUE(sound.ok()) << Text(sound);
  EXPECT_EQ(sound.events, 43u);

  PutEvent({5, 13}, "another event xx");
  ExpectOne(Check(), Kind::kEvents, 1, 13, 13);
}

TEST_F(CheckTest, NamesARewrittenEvent) {
  std::string bytes = Event(4, 7).bytes;
  bytes[bytes.size() - 20] ^= 1;
  PutEvent({4, 7}, bytes);

  const CheckReport report = Check();

  ExpectOne(report, Kind::kEvents, 1, 7, 7);
  EXPECT_THAT(report.problems[0].fr, HasSubstr("événement 7 : modifié"));
  EXPECT_THAT(report.problems[0].fr, HasSubstr(Event(4, 7).leaf.ToHex()));
}

TEST_F(CheckTest, NamesEachOfSeveralRewrittenEvents) {
  PutEvent({3, 2}, "x");
  PutEvent({3, 12}, "y");

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 2u) << Text(report);
  EXPECT_EQ(report.problems[0].first, 2u);
  EXPECT_EQ(report.problems[1].first, 12u);
}

TEST_F(CheckTest, NamesADroppedEvent) {
  Delete(Family::kEvents, rocks::EventKey({3, 5}));
  ExpectOne(Check(), Kind::kEvents, 0, 5, 5);
}

TEST_F(CheckTest, NamesADroppedLastEvent) {
  Delete(Family::kEvents, rocks::EventKey({3, 19}));
  ExpectOne(Check(), Kind::kEvents, 0, 19, 19);
}

TEST_F(CheckTest, NamesAnEventAddedAtTheEnd) {
  PutEvent({3, 20}, "one more");
  ExpectOne(Check(), Kind::kEvents, 0, 20, 20);
}

TEST_F(CheckTest, NamesTheFirstEventAfterAnInsertion) {
  Tamper([&](rocksdb::DB& db, const auto& handle) {
    for (std::uint64_t i = 19; i > 16; --i) {
      EXPECT_TRUE(db.Put(rocksdb::WriteOptions(), handle(Family::kEvents), rocks::EventKey({3, i}),
                         rocks::EncodeEvent(Event(3, i - 1).bytes))
                      .ok());
    }
    EXPECT_TRUE(db.Put(rocksdb::WriteOptions(), handle(Family::kEvents), rocks::EventKey({3, 16}),
                       rocks::EncodeEvent("inserted"))
                    .ok());
  });

  const CheckReport report = Check();

  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.problems[0].kind, Kind::kEvents);
  EXPECT_EQ(report.problems[0].first, 16u) << Text(report);
}

TEST_F(CheckTest, NamesReorderedEvents) {
  PutEvent({4, 3}, Event(4, 4).bytes);
  PutEvent({4, 4}, Event(4, 3).bytes);

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 2u) << Text(report);
  EXPECT_EQ(report.problems[0].first, 3u);
  EXPECT_EQ(report.problems[1].first, 4u);
}

TEST_F(CheckTest, NamesTheRangeWhenTheRecordedHashesWereRewrittenToo) {
  // An intruder who knows the layout, and not the author's key. Event 12 of feed 3.
  const std::string bytes = "forged";
  const Digest leaf = LeafHash(bytes);
  PutEvent({3, 12}, bytes);
  Put(Family::kNodes, rocks::NodeKey(3, 0, 12), rocks::EncodeDigest(leaf));
  Put(Family::kLeaves, rocks::LeafKey(1, leaf), rocks::EncodePosition({3, 12}));
  // The node over 12 and 13 still tells; without it, the two heads around do.
  ExpectOne(Check(), Kind::kEvents, 0, 12, 13);

  MerkleFrontier tree;
  std::vector<MerkleNode> nodes;
  for (std::uint64_t i = 0; i < 20; ++i) {
    tree.Append(i == 12 ? leaf : Event(3, i).leaf, &nodes);
  }
  Tamper([&](rocksdb::DB& db, const auto& handle) {
    for (const MerkleNode& node : nodes) {
      EXPECT_TRUE(db.Put(rocksdb::WriteOptions(), handle(Family::kNodes),
                         rocks::NodeKey(3, node.level, node.index), rocks::EncodeDigest(node.hash))
                      .ok());
    }
  });
  const CheckReport report = Check();
  ASSERT_GE(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].kind, Kind::kEvents) << Text(report);
  EXPECT_EQ(report.problems[0].first, 10u) << Text(report);
  EXPECT_EQ(report.problems[0].last, 19u) << Text(report);
}

TEST_F(CheckTest, BlamesTheNodeAndNotTheEventsWhenTheHeadVerifies) {
  Put(Family::kNodes, rocks::NodeKey(3, 2, 1), rocks::EncodeDigest(Digest()));

  const CheckReport report = Check();

  ASSERT_GE(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].kind, Kind::kRow);
  EXPECT_EQ(report.problems[0].first, 4u);
  EXPECT_EQ(report.problems[0].last, 7u);
  for (const CheckProblem& problem : report.problems) EXPECT_NE(problem.kind, Kind::kEvents);
}

TEST_F(CheckTest, BlamesAHeadAloneWhenALaterOneVerifies) {
  StoredHead head = convention_.Head(0);
  head.note[head.note.size() - 10] ^= 1;
  Put(Family::kHeads, rocks::HeadKey(3, 10), rocks::EncodeText(head.note));
  ExpectOne(Check(), Kind::kHead, 0, 0, 9);
}

TEST_F(CheckTest, NamesTheEventsThatNoHeadCovers) {
  Delete(Family::kHeads, rocks::HeadKey(3, 20));
  ExpectOne(Check(), Kind::kHead, 0, 10, 19);
}

TEST_F(CheckTest, NamesTheEventThatTheIndexLost) {
  Delete(Family::kLeaves, rocks::LeafKey(1, Event(4, 6).leaf));
  ExpectOne(Check(), Kind::kRow, 1, 6, 6);
}

TEST_F(CheckTest, FindsAnArrivalThatIsMissing) {
  Delete(Family::kArrivals, rocks::ArrivalKey(1, 11));

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 1u) << Text(report);
  EXPECT_EQ(report.problems[0].kind, Kind::kArrival);
  EXPECT_THAT(report.problems[0].fr, HasSubstr("arrivée 11"));
}

TEST_F(CheckTest, FindsAnEventAppliedBeforeWhatItsAuthorHadSeen) {
  // Feed 4 cites the first ten events of feed 3; let its first event arrive before the last one.
  Tamper([&](rocksdb::DB& db, const auto& handle) {
    for (const auto& [arrival, at] :
         {std::pair{9u, EventPosition{4, 0}}, std::pair{10u, EventPosition{3, 9}}}) {
      EXPECT_TRUE(db.Put(rocksdb::WriteOptions(), handle(Family::kArrivals),
                         rocks::ArrivalKey(1, arrival),
                         rocks::EncodeArrival({1, arrival, at, {1'800'000'000'000'000}}))
                      .ok());
    }
  });

  const CheckReport report = Check();

  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.problems[0].kind, Kind::kArrival);
  EXPECT_THAT(report.problems[0].en, HasSubstr("before what its author had seen"));
  EXPECT_THAT(report.problems[0].en, HasSubstr("arrival 9"));
}

TEST_F(CheckTest, FindsASealedValueThatDiffersFromItsCommitment) {
  const std::string salt(32, 's');
  WriteSet writes;
  writes.sealed.push_back({convention_.id(), SealedCommitment(salt, "kept"), salt, "kept", false});
  writes.sealed.push_back({convention_.id(), SealedCommitment(salt, "gone"), "", "", true});
  ASSERT_OK(Open()->Commit(writes));
  EXPECT_TRUE(Check().ok());

  const Digest commitment = SealedCommitment(salt, "kept");
  Put(Family::kSealed, rocks::SealedKey(convention_.id(), commitment),
      rocks::EncodeSealed({convention_.id(), commitment, salt, "lied", false}));

  const CheckReport report = Check();
  ASSERT_EQ(report.problems.size(), 1u) << Text(report);
  EXPECT_EQ(report.problems[0].kind, Kind::kSealed);
  EXPECT_THAT(report.problems[0].en, HasSubstr(commitment.ToHex()));
}

TEST_F(CheckTest, FindsChunksThatTheRowOfTheirAttachmentDoesNotName) {
  const Digest id = Sha256({"attachment"});
  const auto row = [&](const std::string& bits) {
    return rocks::EncodeAttachment({convention_.id(), id, {}, 300'000, {}, {}, bits});
  };
  Put(Family::kAttachments, rocks::AttachmentKey(convention_.id(), id), row("\x01"));
  Put(Family::kChunks, rocks::ChunkKey(convention_.id(), id, 0), rocks::EncodeChunk("abc"));
  EXPECT_TRUE(Check().ok()) << Text(Check());

  Put(Family::kAttachments, rocks::AttachmentKey(convention_.id(), id), row("\x03"));
  const CheckReport report = Check();
  ASSERT_EQ(report.problems.size(), 1u) << Text(report);
  EXPECT_THAT(report.problems[0].en, HasSubstr(id.ToHex()));

  Put(Family::kChunks, rocks::ChunkKey(convention_.id(), id, 1), "broken");
  EXPECT_FALSE(Check().ok());
}

TEST_F(CheckTest, FindsAStaleSyncIndex) {
  Put(Family::kSyncIndex, rocks::SyncIndexKey(convention_.key(1).replica_id(), convention_.id()),
      rocks::EncodeDigest(Digest()));

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 1u) << Text(report);
  EXPECT_EQ(report.problems[0].kind, Kind::kSyncIndex);
}

TEST_F(CheckTest, FindsRowsThatBelongToNothing) {
  PutEvent({77, 0}, "stray");

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 1u) << Text(report);
  EXPECT_EQ(report.problems[0].kind, Kind::kRow);
  EXPECT_THAT(report.problems[0].en, HasSubstr("events/0000004d"));
}

TEST_F(CheckTest, FindsRowsThatCannotBeRead) {
  Put(Family::kRequests, std::string(40, 'k'), "?");
  Put(Family::kSnapshots, rocks::SnapshotKey(1, 1, 1), "?");

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 2u) << Text(report);
  EXPECT_THAT(report.problems[0].en, HasSubstr("snapshots/"));
  EXPECT_THAT(report.problems[1].en, HasSubstr("requests/"));
}

TEST_F(CheckTest, NamesTheFeedRowThatKeepsAStoreFromOpening) {
  Put(Family::kFeeds, rocks::FeedKey(1, 4), "?");

  const CheckReport report = Check();

  ASSERT_EQ(report.problems.size(), 1u) << Text(report);
  EXPECT_EQ(report.problems[0].kind, Kind::kOpen);
  EXPECT_THAT(report.problems[0].fr, HasSubstr("feeds/0000000100000004"));
}

TEST_F(CheckTest, NamesTheFileOfAFlippedByteWhereverItIs) {
  Open();  // Opening moves the log into tables.
  std::string table;
  for (const std::string& path : disk_.Files(kPath)) {
    if (!absl::EndsWith(path, ".sst")) continue;
    if (disk_.Content(path).size() >= disk_.Content(table).size()) table = path;
  }
  ASSERT_NE(table, "");
  const std::size_t size = disk_.Content(table).size();
  for (std::size_t byte = 0; byte < size; byte += size / 23) {
    ASSERT_TRUE(disk_.FlipBit(table, byte, 3));
    const CheckReport report = Check();
    bool named = false;
    for (const CheckProblem& problem : report.problems) {
      named = named || (std::string(kPath) + "/" + problem.file == table &&
                        absl::StrContains(problem.fr, problem.file));
    }
    EXPECT_TRUE(named) << "byte " << byte << " of " << size << "\n" << Text(report);
    ASSERT_TRUE(disk_.FlipBit(table, byte, 3));
  }
  EXPECT_TRUE(Check().ok());
}

TEST_F(CheckTest, NamesAMissingFile) {
  Open();
  std::string table;
  for (const std::string& path : disk_.Files(kPath)) {
    if (absl::EndsWith(path, ".sst")) table = path;
  }
  disk_.Remove(table);

  const CheckReport report = Check();

  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.problems[0].kind, Kind::kOpen);
  EXPECT_EQ(std::string(kPath) + "/" + report.problems[0].file, table);
}

TEST_F(CheckTest, NamesADamagedLog) {
  std::string log;
  for (const std::string& path : disk_.Files(kPath)) {
    if (absl::EndsWith(path, ".log") && !disk_.Content(path).empty()) log = path;
  }
  ASSERT_TRUE(disk_.FlipBit(log, 500, 2));

  const CheckReport report = Check();

  ASSERT_FALSE(report.ok());
  EXPECT_EQ(std::string(kPath) + "/" + report.problems[0].file, log);
}

TEST_F(CheckTest, RefusesAStoreInUseAndOneThatIsNotThere) {
  const auto store = Open();
  EXPECT_THAT(CheckStore({.path = kPath, .env = disk_.env()}),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(CheckStore({.path = "/nowhere", .env = disk_.env()}),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace greffe
