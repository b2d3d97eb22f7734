#ifndef GREFFE_STORAGE_ROCKS_KEYS_H_
#define GREFFE_STORAGE_ROCKS_KEYS_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "core/base/ids.h"
#include "storage/event_store.h"

// Keys and column families as docs/formats/keys.md gives them. Pure: no RocksDB here.
namespace greffe::rocks {

// Column families. The order is that of FamilyName() and of open handles; it is not stored.
enum class Family : int {
  kDefault,
  kConventions,
  kFeeds,
  kEvents,
  kNodes,
  kLeaves,
  kHeads,
  kArrivals,
  kSyncIndex,
  kSnapshots,
  kSealed,
  kRequests,
  kRecords,
  kAttachments,
  kChunks,
  kSnapshotPieces,
};
inline constexpr int kFamilyCount = 16;
inline constexpr std::size_t kTableNameBytesMax = 255;

// Name in the store and in messages.
const char* FamilyName(Family family);

// In `default`.
inline constexpr absl::string_view kFormatKey = "format";
inline constexpr absl::string_view kCommitsKey = "commits";

std::string ConventionKey(ConventionNumber number);
std::string FeedKey(ConventionNumber convention, FeedNumber feed);
std::string EventKey(const EventPosition& at);
std::string NodeKey(FeedNumber feed, std::uint8_t level, std::uint64_t index);
std::string LeafKey(ConventionNumber convention, const Digest& leaf);
std::string HeadKey(FeedNumber feed, std::uint64_t size);
std::string ArrivalKey(ConventionNumber convention, std::uint64_t arrival);
std::string SyncIndexKey(const ReplicaId& replica, const ConventionId& convention);
std::string SnapshotKey(ConventionNumber convention, std::uint32_t fold_version,
                        std::uint64_t arrival);
std::string SnapshotPieceKey(ConventionNumber convention, std::uint32_t fold_version,
                             std::uint64_t arrival, std::uint32_t index);
std::string SealedKey(const ConventionId& convention, const Digest& commitment);
std::string AttachmentKey(const ConventionId& convention, const Digest& attachment);
std::string ChunkKey(const ConventionId& convention, const Digest& attachment, std::uint32_t index);
std::string RequestKey(const ConventionId& convention, const RequestId& request,
                       absl::string_view user);
// `table` has at most kTableNameBytesMax bytes.
std::string RecordKey(absl::string_view table, absl::string_view key);

// Four big-endian bytes: the first part of most keys.
std::string NumberPrefix(std::uint32_t number);
// The smallest key greater than every key that starts with `prefix`; empty when there is none.
std::string PrefixEnd(absl::string_view prefix);

}  // namespace greffe::rocks

#endif  // GREFFE_STORAGE_ROCKS_KEYS_H_
