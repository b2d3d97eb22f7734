// The sequencer on a thread of its own, readers beside it.

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "server/app/cut_token.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using testing_support::StatusIs;

std::uint64_t SizeOf(const std::string& token, const ConventionId& id) {
  const auto cut = DecodeCut(token, id, "token");
  return cut.ok() && cut->points_size() == 1 ? cut->points(0).size() : 0;
}

TEST(Sequencer, ReadersSeeOnlyWhatIsOnDiskWhileCommandsPileUp) {
  constexpr int kCommands = 400;
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  std::atomic<std::uint64_t> durable = SizeOf(TokenOf(caf, "caf-12", id), IdOf(id));
  std::atomic<std::uint64_t> answered = 0;
  std::atomic<bool> done = false;
  caf->Start();
  absl::BlockingCounter left(kCommands);
  std::thread reader([&] {
    std::uint64_t last = 0;
    // Once at least, however fast the commands are.
    do {
      const std::uint64_t seen = SizeOf(TokenOf(caf, "caf-12", id), IdOf(id));
      EXPECT_GE(seen, last);
      // What was answered is seen.
      EXPECT_GE(SizeOf(TokenOf(caf, "caf-12", id), IdOf(id)), answered.load());
      last = seen;
    } while (!done);
  });
  for (int i = 0; i < kCommands; ++i) {
    v1::RecordMeasurementRequest request = Measure(id, absl::StrCat(1000 + i), "1");
    request.set_request_id(caf.NextRequest());
    caf->Submit(caf.User("caf-12"), std::move(request),
                [&](absl::StatusOr<v1::RecordMeasurementResponse> answer) {
                  EXPECT_OK(answer);
                  answered = answer->receipt().feed_size();
                  left.DecrementCount();
                });
  }
  left.Wait();
  done = true;
  reader.join();
  // Many in one commit: far fewer commits than commands.
  EXPECT_LT(caf->Counters().commits, static_cast<std::uint64_t>(kCommands) / 2);
  caf.Reopen();
  EXPECT_EQ(SizeOf(TokenOf(caf, "caf-12", id), IdOf(id)), durable + kCommands);
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
}

TEST(Sequencer, OpensItsStoreAgainByItselfAfterAFailedCommit) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  caf->Start();
  const auto measure = [&](const std::string& period) {
    v1::RecordMeasurementRequest request = Measure(id, period, "1");
    request.set_request_id(caf.NextRequest());
    absl::Status status;
    absl::Notification answered;
    caf->Submit(caf.User("caf-12"), std::move(request),
                [&](absl::StatusOr<v1::RecordMeasurementResponse> answer) {
                  status = answer.status();
                  answered.Notify();
                });
    answered.WaitForNotification();
    return status;
  };
  caf.store().FailNext(absl::ResourceExhaustedError("no space left"));
  EXPECT_THAT(measure("2024"), StatusIs(absl::StatusCode::kResourceExhausted));
  // Without any further command. Nothing here depends on how long it takes.
  while (!caf->Writable().ok()) absl::SleepFor(absl::Milliseconds(5));
  EXPECT_OK(measure("2025"));
}

TEST(Sequencer, HeadIsSignedAtLeastEveryStretchOfALargeCommit) {
  TestReplica caf('c', "Caf", {"caf-12"});
  v1::CreateConventionRequest request;
  *request.mutable_draft() = SmallDraft();
  for (int i = 0; i < 12; ++i) {
    v1::Element* element = request.mutable_draft()->add_elements();
    element->set_id(absl::StrCat("article-long-", i));
    element->mutable_article()->set_number(absl::StrCat(10 + i));
    element->mutable_article()->set_title("Long");
    element->mutable_article()->set_body(std::string(limits::kTextBytes - 10, 'x'));
  }
  ASSERT_OK(caf.Do(caf.User("caf-12"), request));
  const WriteSet& last = caf.store().last();
  ASSERT_GE(last.heads.size(), 5u);
  std::uint64_t from = 0;
  for (const StoredHead& head : last.heads) {
    std::size_t bytes = 0;
    for (std::uint64_t i = from; i < head.size; ++i) bytes += last.events[i].bytes.size();
    EXPECT_TRUE(bytes <= limits::kHeadEveryBytes || head.size == from + 1) << bytes;
    from = head.size;
  }
  EXPECT_EQ(from, last.events.size());
}

TEST(Sequencer, RowsOfOwnTablesAreWrittenInTurnAndReservedOnesAreNot) {
  TestReplica caf('c', "Caf", {"caf-12"});
  absl::Status status = absl::UnknownError("none");
  const auto submit = [&](const std::string& table) {
    caf->SubmitRecords({RecordRow{table, "key", "value"}}, [&](absl::Status got) { status = got; });
    caf.Drain();
    return status;
  };
  EXPECT_OK(submit("users"));
  EXPECT_EQ(*caf.store().ReadRecord("users", "key"), "value");
  EXPECT_THAT(submit("app-settings"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Sequencer, TakesWhatItsQueueHoldsAndRefusesTheNext) {
  constexpr int kItems = 8192;
  TestReplica caf('c', "Caf", {"caf-12"});
  int done = 0;
  std::vector<absl::Status> refused;
  const auto submit = [&] {
    caf->SubmitRecords({}, [&](absl::Status status) {
      ++done;
      if (!status.ok()) refused.push_back(status);
    });
  };
  for (int i = 0; i < kItems; ++i) submit();
  EXPECT_EQ(done, 0);
  EXPECT_EQ(caf->Counters().queue_length, static_cast<std::uint64_t>(kItems));
  submit();
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_EQ(RefusalOf(refused[0]).rule, "queue-full");
  caf.Drain();
  EXPECT_EQ(done, kItems + 1);
  EXPECT_EQ(refused.size(), 1u);
  submit();
  caf.Drain();
  EXPECT_EQ(refused.size(), 1u);
}

TEST(Sequencer, QueueIsBoundedByBytesToo) {
  constexpr std::size_t kBytes = 64 * 1024 * 1024;
  // What a work of records counts for: 64 bytes a row.
  const std::vector<RecordRow> quarter(kBytes / 4 / 64, RecordRow{"users", "key", std::nullopt});
  TestReplica caf('c', "Caf", {"caf-12"});
  int refused = 0;
  const auto submit = [&](std::vector<RecordRow> rows) {
    caf->SubmitRecords(std::move(rows),
                       [&](absl::Status status) { refused += status.ok() ? 0 : 1; });
  };
  for (int i = 0; i < 4; ++i) submit(quarter);
  // At the limit one more is taken, beyond it none.
  submit({RecordRow{"users", "key", std::nullopt}});
  EXPECT_EQ(refused, 0);
  submit({});
  EXPECT_EQ(refused, 1);
  caf.Close();
}

TEST(Sequencer, WhatIsStillQueuedWhenItStopsIsAnswered) {
  TestReplica caf('c', "Caf", {"caf-12"});
  const std::string id = CreateSmall(caf, "caf-12");
  v1::RecordMeasurementRequest request = Measure(id, "2026", "1");
  request.set_request_id(caf.NextRequest());
  absl::Status status;
  caf->Submit(
      caf.User("caf-12"), request,
      [&](absl::StatusOr<v1::RecordMeasurementResponse> answer) { status = answer.status(); });
  caf.Close();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace greffe::test
