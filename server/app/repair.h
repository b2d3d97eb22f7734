#ifndef GREFFE_SERVER_APP_REPAIR_H_
#define GREFFE_SERVER_APP_REPAIR_H_

#include <map>
#include <memory>
#include <span>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/base/ids.h"
#include "core/sync/ingest.h"
#include "server/app/host.h"
#include "server/app/sequencer.h"
#include "storage/event_store.h"

namespace greffe {

// What of a convention's feeds stands its proof.
struct FeedsProof {
  // By branch: the largest signed head up to which every event, node and head agrees.
  std::map<FeedNumber, SoundPrefix> sound;
  // The first thing that does not, in both languages; OK when all of every feed is sound.
  absl::Status damage;
};

// Reads every event of the feeds. UNAVAILABLE from the store; damage is told, not returned.
absl::StatusOr<FeedsProof> ProveFeeds(const EventStore& store, const ConventionId& convention,
                                      std::span<const FeedRow> feeds);

// The same feeds as if only what stands its proof were held.
std::vector<FeedRow> SoundRows(const ConventionHost& host);

// Proves a convention that a read found damaged, and if it is, keeps it read-only: on disk, so that
// a restart need not find the damage again. Takes a commit of its own.
std::unique_ptr<Work> DamageWork(Sequencer* sequencer, const ConventionId& convention);

// True when nothing held is known not to stand, so that proving it all again is worth its cost.
bool MayBeWhole(const ConventionHost& host);

// Proves a convention that is read-only, and when all of it stands, events and fold, makes it
// writable again. Takes a commit of its own.
std::unique_ptr<Work> MendWork(Sequencer* sequencer, const ConventionId& convention);

// Plans a run for a damaged convention: only what is held, and does not stand its proof, may be
// replaced, and only by what the author's heads held here say. Why it was refused, or absent;
// DATA_LOSS, UNAVAILABLE from the store.
absl::StatusOr<std::optional<sync::NackReason>> RestoreRun(Batch& batch, ConventionHost* host,
                                                           const sync::RunAddress& address,
                                                           const v1::Run& run);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_REPAIR_H_
