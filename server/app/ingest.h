#ifndef GREFFE_SERVER_APP_INGEST_H_
#define GREFFE_SERVER_APP_INGEST_H_

#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "core/base/ids.h"
#include "core/convention/decide.h"
#include "core/sync/session.h"
#include "greffe/v1/sync.pb.h"
#include "server/app/sequencer.h"
#include "server/app/stranger_book.h"
#include "storage/event_store.h"

namespace greffe {

// Work that is not a user's command. The sequencer outlives it.

// What runs of peers need beside the sequencer. Outlives every run.
struct IngestRoom {
  Sequencer* sequencer = nullptr;
  StrangerBook* strangers = nullptr;
  // As in ReplicaOptions.
  std::function<std::vector<v1::PartnerCard>()> own_partners;
  std::function<std::vector<RosterCandidate>()> peers;
};

// A run of a peer: verified against what is held, stored, and what became applicable applied. A run
// that shows a head of this replica's own feed that it does not hold is kept as evidence, and stops
// the signing. One that is refused is told to operators (`run-refused`).
std::unique_ptr<Work> RunWork(const IngestRoom* room, const ReplicaId& peer, sync::IngestRun run,
                              std::function<void(sync::StoredRun)> done);
// Personal values that were missing.
std::unique_ptr<Work> SealedWork(Sequencer* sequencer, const ReplicaId& peer, v1::SealedReply reply,
                                 std::function<void(absl::Status)> done);
// Rows of the replica's own tables.
std::unique_ptr<Work> RecordsWork(std::vector<RecordRow> rows,
                                  std::function<void(absl::Status)> done);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_INGEST_H_
