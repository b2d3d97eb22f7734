// Faults by their numbers in the catalogue, each by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/feed/checkpoint.h"
#include "tests/sim/sim_asks.h"
#include "tests/sim/sim_world.h"
#include "tests/support/status_matchers.h"

namespace greffe::sim {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A run of one event that the node signs, whatever it says.
v1::Run ForgedRun(Node& author, const ConventionId& convention,
                  const std::function<void(v1::Event&)>& change) {
  v1::Run run;
  std::uint64_t size = 0;
  MerkleFrontier frontier;
  for (const auto& branch : author.honest_view().Branches(convention)) {
    if (branch.point.replica != author.id()) continue;
    while (size < branch.point.size) {
      const v1::Run part =
          *author.honest_view().ReadRun(convention, branch.number, size, limits::kFrameBytes);
      for (const std::string& bytes : part.events()) frontier.Append(LeafHash(bytes));
      size += static_cast<std::uint64_t>(part.events_size());
    }
  }
  v1::Event event;
  event.set_format(1);
  event.set_convention_id(convention.ToBytes());
  event.set_replica_id(author.id().ToBytes());
  event.set_sequence(size);
  event.mutable_actor()->set_partner_id(author.partner_id());
  change(event);
  const std::string bytes = event.SerializeAsString();
  frontier.Append(LeafHash(bytes));
  run.set_convention_id(convention.ToBytes());
  run.set_public_key(author.key().public_key().ToBytes());
  run.set_from(size);
  run.add_events(bytes);
  run.set_head(SignCheckpoint(
      {.convention = convention, .replica = author.id(), .size = size + 1, .root = frontier.Root()},
      author.key()));
  return run;
}

// What the node makes of a run from nowhere.
std::optional<sync::NackReason> Give(World& world, int index, const v1::Run& run) {
  Node& node = world.node(index);
  std::optional<sync::NackReason> refused = sync::NackReason::kDisk;
  node.replica().SubmitRun(node.id(), {.ticket = 1, .run = run},
                           [&](const sync::StoredRun& stored) { refused = stored.refused; });
  world.RunSequencer(index);
  return refused;
}

TEST(SimFaults, F5ConvergesAfterHalfOfTheLinksWereClogged) {
  World world({.nodes = 4, .seed = 5, .faults = {.clog = 100}});
  world.CreateConvention(0, {0, 1, 2, 3});

  for (int i = 0; i < 600; ++i) {
    world.Step();
    if (i % 40 == 0) world.Check();
  }
  EXPECT_GT(world.exercised().held_back, 100u);
  world.Settle();

  EXPECT_THAT(world.violations(), IsEmpty());
}

TEST(SimFaults, F8KeepsAllOrNothingWhenPowerGoesAtAnyWriteOfACommand) {
  int refused = 0;
  for (std::uint64_t operations = 0; operations < 40; ++operations) {
    World world({.nodes = 2, .seed = 8});
    const std::string convention = world.CreateConvention(0, {0, 1});
    world.Connect(0, 1);
    world.Run();
    world.node(0).disk().PowerOffAfter(operations);
    const bool acknowledged = !world.Measure(0, convention, 101).empty();
    world.CrashNode(0, operations);
    refused += acknowledged ? 0 : 1;
    world.Reboot(0);
    EXPECT_FALSE(world.Measure(0, convention, 102).empty()) << operations;

    world.Settle();

    // A commit that fails is a violation where nobody pulled the plug; here it was pulled.
    for (const std::string& violation : world.violations()) {
      EXPECT_THAT(violation, HasSubstr("UNAVAILABLE")) << operations;
    }
    if (acknowledged && operations > 4) break;
  }
  EXPECT_GT(refused, 0);
}

// The same story with and without fsync: what the disk lost was seen by another, and the next
// event contradicts it. That the simulation sees it shows that it could see it in the random runs.
std::vector<std::string> CrashAfterSending(FaultyFs::SyncMode mode) {
  World world({.nodes = 2, .seed = 10});
  const std::string convention = world.CreateConvention(0, {0, 1});
  world.Connect(0, 1);
  world.Run();
  world.node(0).disk().set_sync_mode(mode);
  world.Measure(0, convention, 104);
  world.Run();
  world.CrashNode(0);
  world.node(0).disk().set_sync_mode(FaultyFs::SyncMode::kHonest);
  world.Reboot(0);
  if (world.node(0).up()) world.Measure(0, convention, 105);
  world.Settle();
  return world.violations();
}

TEST(SimFaults, F10FindsTheSelfForkWhenFsyncIsTakenOut) {
  EXPECT_THAT(CrashAfterSending(FaultyFs::SyncMode::kHonest), IsEmpty());

  const std::vector<std::string> found = CrashAfterSending(FaultyFs::SyncMode::kIgnored);

  EXPECT_THAT(found, ::testing::Contains(::testing::AnyOf(
                         HasSubstr("blames"), HasSubstr("did not write"), HasSubstr("lost"))));
}

TEST(SimFaults, F11KeepsARunWholeOrNotAtAllWhenItsWriteIsTorn) {
  std::uint64_t crashes = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    World world({.nodes = 2, .seed = seed});
    const std::string convention = world.CreateConvention(0, {0, 1});
    for (int i = 0; i < 10; ++i) world.Measure(0, convention, i);
    world.Connect(0, 1);
    world.node(1).disk().PowerOffAfter(2 * seed);
    // The power goes while runs come in; what was being written is torn.
    world.Run();
    if (world.node(1).up()) world.CrashNode(1, seed);
    crashes += world.exercised().crashes;
    world.Reboot(1);
    world.Check();
    world.Settle();

    // A commit that fails is a violation where nobody pulled the plug; here it was pulled.
    for (const std::string& violation : world.violations()) {
      EXPECT_THAT(violation, HasSubstr("UNAVAILABLE")) << seed;
    }
    EXPECT_EQ(EventsHeld(world, 1, convention), EventsHeld(world, 0, convention)) << seed;
  }
  EXPECT_GE(crashes, 8u);
}

TEST(SimFaults, F12NeverPassesOnAFlippedBit) {
  int refused_to_open = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    World world({.nodes = 3, .seed = seed});
    const std::string convention = world.CreateConvention(0, {0, 1, 2});
    for (int i = 0; i < 5; ++i) world.Measure(0, convention, i);
    world.Connect(0, 1);
    world.Run();
    world.CrashNode(1);
    const std::vector<std::string> files = world.node(1).disk().Files("/store");
    const std::string& file = files[(seed * 5) % files.size()];
    const std::uint64_t bytes = world.node(1).disk().Content(file).size();
    if (bytes == 0) continue;
    world.node(1).disk().FlipBit(file, (seed * 7919) % bytes, static_cast<int>(seed % 8));

    const absl::Status booted = world.node(1).Boot();
    if (!booted.ok()) {
      ++refused_to_open;
      EXPECT_THAT(booted, testing_support::StatusIs(absl::StatusCode::kDataLoss)) << file;
      continue;
    }
    // It opened: what it passes on is what the author wrote, or nothing.
    world.Connect(1, 2);
    world.Run();
    world.Check();
    for (const std::string& violation : world.violations()) {
      EXPECT_THAT(violation,
                  ::testing::Not(::testing::AnyOf(HasSubstr("blames"), HasSubstr("did not write"))))
          << file;
    }
  }
  EXPECT_GT(refused_to_open, 0);
}

v1::ConventionFigures FiguresOf(World& world, int index, const std::string& convention) {
  for (const v1::ConventionFigures& one :
       world.node(index).replica().Examine(UserCall(), "").figures) {
    if (one.convention_id() == convention) return one;
  }
  return {};
}

// Its own feed and a peer's, at every place of each.
TEST(SimFaults, F12PeersRestoreARewrittenEventAndOtherConventionsGoOn) {
  int restored = 0;
  for (const int author : {0, 1}) {
    for (std::uint64_t sequence = 0;; ++sequence) {
      World world({.nodes = 3, .seed = 1200 + sequence});
      const std::string damaged = world.CreateConvention(1, {0, 1, 2});
      const std::string other = world.CreateConvention(0, {0, 1});
      for (const auto& [a, b] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 2)}) {
        world.Connect(a, b);
      }
      world.Run();
      ASSERT_FALSE(world.Measure(0, damaged, 1).empty());
      ASSERT_FALSE(world.Measure(1, damaged, 2).empty());
      ASSERT_FALSE(world.Measure(0, damaged, 3).empty());
      world.Settle();
      ASSERT_THAT(world.violations(), IsEmpty());
      world.DisconnectAll();
      Node& node = world.node(0);
      node.Stop();
      if (!node.Rewrite(Id(damaged), world.node(author).id(), sequence)) break;
      world.Reboot(0);
      EXPECT_TRUE(FiguresOf(world, 0, damaged).read_only()) << author << "/" << sequence;
      world.RunSequencer(0);
      EXPECT_TRUE(world.Measure(0, damaged, 4).empty());
      EXPECT_FALSE(world.Measure(0, other, 5).empty());

      // From a third, which is not the author.
      world.Connect(0, 2);
      world.Run();
      const v1::ConventionFigures mended = FiguresOf(world, 0, damaged);
      EXPECT_FALSE(mended.read_only()) << author << "/" << sequence;
      EXPECT_EQ(mended.state_digest(), FiguresOf(world, 1, damaged).state_digest());
      EXPECT_FALSE(world.Measure(0, damaged, 6).empty());
      world.Settle();
      EXPECT_THAT(world.violations(), IsEmpty()) << author << "/" << sequence;
      ++restored;
    }
  }
  EXPECT_GE(restored, 5);
}

TEST(SimFaults, F22TakesFromAnotherWhatARelayChanged) {
  World world({.nodes = 3, .seed = 22});
  const std::string convention = world.CreateConvention(0, {0, 1, 2});
  world.Connect(0, 1);
  world.Connect(0, 2);
  world.Run();
  world.DisconnectAll();
  world.Measure(0, convention, 106);
  world.Connect(0, 1);
  world.Run();
  int changed = 0;
  world.on_frame = [&](int from, int, v1::Frame& frame) {
    if (from == 1 && frame.has_run()) {
      frame.mutable_run()->mutable_events(0)->back() ^= 1;
      ++changed;
    }
    return true;
  };

  world.Connect(1, 2);
  world.Run();
  world.Check();
  EXPECT_GT(changed, 0);
  EXPECT_LT(EventsHeld(world, 2, convention), EventsHeld(world, 0, convention));
  world.on_frame = nullptr;
  world.Connect(0, 2);
  world.Run();

  EXPECT_EQ(EventsHeld(world, 2, convention), EventsHeld(world, 0, convention));
  EXPECT_THAT(world.violations(), IsEmpty());
}

TEST(SimFaults, F23TransfersEveryOtherFeedWhileOneIsWithheld) {
  World world({.nodes = 4, .seed = 23});
  const std::string convention = world.CreateConvention(0, {0, 1, 2, 3});
  for (int i = 1; i < 4; ++i) world.Connect(0, i);
  world.Run();
  world.DisconnectAll();
  // 1 writes, 2 reads it and writes: 2's event cites 1's.
  world.Measure(1, convention, 107);
  world.Connect(1, 2);
  world.Run();
  world.Measure(2, convention, 108);
  world.Run();
  world.Disconnect(1, 2);
  world.Measure(0, convention, 109);
  world.node(2).withheld = {world.node(1).id()};
  world.Connect(0, 2);
  world.Connect(2, 3);
  world.Run();
  world.Check();

  // Everything but the withheld feed is at 3; what cites it waits.
  EXPECT_EQ(EventsHeld(world, 3, convention), EventsHeld(world, 2, convention) - 1);
  EXPECT_EQ(EventsApplied(world, 3, convention), EventsHeld(world, 3, convention) - 1);

  world.Connect(1, 3);
  world.Run();
  EXPECT_EQ(EventsApplied(world, 3, convention), EventsHeld(world, 2, convention));
  world.Settle();
  EXPECT_THAT(world.violations(), IsEmpty());
}

// None changed, one, all: runs of what changed alone; and what is said beside them when little
// changed is less than a digest of each convention, and where nothing did, a greeting.
TEST(SimFaults, F30SendsRunsOnlyOfWhatChanged) {
  // The catalogue's figure takes half a minute.
  const int conventions_made = std::getenv("GREFFE_LONG") != nullptr ? 5000 : 1000;
  World world({.nodes = 2, .seed = 30});
  std::vector<std::string> conventions;
  for (int i = 0; i < conventions_made; ++i) {
    conventions.push_back(world.CreateConvention(0, {0, 1}));
  }
  world.Settle();
  int runs = 0;
  std::size_t other_bytes = 0;
  const auto meet = [&] {
    world.DisconnectAll();
    runs = 0;
    other_bytes = 0;
    world.on_frame = [&](int, int, v1::Frame& frame) {
      if (frame.has_run()) {
        ++runs;
      } else {
        other_bytes += frame.ByteSizeLong();
      }
      return true;
    };
    world.Connect(0, 1);
    world.Run();
    world.on_frame = nullptr;
    EXPECT_TRUE(world.InSync(0, 1));
  };

  meet();
  EXPECT_EQ(runs, 0);
  const std::size_t greeting = other_bytes;
  EXPECT_LT(greeting, 2000u);

  world.DisconnectAll();
  ASSERT_FALSE(world.Measure(0, conventions[3], 110).empty());
  meet();
  EXPECT_EQ(runs, 1);
  const std::size_t one_changed = other_bytes;
  EXPECT_LT(one_changed, greeting + 10 * conventions.size());

  world.DisconnectAll();
  for (const std::string& convention : conventions) {
    ASSERT_FALSE(world.Measure(0, convention, 111).empty());
  }
  meet();
  EXPECT_EQ(runs, conventions_made);
  EXPECT_THAT(world.violations(), IsEmpty());
}

TEST(SimFaults, F32And33ConvergeWhenClocksAreWrongByYearsOrJumpBack) {
  World world({.nodes = 3, .seed = 32});
  const std::string convention = world.CreateConvention(0, {0, 1, 2});
  world.Connect(0, 1);
  world.Connect(0, 2);
  world.Run();
  constexpr std::int64_t kYearMicros = 365ll * 86'400'000'000;
  world.node(1).clock().wrong_by_micros = 10 * kYearMicros;
  EXPECT_FALSE(world.Measure(1, convention, 111).empty());
  world.Run();
  EXPECT_FALSE(world.Measure(2, convention, 112).empty());
  world.node(1).clock().wrong_by_micros = -kYearMicros;
  EXPECT_FALSE(world.Measure(1, convention, 113).empty());
  world.node(2).clock().wrong_by_micros = -3'600'000'000;
  EXPECT_FALSE(world.Measure(2, convention, 114).empty());

  world.Settle();

  EXPECT_THAT(world.violations(), IsEmpty());
  EXPECT_EQ(EventsApplied(world, 0, convention), EventsHeld(world, 2, convention));
}

TEST(SimFaults, F34AppliesAnEventThatClaimsATimeBeforeItsPast) {
  World world({.nodes = 2, .seed = 34});
  const std::string convention = world.CreateConvention(0, {0, 1});
  const v1::Run run = ForgedRun(world.node(0), Id(convention), [](v1::Event& event) {
    event.mutable_recorded_at()->set_seconds(1);
    event.mutable_indicator_measured()->set_element_id("indicateur");
  });
  world.node(0).honest = false;
  world.Connect(0, 1);
  world.Run();

  EXPECT_EQ(Give(world, 1, run), std::nullopt);
  EXPECT_EQ(EventsApplied(world, 1, convention), EventsHeld(world, 1, convention));
}

TEST(SimFaults, F35RefusesACitationOfItselfAndWaitsForOneOfNothing) {
  World world({.nodes = 3, .seed = 35});
  const std::string convention = world.CreateConvention(0, {0, 1, 2});
  world.Connect(0, 1);
  world.Connect(0, 2);
  world.Run();
  world.DisconnectAll();
  Node& liar = world.node(0);
  liar.honest = false;
  const auto cite = [&](const ReplicaId& replica) {
    return ForgedRun(liar, Id(convention), [&](v1::Event& event) {
      v1::FeedPoint& seen = *event.add_seen();
      seen.set_replica_id(replica.ToBytes());
      seen.set_size(7);
      seen.set_root(std::string(32, 'r'));
    });
  };

  EXPECT_EQ(Give(world, 1, cite(liar.id())), sync::NackReason::kMalformed);
  EXPECT_EQ(Give(world, 1, cite(world.node(2).id())), std::nullopt);
  EXPECT_EQ(EventsApplied(world, 1, convention), EventsHeld(world, 1, convention) - 1);

  // The other feeds go on, and what waits is passed on.
  EXPECT_FALSE(world.Measure(1, convention, 115).empty());
  world.Connect(1, 2);
  world.Run();
  EXPECT_EQ(EventsHeld(world, 2, convention), EventsHeld(world, 1, convention));
  EXPECT_EQ(EventsApplied(world, 2, convention), EventsHeld(world, 2, convention) - 1);
  world.Check();
  EXPECT_THAT(world.violations(), IsEmpty());
}

}  // namespace
}  // namespace greffe::sim
