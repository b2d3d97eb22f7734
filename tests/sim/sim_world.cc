#include "tests/sim/sim_world.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/sim/sim_people.h"

namespace greffe::sim {
namespace {

constexpr int kOlderFramesKept = 16;
constexpr int kMovesMax = 200'000;

}  // namespace

World::World(WorldOptions options) : options_(options), random_(options.seed) {
  people_ =
      std::make_unique<People>(&random_, [this](std::string text) { Violation(std::move(text)); });
  for (int i = 0; i < options.nodes; ++i) {
    Node::Options node;
    node.name = absl::StrCat("replica-", i);
    node.key_name = absl::StrCat("seed ", options.seed, " node ", i);
    node.partner_id = PartnerOf(i);
    node.random_seed = random_();
    node.world_ms = &now_ms_;
    node.peers = [this, i] {
      std::vector<RosterCandidate> peers;
      for (int other = 0; other < options_.nodes; ++other) {
        if (other != i) peers.push_back(nodes_[other]->card());
      }
      return peers;
    };
    nodes_.push_back(std::make_unique<Node>(std::move(node)));
    for (int other = 0; other < i; ++other) {
      Link& link = links_[{other, i}];
      link.ends[0] = other;
      link.ends[1] = i;
    }
  }
  for (int i = 0; i < options.nodes; ++i) Reboot(i);
}

World::~World() {
  for (auto& [ends, link] : links_) Break(link);
  for (const auto& node : nodes_) node->Stop();
}

int World::AddTwin(int of) {
  Node& original = *nodes_[of];
  for (auto& [ends, link] : links_) {
    if (link.ends[0] == of || link.ends[1] == of) Break(link);
  }
  // Whatever it was doing, what is cloned is a disk at rest.
  original.Crash();
  armed_.erase(of);
  const int index = size();
  Node::Options options;
  options.name = absl::StrCat("twin-of-", of);
  options.key_name = absl::StrCat("seed ", options_.seed, " node ", of);
  options.partner_id = original.partner_id();
  options.random_seed = random_();
  options.world_ms = &now_ms_;
  options.peers = [] { return std::vector<RosterCandidate>(); };
  nodes_.push_back(std::make_unique<Node>(std::move(options)));
  nodes_[index]->CloneDisk(original);
  original.honest = nodes_[index]->honest = false;
  for (auto& [convention, members] : members_) {
    if (members.count(of) > 0) members.insert(index);
  }
  for (int other = 0; other < index; ++other) {
    if (other == of) continue;
    Link& link = links_[{other, index}];
    link.ends[0] = other;
    link.ends[1] = index;
  }
  Reboot(of);
  Reboot(index);
  return index;
}

World::Link& World::LinkOf(int a, int b) { return links_.at({std::min(a, b), std::max(a, b)}); }

void World::Violation(std::string text) {
  if (violations_.size() < 20) violations_.push_back(absl::StrCat(now_ms_, " ms: ", text));
}

std::string World::CreateConvention(int founder, const std::vector<int>& members) {
  Node& node = *nodes_[founder];
  v1::CreateConventionRequest request;
  request.set_request_id(node.RandomBytes(16));
  *request.mutable_draft() = SmallDraft(members);
  std::string id;
  node.Submit(request, [&](absl::StatusOr<v1::CreateConventionResponse> response) {
    if (!response.ok()) {
      return Violation(absl::StrCat("create: ", response.status().ToString()));
    }
    id = response->receipt().convention_id();
    // Before the commit's frames leave.
    members_[id] = std::set<int>(members.begin(), members.end());
  });
  RunSequencer(founder);
  return id;
}

std::string World::Measure(int index, const std::string& convention, int value) {
  Node& node = *nodes_[index];
  if (!node.up()) return "";
  v1::RecordMeasurementRequest request;
  request.set_request_id(node.RandomBytes(16));
  request.set_convention_id(convention);
  *request.mutable_measurement() = Measurement(absl::StrCat(value));
  v1::GetConventionRequest read;
  read.set_convention_id(convention);
  const auto answer = node.replica().GetConvention(node.call(), read);
  if (answer.ok()) request.set_read_cut(answer->view().cut());
  std::string leaf;
  const std::size_t before = node.acknowledged.size();
  people_->Send(node, request);
  RunSequencer(index);
  if (node.acknowledged.size() > before) leaf = node.acknowledged.back().leaves.front();
  return leaf;
}

void World::Connect(int a, int b) {
  Link& link = LinkOf(a, b);
  if (link.connected || !nodes_[link.ends[0]]->up() || !nodes_[link.ends[1]]->up()) return;
  link.connected = true;
  for (int side = 0; side < 2; ++side) {
    link.ids[side] = next_session_++;
    link.sessions[side] = std::make_unique<sync::Session>(nodes_[link.ends[side]]->view(),
                                                          nodes_[link.ends[1 - side]]->id());
  }
  for (int side = 0; side < 2; ++side) {
    if (link.connected) Take(link, side, link.sessions[side]->Start(now_ms_));
  }
}

void World::Break(Link& link) {
  link.connected = false;
  for (int side = 0; side < 2; ++side) {
    link.ids[side] = 0;
    link.sessions[side].reset();
    link.under_way[side].clear();
  }
}

void World::Disconnect(int a, int b) { Break(LinkOf(a, b)); }

v1::Frame PartOf(const v1::Frame& frame, std::size_t bytes) {
  v1::Frame part;
  // Fails, and keeps the fields that it could read.
  part.ParsePartialFromString(frame.SerializeAsString().substr(0, bytes));
  return part;
}

void World::CutInside(Link& link, int side, std::size_t bytes) {
  const v1::Frame part = PartOf(link.under_way[side].front(), bytes);
  link.under_way[side].clear();
  Take(link, 1 - side, link.sessions[1 - side]->OnFrame(part, now_ms_));
  Break(link);
}

void World::DisconnectAll() {
  for (auto& [ends, link] : links_) Break(link);
}

bool World::InSync(int a, int b) const {
  const Link& link = links_.at({std::min(a, b), std::max(a, b)});
  return link.connected && link.sessions[0]->progress().in_sync &&
         link.sessions[1]->progress().in_sync;
}

void World::Take(Link& link, int side, sync::Step step) {
  Node& node = *nodes_[link.ends[side]];
  const ReplicaId peer = nodes_[link.ends[1 - side]]->id();
  for (v1::Frame& frame : step.send) link.under_way[side].push_back(std::move(frame));
  for (const sync::IngestRun& run : step.ingest) node.SubmitRun(link.ids[side], peer, run);
  for (sync::IngestChunk& chunk : step.chunks) {
    node.SubmitChunk(link.ids[side], peer, std::move(chunk));
  }
  for (v1::SealedReply& reply : step.sealed) {
    node.replica().SubmitSealed(peer, std::move(reply), [](absl::Status) {});
  }
  if (step.close) Break(link);
}

// Not a byte of an id may reach a node that is not a member.
bool World::ForbiddenIn(const v1::Frame& frame, int to) {
  const std::string bytes = frame.SerializeAsString();
  for (const auto& [hex, members] : members_) {
    if (members.count(to) > 0) continue;
    const ConventionId id = *ConventionId::FromHex(hex, "id");
    if (bytes.find(id.ToBytes()) == std::string::npos) continue;
    Violation(absl::StrCat("convention ", hex, " was named to ", nodes_[to]->name()));
    return true;
  }
  return false;
}

bool World::Deliver(Link& link, int side) {
  std::deque<v1::Frame>& queue = link.under_way[side];
  if (!link.connected || queue.empty()) return false;
  if (link.clogged) {
    ++exercised_.held_back;
    return false;
  }
  if (queue.size() > 1 && Chance(options_.faults.swap)) {
    std::swap(queue[0], queue[1]);
    ++exercised_.swaps;
  }
  v1::Frame frame = std::move(queue.front());
  queue.pop_front();
  const int from = link.ends[side];
  const int to = link.ends[1 - side];
  ForbiddenIn(frame, to);
  if (link.dead[side] || Chance(options_.faults.lose)) {
    ++exercised_.lost;
    return true;
  }
  if (on_frame && !on_frame(from, to, frame)) return true;
  link.older[side].push_back(frame);
  if (link.older[side].size() > kOlderFramesKept) link.older[side].pop_front();
  if (frame.has_chunk_reply() && !frame.chunk_reply().chunk().empty() &&
      Chance(options_.faults.flip)) {
    frame.mutable_chunk_reply()->mutable_chunk()->back() ^= 1;
    ++exercised_.flips;
  }
  if (frame.has_run() && Chance(options_.faults.flip)) {
    std::string& event = *frame.mutable_run()->mutable_events(Pick(frame.run().events_size()));
    event[static_cast<std::size_t>(Pick(static_cast<int>(event.size())))] ^=
        static_cast<char>(1 << Pick(8));
    ++exercised_.flips;
  }
  if (Chance(options_.faults.replay)) {
    const auto which = static_cast<std::size_t>(Pick(static_cast<int>(link.older[side].size())));
    // The last of them is the one that comes anyway.
    if (which + 1 < link.older[side].size()) ++exercised_.replays;
    frame = link.older[side][which];
  }
  const int copies = Chance(options_.faults.repeat) ? 2 : 1;
  if (copies > 1) ++exercised_.repeated;
  for (int i = 0; i < copies && link.connected; ++i) {
    ++exercised_.frames;
    Take(link, 1 - side, link.sessions[1 - side]->OnFrame(frame, now_ms_));
  }
  return true;
}

void World::RunSequencer(int index) {
  Node& node = *nodes_[index];
  if (!node.up()) return;
  node.outcomes.clear();
  node.chunks.clear();
  node.changed.clear();
  node.held.clear();
  if (!node.RunOnce()) return;
  // A commit failed: the power went. What was queued is lost with it.
  if (absl::IsUnavailable(node.replica().Writable())) {
    if (armed_.count(index) == 0) {
      Violation(absl::StrCat(node.name(), ": ", node.replica().Writable().ToString()));
    }
    ++exercised_.crashes_in_write;
    return CrashNode(index, random_());
  }
  for (const ConventionId& convention : node.changed) RememberOwn(index, convention);
  if (Chance(options_.faults.crash_in_step)) {
    ++exercised_.crashes_in_step;
    return CrashNode(index, random_());
  }
  const std::vector<Outcome> outcomes = std::exchange(node.outcomes, {});
  for (const Outcome& outcome : outcomes) {
    for (auto& [ends, link] : links_) {
      for (int side = 0; side < 2; ++side) {
        if (!link.connected || link.ids[side] != outcome.session) continue;
        Take(link, side, link.sessions[side]->OnStored(outcome.stored, now_ms_));
      }
    }
  }
  for (const TakenChunk& taken : std::exchange(node.chunks, {})) {
    for (auto& [ends, link] : links_) {
      for (int side = 0; side < 2; ++side) {
        if (!link.connected || link.ids[side] != taken.session) continue;
        Take(link, side, link.sessions[side]->OnChunkStored(taken.stored, now_ms_));
      }
    }
  }
  const std::set<ConventionId> changed = std::exchange(node.changed, {});
  const std::set<std::pair<ConventionId, Digest>> held = std::exchange(node.held, {});
  for (auto& [ends, link] : links_) {
    for (const auto& [convention, attachment] : held) {
      if (!link.connected || (link.ends[0] != index && link.ends[1] != index)) continue;
      const int side = link.ends[0] == index ? 0 : 1;
      Take(link, side, link.sessions[side]->OnAttachmentHeld(convention, attachment, now_ms_));
    }
    for (const ConventionId& convention : changed) {
      if (!link.connected || (link.ends[0] != index && link.ends[1] != index)) continue;
      const int side = link.ends[0] == index ? 0 : 1;
      Take(link, side, link.sessions[side]->OnLocalChange(convention, now_ms_));
    }
  }
}

void World::RememberOwn(int index, const ConventionId& convention) {
  Node& node = *nodes_[index];
  for (const sync::HeldBranch& branch : node.honest_view().Branches(convention)) {
    if (branch.point.replica != node.id()) continue;
    own_[{index, convention.ToHex()}] = branch.point;
    return;
  }
}

void World::CrashNode(int index, std::optional<std::uint64_t> torn_seed) {
  for (auto& [ends, link] : links_) {
    if (link.ends[0] == index || link.ends[1] == index) Break(link);
  }
  nodes_[index]->Crash(torn_seed);
  armed_.erase(index);
  ++exercised_.crashes;
}

void World::Reboot(int index) {
  if (nodes_[index]->up()) return;
  const absl::Status booted = nodes_[index]->Boot();
  if (!booted.ok()) Violation(absl::StrCat(nodes_[index]->name(), ": ", booted.ToString()));
}

void World::PassTime(std::int64_t ms) {
  now_ms_ += ms;
  for (auto& [ends, link] : links_) {
    for (int side = 0; side < 2; ++side) {
      if (link.connected) Take(link, side, link.sessions[side]->Tick(now_ms_));
    }
  }
}

void World::Run() {
  int quiet_ticks = 0;
  for (int moves = 0; quiet_ticks < 4; ++moves) {
    if (moves > kMovesMax) return Violation("frames go round without end");
    bool moved = false;
    for (auto& [ends, link] : links_) {
      for (int side = 0; side < 2; ++side) moved = Deliver(link, side) || moved;
    }
    for (int i = 0; i < size(); ++i) {
      const std::uint64_t queued =
          nodes_[i]->up() ? nodes_[i]->replica().Counters().queue_length : 0;
      if (queued > 0) moved = true;
      RunSequencer(i);
    }
    if (moved) {
      quiet_ticks = 0;
      continue;
    }
    PassTime(1000);
    ++quiet_ticks;
  }
}

void World::Settle() {
  on_frame = nullptr;
  // An armed disk would go on counting towards its end.
  for (const int index : std::set<int>(armed_)) CrashNode(index);
  DisconnectAll();
  for (auto& [ends, link] : links_) link.dead[0] = link.dead[1] = link.clogged = false;
  for (int i = 0; i < size(); ++i) {
    nodes_[i]->withheld.clear();
    Reboot(i);
  }
  const auto all_in_sync = [this] {
    return std::all_of(links_.begin(), links_.end(), [this](const auto& link) {
      return InSync(link.first.first, link.first.second);
    });
  };
  for (int round = 0; round < 20; ++round) {
    for (const auto& [ends, link] : links_) Connect(ends.first, ends.second);
    Run();
    if (all_in_sync()) break;
    PassTime(15'000);
  }
  for (const auto& [ends, link] : links_) {
    if (!InSync(ends.first, ends.second)) {
      Violation(absl::StrCat("nodes ", ends.first, " and ", ends.second, " do not converge"));
    }
  }
  for (const auto& node : nodes_) {
    if (!node->up()) return Violation(absl::StrCat(node->name(), " does not come up"));
  }
  Check();
  CheckSettled();
}

}  // namespace greffe::sim
