#include "core/sync/digests.h"

#include <gtest/gtest.h>

#include <string>

namespace greffe::sync {
namespace {

Point MakePoint(char replica, std::uint64_t size, char root) {
  Point point;
  point.replica.bytes.fill(static_cast<std::uint8_t>(replica));
  point.size = size;
  point.root.bytes.fill(static_cast<std::uint8_t>(root));
  return point;
}

SharedConvention MakeShared(std::uint8_t first_byte, std::uint8_t last_byte, char digest) {
  SharedConvention shared;
  shared.id.bytes.front() = first_byte;
  shared.id.bytes.back() = last_byte;
  shared.digest.bytes.fill(static_cast<std::uint8_t>(digest));
  return shared;
}

TEST(ConventionDigest, IsTheSameWhateverTheOrderOfPoints) {
  const Point a = MakePoint('a', 1, 'x');
  const Point b = MakePoint('b', 2, 'y');

  EXPECT_EQ(ConventionDigest({a, b}), ConventionDigest({b, a}));
}

TEST(ConventionDigest, DiffersWhenAnyPartOfAPointDiffers) {
  const Digest digest = ConventionDigest({MakePoint('a', 1, 'x')});

  EXPECT_NE(ConventionDigest({MakePoint('b', 1, 'x')}), digest);
  EXPECT_NE(ConventionDigest({MakePoint('a', 2, 'x')}), digest);
  EXPECT_NE(ConventionDigest({MakePoint('a', 1, 'y')}), digest);
  EXPECT_NE(ConventionDigest({}), digest);
}

TEST(ConventionDigest, HasTheDocumentedBytes) {
  std::string bytes(32, 'a');
  bytes += std::string("\0\0\0\0\0\0\1\2", 8);
  bytes += std::string(32, 'x');

  EXPECT_EQ(ConventionDigest({MakePoint('a', 258, 'x')}), Sha256({bytes}));
}

TEST(SharedRoot, OfNothingIsTheDigestOfNothing) { EXPECT_EQ(SharedRoot({}), Sha256({""})); }

TEST(SharedRoot, DiffersWhenOneConventionDiffers) {
  const std::vector<SharedConvention> one = {MakeShared(1, 1, 'x'), MakeShared(2, 1, 'y')};
  const std::vector<SharedConvention> other = {MakeShared(1, 1, 'x'), MakeShared(2, 1, 'z')};

  EXPECT_NE(SharedRoot(one), SharedRoot(other));
}

TEST(BucketDigests, GroupsByTheFirstByteAndLeavesEmptyGroupsOut) {
  const std::vector<SharedConvention> shared = {MakeShared(1, 1, 'x'), MakeShared(1, 2, 'x'),
                                                MakeShared(200, 1, 'y')};
  const Digest salt = Sha256({"salt"});

  const auto groups = BucketDigests(salt, shared);

  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups.begin()->first, 1);
  EXPECT_EQ(groups.rbegin()->first, 200);
  EXPECT_EQ(groups.at(200), Shorten(salt, SharedRoot(std::span(shared).subspan(2))));
}

}  // namespace
}  // namespace greffe::sync
