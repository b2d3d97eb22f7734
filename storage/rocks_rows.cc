#include "storage/rocks_rows.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "storage/rocks_bytes.h"

namespace greffe::rocks {
namespace {

constexpr std::uint8_t kVersion = 1;

ByteWriter NewValue() {
  ByteWriter out;
  out.U8(kVersion);
  return out;
}

// Reads the version byte; another version counts as damage here, because the store's format row
// already says that this software wrote it.
bool Begin(ByteReader& value) { return value.U8() == kVersion && value.ok(); }

// The bytes after the version, for values that are one field.
absl::StatusOr<std::string> TextOf(Family family, absl::string_view key, absl::string_view value) {
  ByteReader in(value);
  if (!Begin(in)) return DamagedRow(family, key);
  return std::string(in.Rest());
}

absl::StatusOr<Digest> DigestOf(Family family, absl::string_view key, absl::string_view value) {
  ByteReader in(value);
  const bool known = Begin(in);
  const auto digest = in.Take<Digest>();
  if (!known || !in.done()) return DamagedRow(family, key);
  return digest;
}

}  // namespace

absl::Status DamagedRow(Family family, absl::string_view key) {
  const std::string name = absl::StrCat(FamilyName(family), "/", absl::BytesToHexString(key));
  return ToStatus(
      {.code = absl::StatusCode::kDataLoss,
       .rule = "store-row",
       .field = name,
       .fr = absl::StrCat("la ligne ", name, " du magasin est illisible"),
       .en = absl::StrCat("row ", name, " of the store cannot be read"),
       .next_fr = "n'effacez rien ; arrêtez greffed, puis lancez « greffed check », qui dit ce qui "
                  "est atteint et comment en sortir",
       .next_en = "delete nothing; stop greffed, then run \"greffed check\", which says what is "
                  "damaged and the way out"});
}

std::string EncodeConvention(const ConventionRow& row) {
  return NewValue().Bytes(row.id.view()).U64(row.arrivals).U8(row.read_only ? 1 : 0).Take();
}

absl::StatusOr<ConventionRow> DecodeConvention(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  ConventionRow row;
  row.number = k.U32();
  const bool known = Begin(v);
  row.id = v.Take<ConventionId>();
  row.arrivals = v.U64();
  const std::uint8_t flag = v.U8();
  row.read_only = flag == 1;
  if (!known || flag > 1 || !k.done() || !v.done()) return DamagedRow(Family::kConventions, key);
  return row;
}

std::string EncodeFeed(const FeedRow& row) {
  return NewValue()
      .Bytes(row.replica.view())
      .Bytes(row.key.view())
      .U8(row.parent.has_value() ? 1 : 0)
      .U32(row.parent.value_or(0))
      .U64(row.forked_at)
      .U64(row.held)
      .U64(row.applied)
      .Take();
}

absl::StatusOr<FeedRow> DecodeFeed(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  FeedRow row;
  row.convention = k.U32();
  row.number = k.U32();
  const bool known = Begin(v);
  row.replica = v.Take<ReplicaId>();
  row.key = v.Take<PublicKey>();
  const std::uint8_t has_parent = v.U8();
  const FeedNumber parent = v.U32();
  if (has_parent == 1) row.parent = parent;
  row.forked_at = v.U64();
  row.held = v.U64();
  row.applied = v.U64();
  if (!known || has_parent > 1 || !k.done() || !v.done()) return DamagedRow(Family::kFeeds, key);
  return row;
}

std::string EncodeEvent(absl::string_view event_bytes) { return EncodeText(event_bytes); }

absl::StatusOr<std::string> DecodeEvent(absl::string_view key, absl::string_view value) {
  return TextOf(Family::kEvents, key, value);
}

std::string EncodeDigest(const Digest& digest) { return NewValue().Bytes(digest.view()).Take(); }

absl::StatusOr<Digest> DecodeNode(absl::string_view key, absl::string_view value) {
  return DigestOf(Family::kNodes, key, value);
}

std::string EncodePosition(const EventPosition& at) {
  return NewValue().U32(at.feed).U64(at.sequence).Take();
}

absl::StatusOr<EventPosition> DecodeLeaf(absl::string_view key, absl::string_view value) {
  ByteReader v(value);
  EventPosition at;
  const bool known = Begin(v);
  at.feed = v.U32();
  at.sequence = v.U64();
  if (!known || !v.done()) return DamagedRow(Family::kLeaves, key);
  return at;
}

std::string EncodeText(absl::string_view text) { return NewValue().Bytes(text).Take(); }

absl::StatusOr<StoredHead> DecodeHead(absl::string_view key, absl::string_view value) {
  ByteReader k(key);
  StoredHead head;
  head.feed = k.U32();
  head.size = k.U64();
  if (!k.done()) return DamagedRow(Family::kHeads, key);
  absl::StatusOr<std::string> note = TextOf(Family::kHeads, key, value);
  if (!note.ok()) return note.status();
  head.note = *std::move(note);
  return head;
}

std::string EncodeArrival(const Arrival& row) {
  return NewValue()
      .U32(row.at.feed)
      .U64(row.at.sequence)
      .U64(static_cast<std::uint64_t>(row.received_at.micros))
      .Take();
}

absl::StatusOr<Arrival> DecodeArrival(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  Arrival row;
  row.convention = k.U32();
  row.arrival = k.U64();
  const bool known = Begin(v);
  row.at.feed = v.U32();
  row.at.sequence = v.U64();
  row.received_at.micros = static_cast<std::int64_t>(v.U64());
  if (!known || !k.done() || !v.done()) return DamagedRow(Family::kArrivals, key);
  return row;
}

absl::StatusOr<SyncIndexRow> DecodeSyncIndex(absl::string_view key, absl::string_view value) {
  ByteReader k(key);
  SyncIndexRow row;
  row.replica = k.Take<ReplicaId>();
  row.convention = k.Take<ConventionId>();
  if (!k.done()) return DamagedRow(Family::kSyncIndex, key);
  absl::StatusOr<Digest> digest = DigestOf(Family::kSyncIndex, key, value);
  if (!digest.ok()) return digest.status();
  row.digest = *digest;
  return row;
}

absl::StatusOr<SnapshotRow> DecodeSnapshot(absl::string_view key, absl::string_view value) {
  ByteReader k(key);
  SnapshotRow row;
  row.name.convention = k.U32();
  row.name.fold_version = k.U32();
  row.name.arrival = k.U64();
  if (!k.done()) return DamagedRow(Family::kSnapshots, key);
  ByteReader v(value);
  const bool known = Begin(v);
  const std::uint64_t pieces = v.U64();
  if (!known || !v.done() || pieces > UINT32_MAX) return DamagedRow(Family::kSnapshots, key);
  row.pieces = static_cast<std::uint32_t>(pieces);
  return row;
}

absl::StatusOr<SnapshotPiece> DecodeSnapshotPiece(absl::string_view key, absl::string_view value) {
  ByteReader k(key);
  SnapshotPiece row;
  k.U32();  // Convention.
  k.U32();  // Fold version.
  k.U64();  // Arrival.
  k.U32();  // Index.
  if (!k.done()) return DamagedRow(Family::kSnapshotPieces, key);
  absl::StatusOr<std::string> bytes = TextOf(Family::kSnapshotPieces, key, value);
  if (!bytes.ok()) return bytes.status();
  row.bytes = *std::move(bytes);
  return row;
}

std::string EncodeSealed(const SealedRow& row) {
  ByteWriter out = NewValue();
  out.U8(row.erased ? 1 : 0);
  if (!row.erased) {
    out.U32(static_cast<std::uint32_t>(row.salt.size())).Bytes(row.salt).Bytes(row.value);
  }
  return out.Take();
}

absl::StatusOr<SealedRow> DecodeSealed(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  SealedRow row;
  row.convention = k.Take<ConventionId>();
  row.commitment = k.Take<Digest>();
  const bool known = Begin(v);
  const std::uint8_t erased = v.U8();
  row.erased = erased == 1;
  if (erased == 0) {
    row.salt = std::string(v.Bytes(v.U32()));
    row.value = std::string(v.Rest());
  }
  if (!known || erased > 1 || !k.done() || !v.done()) return DamagedRow(Family::kSealed, key);
  return row;
}

std::string EncodeRequest(const RequestRow& row) {
  return NewValue().Bytes(row.content_mac.view()).Bytes(row.reply).Take();
}

absl::StatusOr<RequestRow> DecodeRequest(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  RequestRow row;
  row.convention = k.Take<ConventionId>();
  row.request = k.Take<RequestId>();
  row.user = std::string(k.Rest());
  const bool known = Begin(v);
  row.content_mac = v.Take<Digest>();
  row.reply = std::string(v.Rest());
  if (!known || !k.done() || !v.done()) return DamagedRow(Family::kRequests, key);
  return row;
}

absl::StatusOr<RecordRow> DecodeRecord(absl::string_view key, absl::string_view value) {
  ByteReader k(key);
  RecordRow row;
  row.table = std::string(k.Bytes(k.U8()));
  row.key = std::string(k.Rest());
  if (!k.done()) return DamagedRow(Family::kRecords, key);
  absl::StatusOr<std::string> text = TextOf(Family::kRecords, key, value);
  if (!text.ok()) return text.status();
  row.value = *std::move(text);
  return row;
}

std::string EncodeAttachment(const AttachmentRow& row) {
  return NewValue()
      .Bytes(row.sha256.view())
      .U64(row.size)
      .U32(row.named_at.feed)
      .U64(row.named_at.sequence)
      .U8(static_cast<std::uint8_t>(row.holding))
      .Bytes(row.chunks)
      .Take();
}

absl::StatusOr<AttachmentRow> DecodeAttachment(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  AttachmentRow row;
  row.convention = k.Take<ConventionId>();
  row.attachment = k.Take<Digest>();
  const bool known = Begin(v);
  row.sha256 = v.Take<Digest>();
  row.size = v.U64();
  row.named_at.feed = v.U32();
  row.named_at.sequence = v.U64();
  const std::uint8_t holding = v.U8();
  const bool fits = holding <= static_cast<std::uint8_t>(AttachmentHolding::kFalse) && v.ok();
  row.holding = static_cast<AttachmentHolding>(holding);
  row.chunks = std::string(v.Rest());
  if (!known || !fits || !k.done() || !v.done()) return DamagedRow(Family::kAttachments, key);
  return row;
}

std::string EncodeChunk(absl::string_view bytes) {
  return NewValue().Bytes(Sha256({bytes}).view()).Bytes(bytes).Take();
}

absl::StatusOr<ChunkRow> DecodeChunk(absl::string_view key, absl::string_view value) {
  ByteReader k(key), v(value);
  ChunkRow row;
  row.convention = k.Take<ConventionId>();
  row.attachment = k.Take<Digest>();
  row.index = k.U32();
  const bool known = Begin(v);
  const auto digest = v.Take<Digest>();
  row.bytes = std::string(v.Rest());
  if (!known || !k.done() || !v.done() || Sha256({row.bytes}) != digest) {
    return DamagedRow(Family::kChunks, key);
  }
  return row;
}

std::string EncodeCount(std::uint64_t count) { return NewValue().U64(count).Take(); }

absl::StatusOr<std::uint64_t> DecodeCount(absl::string_view key, absl::string_view value) {
  ByteReader v(value);
  const bool known = Begin(v);
  const std::uint64_t count = v.U64();
  if (!known || !v.done()) return DamagedRow(Family::kDefault, key);
  return count;
}

}  // namespace greffe::rocks
