#ifndef GREFFE_SERVER_APP_CHUNK_WORK_H_
#define GREFFE_SERVER_APP_CHUNK_WORK_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "core/sync/replica_view.h"
#include "server/app/chunk_outcome.h"
#include "server/app/sequencer.h"

namespace greffe {

// A chunk from a user, or from a peer: compared with the digest in the event that names it, then
// stored, and the last one with the whole's SHA-256. Nothing else is ever stored. `done`:
// INVALID_ARGUMENT rule `chunk` for other bytes; NOT_FOUND for an attachment that is not named, or
// not shared with the peer; DATA_LOSS, UNAVAILABLE from the store. The last chunk of the largest
// attachment holds the sequencer for about a tenth of a second.
std::unique_ptr<Work> ChunkWork(Sequencer* sequencer, const std::optional<ReplicaId>& peer,
                                const sync::MissingChunk& chunk, std::string bytes,
                                std::function<void(absl::StatusOr<ChunkOutcome>)> done);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_CHUNK_WORK_H_
