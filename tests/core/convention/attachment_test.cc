#include "core/convention/state/attachment.h"

#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "tests/core/convention/scenario.h"

namespace greffe::test {
namespace {

v1::Attachment Named(std::uint64_t size) { return Attach(size, 1).attachment_named().attachment(); }

TEST(Attachment, ChunksCoverTheFileAndTheLastHasTheRest) {
  EXPECT_EQ(ChunkCount(1), 1u);
  EXPECT_EQ(ChunkCount(limits::kChunkBytes), 1u);
  EXPECT_EQ(ChunkCount(limits::kChunkBytes + 1), 2u);
  EXPECT_EQ(ChunkSize(limits::kChunkBytes + 1, 0), limits::kChunkBytes);
  EXPECT_EQ(ChunkSize(limits::kChunkBytes + 1, 1), 1u);
  EXPECT_EQ(ChunkCount(limits::kAttachmentBytes), 256u);
}

TEST(Attachment, FitsUpToItsLimitAndNotBeyond) {
  EXPECT_TRUE(AttachmentFits(Named(limits::kAttachmentBytes)));
  EXPECT_FALSE(AttachmentFits(Named(limits::kAttachmentBytes + 1)));
  EXPECT_FALSE(AttachmentFits(Named(0)));
  v1::Attachment short_of_one = Named(limits::kChunkBytes + 1);
  short_of_one.mutable_chunk_digests()->resize(Digest::kSize);
  EXPECT_FALSE(AttachmentFits(short_of_one));
}

// Whoever names a file with wrong chunk digests does not stand in the way of the right ones.
TEST(Attachment, IdTellsWrongChunkDigestsApart) {
  v1::Attachment right = Named(10);
  v1::Attachment wrong = right;
  (*wrong.mutable_chunk_digests())[0] ^= 1;
  EXPECT_NE(AttachmentIdOf(right), AttachmentIdOf(wrong));
  right.set_label("autre");
  EXPECT_EQ(AttachmentIdOf(right), AttachmentIdOf(Named(10)));
}

TEST(Attachment, MediaTypesAreThoseOfRegistries) {
  EXPECT_TRUE(IsMediaType("application/pdf"));
  EXPECT_TRUE(IsMediaType("application/vnd.oasis.opendocument.text"));
  EXPECT_FALSE(IsMediaType("application"));
  EXPECT_FALSE(IsMediaType("/pdf"));
  EXPECT_FALSE(IsMediaType("text/html; charset=utf-8"));
  EXPECT_FALSE(IsMediaType("a/b/c"));
  EXPECT_TRUE(IsMediaType("a/" + std::string(limits::kMediaTypeCharacters - 2, 'b')));
  EXPECT_FALSE(IsMediaType("a/" + std::string(limits::kMediaTypeCharacters - 1, 'b')));
}

TEST(ApplyAttachment, KeepsWhatItsPartnerNames) {
  Scenario s;
  const auto event = s.history.Write(s.b, "b", Attach(1000, 1));
  const auto named = s.State().AttachmentNamedBy(s.Leaf(event));
  ASSERT_TRUE(named.has_value());
  EXPECT_EQ(named->size, 1000u);
  EXPECT_EQ(named->id, AttachmentIdOf(Attach(1000, 1).attachment_named().attachment()));
}

TEST(ApplyAttachment, IgnoresAStrangerAndNonsense) {
  Scenario s;
  const auto stranger = s.history.Write(s.b, "a", Attach(1000, 1));
  v1::Event nonsense = Attach(1000, 2);
  nonsense.mutable_attachment_named()->mutable_attachment()->set_size(0);
  const auto empty = s.history.Write(s.b, "b", nonsense);
  EXPECT_FALSE(s.State().AttachmentNamedBy(s.Leaf(stranger)).has_value());
  EXPECT_FALSE(s.State().AttachmentNamedBy(s.Leaf(empty)).has_value());
  EXPECT_TRUE(s.Found(empty, FindingCode::kMalformed));
}

TEST(ApplyAttachment, TotalOfAConventionHoldsAtItsLimitAndNotBeyond) {
  Scenario s;
  constexpr int kFull = static_cast<int>(limits::kAttachmentsBytes / limits::kAttachmentBytes);
  History::Event last = 0;
  for (int i = 0; i < kFull; ++i) {
    last = s.history.Write(s.b, "b", Attach(limits::kAttachmentBytes, i));
  }
  EXPECT_TRUE(s.State().AttachmentNamedBy(s.Leaf(last)).has_value());
  const auto beyond = s.history.Write(s.b, "b", Attach(1, kFull));
  const auto again = s.history.Write(s.b, "b", Attach(limits::kAttachmentBytes, 0));
  EXPECT_FALSE(s.State().AttachmentNamedBy(s.Leaf(beyond)).has_value());
  EXPECT_TRUE(s.Found(beyond, FindingCode::kAttachmentLimit));
  // The same bytes take no more room.
  EXPECT_TRUE(s.State().AttachmentNamedBy(s.Leaf(again)).has_value());
  // Judged in its own past: somebody who has not seen the others may name one.
  const auto elsewhere = s.history.Write(s.c, "c", Attach(1, kFull + 1));
  EXPECT_TRUE(s.State().AttachmentNamedBy(s.Leaf(elsewhere)).has_value());
}

TEST(ApplyAttachment, CountOfAConventionHoldsAtItsLimitAndNotBeyond) {
  Scenario s;
  History::Event last = 0;
  for (int i = 0; i < static_cast<int>(limits::kAttachments); ++i) {
    last = s.history.Write(s.b, "b", Attach(1, i));
  }
  const auto beyond = s.history.Write(s.b, "b", Attach(1, static_cast<int>(limits::kAttachments)));
  EXPECT_TRUE(s.State().AttachmentNamedBy(s.Leaf(last)).has_value());
  EXPECT_FALSE(s.State().AttachmentNamedBy(s.Leaf(beyond)).has_value());
}

}  // namespace
}  // namespace greffe::test
