#ifndef GREFFE_TESTS_SIM_SIM_WORLD_H_
#define GREFFE_TESTS_SIM_SIM_WORLD_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/sync/session.h"
#include "tests/sim/sim_node.h"

namespace greffe::sim {

// How likely each fault is at each step, in thousandths; 0 for never.
struct Faults {
  int cut = 0;             // F1: a stream breaks, between frames or inside one
  int repeat = 0;          // F2: a frame arrives twice
  int replay = 0;          // F2: a frame of an older stream arrives
  int lose = 0;            // F3: a frame is lost, the stream lives
  int swap = 0;            // two frames change places
  int one_way = 0;         // F4: one direction loses everything for a while
  int clog = 0;            // F5: half of the nodes' links hold their frames back for a while
  int crash = 0;           // F8-F11: power is lost between steps
  int crash_in_write = 0;  // F8, F11: power is lost at a random operation of the next commits
  int crash_in_step = 0;   // F9, F10: power is lost after a commit, before anything leaves
  int clock = 0;  // F32, F33: a clock jumps by years or back by hours, or runs at half speed
  int flip = 0;   // F22: a relay changes a byte of a run that it passes on
};

struct WorldOptions {
  int nodes = 3;
  std::uint64_t seed = 1;
  Faults faults;
};

// What a run went through: invariants that held because nothing happened show nothing.
struct Exercised {
  std::uint64_t commands = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t frames = 0;
  std::uint64_t crashes = 0;
  // Streams that broke, frames that were lost, came twice or changed on the way, by chance.
  std::uint64_t cuts = 0;
  // Of these, inside a frame.
  std::uint64_t cuts_inside = 0;
  std::uint64_t lost = 0;
  std::uint64_t repeated = 0;
  // An older frame came in the place of one, or the next two changed places.
  std::uint64_t replays = 0;
  std::uint64_t swaps = 0;
  std::uint64_t flips = 0;
  // Links that went deaf on one side for a while; times a frame stayed where it was because its
  // link was clogged.
  std::uint64_t deaf = 0;
  std::uint64_t held_back = 0;
  // Of `crashes`, in a write and between a commit and what would have left after it.
  std::uint64_t crashes_in_write = 0;
  std::uint64_t crashes_in_step = 0;
  // Clocks that jumped or changed their speed.
  std::uint64_t clock_faults = 0;
  // Seen at checks: a liar's branches; at rest: conflicts open, conventions concluded.
  std::uint64_t forks = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t conclusions = 0;
  // Personal values that every member was found to read alike.
  std::uint64_t personal_values = 0;

  Exercised& operator+=(const Exercised& other);
  bool operator==(const Exercised&) const = default;
  // One line.
  std::string ToString() const;
};

struct Answer;

// What can be read of a frame's first bytes: the worst that a receiver could take for a frame.
v1::Frame PartOf(const v1::Frame& frame, std::size_t bytes);

// Nodes, links between all of them, people who command, and time. Everything that happens follows
// from the seed. Not thread safe.
class World final {
 public:
  explicit World(WorldOptions options);
  ~World();

  // One random step: a command, a commit, frames, time, a fault.
  void Step();
  // Faults end, everybody is up and connected; runs until nothing moves. A violation when that
  // does not come, or members then differ.
  void Settle();
  // Adds a clone of node `of`, key and disk, that goes its own way: F18.
  int AddTwin(int of);

  // By hand, for named scenarios.
  Node& node(int index) { return *nodes_[index]; }
  int size() const { return static_cast<int>(nodes_.size()); }
  // The founder's new convention between these nodes' partners; empty when refused.
  std::string CreateConvention(int founder, const std::vector<int>& members);
  // Records a value, having read what stands; returns the leaf, or empty when refused.
  std::string Measure(int index, const std::string& convention, int value);
  void Connect(int a, int b);
  void Disconnect(int a, int b);
  void DisconnectAll();
  // Frames and sequencers of these nodes run until nothing moves, then time passes for roots.
  void Run();
  void RunSequencer(int index);
  void Reboot(int index);
  // Power is lost at the node; its links break.
  void CrashNode(int index, std::optional<std::uint64_t> torn_seed = std::nullopt);
  bool InSync(int a, int b) const;
  // Until one of the two breaks or closes the stream.
  bool Connected(int a, int b) const { return links_.at(std::minmax(a, b)).connected; }
  void PassTime(std::int64_t ms);
  // A frame passes: may change it. Returns false to lose it.
  std::function<bool(int from, int to, v1::Frame& frame)> on_frame;

  // Adds what is wrong now to `violations`.
  void Check();
  // Members and nobody else hold it: by convention id in hex.
  const std::map<std::string, std::set<int>>& members() const { return members_; }
  const std::vector<std::string>& violations() const { return violations_; }
  // Complete once the world is settled.
  Exercised exercised() const;

 private:
  struct Link {
    int ends[2] = {0, 0};
    bool connected = false;
    std::uint64_t ids[2] = {0, 0};
    std::unique_ptr<sync::Session> sessions[2];
    // Frames from each end.
    std::deque<v1::Frame> under_way[2];
    bool dead[2] = {false, false};
    bool clogged = false;
    std::deque<v1::Frame> older[2];
  };

  // sim_steps.cc
  void TakeRandomStep();
  void LinkFault();
  void PowerFault();
  bool Chance(int thousandths);
  int Pick(int count) { return static_cast<int>(random_() % static_cast<std::uint64_t>(count)); }
  // sim_world.cc
  Link& LinkOf(int a, int b);
  void Take(Link& link, int side, sync::Step step);
  // One frame from that side; false when none can move.
  bool Deliver(Link& link, int side);
  bool ForbiddenIn(const v1::Frame& frame, int to);
  void Break(Link& link);
  // Inside the next frame from that side: of its bytes only the first ones arrive.
  void CutInside(Link& link, int side, std::size_t bytes);
  void RememberOwn(int index, const ConventionId& convention);
  void Violation(std::string text);
  // sim_checks.cc
  bool Readable(int index) const;
  void CheckNode(int index);
  void CheckFeeds(int index, const ConventionId& convention);
  void CheckAgreement();
  void CheckSessions();
  void CheckForeignCut(int from, const std::string& convention, const Answer& answered);
  void CheckSettled();
  void CheckPersonalValues(const std::string& convention, const std::set<int>& members);
  void CountWhatCameOut(Node& node, const std::string& convention);

  const WorldOptions options_;
  std::mt19937_64 random_;
  // Only within random steps; scenarios by hand choose their faults.
  bool faults_may_strike_ = false;
  std::int64_t now_ms_ = 0;
  std::vector<std::unique_ptr<Node>> nodes_;
  std::map<std::pair<int, int>, Link> links_;
  std::uint64_t next_session_ = 1;
  std::map<std::string, std::set<int>> members_;
  // Own feeds of each node as it last had them after a commit, or when it last came up.
  std::map<std::pair<int, std::string>, Point> own_;
  // Nodes whose power will go at a later operation of their disk.
  std::set<int> armed_;
  std::unique_ptr<class People> people_;
  std::vector<std::string> violations_;
  Exercised exercised_;
};

}  // namespace greffe::sim

#endif  // GREFFE_TESTS_SIM_SIM_WORLD_H_
