// Faults after which a meeting starts again, and clocks that run slow, by their
// numbers in the catalogue.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/base/limits.h"
#include "tests/sim/sim_asks.h"
#include "tests/sim/sim_world.h"

namespace greffe::sim {
namespace {

using ::testing::IsEmpty;

// The stream breaks inside each frame of a meeting in turn, at places all over it; whatever the
// receiver makes of the part that came, the next meeting goes on from its store.
TEST(SimFaults, F1ResumesAfterACutInsideAnyFrame) {
  int inside_a_run = 0;
  bool more = true;
  for (int frame = 0; more; ++frame) {
    ASSERT_LT(frame, 100);
    for (const int place : {1, 250, 500, 750, 999}) {
      World world({.nodes = 2, .seed = 1});
      const std::string convention = world.CreateConvention(0, {0, 1});
      world.Connect(0, 1);
      world.Run();
      world.DisconnectAll();
      ASSERT_FALSE(world.Measure(0, convention, 120).empty());
      ASSERT_FALSE(world.Measure(1, convention, 121).empty());
      int delivered = 0;
      world.on_frame = [&](int, int, v1::Frame& passing) {
        // What follows it on either side is lost.
        if (delivered++ != frame) return delivered <= frame;
        inside_a_run += passing.has_run() ? 1 : 0;
        const std::size_t bytes = passing.ByteSizeLong();
        passing = PartOf(passing, std::max<std::size_t>(1, bytes * place / 1000));
        return true;
      };
      world.Connect(0, 1);
      world.Run();
      more = delivered > frame;
      if (!more) break;
      world.DisconnectAll();
      world.Check();
      std::uint64_t events_sent = 0;
      world.on_frame = [&](int, int, v1::Frame& passing) {
        events_sent += static_cast<std::uint64_t>(passing.run().events_size());
        return true;
      };
      world.Connect(0, 1);
      world.Run();

      // Two events were missing: nothing else is sent, and each at most once more.
      EXPECT_LE(events_sent, 2u) << frame << " at " << place;
      EXPECT_TRUE(world.InSync(0, 1)) << frame << " at " << place;
      world.Settle();
      EXPECT_THAT(world.violations(), IsEmpty()) << frame << " at " << place;
      EXPECT_EQ(EventsHeld(world, 1, convention), EventsHeld(world, 0, convention));
    }
  }
  EXPECT_GE(inside_a_run, 10);
}

// The head that ends the node's own feed, as it would leave now.
std::string OwnHead(World& world, int index, const std::string& convention) {
  Node& node = world.node(index);
  for (const auto& branch : node.honest_view().Branches(Id(convention))) {
    if (branch.point.replica != node.id()) continue;
    const auto run = node.honest_view().ReadRun(Id(convention), branch.number,
                                                branch.point.size - 1, limits::kFrameBytes);
    if (run.ok()) return run->head();
  }
  return "";
}

// A measurement at node 0, power lost before anything of it left. The head that was signed, and the
// heads of node 0 that node 1 was sent afterwards.
std::pair<std::string, std::vector<std::string>> CrashBeforeSending(FaultyFs::SyncMode mode) {
  World world({.nodes = 2, .seed = 9});
  const std::string convention = world.CreateConvention(0, {0, 1});
  world.Connect(0, 1);
  world.Run();
  world.node(0).disk().set_sync_mode(mode);

  EXPECT_FALSE(world.Measure(0, convention, 103).empty());
  const std::string signed_head = OwnHead(world, 0, convention);
  world.CrashNode(0);
  world.node(0).disk().set_sync_mode(FaultyFs::SyncMode::kHonest);
  world.Reboot(0);
  std::vector<std::string> sent;
  world.on_frame = [&sent](int from, int, v1::Frame& frame) {
    if (from == 0 && frame.has_run()) sent.push_back(frame.run().head());
    return true;
  };
  world.Connect(0, 1);
  world.Run();
  world.Settle();
  if (mode == FaultyFs::SyncMode::kHonest) {
    EXPECT_THAT(world.violations(), IsEmpty());
    EXPECT_EQ(EventsHeld(world, 1, convention), EventsHeld(world, 0, convention));
    EXPECT_EQ(OwnHead(world, 0, convention), signed_head);
  }
  return {signed_head, sent};
}

TEST(SimFaults, F9SendsTheSameHeadAfterACrashBetweenCommitAndSend) {
  const auto [signed_head, sent] = CrashBeforeSending(FaultyFs::SyncMode::kHonest);

  EXPECT_NE(signed_head, "");
  EXPECT_THAT(sent, ::testing::ElementsAre(signed_head));
  // That the comparison would see a head that was not on disk.
  EXPECT_THAT(CrashBeforeSending(FaultyFs::SyncMode::kIgnored).second,
              ::testing::Not(::testing::Contains(signed_head)));
}

std::vector<std::string> FindingsAt(World& world, int index, const std::string& convention) {
  v1::GetStatusRequest request;
  request.set_convention_id(convention);
  const auto status = world.node(index).replica().GetStatus(world.node(index).call(), request);
  std::vector<std::string> codes;
  if (!status.ok()) return codes;
  for (const v1::Finding& finding : status->view().findings()) codes.push_back(finding.code());
  return codes;
}

TEST(SimFaults, F33ConvergesWhenAClockRunsAtHalfSpeedAndNotesOneThatStepsBack) {
  World world({.nodes = 3, .seed = 33});
  const std::string convention = world.CreateConvention(0, {0, 1, 2});
  world.Connect(0, 1);
  world.Connect(0, 2);
  world.Run();
  world.node(1).clock().RunAt(VirtualClock::kHalfSpeed);
  const auto behind = [&world] {
    return world.node(0).clock().Now().micros - world.node(1).clock().Now().micros;
  };
  for (int round = 0; round < 6; ++round) {
    world.PassTime(1'800'000);
    EXPECT_FALSE(world.Measure(round % 3, convention, 130 + round).empty());
    world.Run();
    EXPECT_FALSE(world.Measure(1, convention, 140 + round).empty());
    world.Run();
    // Slow is no step back: nobody has anything to look at.
    EXPECT_THAT(FindingsAt(world, 2, convention),
                ::testing::Not(::testing::Contains("recorded-at-steps-back")));
  }
  EXPECT_GE(behind(), 90ll * 60 * 1'000'000) << "half of three hours";

  world.node(1).clock().RunAt(VirtualClock::kFullSpeed);
  world.node(1).clock().wrong_by_micros -= 3'600'000'000;
  EXPECT_FALSE(world.Measure(1, convention, 150).empty());
  world.Settle();

  EXPECT_THAT(FindingsAt(world, 2, convention), ::testing::Contains("recorded-at-steps-back"));
  EXPECT_THAT(world.violations(), IsEmpty());
  EXPECT_EQ(EventsApplied(world, 0, convention), EventsHeld(world, 2, convention));
}

// The files of a machine at rest.
using DiskCopy = std::vector<std::pair<std::string, std::string>>;

DiskCopy CopyOf(Node& node) {
  DiskCopy copy;
  for (const std::string& file : node.disk().Files("/store")) {
    copy.emplace_back(file, node.disk().Content(file));
  }
  return copy;
}

void PutBack(Node& node, const DiskCopy& copy) {
  for (const std::string& file : node.disk().Files("/store")) node.disk().Remove(file);
  for (const auto& [file, content] : copy) node.disk().Plant(file, content);
}

// Node 1 wrote three events after the older of its two incarnations, and node 0 has them: whoever
// meets the older one knows its feed as longer than it is. Node 2 never heard of them.
struct Incarnations {
  explicit Incarnations(std::uint64_t seed) : world({.nodes = 3, .seed = seed}) {
    convention = world.CreateConvention(0, {0, 1, 2});
    world.Connect(0, 1);
    world.Connect(0, 2);
    world.Run();
    EXPECT_FALSE(world.Measure(1, convention, 120).empty());
    world.Run();
    world.CrashNode(1);
    older = CopyOf(world.node(1));
    world.Reboot(1);
    world.Disconnect(0, 2);
    world.Connect(0, 1);
    for (int value = 121; value < 124; ++value) {
      EXPECT_FALSE(world.Measure(1, convention, value).empty());
      world.Run();
    }
    EXPECT_EQ(EventsHeld(world, 0, convention), EventsHeld(world, 1, convention));
    world.CrashNode(1);
  }
  // Its own feed comes back whole from who has it; what else it wrote is not known to it, so it
  // signs nothing more, and so forks nothing. The others go on.
  void ExpectFilledAndSilent() {
    world.Settle();
    for (const std::string& violation : world.violations()) {
      EXPECT_THAT(violation, ::testing::HasSubstr("replica-1 writes nothing"));
    }
    EXPECT_TRUE(absl::IsFailedPrecondition(world.node(1).replica().Writable()))
        << world.node(1).replica().Writable();
    EXPECT_EQ(world.Measure(1, convention, 130), "");
    // Kept: a restart does not make it forget.
    world.CrashNode(1);
    world.Reboot(1);
    EXPECT_EQ(world.Measure(1, convention, 131), "");
    EXPECT_FALSE(world.Measure(0, convention, 132).empty());
    EXPECT_FALSE(world.Measure(2, convention, 133).empty());
    world.Settle();
    for (int i = 0; i < 3; ++i) {
      EXPECT_EQ(Branches(i), 1) << i;
      EXPECT_EQ(EventsApplied(world, i, convention), EventsHeld(world, 0, convention)) << i;
    }
  }
  // Histories of node 1 that a node has.
  int Branches(int index) {
    int branches = 0;
    for (const auto& branch : world.node(index).honest_view().Branches(Id(convention))) {
      branches += branch.point.replica == world.node(1).id() ? 1 : 0;
    }
    return branches;
  }

  World world;
  std::string convention;
  DiskCopy older;
};

TEST(SimFaults, F28FillsAReplicaThatLostItsWholeStore) {
  World world({.nodes = 3, .seed = 28});
  const std::string convention = world.CreateConvention(0, {0, 1, 2});
  for (int i = 0; i < 20; ++i) world.Measure(0, convention, i);
  world.Connect(0, 1);
  world.Run();
  world.CrashNode(1);
  PutBack(world.node(1), {});

  world.Reboot(1);
  world.Settle();

  EXPECT_THAT(world.violations(), IsEmpty());
  EXPECT_EQ(EventsHeld(world, 1, convention), EventsHeld(world, 0, convention));
}

TEST(SimFaults, F28FillsAReplicaThatLostWhatItHadWrittenAndSignsNothingMoreThere) {
  Incarnations story(281);
  PutBack(story.world.node(1), {});

  story.world.Reboot(1);

  story.ExpectFilledAndSilent();
}

TEST(SimFaults, F28FillsAnOlderIncarnationThatPeersKnowFurtherThanItIs) {
  Incarnations story(282);
  PutBack(story.world.node(1), story.older);
  story.world.Reboot(1);
  // Who knows no more of it than it does itself tells it nothing.
  story.world.Connect(1, 2);
  story.world.Run();
  EXPECT_TRUE(story.world.InSync(1, 2));
  EXPECT_TRUE(story.world.node(1).replica().Writable().ok());

  story.ExpectFilledAndSilent();
}

// Before it met who has the rest, it wrote: two histories of one feed. Both are kept everywhere,
// and shown under its name.
TEST(SimFaults, F28KeepsBothBranchesOfAnOlderIncarnationThatWroteOn) {
  Incarnations story(283);
  World& world = story.world;
  PutBack(world.node(1), story.older);
  world.node(1).honest = false;
  world.Reboot(1);
  const std::string leaf = world.Measure(1, story.convention, 140);
  EXPECT_FALSE(leaf.empty());

  world.Settle();

  EXPECT_THAT(world.violations(), IsEmpty());
  EXPECT_FALSE(world.node(1).replica().Writable().ok());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(story.Branches(i), 2) << i;
    EXPECT_EQ(EventsApplied(world, i, story.convention), EventsHeld(world, 0, story.convention));
  }
}

}  // namespace
}  // namespace greffe::sim
