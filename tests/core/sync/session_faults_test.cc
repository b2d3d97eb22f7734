// The faults of the network, by their numbers in the catalogue.
#include <gtest/gtest.h>

#include <optional>
#include <random>
#include <string>

#include "tests/core/sync/memory_replica.h"
#include "tests/core/sync/pipe.h"
#include "tests/support/status_matchers.h"

namespace greffe::sync {
namespace {

using ::testing::AnyOf;
using ::testing::StartsWith;
using testing_support::StatusIs;

// Two replicas that each have something the other lacks, in three conventions.
struct Two {
  Two() : a("a"), b("b") {
    for (std::uint64_t i = 0; i < 3; ++i) {
      ids.push_back(a.OpenConvention(i));
      a.Admit(ids.back(), b);
      if (i < 2) b.RestoreFrom(ids.back(), a);
      a.Append(ids.back(), "from a", 5, /*head_each=*/true);
      if (i < 2) b.Append(ids.back(), "from b", 5, /*head_each=*/true);
    }
  }
  void ExpectEqual() const {
    for (const ConventionId& id : ids) EXPECT_EQ(a.Points(id), b.Points(id));
    EXPECT_EQ(a.EventsHeld(ids[0]), 12u);
  }

  MemoryReplica a, b;
  std::vector<ConventionId> ids;
};

TEST(SessionFaults, F1ResumesAfterACutAtAnyFrame) {
  for (int at = 1; at < 60; ++at) {
    Two two;
    Pipe first(two.a, two.b);
    first.frames_left = at;
    first.Connect();

    Pipe second(two.a, two.b);
    second.Connect();

    two.ExpectEqual();
    EXPECT_TRUE(second.InSync()) << "cut at frame " << at;
    EXPECT_EQ(two.a.events_stored_again + two.b.events_stored_again, 0u) << "cut at " << at;
    if (!first.cut) return;
  }
  FAIL() << "more frames than expected";
}

TEST(SessionFaults, F1ResumesAfterACutInsideAnyFrame) {
  for (const int permille : {1, 300, 600, 999}) {
    bool cut = true;
    for (int at = 1; cut; ++at) {
      ASSERT_LT(at, 60) << "more frames than expected";
      Two two;
      Pipe first(two.a, two.b);
      first.frames_left = at;
      first.part_permille = permille;
      first.Connect();
      cut = first.cut;

      Pipe second(two.a, two.b);
      second.Connect();

      two.ExpectEqual();
      EXPECT_TRUE(second.InSync()) << "frame " << at << " cut at " << permille;
      EXPECT_EQ(two.a.events_stored_again + two.b.events_stored_again, 0u)
          << "frame " << at << " cut at " << permille;
    }
  }
}

TEST(SessionFaults, F2IgnoresRepeatedFrames) {
  Two two;
  Pipe pipe(two.a, two.b);
  pipe.rule = [](int, const v1::Frame&) { return 3; };

  pipe.Connect();

  two.ExpectEqual();
  EXPECT_TRUE(pipe.InSync());
  EXPECT_LT(pipe.frames_sent, 500);
}

TEST(SessionFaults, F2IgnoresFramesOfAnOlderSession) {
  Two two;
  std::vector<std::pair<int, v1::Frame>> older;
  Pipe first(two.a, two.b);
  first.seen = [&](int side, const v1::Frame& frame) { older.emplace_back(side, frame); };
  first.Connect();
  two.a.Append(two.ids[0], "later", 1);
  Pipe second(two.a, two.b);
  second.Connect();

  for (const auto& [side, frame] : older) {
    second.Take(1 - side, second.session(1 - side).OnFrame(frame, 0));
    second.Flow();
  }
  second.Wait(60'000);

  EXPECT_EQ(two.a.Points(two.ids[0]), two.b.Points(two.ids[0]));
  EXPECT_TRUE(second.InSync());
}

TEST(SessionFaults, F3ClosesAStalledStreamAndConvergesInTheNext) {
  for (int lost = 0; lost < 60; ++lost) {
    Two two;
    Pipe first(two.a, two.b);
    int frame_number = 0;
    first.rule = [&](int, const v1::Frame&) { return frame_number++ == lost ? 0 : 1; };
    first.Connect();
    first.Wait(400'000);
    const bool ended = first.closed[0] || first.closed[1];
    for (int side = 0; side < 2; ++side) {
      if (first.closed[side]) {
        // A lost Hello shows by the frame after it.
        EXPECT_THAT(*first.closed[side],
                    AnyOf(StatusIs(absl::StatusCode::kDeadlineExceeded),
                          StatusIs(absl::StatusCode::kInvalidArgument, StartsWith("hello"))));
      }
    }
    // Either it was noticed, or the loss was of no consequence, or it was made good.
    EXPECT_TRUE(ended || first.InSync()) << "lost frame " << lost;

    Pipe second(two.a, two.b);
    second.Connect();

    two.ExpectEqual();
    if (frame_number <= lost) return;
  }
  FAIL() << "more frames than expected";
}

TEST(SessionFaults, F4TakesNothingTwiceWhenAcknowledgementsAreLost) {
  Two two;
  Pipe first(two.a, two.b);
  first.rule = [](int, const v1::Frame& frame) { return frame.has_ack() ? 0 : 1; };
  first.Connect();
  first.Wait(31'000);
  EXPECT_TRUE(first.closed[0]);
  two.ExpectEqual();

  Pipe second(two.a, two.b);
  second.Connect();

  EXPECT_EQ(second.session(0).progress().runs_sent, 0u);
  EXPECT_EQ(second.session(1).progress().runs_sent, 0u);
  EXPECT_TRUE(second.InSync());
}

TEST(SessionFaults, F4ClosesWhenOneWayIsDead) {
  Two two;
  Pipe pipe(two.a, two.b);
  pipe.rule = [](int side, const v1::Frame&) { return side == 0 ? 0 : 1; };

  pipe.Connect();
  pipe.Wait(31'000);

  ASSERT_TRUE(pipe.closed[1]);
  EXPECT_THAT(*pipe.closed[1], StatusIs(absl::StatusCode::kDeadlineExceeded));
}

TEST(SessionFaults, ConvergesOverALossyRepeatingNetwork) {
  const char* given = std::getenv("GREFFE_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : 20261122u;
  SCOPED_TRACE(absl::StrCat("GREFFE_SEED=", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 20; ++round) {
    Two two;
    bool converged = false;
    for (int attempt = 0; attempt < 200 && !converged; ++attempt) {
      Pipe pipe(two.a, two.b);
      pipe.rule = [&](int, const v1::Frame&) {
        const unsigned dice = random() % 20;
        return dice == 0 ? 0 : dice == 1 ? 2 : 1;
      };
      pipe.Connect();
      two.a.Append(two.ids[random() % 2], "meanwhile", 1);
      pipe.Changed(0, two.ids[0]);
      pipe.Changed(0, two.ids[1]);
      for (int i = 0; i < 40 && !pipe.closed[0] && !pipe.closed[1]; ++i) pipe.Wait(10'000);
      converged = pipe.InSync() && two.a.Points(two.ids[0]) == two.b.Points(two.ids[0]);
    }
    EXPECT_TRUE(converged) << "round " << round;
  }
}

TEST(SessionFaults, F22RefusesARunThatARelayChangedAndTakesTheRest) {
  MemoryReplica a("a"), relay("relay"), c("c");
  const ConventionId id = a.OpenConvention(1);
  a.Admit(id, relay);
  a.Admit(id, c);
  relay.RestoreFrom(id, a);
  a.Append(id, "from a", 3);
  relay.Append(id, "from the relay", 3);
  {
    Pipe pipe(a, relay);
    pipe.Connect();
  }
  relay.tamper = [&](v1::Run& run) {
    if (run.public_key() == a.key().public_key().ToBytes()) run.mutable_events(0)->back() ^= 1;
  };
  // c holds the roster already.
  c.Ingest({.ticket = 1, .run = *a.ReadRun(id, 1, 0, 1 << 18)});
  MemoryReplica fresh("c");
  {
    MemoryReplica early("a");
    const ConventionId same = early.OpenConvention(1);
    early.Admit(same, relay);
    early.Admit(same, c);
    fresh.RestoreFrom(same, early);
  }

  Pipe bad(relay, fresh);
  bad.Connect();
  EXPECT_EQ(bad.session(1).progress().runs_refused_here, 1u);
  // Each side knows who refused what.
  for (const int side : {0, 1}) {
    const std::optional<RefusedRun> refused = bad.session(side).progress().last_refusal;
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->where, side == 0 ? RefusedRun::Where::kThere : RefusedRun::Where::kHere);
    EXPECT_EQ(refused->convention, id);
    EXPECT_EQ(refused->author, a.id());
    EXPECT_EQ(refused->reason, NackReason::kBadHead);
  }
  EXPECT_FALSE(bad.closed[1]);
  EXPECT_EQ(fresh.EventsHeld(id), 6u);

  Pipe good(a, fresh);
  good.Connect();
  EXPECT_EQ(fresh.Points(id), a.Points(id));
}

TEST(SessionFaults, F22ClosesWhenRunAfterRunIsBad) {
  MemoryReplica a("a"), b("b");
  std::vector<ConventionId> ids;
  for (std::uint64_t i = 0; i < 40; ++i) {
    ids.push_back(a.OpenConvention(i));
    a.Admit(ids.back(), b);
  }
  a.tamper = [](v1::Run& run) { run.mutable_events(0)->back() ^= 1; };
  Pipe pipe(a, b);

  pipe.Connect();

  ASSERT_TRUE(pipe.closed[1]);
  EXPECT_THAT(*pipe.closed[1], StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_TRUE(b.Held().empty());
}

TEST(SessionFaults, F23TransfersOtherFeedsWhenOneIsWithheld) {
  MemoryReplica a("a"), y("y"), relay("relay"), b("b");
  const ConventionId id = a.OpenConvention(1);
  for (const MemoryReplica* other : {&y, &relay, &b}) a.Admit(id, *other);
  y.RestoreFrom(id, a);
  y.Append(id, "from y", 4);
  a.Append(id, "from a", 4);
  for (MemoryReplica* other : {&a, &y}) {
    Pipe pipe(*other, relay);
    pipe.Connect();
  }
  relay.withheld = {y.id()};

  Pipe through(relay, b);
  through.Connect();
  EXPECT_EQ(b.EventsHeld(id), 8u);

  Pipe direct(y, b);
  direct.Connect();
  EXPECT_EQ(b.EventsHeld(id), 12u);
}

}  // namespace
}  // namespace greffe::sync
