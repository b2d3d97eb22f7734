// What the waiting rule is for: with the check taken out of Causality, replicas that take events as
// they come end with other states than their peers. With it, fed the same arrivals, they do not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/convention/convention.h"
#include "core/convention/state/waiting.h"
#include "tests/sim/sim_world.h"
#include "tests/support/history.h"

namespace greffe {
namespace {

bool waiting_taken_out = false;

}  // namespace

// In the place of the product's own.
bool EventsWait() { return !waiting_taken_out; }

}  // namespace greffe

namespace greffe::sim {
namespace {

using test::History;

// The product's own check, taken out for as long as this lives.
class WithoutWaiting final {
 public:
  WithoutWaiting() { waiting_taken_out = true; }
  ~WithoutWaiting() { waiting_taken_out = false; }
};

// A replica reduced to its fold, fed in the order of arrival.
class Folder final {
 public:
  explicit Folder(const History& history) : history_(history), state_(history.convention()) {}

  void Arrive(History::Event event) {
    waiting_.push_back(event);
    for (bool applied = true; applied;) {
      applied = false;
      for (auto it = waiting_.begin(); it != waiting_.end() && !applied; ++it) {
        applied = TryApply(*it);
        if (applied) waiting_.erase(it);
      }
    }
  }

  const std::deque<History::Event>& waiting() const { return waiting_; }
  std::string CanonicalBytes() const { return state_.CanonicalBytes(); }

 private:
  FeedNumber FeedOf(const ReplicaId& replica) {
    const auto [found, fresh] =
        feeds_.try_emplace(replica, static_cast<FeedNumber>(feeds_.size() + 1));
    if (fresh) state_.AddBranch({.number = found->second, .replica = replica});
    return found->second;
  }

  bool TryApply(History::Event event) {
    const FeedNumber feed = FeedOf(history_.replica(history_.author(event)));
    const v1::Event& message = history_.message(event);
    std::vector<LocalPoint> seen;
    for (const v1::FeedPoint& point : message.seen()) {
      seen.push_back({FeedOf(*ReplicaId::FromBytes(point.replica_id(), "seen")), point.size()});
    }
    const EventPosition at{feed, message.sequence()};
    if (!state_.CanApply(at, seen)) return false;
    state_.Apply({.at = at, .leaf = history_.leaf(event), .seen = seen, .event = &message});
    return true;
  }

  const History& history_;
  ConventionState state_;
  std::map<ReplicaId, FeedNumber> feeds_;
  std::deque<History::Event> waiting_;
};

// Three replicas measure one indicator; each reads the others now and then and replaces what it
// saw.
History BuildHistory(std::mt19937_64& random) {
  const std::vector<std::string> partners = {"a", "b", "c"};
  History history({partners[0]});
  std::vector<History::Author> authors = {0};
  for (int i = 1; i < 3; ++i) {
    authors.push_back(history.AddReplica());
    history.Write(0, partners[0], test::Enrol(history.key(authors.back()), {partners[i]}));
  }
  history.LearnAll();
  std::vector<Digest> measured;
  std::vector<History::Event> events;
  for (int i = 0; i < 15; ++i) {
    const int author = static_cast<int>(random() % 3);
    if (random() % 2 == 0) history.Learn(authors[author], authors[random() % 3]);
    std::vector<Digest> replaces;
    for (const History::Event event : events) {
      if (history.Knows(authors[author], event)) replaces.push_back(history.leaf(event));
    }
    events.push_back(
        history.Write(authors[author], partners[author],
                      test::Measure("indicateur", "2026", std::to_string(i), replaces)));
  }
  return history;
}

// Feeds in their own order, otherwise anyhow: what sync promises.
std::vector<History::Event> RandomArrivals(const History& history, std::mt19937_64& random) {
  std::vector<std::deque<History::Event>> feeds;
  for (History::Author author = 0; author < 3; ++author) {
    const auto& feed = history.feed(author);
    feeds.emplace_back(feed.begin(), feed.end());
  }
  std::vector<History::Event> arrivals;
  while (static_cast<int>(arrivals.size()) < history.size()) {
    auto& feed = feeds[random() % feeds.size()];
    if (feed.empty()) continue;
    arrivals.push_back(feed.front());
    feed.pop_front();
  }
  return arrivals;
}

// How many different states come out of many orders of arrival.
std::size_t StatesReached(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const History history = BuildHistory(random);
  std::set<std::string> states;
  for (int order = 0; order < 20; ++order) {
    Folder folder(history);
    for (const History::Event event : RandomArrivals(history, random)) folder.Arrive(event);
    EXPECT_TRUE(folder.waiting().empty());
    states.insert(folder.CanonicalBytes());
  }
  return states.size();
}

TEST(CausalityCheck, MakesReplicasAgreeInWhateverOrderEventsArrive) {
  const std::uint64_t seed = test::TestSeed(2026);
  for (std::uint64_t i = 0; i < 10; ++i) EXPECT_EQ(StatesReached(seed + i), 1u);
}

TEST(CausalityCheck, TakenOutMakesReplicasDisagree) {
  const WithoutWaiting mutation;
  std::size_t most = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    most = std::max(most, StatesReached(seed));
  }
  EXPECT_GT(most, 1u);
}

// Over greffed's own path from frame to state: 2's value replaces 1's and reaches 3 before it,
// where it waits. Once 1's comes as well, 2's feed is looked at first, since it was known first.
std::vector<std::string> LearnTheLaterValueFirst() {
  World world({.nodes = 4, .seed = 23});
  const std::string convention = world.CreateConvention(0, {0, 1, 2, 3});
  for (int i = 1; i < 4; ++i) world.Connect(0, i);
  world.Run();
  world.Measure(2, convention, 106);
  world.Run();
  world.DisconnectAll();
  world.Measure(1, convention, 107);
  world.Connect(1, 2);
  world.Run();
  world.Measure(2, convention, 108);
  world.Run();
  world.Disconnect(1, 2);
  world.node(2).withheld = {world.node(1).id()};
  world.Connect(2, 3);
  world.Run();
  world.Check();
  world.Settle();
  return world.violations();
}

TEST(CausalityCheck, TakenOutIsSeenBySimulatedReplicas) {
  EXPECT_THAT(LearnTheLaterValueFirst(), testing::IsEmpty());

  const WithoutWaiting mutation;
  EXPECT_THAT(LearnTheLaterValueFirst(), testing::Not(testing::IsEmpty()));
}

}  // namespace
}  // namespace greffe::sim
