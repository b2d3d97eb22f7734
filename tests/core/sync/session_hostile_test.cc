// Frames that no honest replica sends.
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "core/base/limits.h"
#include "tests/core/sync/memory_replica.h"
#include "tests/core/sync/pipe.h"
#include "tests/support/status_matchers.h"

namespace greffe::sync {
namespace {

using ::testing::StartsWith;
using testing_support::StatusIs;

class SessionHostile : public ::testing::Test {
 protected:
  SessionHostile() : a_("a"), b_("b"), id_(a_.OpenConvention(1)) {
    a_.Admit(id_, b_);
    b_.RestoreFrom(id_, a_);
    session_ = std::make_unique<Session>(a_, b_.id());
    hello_ = Session(b_, a_.id()).Start(0).send[0];
    session_->Start(0);
  }
  void Greet() { session_->OnFrame(hello_, 0); }
  // What the session says to one frame.
  absl::Status Closing(const std::function<void(v1::Frame&)>& fill) {
    v1::Frame frame;
    fill(frame);
    return session_->OnFrame(frame, 0).close.value_or(absl::OkStatus());
  }

  MemoryReplica a_, b_;
  const ConventionId id_;
  std::unique_ptr<Session> session_;
  v1::Frame hello_;
};

TEST_F(SessionHostile, ClosesWhenTheFirstFrameIsNoHello) {
  EXPECT_THAT(Closing([](v1::Frame& f) { f.mutable_root()->set_root(std::string(32, 'r')); }),
              StatusIs(absl::StatusCode::kInvalidArgument, StartsWith("hello")));
}

TEST_F(SessionHostile, ClosesWhenHelloIsOfAnotherReplicaOrVersion) {
  v1::Frame other = hello_;
  other.mutable_hello()->set_replica_id(std::string(32, 'x'));
  EXPECT_THAT(*session_->OnFrame(other, 0).close,
              StatusIs(absl::StatusCode::kPermissionDenied, StartsWith("hello")));

  Session newer(a_, b_.id());
  newer.Start(0);
  other = hello_;
  other.mutable_hello()->set_nonce("short");
  Session salted(a_, b_.id());
  salted.Start(0);
  EXPECT_THAT(*salted.OnFrame(other, 0).close,
              StatusIs(absl::StatusCode::kInvalidArgument, StartsWith("hello: nonce")));
  other = hello_;
  other.mutable_hello()->set_version(2);
  EXPECT_THAT(*newer.OnFrame(other, 0).close,
              StatusIs(absl::StatusCode::kFailedPrecondition, StartsWith("hello")));
}

TEST_F(SessionHostile, ClosesWhenCreditIsLessThanAFrame) {
  v1::Frame small = hello_;
  small.mutable_hello()->set_credit_bytes(limits::kFrameBytes);
  EXPECT_FALSE(session_->OnFrame(small, 0).close);

  Session other(a_, b_.id());
  other.Start(0);
  small.mutable_hello()->set_credit_bytes(limits::kFrameBytes - 1);
  EXPECT_THAT(*other.OnFrame(small, 0).close, StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(SessionHostile, ClosesOnAFrameOverItsLimitAndTakesOneAtIt) {
  Greet();
  v1::Frame frame;
  v1::Run& run = *frame.mutable_run();
  run = *a_.ReadRun(id_, 1, 0, limits::kFrameBytes);
  run.add_events(std::string(limits::kFrameBytes, 'x'));
  run.mutable_events(run.events_size() - 1)->resize(2 * limits::kFrameBytes - frame.ByteSizeLong());
  ASSERT_EQ(frame.ByteSizeLong(), limits::kFrameBytes);
  EXPECT_FALSE(session_->OnFrame(frame, 0).close);

  run.mutable_events(run.events_size() - 1)->push_back('x');
  EXPECT_THAT(*session_->OnFrame(frame, 0).close,
              StatusIs(absl::StatusCode::kResourceExhausted, StartsWith("frame-size")));
}

TEST_F(SessionHostile, ClosesOnAnEmptyOrUnknownFrame) {
  Greet();
  EXPECT_THAT(Closing([](v1::Frame&) {}),
              StatusIs(absl::StatusCode::kInvalidArgument, StartsWith("frame-kind")));
}

TEST_F(SessionHostile, ClosesOnListsThatBreakTheirForm) {
  const auto fresh = [&](const std::function<void(v1::Frame&)>& fill) {
    session_ = std::make_unique<Session>(a_, b_.id());
    session_->Start(0);
    Greet();
    return Closing(fill);
  };
  const auto refused = StatusIs(absl::StatusCode::kInvalidArgument);

  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_digests()->set_entries("short"); }), refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_digests()->set_entries(std::string(48, 'x')); }),
              refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_digests()->set_groups(std::string(257, 'x')); }),
              refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_buckets()->set_entries(std::string(18, 'x')); }),
              refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_root()->set_root("short"); }), refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_points()->set_convention_id("short"); }), refused);
  EXPECT_THAT(fresh([&](v1::Frame& f) {
                f.mutable_points()->set_convention_id(id_.ToBytes());
                f.mutable_points()->add_points()->set_size(0);
              }),
              refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_ack(); }), refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_nack(); }), refused);
  EXPECT_THAT(fresh([](v1::Frame& f) { f.mutable_run(); }), refused);
  EXPECT_THAT(fresh([](v1::Frame& f) {
                f.mutable_sealed_request()->set_convention_id(std::string(16, 'c'));
                for (int i = 0; i < 65; ++i) {
                  f.mutable_sealed_request()->add_commitments(std::string(32, 'c'));
                }
              }),
              refused);
}

TEST_F(SessionHostile, ClosesOnMoreFeedsThanTheLimitAndTakesThatMany) {
  Greet();
  v1::Frame frame;
  frame.mutable_points()->set_convention_id(id_.ToBytes());
  for (std::size_t i = 0; i < kFeedsPerConventionMax / 2; ++i) {
    v1::FeedPoint& point = *frame.mutable_points()->add_points();
    point.set_replica_id(std::string(32, 'r'));
    point.set_size(i + 1);
    point.set_root(std::string(32, 'x'));
  }
  frame.mutable_points()->set_more(true);
  EXPECT_FALSE(session_->OnFrame(frame, 0).close);
  EXPECT_FALSE(session_->OnFrame(frame, 0).close);

  EXPECT_THAT(*session_->OnFrame(frame, 0).close,
              StatusIs(absl::StatusCode::kResourceExhausted, StartsWith("limit-feeds")));
}

TEST_F(SessionHostile, ClosesWhenRunsExceedTheCreditGiven) {
  Greet();
  v1::Frame frame;
  *frame.mutable_run() = *a_.ReadRun(id_, 1, 0, limits::kFrameBytes);
  frame.mutable_run()->add_events(std::string(limits::kEventBytes, 'x'));
  std::optional<absl::Status> closed;
  int taken = 0;
  for (; taken < 100 && !closed; ++taken) closed = session_->OnFrame(frame, 0).close;

  ASSERT_TRUE(closed);
  EXPECT_THAT(*closed, StatusIs(absl::StatusCode::kResourceExhausted, StartsWith("credit")));
  EXPECT_LE(taken, 2 * 8 + 1);
}

TEST_F(SessionHostile, CreditNeverGrowsByAcknowledgementsOfWhatWasNotSent) {
  Greet();
  v1::Frame ack;
  ack.mutable_ack()->set_convention_id(id_.ToBytes());
  ack.mutable_ack()->mutable_point()->set_replica_id(a_.id().ToBytes());
  ack.mutable_ack()->mutable_point()->set_size(2);
  ack.mutable_ack()->mutable_point()->set_root(std::string(32, 'r'));

  for (int i = 0; i < 100; ++i) EXPECT_FALSE(session_->OnFrame(ack, 0).close);

  EXPECT_EQ(session_->progress().unacknowledged_bytes, 0u);
}

TEST_F(SessionHostile, KeepsNothingOfConventionsThatOnlyThePeerSpeaksOf) {
  Greet();
  for (int i = 0; i < 10'000; ++i) {
    v1::Frame frame;
    frame.mutable_points()->set_convention_id(Sha256({absl::StrCat(i)}).ToBytes().substr(0, 16));
    const Step step = session_->OnFrame(frame, 0);
    ASSERT_EQ(step.send.size(), 1u);
    ASSERT_EQ(step.send[0].points().points_size(), 0);
  }
  EXPECT_EQ(session_->progress().conventions_active, 0u);
  EXPECT_TRUE(session_->progress().in_sync);
}

TEST_F(SessionHostile, AsksForAtMostSixtyFourConventionsAtOnce) {
  Greet();
  v1::Frame frame;
  frame.mutable_digests()->set_all(true);
  for (int i = 0; i < 10'000; ++i) {
    std::string entry = std::string(24, '\0');
    for (int byte = 0; byte < 4; ++byte) entry[byte] = static_cast<char>(i >> (24 - 8 * byte));
    frame.mutable_digests()->mutable_entries()->append(entry);
  }

  const Step step = session_->OnFrame(frame, 0);

  EXPECT_EQ(step.send.size(), 64u);
  EXPECT_FALSE(step.close);
}

TEST_F(SessionHostile, SaysNothingMoreAfterItClosed) {
  ASSERT_FALSE(Closing([](v1::Frame&) {}).ok());

  EXPECT_TRUE(session_->OnFrame(hello_, 0).send.empty());
  EXPECT_TRUE(session_->Tick(1'000'000).send.empty());
  EXPECT_TRUE(session_->OnLocalChange(id_, 0).send.empty());
}

TEST_F(SessionHostile, SurvivesChangedBytesInEveryFrame) {
  const char* given = std::getenv("GREFFE_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : 7u;
  SCOPED_TRACE(absl::StrCat("GREFFE_SEED=", seed));
  std::mt19937 random(seed);
  int stored = 0;
  for (int round = 0; round < 300; ++round) {
    MemoryReplica a("a"), b("b");
    const ConventionId id = a.OpenConvention(1);
    a.Admit(id, b);
    a.Append(id, "text", 5, true);
    Session session(b, a.id());
    session.Start(0);
    Session honest(a, b.id());
    std::vector<v1::Frame> frames = {honest.Start(0).send[0]};
    v1::Frame run;
    *run.mutable_run() = *a.ReadRun(id, 1, 0, limits::kFrameBytes);
    frames.push_back(run);
    for (v1::Frame& frame : frames) {
      std::string bytes = frame.SerializeAsString();
      if (random() % 2 == 0) bytes[random() % bytes.size()] = static_cast<char>(random());
      v1::Frame changed;
      if (!changed.ParseFromString(bytes)) continue;
      const Step step = session.OnFrame(changed, 0);
      for (const IngestRun& ingest : step.ingest) session.OnStored(b.Ingest(ingest), 0);
    }
    // What was stored is the author's, whole.
    for (const Point& point : b.Points(id)) {
      EXPECT_TRUE(a.FindBranch(id, point));
      ++stored;
    }
  }
  // Frames that came through unchanged, or changed where it does not matter.
  EXPECT_GT(stored, 10);
}

}  // namespace
}  // namespace greffe::sync
