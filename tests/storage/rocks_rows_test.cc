#include "storage/rocks_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/base/refusal.h"
#include "tests/support/status_matchers.h"

namespace greffe::rocks {
namespace {

using testing_support::StatusIs;

std::string RowHex(const std::string& bytes) { return absl::BytesToHexString(bytes); }

template <typename Fixed>
Fixed RowFilled(std::uint8_t byte) {
  Fixed out;
  out.bytes.fill(byte);
  return out;
}

// Golden bytes: stores in the field hold them. docs/formats/keys.md describes them.
TEST(RocksRows, HaveTheDocumentedBytes) {
  const std::string a32(64, 'a'), b32(64, 'b'), c16(32, 'c');
  EXPECT_EQ(
      RowHex(EncodeConvention(
          {.number = 1, .id = RowFilled<ConventionId>(0xcc), .arrivals = 5, .read_only = true})),
      "01" + c16 + "0000000000000005" + "01");
  FeedRow feed{.number = 1,
               .convention = 2,
               .replica = RowFilled<ReplicaId>(0xaa),
               .key = RowFilled<PublicKey>(0xbb),
               .parent = 3,
               .forked_at = 4,
               .held = 5,
               .applied = 6};
  EXPECT_EQ(RowHex(EncodeFeed(feed)), "01" + a32 + b32 + "0100000003" + "0000000000000004" +
                                          "0000000000000005" + "0000000000000006");
  feed.parent.reset();
  EXPECT_EQ(RowHex(EncodeFeed(feed)).substr(130, 10), "0000000000");
  EXPECT_EQ(RowHex(EncodeEvent("ab")), "016162");
  EXPECT_EQ(RowHex(EncodeDigest(RowFilled<Digest>(0xaa))), "01" + a32);
  EXPECT_EQ(RowHex(EncodePosition({7, 8})), "01000000070000000000000008");
  EXPECT_EQ(RowHex(EncodeText("note")), "016e6f7465");
  EXPECT_EQ(RowHex(EncodeArrival({1, 2, {7, 8}, {-1}})),
            "01000000070000000000000008ffffffffffffffff");
  EXPECT_EQ(RowHex(EncodeSealed({{}, {}, "sa", "v", false})),
            "0100"
            "00000002"
            "7361"
            "76");
  EXPECT_EQ(RowHex(EncodeSealed({{}, {}, "sa", "v", true})), "0101") << "nothing of it stays";
  EXPECT_EQ(RowHex(EncodeRequest({{}, "u", {}, RowFilled<Digest>(0xaa), "r"})), "01" + a32 + "72");
  EXPECT_EQ(RowHex(EncodeAttachment(
                {{}, {}, RowFilled<Digest>(0xaa), 258, {7, 8}, AttachmentHolding::kHeld, "\x03"})),
            "01" + a32 + "0000000000000102" + "00000007" + "0000000000000008" + "01" + "03");
  EXPECT_EQ(RowHex(EncodeChunk("ab")), "01" + Sha256({"ab"}).ToHex() + "6162");
  EXPECT_EQ(RowHex(EncodeCount(258)), "010000000000000102");
}

struct RowKind {
  std::string name;
  std::string key;
  std::string value;
  // Bytes of the value that must all be there; what follows has free length.
  std::size_t fixed;
  bool free_end;
  std::function<absl::Status(absl::string_view, absl::string_view)> decode;
};

template <typename Row>
std::function<absl::Status(absl::string_view, absl::string_view)> StatusOnly(
    absl::StatusOr<Row> (*decode)(absl::string_view, absl::string_view)) {
  return [decode](absl::string_view key, absl::string_view value) {
    return decode(key, value).status();
  };
}

std::vector<RowKind> Kinds() {
  const ConventionId id = RowFilled<ConventionId>(1);
  const Digest digest = RowFilled<Digest>(2);
  return {
      {"conventions", ConventionKey(1), EncodeConvention(ConventionRow()), 26, false,
       StatusOnly(DecodeConvention)},
      {"feeds", FeedKey(1, 2), EncodeFeed(FeedRow()), 94, false, StatusOnly(DecodeFeed)},
      {"events", EventKey({1, 2}), EncodeEvent("e"), 1, true, StatusOnly(DecodeEvent)},
      {"nodes", NodeKey(1, 2, 3), EncodeDigest(digest), 33, false, StatusOnly(DecodeNode)},
      {"leaves", LeafKey(1, digest), EncodePosition({1, 2}), 13, false, StatusOnly(DecodeLeaf)},
      {"heads", HeadKey(1, 2), EncodeText("n"), 1, true, StatusOnly(DecodeHead)},
      {"arrivals", ArrivalKey(1, 2), EncodeArrival({1, 2, {3, 4}, {5}}), 21, false,
       StatusOnly(DecodeArrival)},
      {"sync_index", SyncIndexKey({}, id), EncodeDigest(digest), 33, false,
       StatusOnly(DecodeSyncIndex)},
      {"snapshots", SnapshotKey(1, 2, 3), EncodeCount(4), 9, false, StatusOnly(DecodeSnapshot)},
      {"snapshot_pieces", SnapshotPieceKey(1, 2, 3, 4), EncodeText("s"), 1, true,
       StatusOnly(DecodeSnapshotPiece)},
      {"sealed", SealedKey(id, digest), EncodeSealed({id, digest, "salt", "v", false}), 10, true,
       StatusOnly(DecodeSealed)},
      {"requests", RequestKey(id, {}, "u"), EncodeRequest({id, "u", {}, digest, "r"}), 33, true,
       StatusOnly(DecodeRequest)},
      {"records", RecordKey("t", "k"), EncodeText("v"), 1, true, StatusOnly(DecodeRecord)},
      {"attachments", AttachmentKey(id, digest),
       EncodeAttachment({id, digest, digest, 1, {1, 2}, AttachmentHolding::kMissing, "b"}), 54,
       true, StatusOnly(DecodeAttachment)},
      {"default", "commits", EncodeCount(1), 9, false, StatusOnly(DecodeCount)},
  };
}

TEST(RocksRows, RefuseEveryOtherLengthNamingFamilyAndKey) {
  for (const RowKind& kind : Kinds()) {
    SCOPED_TRACE(kind.name);
    EXPECT_OK(kind.decode(kind.key, kind.value));
    for (std::size_t size = 0; size < kind.fixed; ++size) {
      const absl::Status cut = kind.decode(kind.key, absl::string_view(kind.value).substr(0, size));
      ASSERT_THAT(cut, StatusIs(absl::StatusCode::kDataLoss)) << size;
      EXPECT_EQ(RefusalOf(cut).field, kind.name + "/" + RowHex(kind.key));
    }
    if (!kind.free_end) {
      EXPECT_THAT(kind.decode(kind.key, kind.value + "x"), StatusIs(absl::StatusCode::kDataLoss));
    }
  }
}

TEST(RocksRows, RefuseAnotherVersion) {
  for (RowKind kind : Kinds()) {
    SCOPED_TRACE(kind.name);
    kind.value[0] = 2;
    EXPECT_THAT(kind.decode(kind.key, kind.value), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(RocksRows, RefuseFlagsThatMeanNothing) {
  std::string convention = EncodeConvention(ConventionRow());
  convention.back() = 2;
  EXPECT_THAT(DecodeConvention(ConventionKey(1), convention),
              StatusIs(absl::StatusCode::kDataLoss));
  std::string sealed = EncodeSealed({{}, {}, "", "", true});
  sealed.back() = 2;
  EXPECT_THAT(DecodeSealed(SealedKey({}, {}), sealed), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(DecodeSealed(SealedKey({}, {}), EncodeSealed({{}, {}, "", "", true}) + "x"),
              StatusIs(absl::StatusCode::kDataLoss))
      << "an erased value has none";
}

TEST(RocksRows, RefuseASaltLongerThanTheRow) {
  const std::string value = "01000000ffff61";
  EXPECT_THAT(DecodeSealed(SealedKey({}, {}), absl::HexStringToBytes(value)),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(RocksRows, RefuseKeysOfAnotherLength) {
  for (const RowKind& kind : Kinds()) {
    if (kind.name == "events" || kind.name == "nodes" || kind.name == "leaves") continue;
    if (kind.name == "requests" || kind.name == "records" || kind.name == "default") continue;
    SCOPED_TRACE(kind.name);
    EXPECT_THAT(kind.decode(kind.key + "x", kind.value), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST(RocksRows, RefuseAChunkThatIsNotItsDigest) {
  const std::string key = ChunkKey({}, {}, 3);
  std::string value = EncodeChunk("abc");
  EXPECT_EQ(DecodeChunk(key, value)->bytes, "abc");
  EXPECT_EQ(DecodeChunk(key, value)->index, 3u);
  value.back() = 'd';
  EXPECT_THAT(DecodeChunk(key, value), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(RocksRows, RefuseAHoldingThatIsNone) {
  std::string value = EncodeAttachment({{}, {}, {}, 1, {1, 2}, AttachmentHolding::kFalse, ""});
  EXPECT_OK(DecodeAttachment(AttachmentKey({}, {}), value));
  value[53] = 3;
  EXPECT_THAT(DecodeAttachment(AttachmentKey({}, {}), value),
              StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace greffe::rocks
