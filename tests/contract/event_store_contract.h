#ifndef GREFFE_TESTS_CONTRACT_EVENT_STORE_CONTRACT_H_
#define GREFFE_TESTS_CONTRACT_EVENT_STORE_CONTRACT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "storage/event_store.h"
#include "tests/contract/store_place.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_samples.h"

// What every EventStore promises of what it is given: it comes back, as it was, where it belongs.
namespace greffe {

using testing_support::StatusIs;

inline Digest SampleDigest(const std::string& text) { return Sha256({text}); }

TEST_P(EventStoreContract, IsEmptyWhenMade) {
  EXPECT_THAT(*store_->ListConventions(), testing::IsEmpty());
  EXPECT_THAT(*store_->ListFeeds(1), testing::IsEmpty());
  EXPECT_EQ(*store_->NextFeedNumber(), 0u);
  EXPECT_THAT(*store_->ReadEvents(1, 0, 10, 1000), testing::IsEmpty());
  EXPECT_THAT(*store_->ReadArrivals(1, 0, 10), testing::IsEmpty());
  EXPECT_THAT(*store_->ReadHeads(1, 0, 10), testing::IsEmpty());
  EXPECT_THAT(*store_->ReadTable("users"), testing::IsEmpty());
}

TEST_P(EventStoreContract, AnswersNotFoundForWhatIsAbsent) {
  const auto not_found = StatusIs(absl::StatusCode::kNotFound);
  EXPECT_THAT(store_->ReadEvent({1, 0}), not_found);
  EXPECT_THAT(store_->ReadNode(1, 0, 0), not_found);
  EXPECT_THAT(store_->FindLeaf(1, SampleDigest("x")), not_found);
  EXPECT_THAT(store_->ReadHeadAtMost(1, 9), not_found);
  EXPECT_THAT(store_->ReadSnapshot(1, 9, 1), not_found);
  EXPECT_THAT(store_->ReadSealed({}, SampleDigest("x")), not_found);
  EXPECT_THAT(store_->ReadRequest({}, "user", {}), not_found);
  EXPECT_THAT(store_->ReadRecord("users", "a"), not_found);
}

TEST_P(EventStoreContract, GivesBackConventionsAndFeedsByNumber) {
  SampleConvention second(2, 7, 2);
  SampleConvention first(1, 0, 1);
  ASSERT_OK(store_->Commit(second.Append(1, 3)));
  ASSERT_OK(store_->Commit(second.Append(0, 2)));
  ASSERT_OK(store_->Commit(first.Append(0, 1)));

  const auto conventions = *store_->ListConventions();
  ASSERT_EQ(conventions.size(), 2u);
  EXPECT_EQ(conventions[0].id, first.id());
  EXPECT_EQ(conventions[1].id, second.id());
  EXPECT_EQ(conventions[1].arrivals, 5u);
  const auto feeds = *store_->ListFeeds(2);
  ASSERT_EQ(feeds.size(), 2u);
  EXPECT_EQ(feeds[0].number, 7u);
  EXPECT_EQ(feeds[1].number, 8u);
  EXPECT_EQ(feeds[1].replica, second.key(1).replica_id());
  EXPECT_EQ(feeds[1].key, second.key(1).public_key());
  EXPECT_EQ(feeds[1].held, 3u);
  EXPECT_FALSE(feeds[1].parent.has_value());
  EXPECT_EQ(*store_->NextFeedNumber(), 9u);
}

TEST_P(EventStoreContract, GivesBackABranchWithItsParent) {
  SampleConvention convention(1, 0, 1);
  FeedRow branch = convention.feed(0);
  branch.number = 5;
  branch.parent = 0;
  branch.forked_at = 3;
  branch.held = 9;
  branch.applied = 4;
  WriteSet writes;
  writes.feeds.push_back(branch);
  writes.conventions.push_back({.number = 1, .id = convention.id(), .read_only = true});

  ASSERT_OK(store_->Commit(writes));

  EXPECT_TRUE((*store_->ListConventions())[0].read_only);
  const FeedRow read = (*store_->ListFeeds(1))[0];
  EXPECT_EQ(read.parent, 0u);
  EXPECT_EQ(read.forked_at, 3u);
  EXPECT_EQ(read.held, 9u);
  EXPECT_EQ(read.applied, 4u);
}

TEST_P(EventStoreContract, ReadsEventsInOrderAndWithinLimits) {
  SampleConvention convention(1, 3, 2);
  const WriteSet writes = convention.Append(0, 300);
  ASSERT_OK(store_->Commit(writes));
  ASSERT_OK(store_->Commit(convention.Append(1, 5)));

  const auto all = *store_->ReadEvents(3, 0, 1000, 1 << 20);
  ASSERT_EQ(all.size(), 300u);
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i], writes.events[i].bytes);
  const auto some = *store_->ReadEvents(3, 256, 7, 1 << 20);
  ASSERT_EQ(some.size(), 7u);
  EXPECT_EQ(some[0], writes.events[256].bytes);
  const std::size_t two = all[0].size() + all[1].size();
  EXPECT_EQ(store_->ReadEvents(3, 0, 100, two)->size(), 2u);
  EXPECT_EQ(store_->ReadEvents(3, 0, 100, two - 1)->size(), 1u);
  EXPECT_EQ(store_->ReadEvents(3, 0, 100, 0)->size(), 1u) << "at least one";
  EXPECT_EQ(store_->ReadEvents(3, 0, 0, 1000)->size(), 0u);
  EXPECT_EQ(store_->ReadEvents(3, 299, 100, SIZE_MAX)->size(), 1u);
  EXPECT_EQ(store_->ReadEvents(3, 300, 100, SIZE_MAX)->size(), 0u) << "not the next feed's";
}

TEST_P(EventStoreContract, FindsEventsAndLeavesAndNodes) {
  SampleConvention convention(1, 3, 1);
  const WriteSet writes = convention.Append(0, 5);
  ASSERT_OK(store_->Commit(writes));

  EXPECT_EQ(*store_->ReadEvent({3, 4}), writes.events[4].bytes);
  EXPECT_EQ(*store_->FindLeaf(1, writes.events[4].leaf), (EventPosition{3, 4}));
  EXPECT_THAT(store_->FindLeaf(2, writes.events[4].leaf), StatusIs(absl::StatusCode::kNotFound));
  for (const StoredNode& node : writes.nodes) {
    EXPECT_EQ(*store_->ReadNode(3, node.node.level, node.node.index), node.node.hash);
  }
  EXPECT_THAT(store_->ReadNode(3, 1, 2), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EventStoreContract, ReportsAGapInsteadOfSkippingIt) {
  SampleConvention convention(1, 3, 1);
  WriteSet writes = convention.Append(0, 6);
  writes.events.erase(writes.events.begin() + 2);
  writes.arrivals.erase(writes.arrivals.begin() + 2);
  ASSERT_OK(store_->Commit(writes));

  EXPECT_EQ(store_->ReadEvents(3, 0, 100, 1 << 20)->size(), 2u) << "all that is sound";
  EXPECT_THAT(store_->ReadEvents(3, 2, 100, 1 << 20), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(store_->ReadArrivals(1, 0, 100)->size(), 2u);
  EXPECT_THAT(store_->ReadArrivals(1, 2, 100), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_P(EventStoreContract, ReadsHeadsBySize) {
  SampleConvention convention(1, 3, 2);
  for (int i = 0; i < 3; ++i) ASSERT_OK(store_->Commit(convention.Append(0, 100)));
  ASSERT_OK(store_->Commit(convention.Append(1, 5)));

  const auto heads = *store_->ReadHeads(3, 101, 10);
  ASSERT_EQ(heads.size(), 2u);
  EXPECT_EQ(heads[0].size, 200u);
  EXPECT_EQ(heads[1].size, 300u);
  EXPECT_EQ(heads[1].note, convention.Head(0).note);
  EXPECT_EQ(store_->ReadHeads(3, 0, 2)->size(), 2u);
  EXPECT_EQ(store_->ReadHeadAtMost(3, 299)->size, 200u);
  EXPECT_EQ(store_->ReadHeadAtMost(3, 300)->size, 300u);
  EXPECT_THAT(store_->ReadHeadAtMost(3, 99), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->ReadHeadAtMost(4, 4), StatusIs(absl::StatusCode::kNotFound))
      << "not the feed before it";
}

TEST_P(EventStoreContract, ReadsArrivalsInOrderAndWithinLimits) {
  SampleConvention convention(1, 3, 2);
  SampleConvention other(2, 9, 1);
  ASSERT_OK(store_->Commit(convention.Append(0, 2)));
  ASSERT_OK(store_->Commit(convention.Append(1, 2)));
  ASSERT_OK(store_->Commit(other.Append(0, 2)));

  const auto arrivals = *store_->ReadArrivals(1, 1, 100);
  ASSERT_EQ(arrivals.size(), 3u);
  EXPECT_EQ(arrivals[0].arrival, 1u);
  EXPECT_EQ(arrivals[0].at, (EventPosition{3, 1}));
  EXPECT_EQ(arrivals[2].at, (EventPosition{4, 1}));
  EXPECT_LT(arrivals[0].received_at, arrivals[2].received_at);
  EXPECT_EQ(store_->ReadArrivals(1, 1, 2)->size(), 2u);
  EXPECT_EQ(store_->ReadArrivals(1, 4, 100)->size(), 0u);
}

TEST_P(EventStoreContract, PicksTheLatestSnapshotOfOneFoldVersion) {
  for (const std::uint64_t arrival : {10u, 20u, 300u}) {
    Snapshot({1, arrival, 2}, {"v2 ", "at ", std::to_string(arrival)});
  }
  Snapshot({1, 25, 1}, {"v1"});
  Snapshot({2, 1, 2}, {"another convention"});

  EXPECT_EQ(store_->ReadSnapshot(1, 299, 2)->bytes, "v2 at 20");
  EXPECT_EQ(store_->ReadSnapshot(1, 300, 2)->name.arrival, 300u);
  EXPECT_EQ(store_->ReadSnapshot(1, 1000, 1)->bytes, "v1");
  EXPECT_THAT(store_->ReadSnapshot(1, 9, 2), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->ReadSnapshot(1, 1000, 3), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->ReadSnapshot(2, 0, 2), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EventStoreContract, KeepsSealedValuesAndTheFactOfTheirErasure) {
  const std::string salt(32, 's');
  const Digest commitment = SealedCommitment(salt, "name");
  SampleConvention convention(1, 0, 1);
  WriteSet writes;
  writes.sealed.push_back({convention.id(), commitment, salt, "name", false});
  ASSERT_OK(store_->Commit(writes));
  EXPECT_EQ(store_->ReadSealed(convention.id(), commitment)->value, "name");
  EXPECT_EQ(store_->ReadSealed(convention.id(), commitment)->salt, salt);

  writes.sealed[0] = {convention.id(), commitment, "", "", true};
  ASSERT_OK(store_->Commit(writes));

  const SealedRow erased = *store_->ReadSealed(convention.id(), commitment);
  EXPECT_TRUE(erased.erased);
  EXPECT_EQ(erased.value, "");
  EXPECT_EQ(erased.salt, "");
}

TEST_P(EventStoreContract, KeepsAttachmentsByConventionAndTheirChunks) {
  SampleConvention one(1, 0, 1);
  SampleConvention other(2, 1, 1);
  const Digest id = SampleDigest("attachment");
  WriteSet writes;
  writes.attachments.push_back({one.id(),
                                id,
                                SampleDigest("whole"),
                                200'000,
                                {3, 4},
                                AttachmentHolding::kMissing,
                                std::string(1, '\2')});
  writes.chunks.push_back({one.id(), id, 1, std::string(128 * 1024, 'c')});
  ASSERT_OK(store_->Commit(writes));
  Reopen();

  const AttachmentRow row = *store_->ReadAttachment(one.id(), id);
  EXPECT_EQ(row.sha256, SampleDigest("whole"));
  EXPECT_EQ(row.size, 200'000u);
  EXPECT_EQ(row.named_at, (EventPosition{3, 4}));
  EXPECT_EQ(row.chunks, std::string(1, '\2'));
  EXPECT_EQ(*store_->ReadChunk(one.id(), id, 1), std::string(128 * 1024, 'c'));
  EXPECT_THAT(store_->ReadChunk(one.id(), id, 0), StatusIs(absl::StatusCode::kNotFound));
  // Content belongs to the convention that names it, and to no other.
  EXPECT_THAT(store_->ReadChunk(other.id(), id, 1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->ReadAttachment(other.id(), id), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(store_->ReadAttachments(one.id())->size(), 1u);
  EXPECT_EQ(store_->ReadAttachments(std::nullopt)->size(), 1u);
  EXPECT_THAT(*store_->ReadAttachments(other.id()), testing::IsEmpty());
}

TEST_P(EventStoreContract, RemembersRequestsPerConventionAndUser) {
  RequestRow row;
  row.convention.bytes[0] = 1;
  row.user = "alice";
  row.request.bytes[0] = 2;
  row.content_mac = SampleDigest("content");
  row.reply = std::string("\0reply", 6);
  WriteSet writes;
  writes.requests.push_back(row);
  ASSERT_OK(store_->Commit(writes));

  const RequestRow read = *store_->ReadRequest(row.convention, "alice", row.request);
  EXPECT_EQ(read.content_mac, row.content_mac);
  EXPECT_EQ(read.reply, row.reply);
  EXPECT_EQ(read.user, "alice");
  EXPECT_THAT(store_->ReadRequest(row.convention, "alic", row.request),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store_->ReadRequest({}, "alice", row.request), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EventStoreContract, KeepsTheSyncIndexOfEachReplicaApart) {
  ReplicaId one, two;
  one.bytes[0] = 1;
  two.bytes[0] = 2;
  ConventionId low, high;
  low.bytes[0] = 1;
  high.bytes[0] = 9;
  WriteSet writes;
  writes.sync_index.push_back({one, high, SampleDigest("1 high")});
  writes.sync_index.push_back({one, low, SampleDigest("1 low")});
  writes.sync_index.push_back({two, low, SampleDigest("2 low")});
  ASSERT_OK(store_->Commit(writes));

  const auto rows = *store_->ReadSyncIndex(one);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].convention, low);
  EXPECT_EQ(rows[0].digest, SampleDigest("1 low"));
  EXPECT_EQ(rows[1].convention, high);

  WriteSet leave;
  leave.sync_index.push_back({one, low, std::nullopt});
  ASSERT_OK(store_->Commit(leave));
  EXPECT_EQ(store_->ReadSyncIndex(one)->size(), 1u);
  EXPECT_EQ(store_->ReadSyncIndex(two)->size(), 1u);
}

TEST_P(EventStoreContract, KeepsTablesApartAndSorted) {
  WriteSet writes;
  writes.records.push_back({"users", "b", "2"});
  writes.records.push_back({"users", "a", std::string("1\0", 2)});
  writes.records.push_back({"user", "sa", "of another table"});
  writes.records.push_back({"settings", "", "empty key"});
  ASSERT_OK(store_->Commit(writes));

  const auto rows = *store_->ReadTable("users");
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].key, "a");
  EXPECT_EQ(rows[0].value, std::string("1\0", 2));
  EXPECT_EQ(rows[1].key, "b");
  EXPECT_EQ(*store_->ReadRecord("settings", ""), "empty key");

  WriteSet remove;
  remove.records.push_back({"users", "a", std::nullopt});
  ASSERT_OK(store_->Commit(remove));
  EXPECT_EQ(store_->ReadTable("users")->size(), 1u);
  EXPECT_THAT(store_->ReadRecord("users", "a"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(EventStoreContract, RefusesATableNameThatIsTooLongAndGoesOn) {
  WriteSet writes;
  writes.records.push_back({std::string(255, 't'), "k", "v"});
  EXPECT_OK(store_->Commit(writes));
  writes.records[0].table += "t";
  EXPECT_THAT(store_->Commit(writes), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(*store_->ReadRecord(std::string(255, 't'), "k"), "v");

  writes.records[0].table = "t";
  EXPECT_OK(store_->Commit(writes));
}

}  // namespace greffe

#endif  // GREFFE_TESTS_CONTRACT_EVENT_STORE_CONTRACT_H_
