#include "storage/rocks_keys.h"

#include "storage/rocks_bytes.h"

namespace greffe::rocks {

const char* FamilyName(Family family) {
  static constexpr std::array<const char*, kFamilyCount> kNames = {
      "default", "conventions", "feeds",      "events",         "nodes",  "leaves",
      "heads",   "arrivals",    "sync_index", "snapshots",      "sealed", "requests",
      "records", "attachments", "chunks",     "snapshot_pieces"};
  return kNames[static_cast<std::size_t>(family)];
}

std::string ConventionKey(ConventionNumber number) { return NumberPrefix(number); }

std::string FeedKey(ConventionNumber convention, FeedNumber feed) {
  return ByteWriter().U32(convention).U32(feed).Take();
}

std::string EventKey(const EventPosition& at) {
  return ByteWriter().U32(at.feed).U64(at.sequence).Take();
}

std::string NodeKey(FeedNumber feed, std::uint8_t level, std::uint64_t index) {
  return ByteWriter().U32(feed).U8(level).U64(index).Take();
}

std::string LeafKey(ConventionNumber convention, const Digest& leaf) {
  return ByteWriter().U32(convention).Bytes(leaf.view()).Take();
}

std::string HeadKey(FeedNumber feed, std::uint64_t size) {
  return ByteWriter().U32(feed).U64(size).Take();
}

std::string ArrivalKey(ConventionNumber convention, std::uint64_t arrival) {
  return ByteWriter().U32(convention).U64(arrival).Take();
}

std::string SyncIndexKey(const ReplicaId& replica, const ConventionId& convention) {
  return ByteWriter().Bytes(replica.view()).Bytes(convention.view()).Take();
}

std::string SnapshotKey(ConventionNumber convention, std::uint32_t fold_version,
                        std::uint64_t arrival) {
  return ByteWriter().U32(convention).U32(fold_version).U64(arrival).Take();
}

std::string SnapshotPieceKey(ConventionNumber convention, std::uint32_t fold_version,
                             std::uint64_t arrival, std::uint32_t index) {
  return ByteWriter().U32(convention).U32(fold_version).U64(arrival).U32(index).Take();
}

std::string SealedKey(const ConventionId& convention, const Digest& commitment) {
  return ByteWriter().Bytes(convention.view()).Bytes(commitment.view()).Take();
}

std::string AttachmentKey(const ConventionId& convention, const Digest& attachment) {
  return ByteWriter().Bytes(convention.view()).Bytes(attachment.view()).Take();
}

std::string ChunkKey(const ConventionId& convention, const Digest& attachment,
                     std::uint32_t index) {
  return ByteWriter().Bytes(convention.view()).Bytes(attachment.view()).U32(index).Take();
}

std::string RequestKey(const ConventionId& convention, const RequestId& request,
                       absl::string_view user) {
  return ByteWriter().Bytes(convention.view()).Bytes(request.view()).Bytes(user).Take();
}

std::string RecordKey(absl::string_view table, absl::string_view key) {
  return ByteWriter().U8(static_cast<std::uint8_t>(table.size())).Bytes(table).Bytes(key).Take();
}

std::string NumberPrefix(std::uint32_t number) { return ByteWriter().U32(number).Take(); }

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && static_cast<std::uint8_t>(end.back()) == 0xff) end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<std::uint8_t>(end.back()) + 1);
  return end;
}

}  // namespace greffe::rocks
