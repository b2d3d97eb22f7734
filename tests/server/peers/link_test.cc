#include "server/peers/link.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "server/ops/random.h"
#include "server/ops/system_clock.h"
#include "storage/rocks_event_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

// A stream under the test's control: writes end only when the test says so.
class ManualTransport final : public LinkTransport {
 public:
  void Read() override {
    absl::MutexLock lock(&mu_);
    ++reads_;
  }
  void Write(v1::Frame frame) override {
    absl::MutexLock lock(&mu_);
    written_.push_back(std::move(frame));
  }
  void Close(const absl::Status& status) override {
    absl::MutexLock lock(&mu_);
    closed_ = status;
  }
  void Abort() override {
    absl::MutexLock lock(&mu_);
    aborted_ = true;
  }

  bool WaitFor(std::function<bool()> holds) {
    absl::MutexLock lock(&mu_);
    return mu_.AwaitWithTimeout(absl::Condition(&holds), absl::Seconds(10));
  }

  absl::Mutex mu_;
  int reads_ = 0;
  std::vector<v1::Frame> written_;
  std::optional<absl::Status> closed_;
  bool aborted_ = false;
};

class LinkTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(clock_, SystemClock::Create());
    ASSERT_OK_AND_ASSIGN(key_, SigningKey::FromSeed(std::string(32, 'k')));
    ASSERT_OK_AND_ASSIGN(store_, RocksEventStore::Open({.path = folder_.path() + "/store"}));
    ASSERT_OK_AND_ASSIGN(
        replica_, Replica::Open({.store = store_.get(),
                                 .key = key_.get(),
                                 .clock = clock_.get(),
                                 .random = SecureRandomBytes,
                                 .name = "A",
                                 .own_partners = [] { return std::vector<v1::PartnerCard>(); },
                                 .peers = [] { return std::vector<RosterCandidate>(); }}));
    pool_ = std::make_unique<WorkerPool>(WorkerPool::Options{.threads = 2});
    link_ = std::make_shared<PeerLink>(
        PeerLink::Options{.replica = replica_.get(),
                          .pool = pool_.get(),
                          .peer = ReplicaIdOf(PublicKey{}),
                          .now_ms = [this] { return now_ms_.load(); },
                          .on_progress = [](PeerLink&) {},
                          .on_ended = [this](PeerLink&, const absl::Status& why) { Ended(why); }});
  }
  void TearDown() override {
    link_->OnEnded(absl::OkStatus());
    pool_.reset();
  }
  void Ended(const absl::Status& why) {
    absl::MutexLock lock(&transport_.mu_);
    ended_ = why;
  }

  TempFolder folder_;
  std::unique_ptr<SystemClock> clock_;
  std::unique_ptr<SigningKey> key_;
  std::unique_ptr<RocksEventStore> store_;
  std::unique_ptr<Replica> replica_;
  std::unique_ptr<WorkerPool> pool_;
  std::atomic<std::int64_t> now_ms_ = 1;
  ManualTransport transport_;
  std::optional<absl::Status> ended_;
  std::shared_ptr<PeerLink> link_;
};

TEST_F(LinkTest, GreetsAndListens) {
  link_->Open(&transport_);

  ASSERT_TRUE(transport_.WaitFor([this] { return !transport_.written_.empty(); }));
  EXPECT_TRUE(transport_.written_[0].has_hello());
  EXPECT_EQ(transport_.reads_, 1);
}

TEST_F(LinkTest, EndsWithTheRuleWhenTheFirstFrameIsNotAHello) {
  link_->Open(&transport_);
  ASSERT_TRUE(transport_.WaitFor([this] { return !transport_.written_.empty(); }));
  link_->OnWritten(true);
  v1::Frame frame;
  frame.mutable_root();

  link_->OnRead(frame);

  ASSERT_TRUE(transport_.WaitFor([this] { return transport_.closed_.has_value(); }));
  EXPECT_THAT(*transport_.closed_, testing_support::StatusIs(absl::StatusCode::kInvalidArgument,
                                                             testing::HasSubstr("hello")));
}

// A read under way ends with the stream: what broke the rule is still the cause.
TEST_F(LinkTest, EndsForTheCauseItWasClosedForThoughAReadEndsWithIt) {
  link_->Open(&transport_);
  ASSERT_TRUE(transport_.WaitFor([this] { return !transport_.written_.empty(); }));
  link_->OnWritten(true);
  link_->OnRead(v1::Frame());
  ASSERT_TRUE(transport_.WaitFor([this] { return transport_.closed_.has_value(); }));

  link_->OnRead(std::nullopt);
  link_->OnEnded(absl::CancelledError("the stream is over"));

  ASSERT_TRUE(transport_.WaitFor([this] { return ended_.has_value(); }));
  EXPECT_EQ(ended_->code(), absl::StatusCode::kInvalidArgument) << *ended_;
}

TEST_F(LinkTest, ClosesWhenThePeerEndsItsSide) {
  link_->Open(&transport_);
  ASSERT_TRUE(transport_.WaitFor([this] { return !transport_.written_.empty(); }));
  link_->OnWritten(true);

  link_->OnRead(std::nullopt);

  EXPECT_TRUE(transport_.WaitFor([this] { return transport_.closed_.has_value(); }));
}

TEST_F(LinkTest, AbortsAStreamWhoseLastWriteNeverEnds) {
  link_->Open(&transport_);
  ASSERT_TRUE(transport_.WaitFor([this] { return !transport_.written_.empty(); }));
  link_->Close(absl::UnavailableError("stop"));
  link_->Tick();
  EXPECT_FALSE(transport_.aborted_);

  now_ms_ = 60'000;
  link_->Tick();

  EXPECT_TRUE(transport_.WaitFor([this] { return transport_.aborted_; }));
  EXPECT_FALSE(transport_.closed_.has_value());
  link_->OnWritten(false);
  EXPECT_TRUE(transport_.WaitFor([this] { return transport_.closed_.has_value(); }));
}

TEST_F(LinkTest, SaysOnceWhyItEnded) {
  link_->Open(&transport_);

  link_->OnEnded(absl::UnavailableError("gone"));

  ASSERT_TRUE(transport_.WaitFor([this] { return ended_.has_value(); }));
  EXPECT_THAT(*ended_, testing_support::StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace greffe
