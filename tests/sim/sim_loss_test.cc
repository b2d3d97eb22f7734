// Frames that are lost while the stream lives, by their numbers in the catalogue.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/sim/sim_asks.h"
#include "tests/sim/sim_world.h"

namespace greffe::sim {
namespace {

using ::testing::IsEmpty;

// What became of one stream between nodes 0 and 1.
struct Meeting {
  bool in_sync = false;
  // Neither in sync nor closed, however long it was waited for.
  bool hangs = false;
  int frames = 0;
  // Events that set out, arrived or not.
  int events = 0;
};

// One stream from its greeting until it is closed, or both ends are in sync. `passes` says which
// frames arrive.
Meeting Meet(World& world, const std::function<bool(int from, const v1::Frame& frame)>& passes) {
  // Each turn takes four seconds at least: with a stream that speaks, an answer may be due for five
  // minutes before the stall rule closes it.
  constexpr int kTurns = 120;
  Meeting meeting;
  world.on_frame = [&](int from, int, v1::Frame& frame) {
    ++meeting.frames;
    meeting.events += frame.run().events_size();
    return passes(from, frame);
  };
  world.Connect(0, 1);
  for (int turn = 0; turn < kTurns && world.Connected(0, 1) && !world.InSync(0, 1); ++turn) {
    world.Run();
  }
  world.on_frame = nullptr;
  meeting.in_sync = world.InSync(0, 1);
  meeting.hangs = world.Connected(0, 1) && !meeting.in_sync;
  world.DisconnectAll();
  return meeting;
}

bool AllPass(int, const v1::Frame&) { return true; }

// Runs that were taken, known ones too.
std::uint64_t RunsTaken(World& world, int index) {
  return world.node(index).replica().Counters().runs;
}

// A convention that both have, and a value at each that the other lacks.
struct Apart {
  explicit Apart(std::uint64_t seed) : world({.nodes = 2, .seed = seed}) {
    convention = world.CreateConvention(0, {0, 1});
    EXPECT_TRUE(Meet(world, AllPass).in_sync);
    EXPECT_FALSE(world.Measure(0, convention, 120).empty());
    EXPECT_FALSE(world.Measure(1, convention, 121).empty());
    events = EventsHeld(world, 0, convention) + 1;
    for (int i = 0; i < 2; ++i) taken[i] = RunsTaken(world, i);
  }
  bool Together() {
    return EventsHeld(world, 0, convention) == events && EventsHeld(world, 1, convention) == events;
  }
  // Both have both values, each taken once.
  void ExpectTogether(int label) {
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(EventsHeld(world, i, convention), events) << label;
      EXPECT_EQ(EventsApplied(world, i, convention), events) << label;
      EXPECT_EQ(RunsTaken(world, i), taken[i] + 1) << label;
    }
    world.Settle();
    EXPECT_THAT(world.violations(), IsEmpty()) << label;
  }

  World world;
  std::string convention;
  std::uint64_t events = 0;
  std::uint64_t taken[2] = {0, 0};
};

TEST(SimFaults, F3ClosesAStreamThatLostAnyFrameAndConvergesInTheNext) {
  int closed = 0;
  for (int lost = 0;; ++lost) {
    ASSERT_LT(lost, 100);
    Apart apart(300);
    int number = 0;
    const Meeting first =
        Meet(apart.world, [&](int, const v1::Frame&) { return number++ != lost; });
    if (first.frames <= lost) break;
    EXPECT_FALSE(first.hangs) << lost;
    closed += first.in_sync ? 0 : 1;

    const Meeting next = Meet(apart.world, AllPass);

    EXPECT_TRUE(next.in_sync) << lost;
    EXPECT_LE(first.events + next.events, 4) << lost;
    apart.ExpectTogether(lost);
  }
  // Of the others the loss was of no consequence, or made good within the stream.
  EXPECT_GT(closed, 3);
}

// A proxy that never lets one kind of frame through: each stream ends, none has more to say than
// the first had, and the one after the proxy was mended converges.
TEST(SimFaults, F3DoesNotGoRoundWhereOneKindOfFrameIsLostForEver) {
  using Kind = v1::Frame::BodyCase;
  for (const Kind kind : {Kind::kHello, Kind::kRun, Kind::kAck, Kind::kPoints, Kind::kRoot}) {
    Apart apart(301);
    std::vector<Meeting> meetings;
    for (int i = 0; i < 5; ++i) {
      meetings.push_back(Meet(
          apart.world, [&](int, const v1::Frame& frame) { return frame.body_case() != kind; }));
      // Without roots nobody can tell that all has come; the others end.
      EXPECT_TRUE(kind == Kind::kRoot ? apart.Together() : !meetings.back().hangs) << kind;
      EXPECT_LE(meetings.back().frames, meetings.front().frames) << kind;
      EXPECT_LE(meetings.back().events, 2) << kind;
    }

    EXPECT_TRUE(Meet(apart.world, AllPass).in_sync) << kind;
    apart.ExpectTogether(kind);
  }
}

// One acknowledgement is lost in a stream that goes on speaking: silence does not show it.
TEST(SimFaults, F3ClosesAStreamInWhichOneAnswerIsDueWhileOthersArrive) {
  Apart apart(302);
  World& world = apart.world;
  const std::string other = world.CreateConvention(1, {0, 1});
  int lost = 0;
  world.on_frame = [&lost](int from, int, v1::Frame& frame) {
    return from == 0 || !frame.has_ack() || lost++ > 0;
  };
  world.Connect(0, 1);
  int turns = 0;
  // Four seconds each, and what is due ends the stream after five minutes.
  for (; turns < 100 && world.Connected(0, 1); ++turns) {
    EXPECT_FALSE(world.Measure(1, other, turns).empty());
    world.Run();
  }
  EXPECT_GT(lost, 0);
  EXPECT_FALSE(world.Connected(0, 1));
  EXPECT_GT(turns, 50) << "closed by silence";

  const Meeting next = Meet(world, AllPass);

  EXPECT_TRUE(next.in_sync);
  EXPECT_LE(next.events, 1);
  EXPECT_EQ(EventsHeld(world, 0, other), EventsHeld(world, 1, other));
  EXPECT_TRUE(apart.Together());
  world.Settle();
  EXPECT_THAT(world.violations(), IsEmpty());
}

// What a node sends is lost from the acknowledgement of a run on, while what it is sent arrives.
TEST(SimFaults, F4StoresNothingTwiceWhenOneWayIsDeadFromTheAcknowledgementOn) {
  World world({.nodes = 2, .seed = 4});
  const std::string convention = world.CreateConvention(0, {0, 1});
  EXPECT_TRUE(Meet(world, AllPass).in_sync);
  std::vector<v1::Run> sent;
  for (int round = 0; round < 3; ++round) {
    ASSERT_FALSE(world.Measure(0, convention, 120 + round).empty());
    const std::uint64_t taken = RunsTaken(world, 1);
    bool dead = false;
    const Meeting cut = Meet(world, [&](int from, const v1::Frame& frame) {
      if (frame.has_run()) sent.push_back(frame.run());
      dead = dead || (from == 1 && frame.has_ack());
      return from == 0 || !dead;
    });

    // It is there; its sender does not know, and the stream ended.
    EXPECT_TRUE(dead);
    EXPECT_FALSE(cut.in_sync);
    EXPECT_FALSE(cut.hangs);
    EXPECT_EQ(EventsHeld(world, 1, convention), EventsHeld(world, 0, convention));
    EXPECT_EQ(RunsTaken(world, 1), taken + 1);
    // The next stream asked the receiver what it has: what came before is not offered again.
    EXPECT_EQ(cut.events, 1) << round;
  }

  const Meeting healed = Meet(world, AllPass);

  EXPECT_TRUE(healed.in_sync);
  EXPECT_EQ(healed.events, 0);
  // One that comes again all the same, late, changes nothing.
  ASSERT_EQ(sent.size(), 3u);
  const std::uint64_t commits = world.node(1).replica().Counters().commits;
  const std::uint64_t held = EventsHeld(world, 1, convention);
  for (const v1::Run& late : sent) {
    world.node(1).SubmitRun(0, world.node(0).id(), {.ticket = 1, .run = late});
    world.RunSequencer(1);
  }
  EXPECT_EQ(EventsHeld(world, 1, convention), held);
  EXPECT_EQ(world.node(1).replica().Counters().commits, commits);
  world.Settle();
  EXPECT_THAT(world.violations(), IsEmpty());
}

}  // namespace
}  // namespace greffe::sim
