#ifndef GREFFE_TESTS_CORE_SYNC_PIPE_H_
#define GREFFE_TESTS_CORE_SYNC_PIPE_H_

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/sync/session.h"
#include "tests/core/sync/memory_replica.h"

namespace greffe::sync {

// Two sessions joined by queues of frames. Side 0 and side 1. Not thread safe.
class Pipe final {
 public:
  // What happens to a frame on its way: how often it arrives. Absent rule: once.
  using Rule = std::function<int(int from_side, const v1::Frame& frame)>;

  Pipe(MemoryReplica& a, MemoryReplica& b, SessionOptions options = {}) : replicas_{&a, &b} {
    for (int side = 0; side < 2; ++side) {
      sessions_[side] =
          std::make_unique<Session>(*replicas_[side], replicas_[1 - side]->id(), options);
    }
  }

  // Both start; frames flow until none is under way, and both had time to tell their roots.
  void Connect() {
    for (int side = 0; side < 2; ++side) Take(side, sessions_[side]->Start(now_ms));
    Flow();
    if (!cut) Wait(2000);
  }

  // Delivers frames in turn, side by side.
  void Flow() {
    while (Deliver()) {
    }
  }

  // One frame of each side; false when nothing is under way.
  bool Deliver() {
    bool any = false;
    for (int side = 0; side < 2; ++side) {
      if (under_way_[side].empty()) continue;
      any = true;
      v1::Frame frame = std::move(under_way_[side].front());
      under_way_[side].pop_front();
      if (on_way) on_way(side, frame);
      const int copies = rule ? rule(side, frame) : 1;
      ++frames_sent;
      if (frames_left && frames_sent >= *frames_left) {
        BreakInside(side, frame);
        return false;
      }
      for (int i = 0; i < copies; ++i) {
        if (seen) seen(side, frame);
        bytes[side] += frame.ByteSizeLong();
        Take(1 - side, sessions_[1 - side]->OnFrame(frame, now_ms));
      }
    }
    return any;
  }

  // Something was written at `side`: its session hears of it, frames flow, roots are told.
  void Changed(int side, const ConventionId& convention) {
    Take(side, sessions_[side]->OnLocalChange(convention, now_ms));
    Flow();
    if (!cut) Wait(2000);
  }

  // Time passes in steps of a second.
  void Wait(std::int64_t ms) {
    for (const std::int64_t end = now_ms + ms; now_ms < end && !cut;) {
      now_ms += 1000;
      for (int side = 0; side < 2; ++side) Take(side, sessions_[side]->Tick(now_ms));
      Flow();
    }
  }

  // Hands a step's writes to the replica and its frames to the other side.
  void Take(int side, Step step) {
    for (v1::Frame& frame : step.send) {
      if (!closed[side]) under_way_[side].push_back(std::move(frame));
    }
    if (step.close && !closed[side]) closed[side] = step.close;
    for (const v1::SealedReply& reply : step.sealed) replicas_[side]->StoreSealed(reply);
    for (const IngestChunk& chunk : step.chunks) {
      Take(side, sessions_[side]->OnChunkStored(replicas_[side]->Store(chunk), now_ms));
    }
    for (const IngestRun& run : step.ingest) {
      const StoredRun stored = replicas_[side]->Ingest(run);
      Take(side, sessions_[side]->OnStored(stored, now_ms));
      if (stored.refused) continue;
      const ConventionId changed = AddressOf(run.run)->convention;
      if (on_stored) on_stored(side, changed);
      Take(side, sessions_[side]->OnLocalChange(changed, now_ms));
    }
  }

  Session& session(int side) { return *sessions_[side]; }
  bool InSync() const {
    return sessions_[0]->progress().in_sync && sessions_[1]->progress().in_sync;
  }

  std::int64_t now_ms = 0;
  Rule rule;
  // Changes a frame on its way, as a peer of another version would have sent it.
  std::function<void(int from_side, v1::Frame& frame)> on_way;
  // Every frame that arrives.
  std::function<void(int from_side, const v1::Frame& frame)> seen;
  // After a run was stored at a side.
  std::function<void(int side, const ConventionId&)> on_stored;
  // The pipe breaks at this frame: it and all under way are lost.
  std::optional<int> frames_left;
  // Of that frame, so many thousandths of its bytes arrive all the same, and what can be read of
  // them is taken for a frame: the worst that a receiver could do.
  int part_permille = 0;
  bool cut = false;
  int frames_sent = 0;
  std::array<std::uint64_t, 2> bytes{};
  std::array<std::optional<absl::Status>, 2> closed;

 private:
  void BreakInside(int side, const v1::Frame& frame) {
    const std::string bytes = frame.SerializeAsString();
    v1::Frame part;
    // Fails, and keeps the fields that it could read.
    part.ParsePartialFromString(bytes.substr(0, bytes.size() * part_permille / 1000));
    if (part_permille > 0) Take(1 - side, sessions_[1 - side]->OnFrame(part, now_ms));
    under_way_[0].clear();
    under_way_[1].clear();
    cut = true;
  }

  const std::array<MemoryReplica*, 2> replicas_;
  std::array<std::unique_ptr<Session>, 2> sessions_;
  std::array<std::deque<v1::Frame>, 2> under_way_;
};

}  // namespace greffe::sync

#endif  // GREFFE_TESTS_CORE_SYNC_PIPE_H_
