#include "storage/rocks_keys.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "absl/strings/escaping.h"

namespace greffe::rocks {
namespace {

std::string Hex(const std::string& bytes) { return absl::BytesToHexString(bytes); }

template <typename Fixed>
Fixed Filled(std::uint8_t byte) {
  Fixed out;
  out.bytes.fill(byte);
  return out;
}

// Golden bytes: stores in the field hold them. docs/formats/keys.md describes them.
TEST(RocksKeys, HaveTheDocumentedBytes) {
  const std::string leaf(64, 'a');
  const std::string convention(32, 'c');
  EXPECT_EQ(Hex(ConventionKey(0x01020304)), "01020304");
  EXPECT_EQ(Hex(FeedKey(1, 2)), "0000000100000002");
  EXPECT_EQ(Hex(EventKey({3, 0x0102})), "000000030000000000000102");
  EXPECT_EQ(Hex(NodeKey(3, 5, 7)), "00000003050000000000000007");
  EXPECT_EQ(Hex(LeafKey(1, Filled<Digest>(0xaa))), "00000001" + leaf);
  EXPECT_EQ(Hex(HeadKey(3, 9)), "000000030000000000000009");
  EXPECT_EQ(Hex(ArrivalKey(1, 10)), "00000001000000000000000a");
  EXPECT_EQ(Hex(SyncIndexKey(Filled<ReplicaId>(0xaa), Filled<ConventionId>(0xcc))),
            leaf + convention);
  EXPECT_EQ(Hex(SnapshotKey(1, 2, 3)), "00000001000000020000000000000003");
  EXPECT_EQ(Hex(SealedKey(Filled<ConventionId>(0xcc), Filled<Digest>(0xaa))), convention + leaf);
  EXPECT_EQ(Hex(RequestKey(Filled<ConventionId>(0xcc), Filled<RequestId>(0xdd), "ab")),
            convention + std::string(32, 'd') + "6162");
  EXPECT_EQ(Hex(AttachmentKey(Filled<ConventionId>(0xcc), Filled<Digest>(0xaa))),
            convention + leaf);
  EXPECT_EQ(Hex(ChunkKey(Filled<ConventionId>(0xcc), Filled<Digest>(0xaa), 258)),
            convention + leaf + "00000102");
  EXPECT_EQ(Hex(RecordKey("users", "ab")), "0575736572736162");
}

TEST(RocksKeys, SortAsTheirNumbersDo) {
  EXPECT_LT(EventKey({1, 255}), EventKey({1, 256}));
  EXPECT_LT(EventKey({1, UINT64_MAX}), EventKey({2, 0}));
  EXPECT_LT(HeadKey(255, 1), HeadKey(256, 0));
  EXPECT_LT(SnapshotKey(1, 1, UINT64_MAX), SnapshotKey(1, 2, 0));
}

TEST(RocksKeys, EndAPrefixAfterAllItsKeys) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd(std::string("a\xff", 2)), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "") << "no key is greater";
  EXPECT_EQ(PrefixEnd(""), "");
}

TEST(RocksKeys, GiveEachFamilyAName) {
  std::set<std::string> names;
  for (int i = 0; i < kFamilyCount; ++i) names.insert(FamilyName(static_cast<Family>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kFamilyCount));
}

}  // namespace
}  // namespace greffe::rocks
