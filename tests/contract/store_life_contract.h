#ifndef GREFFE_TESTS_CONTRACT_STORE_LIFE_CONTRACT_H_
#define GREFFE_TESTS_CONTRACT_STORE_LIFE_CONTRACT_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "storage/event_store.h"
#include "tests/contract/store_place.h"
#include "tests/support/status_matchers.h"
#include "tests/support/store_samples.h"

// What every EventStore promises of its life: opened again, read while it is written, copied.
namespace greffe {

TEST_P(EventStoreContract, HoldsEverythingWhenOpenedAgain) {
  SampleConvention convention(1, 3, 2);
  const WriteSet first = convention.Append(0, 50);
  WriteSet second = convention.Append(1, 50);
  second.records.push_back({"users", "a", "1"});
  ASSERT_OK(store_->Commit(first));
  ASSERT_OK(store_->Commit(second));
  Snapshot({1, 100, 1}, {"sta", "te"});

  Reopen();

  EXPECT_EQ((*store_->ListConventions())[0].arrivals, 100u);
  EXPECT_EQ(*store_->NextFeedNumber(), 5u);
  EXPECT_EQ(store_->ReadEvents(3, 0, 100, 1 << 20)->size(), 50u);
  EXPECT_EQ(*store_->ReadEvent({4, 49}), second.events[49].bytes);
  EXPECT_EQ(store_->ReadArrivals(1, 0, 1000)->size(), 100u);
  EXPECT_EQ(store_->ReadSnapshot(1, 100, 1)->bytes, "state");
  EXPECT_EQ(*store_->ReadRecord("users", "a"), "1");
  EXPECT_OK(store_->Commit(convention.Append(0, 1)));
}

TEST_P(EventStoreContract, ReadsAndRefusesToWriteWhenReadOnly) {
  SampleConvention convention(1, 3, 1);
  ASSERT_OK(store_->Commit(convention.Append(0, 10)));

  Reopen(/*read_only=*/true);

  EXPECT_EQ(store_->ReadEvents(3, 0, 100, 1 << 20)->size(), 10u);
  EXPECT_EQ(*store_->NextFeedNumber(), 4u);
  EXPECT_THAT(store_->Commit(convention.Append(0, 1)),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  Reopen();
  EXPECT_EQ(store_->ReadEvents(3, 0, 100, 1 << 20)->size(), 10u);
}

TEST_P(EventStoreContract, ShowsReadersWholeCommitsOnly) {
  constexpr int kCommits = 60;
  constexpr std::size_t kEach = 8;
  SampleConvention convention(1, 3, 1);
  std::atomic<bool> done{false};
  std::atomic<int> partial{0};
  auto read = [&] {
    std::size_t last = 0;
    while (!done) {
      const auto arrivals = store_->ReadArrivals(1, 0, 10'000);
      // No EXPECT in threads that may outnumber the lines of a report: count instead.
      if (!arrivals.ok() || arrivals->size() % kEach != 0 || arrivals->size() < last) ++partial;
      if (arrivals.ok()) last = arrivals->size();
      // What one read shows, a later read of anything else in that commit shows too.
      if (last > 0 && !store_->ReadEvent({3, last - 1}).ok()) ++partial;
    }
  };
  std::thread one(read), two(read);

  for (int i = 0; i < kCommits; ++i) ASSERT_OK(store_->Commit(convention.Append(0, kEach)));
  done = true;
  one.join();
  two.join();

  EXPECT_EQ(partial, 0);
  EXPECT_EQ(store_->ReadArrivals(1, 0, 10'000)->size(), kCommits * kEach);
}

TEST_P(EventStoreContract, IsCopiedBetweenTwoCommitsWhileItIsWrittenTo) {
  constexpr std::size_t kEach = 8;
  SampleConvention convention(1, 3, 1);
  WriteSet first = convention.Append(0, 10 * kEach);
  first.records.push_back({"users", "a", "1"});
  ASSERT_OK(store_->Commit(first));
  std::atomic<bool> done{false};
  std::atomic<std::size_t> commits{0};
  std::thread writer([&] {
    while (!done) {
      if (!store_->Commit(convention.Append(0, kEach, /*text_bytes=*/1000)).ok()) break;
      ++commits;
    }
  });
  // Some are on their way when it begins, and go on at each piece of it.
  while (commits < 3) std::this_thread::yield();
  const std::size_t before = commits;
  std::size_t asked = 0;
  const auto copied = store_->CopyTo(place_->copy_path(), [&] {
    const std::size_t then = commits;
    while (++asked < 4 && commits == then) std::this_thread::yield();
    return true;
  });
  done = true;
  writer.join();
  ASSERT_OK(copied);

  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<EventStore> copy, place_->OpenCopy());
  const std::size_t events = copy->ReadArrivals(1, 0, 1'000'000)->size();
  EXPECT_GE(events, (10 + before) * kEach) << "all that was acknowledged before";
  EXPECT_EQ(events % kEach, 0u);
  EXPECT_EQ(copied->events, events);
  EXPECT_EQ(copied->conventions, 1u);
  EXPECT_GT(copied->bytes, events * 40);
  EXPECT_EQ((*copy->ListFeeds(1))[0].held, events);
  EXPECT_OK(copy->ReadEvent({3, events - 1}));
  EXPECT_EQ(*copy->ReadEvent({3, 7}), first.events[7].bytes);
  EXPECT_EQ(*copy->ReadRecord("users", "a"), "1");
  EXPECT_EQ(*copy->NextFeedNumber(), 4u);

  // Two stores from here on.
  WriteSet other;
  other.records.push_back({"users", "a", "2"});
  ASSERT_OK(copy->Commit(other));
  EXPECT_EQ(*store_->ReadRecord("users", "a"), "1");
  EXPECT_EQ(store_->ReadArrivals(1, 0, 1'000'000)->size(), (10 + commits) * kEach);
}

TEST_P(EventStoreContract, CopiesNothingOverWhatIsThereAndStopsWhenAsked) {
  SampleConvention convention(1, 3, 1);
  ASSERT_OK(store_->Commit(convention.Append(0, 10)));
  ASSERT_OK(store_->CopyTo(place_->copy_path(), [] { return true; }));
  WriteSet later;
  later.records.push_back({"users", "a", "1"});
  ASSERT_OK(store_->Commit(later));

  EXPECT_FALSE(store_->CopyTo(place_->copy_path(), [] { return true; }).ok());
  EXPECT_THAT((*place_->OpenCopy())->ReadRecord("users", "a"),
              StatusIs(absl::StatusCode::kNotFound));

  int asked = 0;
  EXPECT_THAT(store_->CopyTo(place_->copy_path() + "2", [&] { return ++asked < 2; }),
              StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(asked, 2);
  EXPECT_OK(store_->Commit(convention.Append(0, 1)));
}

TEST_P(EventStoreContract, CountsItsBytesOnDisk) {
  const std::uint64_t before = store_->DiskBytes();
  SampleConvention convention(1, 3, 1);
  ASSERT_OK(store_->Commit(convention.Append(0, 200, /*text_bytes=*/1000)));

  EXPECT_GE(store_->DiskBytes(), before + 10'000);
}

}  // namespace greffe

#endif  // GREFFE_TESTS_CONTRACT_STORE_LIFE_CONTRACT_H_
