#ifndef GREFFE_STORAGE_ROCKS_ROWS_H_
#define GREFFE_STORAGE_ROCKS_ROWS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/event_store.h"
#include "storage/rocks_keys.h"

// Values as docs/formats/keys.md gives them: one version byte, then fixed-width fields, then at
// most one field of free length. Decode functions take the key too and give the whole row;
// DATA_LOSS names the family and the key.
namespace greffe::rocks {

std::string EncodeConvention(const ConventionRow& row);
std::string EncodeFeed(const FeedRow& row);
std::string EncodeEvent(absl::string_view event_bytes);
std::string EncodeDigest(const Digest& digest);
std::string EncodePosition(const EventPosition& at);
std::string EncodeText(absl::string_view text);
std::string EncodeArrival(const Arrival& row);
std::string EncodeSealed(const SealedRow& row);
std::string EncodeRequest(const RequestRow& row);
std::string EncodeCount(std::uint64_t count);
std::string EncodeAttachment(const AttachmentRow& row);
// With its SHA-256, so that a chunk verifies without the event that names it.
std::string EncodeChunk(absl::string_view bytes);

absl::StatusOr<ConventionRow> DecodeConvention(absl::string_view key, absl::string_view value);
absl::StatusOr<FeedRow> DecodeFeed(absl::string_view key, absl::string_view value);
absl::StatusOr<std::string> DecodeEvent(absl::string_view key, absl::string_view value);
absl::StatusOr<Digest> DecodeNode(absl::string_view key, absl::string_view value);
absl::StatusOr<EventPosition> DecodeLeaf(absl::string_view key, absl::string_view value);
absl::StatusOr<StoredHead> DecodeHead(absl::string_view key, absl::string_view value);
absl::StatusOr<Arrival> DecodeArrival(absl::string_view key, absl::string_view value);
absl::StatusOr<SyncIndexRow> DecodeSyncIndex(absl::string_view key, absl::string_view value);
// A snapshot that is whole: how many pieces it has (EncodeCount).
struct SnapshotRow {
  SnapshotName name;
  std::uint32_t pieces = 0;
};
absl::StatusOr<SnapshotRow> DecodeSnapshot(absl::string_view key, absl::string_view value);
// One of its pieces (EncodeText).
struct SnapshotPiece {
  std::string bytes;
};
absl::StatusOr<SnapshotPiece> DecodeSnapshotPiece(absl::string_view key, absl::string_view value);
absl::StatusOr<SealedRow> DecodeSealed(absl::string_view key, absl::string_view value);
absl::StatusOr<RequestRow> DecodeRequest(absl::string_view key, absl::string_view value);
absl::StatusOr<RecordRow> DecodeRecord(absl::string_view key, absl::string_view value);
absl::StatusOr<AttachmentRow> DecodeAttachment(absl::string_view key, absl::string_view value);
absl::StatusOr<ChunkRow> DecodeChunk(absl::string_view key, absl::string_view value);
absl::StatusOr<std::uint64_t> DecodeCount(absl::string_view key, absl::string_view value);

// The row under `key` cannot be what was written: DATA_LOSS naming both.
absl::Status DamagedRow(Family family, absl::string_view key);

}  // namespace greffe::rocks

#endif  // GREFFE_STORAGE_ROCKS_ROWS_H_
