#include "core/base/status_macros.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"

namespace greffe {

using rocks::Family;
using rocks::SliceOf;

// Each piece is a write of its own to the log, and the row that makes the snapshot whole is the
// last: the log loses from its end only, so that a row found means all its pieces are.
absl::Status RocksEventStore::WriteSnapshot(
    const SnapshotName& name, const std::function<void(const PutPiece& put)>& produce) {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::lock_guard<std::mutex> lock(handle->commit_mu);
  if (handle->options.read_only) return absl::FailedPreconditionError("store: opened read-only");
  if (handle->failed) return absl::FailedPreconditionError("store: a write failed before");

  std::uint32_t pieces = 0;
  rocksdb::Status written;
  produce([&](absl::string_view piece) {
    if (!written.ok()) return;
    const std::string key =
        rocks::SnapshotPieceKey(name.convention, name.fold_version, name.arrival, pieces++);
    written = handle->db->Put(rocksdb::WriteOptions(), handle->family(Family::kSnapshotPieces),
                              SliceOf(key), rocks::EncodeText(piece));
  });
  if (written.ok()) {
    written = handle->db->Put(
        rocksdb::WriteOptions(), handle->family(Family::kSnapshots),
        SliceOf(rocks::SnapshotKey(name.convention, name.fold_version, name.arrival)),
        rocks::EncodeCount(pieces));
  }
  if (written.ok()) return absl::OkStatus();
  handle->failed = true;
  return rocks::StatusOf(written, "snapshot");
}

}  // namespace greffe
