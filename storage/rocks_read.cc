#include <limits>
#include <utility>

#include "core/base/status_macros.h"
#include "storage/rocks_handle.h"
#include "storage/rocks_rows.h"
#include "storage/rocks_status.h"

namespace greffe {
namespace {

using rocks::Family;

// All rows under a prefix from a key on, at most `count_max`.
template <typename Row>
absl::StatusOr<std::vector<Row>> ReadRows(const rocks::Handle& handle, Family family,
                                          absl::string_view prefix, absl::string_view from,
                                          std::size_t count_max,
                                          absl::StatusOr<Row> (*decode)(absl::string_view key,
                                                                        absl::string_view value)) {
  std::vector<Row> rows;
  absl::Status bad;
  if (count_max == 0) return rows;
  RETURN_IF_ERROR(
      handle.Scan(family, prefix, from, [&](absl::string_view key, absl::string_view value) {
        absl::StatusOr<Row> row = decode(key, value);
        if (!row.ok()) {
          bad = row.status();
          return false;
        }
        rows.push_back(*std::move(row));
        return rows.size() < count_max;
      }));
  RETURN_IF_ERROR(bad);
  return rows;
}

// Rows whose positions must follow each other from `from`. A gap, a damaged row or a damaged block
// ends the answer when something precedes it, and is the answer (DATA_LOSS naming the row that is
// wanted) when nothing does: so the caller gets all that is sound, then the exact place.
absl::Status ScanDense(
    const rocks::Handle& handle, Family family, std::uint32_t number, std::uint64_t from,
    const std::function<std::string(std::uint64_t)>& key_of,
    const std::function<absl::StatusOr<bool>(absl::string_view, absl::string_view)>& row) {
  std::uint64_t next = from;
  absl::Status bad;
  const absl::Status scanned = handle.Scan(family, rocks::NumberPrefix(number), key_of(from),
                                           [&](absl::string_view key, absl::string_view value) {
                                             const std::string wanted = key_of(next);
                                             if (key != wanted) {
                                               bad = rocks::DamagedRow(family, wanted);
                                               return false;
                                             }
                                             const absl::StatusOr<bool> more = row(key, value);
                                             if (!more.ok()) {
                                               bad = more.status();
                                               return false;
                                             }
                                             ++next;
                                             return *more;
                                           });
  if (next > from) return absl::OkStatus();
  RETURN_IF_ERROR(bad);
  return scanned;
}

// The last row under `prefix` whose key is at most `key_max`.
template <typename Row>
absl::StatusOr<Row> ReadLastAtMost(const rocks::Handle& handle, Family family,
                                   absl::string_view prefix, absl::string_view key_max,
                                   absl::StatusOr<Row> (*decode)(absl::string_view key,
                                                                 absl::string_view value)) {
  const std::unique_ptr<rocksdb::Iterator> at(
      handle.db->NewIterator(rocksdb::ReadOptions(), handle.family(family)));
  at->SeekForPrev(rocks::SliceOf(key_max));
  RETURN_IF_ERROR(rocks::StatusOf(at->status(), rocks::FamilyName(family)));
  if (!at->Valid() || !at->key().starts_with(rocks::SliceOf(prefix))) {
    return absl::NotFoundError(rocks::FamilyName(family));
  }
  return decode(rocks::ViewOf(at->key()), rocks::ViewOf(at->value()));
}

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

}  // namespace

absl::StatusOr<std::vector<ConventionRow>> RocksEventStore::ListConventions() const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  return ReadRows<ConventionRow>(*handle, Family::kConventions, "", "", kAll,
                                 rocks::DecodeConvention);
}

absl::StatusOr<std::vector<FeedRow>> RocksEventStore::ListFeeds(ConventionNumber convention) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string prefix = rocks::NumberPrefix(convention);
  return ReadRows<FeedRow>(*handle, Family::kFeeds, prefix, prefix, kAll, rocks::DecodeFeed);
}

absl::StatusOr<std::vector<std::string>> RocksEventStore::ReadEvents(FeedNumber feed,
                                                                     std::uint64_t from,
                                                                     std::size_t count_max,
                                                                     std::size_t bytes_max) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  std::vector<std::string> events;
  std::size_t bytes = 0;
  if (count_max == 0) return events;
  RETURN_IF_ERROR(ScanDense(
      *handle, Family::kEvents, feed, from,
      [feed](std::uint64_t sequence) {
        return rocks::EventKey({feed, sequence});
      },
      [&](absl::string_view key, absl::string_view value) -> absl::StatusOr<bool> {
        ASSIGN_OR_RETURN(std::string event, rocks::DecodeEvent(key, value));
        if (!events.empty() && bytes + event.size() > bytes_max) return false;
        bytes += event.size();
        events.push_back(std::move(event));
        return events.size() < count_max;
      }));
  return events;
}

absl::StatusOr<std::string> RocksEventStore::ReadEvent(EventPosition at) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::EventKey(at);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kEvents, key));
  return rocks::DecodeEvent(key, value);
}

absl::StatusOr<Digest> RocksEventStore::ReadNode(FeedNumber feed, std::uint8_t level,
                                                 std::uint64_t index) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::NodeKey(feed, level, index);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kNodes, key));
  return rocks::DecodeNode(key, value);
}

absl::StatusOr<EventPosition> RocksEventStore::FindLeaf(ConventionNumber convention,
                                                        const Digest& leaf) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::LeafKey(convention, leaf);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kLeaves, key));
  return rocks::DecodeLeaf(key, value);
}

absl::StatusOr<std::vector<StoredHead>> RocksEventStore::ReadHeads(FeedNumber feed,
                                                                   std::uint64_t size_min,
                                                                   std::size_t count_max) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  return ReadRows<StoredHead>(*handle, Family::kHeads, rocks::NumberPrefix(feed),
                              rocks::HeadKey(feed, size_min), count_max, rocks::DecodeHead);
}

absl::StatusOr<StoredHead> RocksEventStore::ReadHeadAtMost(FeedNumber feed,
                                                           std::uint64_t size_max) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  return ReadLastAtMost<StoredHead>(*handle, Family::kHeads, rocks::NumberPrefix(feed),
                                    rocks::HeadKey(feed, size_max), rocks::DecodeHead);
}

absl::StatusOr<std::vector<Arrival>> RocksEventStore::ReadArrivals(ConventionNumber convention,
                                                                   std::uint64_t from,
                                                                   std::size_t count_max) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  std::vector<Arrival> arrivals;
  if (count_max == 0) return arrivals;
  RETURN_IF_ERROR(ScanDense(
      *handle, Family::kArrivals, convention, from,
      [convention](std::uint64_t arrival) { return rocks::ArrivalKey(convention, arrival); },
      [&](absl::string_view key, absl::string_view value) -> absl::StatusOr<bool> {
        ASSIGN_OR_RETURN(Arrival arrival, rocks::DecodeArrival(key, value));
        arrivals.push_back(arrival);
        return arrivals.size() < count_max;
      }));
  return arrivals;
}

absl::StatusOr<StoredSnapshot> RocksEventStore::ReadSnapshot(ConventionNumber convention,
                                                             std::uint64_t arrival_max,
                                                             std::uint32_t fold_version) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key_max = rocks::SnapshotKey(convention, fold_version, arrival_max);
  ASSIGN_OR_RETURN(const rocks::SnapshotRow row,
                   ReadLastAtMost<rocks::SnapshotRow>(*handle, Family::kSnapshots,
                                                      absl::string_view(key_max).substr(0, 8),
                                                      key_max, rocks::DecodeSnapshot));
  StoredSnapshot out{row.name, ""};
  for (std::uint32_t i = 0; i < row.pieces; ++i) {
    const std::string key = rocks::SnapshotPieceKey(convention, fold_version, row.name.arrival, i);
    absl::StatusOr<std::string> value = handle->Get(Family::kSnapshotPieces, key);
    if (absl::IsNotFound(value.status())) {
      return absl::DataLossError("snapshot_pieces: a piece is missing");
    }
    if (!value.ok()) return value.status();
    ASSIGN_OR_RETURN(const rocks::SnapshotPiece piece, rocks::DecodeSnapshotPiece(key, *value));
    out.bytes += piece.bytes;
  }
  return out;
}

absl::StatusOr<SealedRow> RocksEventStore::ReadSealed(const ConventionId& convention,
                                                      const Digest& commitment) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::SealedKey(convention, commitment);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kSealed, key));
  return rocks::DecodeSealed(key, value);
}

absl::StatusOr<RequestRow> RocksEventStore::ReadRequest(const ConventionId& convention,
                                                        absl::string_view user,
                                                        const RequestId& request) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::RequestKey(convention, request, user);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kRequests, key));
  return rocks::DecodeRequest(key, value);
}

absl::StatusOr<AttachmentRow> RocksEventStore::ReadAttachment(const ConventionId& convention,
                                                              const Digest& attachment) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::AttachmentKey(convention, attachment);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kAttachments, key));
  return rocks::DecodeAttachment(key, value);
}

absl::StatusOr<std::vector<AttachmentRow>> RocksEventStore::ReadAttachments(
    const std::optional<ConventionId>& convention) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string prefix = convention ? convention->ToBytes() : "";
  return ReadRows<AttachmentRow>(*handle, Family::kAttachments, prefix, prefix, kAll,
                                 rocks::DecodeAttachment);
}

absl::StatusOr<std::string> RocksEventStore::ReadChunk(const ConventionId& convention,
                                                       const Digest& attachment,
                                                       std::uint32_t index) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  const std::string key = rocks::ChunkKey(convention, attachment, index);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kChunks, key));
  ASSIGN_OR_RETURN(ChunkRow row, rocks::DecodeChunk(key, value));
  return std::move(row.bytes);
}

absl::StatusOr<std::vector<SyncIndexRow>> RocksEventStore::ReadSyncIndex(
    const ReplicaId& replica) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  return ReadRows<SyncIndexRow>(*handle, Family::kSyncIndex, replica.view(), replica.view(), kAll,
                                rocks::DecodeSyncIndex);
}

absl::StatusOr<std::string> RocksEventStore::ReadRecord(absl::string_view table,
                                                        absl::string_view key) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  if (table.size() > rocks::kTableNameBytesMax) return absl::NotFoundError("records");
  const std::string row_key = rocks::RecordKey(table, key);
  ASSIGN_OR_RETURN(const std::string value, handle->Get(Family::kRecords, row_key));
  ASSIGN_OR_RETURN(RecordRow row, rocks::DecodeRecord(row_key, value));
  return *std::move(row.value);
}

absl::StatusOr<std::vector<RecordRow>> RocksEventStore::ReadTable(absl::string_view table) const {
  ASSIGN_OR_RETURN(const Use handle, Hold());
  if (table.size() > rocks::kTableNameBytesMax) return std::vector<RecordRow>();
  const std::string prefix = rocks::RecordKey(table, "");
  return ReadRows<RecordRow>(*handle, Family::kRecords, prefix, prefix, kAll, rocks::DecodeRecord);
}

}  // namespace greffe
