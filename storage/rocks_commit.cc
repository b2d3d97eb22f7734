#include <rocksdb/write_batch.h>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"

namespace greffe {
namespace {

using rocks::Family;
using rocks::SliceOf;

// Checks each key and value again between here, the log and the table in memory.
constexpr std::size_t kProtectionBytes = 8;

// Collects one commit. Failures of a batch in memory are programmer errors that surface at Write.
class BatchBuilder final {
 public:
  explicit BatchBuilder(const rocks::Handle& handle)
      : handle_(handle),
        batch_(/*reserved_bytes=*/0, /*max_bytes=*/0, kProtectionBytes,
               /*default_cf_ts_sz=*/0) {}

  void Put(Family family, const std::string& key, const std::string& value) {
    Keep(batch_.Put(handle_.family(family), key, value));
  }
  void Delete(Family family, const std::string& key) {
    Keep(batch_.Delete(handle_.family(family), key));
  }

  void AddFeeds(const WriteSet& writes) {
    for (const ConventionRow& row : writes.conventions) {
      Put(Family::kConventions, rocks::ConventionKey(row.number), rocks::EncodeConvention(row));
    }
    for (const FeedRow& row : writes.feeds) {
      Put(Family::kFeeds, rocks::FeedKey(row.convention, row.number), rocks::EncodeFeed(row));
    }
    for (const StoredEvent& row : writes.events) {
      Put(Family::kEvents, rocks::EventKey(row.at), rocks::EncodeEvent(row.bytes));
      Put(Family::kLeaves, rocks::LeafKey(row.convention, row.leaf), rocks::EncodePosition(row.at));
    }
    for (const StoredNode& row : writes.nodes) {
      Put(Family::kNodes, rocks::NodeKey(row.feed, row.node.level, row.node.index),
          rocks::EncodeDigest(row.node.hash));
    }
    for (const StoredHead& row : writes.heads) {
      Put(Family::kHeads, rocks::HeadKey(row.feed, row.size), rocks::EncodeText(row.note));
    }
  }

  void AddRest(const WriteSet& writes) {
    for (const Arrival& row : writes.arrivals) {
      Put(Family::kArrivals, rocks::ArrivalKey(row.convention, row.arrival),
          rocks::EncodeArrival(row));
    }
    for (const SyncIndexRow& row : writes.sync_index) {
      PutOrDelete(Family::kSyncIndex, rocks::SyncIndexKey(row.replica, row.convention),
                  row.digest.has_value(),
                  row.digest.has_value() ? rocks::EncodeDigest(*row.digest) : "");
    }
    for (const SealedRow& row : writes.sealed) {
      Put(Family::kSealed, rocks::SealedKey(row.convention, row.commitment),
          rocks::EncodeSealed(row));
    }
    for (const RequestRow& row : writes.requests) {
      Put(Family::kRequests, rocks::RequestKey(row.convention, row.request, row.user),
          rocks::EncodeRequest(row));
    }
    for (const AttachmentRow& row : writes.attachments) {
      Put(Family::kAttachments, rocks::AttachmentKey(row.convention, row.attachment),
          rocks::EncodeAttachment(row));
    }
    for (const ChunkRow& row : writes.chunks) {
      Put(Family::kChunks, rocks::ChunkKey(row.convention, row.attachment, row.index),
          rocks::EncodeChunk(row.bytes));
    }
    for (const RecordRow& row : writes.records) {
      PutOrDelete(Family::kRecords, rocks::RecordKey(row.table, row.key), row.value.has_value(),
                  row.value.has_value() ? rocks::EncodeText(*row.value) : "");
    }
  }

  const rocksdb::Status& status() const { return status_; }
  rocksdb::WriteBatch& batch() { return batch_; }

 private:
  void Keep(const rocksdb::Status& next) {
    if (status_.ok()) status_ = next;
  }

  void PutOrDelete(Family family, const std::string& key, bool put, const std::string& value) {
    if (put) {
      Put(family, key, value);
    } else {
      Delete(family, key);
    }
  }

  const rocks::Handle& handle_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status status_;
};

absl::Status CheckWrites(const WriteSet& writes) {
  for (const RecordRow& row : writes.records) {
    if (row.table.size() > rocks::kTableNameBytesMax) {
      return absl::InvalidArgumentError(absl::StrCat(
          "table: got ", row.table.size(), " bytes, want at most ", rocks::kTableNameBytesMax));
    }
  }
  return absl::OkStatus();
}

absl::Status ClosedByFailure(const std::string& path) {
  return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                   .rule = "store-stopped",
                   .field = path,
                   .fr = "un enregistrement a échoué : plus rien n'est écrit avant réouverture",
                   .en = "a write failed: nothing more is written until it is opened again",
                   .next_fr = "réglez la cause : disque plein ou en panne",
                   .next_en = "remove the cause: disk full or failing"});
}

}  // namespace

absl::Status RocksEventStore::Commit(const WriteSet& writes) {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::lock_guard<std::mutex> lock(handle->commit_mu);
  if (handle->options.read_only) {
    return absl::FailedPreconditionError("store: opened read-only");
  }
  if (handle->failed) return ClosedByFailure(handle->options.path);
  if (absl::Status fits = CheckWrites(writes); !fits.ok()) return fits;

  BatchBuilder builder(*handle);
  builder.AddFeeds(writes);
  builder.AddRest(writes);
  builder.Put(Family::kDefault, std::string(rocks::kCommitsKey),
              rocks::EncodeCount(handle->commits + 1));
  rocksdb::Status written = builder.status();
  if (written.ok()) {
    rocksdb::WriteOptions synced;
    synced.sync = true;
    written = handle->db->Write(synced, &builder.batch());
  }
  if (!written.ok()) {
    // What reached the disk is unknown until the log is read again.
    handle->failed = true;
    return rocks::StatusOf(written, "commit");
  }

  ++handle->commits;
  handle->marker->Write(handle->commits);
  FeedNumber next = handle->next_feed.load();
  for (const FeedRow& row : writes.feeds) next = std::max(next, row.number + 1);
  handle->next_feed = next;
  return absl::OkStatus();
}

}  // namespace greffe
