#ifndef GREFFE_SERVER_APP_REPLAY_H_
#define GREFFE_SERVER_APP_REPLAY_H_

#include <cstdint>
#include <functional>
#include <span>

#include "absl/status/status.h"
#include "core/convention/convention.h"
#include "storage/event_store.h"

namespace greffe {

// Which arrivals a replay folds. Both may be empty.
struct ReplayFilter {
  // Admits an event before it is parsed.
  std::function<bool(const Arrival&)> admit;
  // Admits a parsed event; only those whose causal past was admitted are asked about.
  std::function<bool(const v1::Event&)> admit_event;
};

// Folds the arrivals [from, to) of a convention into `state`, in order, in bounded memory. The
// arrival order is causal, so each event applies as it comes; one whose past was filtered out is
// left out. `on_leaf`, unless empty, sees every arrival in the range that was admitted. DATA_LOSS
// for what is missing or does not apply; CANCELLED when `cancelled` says so.
absl::Status Replay(const EventStore& store, std::span<const FeedRow> feeds,
                    ConventionNumber convention, std::uint64_t from, std::uint64_t to,
                    const ReplayFilter& filter, ConventionState* state,
                    const std::function<void(EventPosition, const Digest&)>& on_leaf = {},
                    const std::function<bool()>& cancelled = {});

// Makes all branches known to a state.
void AddBranches(std::span<const FeedRow> feeds, ConventionState* state);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_REPLAY_H_
