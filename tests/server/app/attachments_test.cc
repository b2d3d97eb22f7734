#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/state/attachment.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using ::testing::HasSubstr;

// A file of three chunks, the last one short, or of `size` bytes.
std::string File(std::size_t size = 2 * limits::kChunkBytes + 7) {
  std::string out(size, '\0');
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 31 + i / 4096);
  return out;
}

v1::Attachment Describe(const std::string& file) {
  v1::Attachment out;
  out.set_sha256(Sha256({file}).ToBytes());
  out.set_size(file.size());
  out.set_label("document d'origine");
  out.set_media_type("application/pdf");
  out.set_role(v1::ATTACHMENT_ROLE_ORIGINAL);
  for (std::uint32_t i = 0; i < ChunkCount(file.size()); ++i) {
    out.mutable_chunk_digests()->append(
        Sha256({file.substr(i * limits::kChunkBytes, ChunkSize(file.size(), i))}).ToBytes());
  }
  return out;
}

class Attachments : public testing::Test {
 protected:
  Attachments() : caf('c', "CAF", {"caf-12"}), rodez('r', "Rodez", {"rodez"}) {
    caf.Pin(rodez);
    rodez.Pin(caf);
    convention = CreateSmall(caf, "caf-12");
  }

  Digest Name(const v1::Attachment& attachment) {
    v1::AddAttachmentRequest request;
    request.set_convention_id(convention);
    *request.mutable_attachment() = attachment;
    const auto added = caf.Do(caf.User("caf-12"), request);
    EXPECT_OK(added);
    return *Digest::FromHex(added->attachment_id(), "id");
  }
  absl::StatusOr<ChunkOutcome> Give(TestReplica& to, const Digest& attachment, std::uint32_t index,
                                    const std::string& bytes,
                                    std::optional<ReplicaId> from = std::nullopt) {
    std::optional<absl::StatusOr<ChunkOutcome>> outcome;
    to->SubmitChunk(from, {IdOf(convention), attachment, index}, bytes,
                    [&](absl::StatusOr<ChunkOutcome> got) { outcome = std::move(got); });
    to.Drain();
    return *std::move(outcome);
  }
  std::string ChunkOf(const std::string& file, std::uint32_t index) {
    return file.substr(index * limits::kChunkBytes, ChunkSize(file.size(), index));
  }
  v1::AttachmentHere Here(TestReplica& at, const std::string& partner) {
    v1::ListAttachmentsRequest request;
    request.set_convention_id(convention);
    return at->ListAttachments(at.User(partner), request)->here(0);
  }
  absl::StatusOr<std::string> Get(TestReplica& at, const std::string& partner,
                                  const std::string& sha256) {
    v1::DownloadAttachmentRequest request;
    request.set_convention_id(convention);
    request.set_sha256(sha256);
    auto reader = at->OpenAttachment(at.User(partner), request);
    if (!reader.ok()) return reader.status();
    std::string out;
    while (true) {
      auto piece = (*reader)->Next();
      if (!piece.ok()) return piece.status();
      if (!piece->has_value()) return out;
      EXPECT_LE((*piece)->chunk().size(), limits::kChunkBytes);
      out += (*piece)->chunk();
    }
  }

  TestReplica caf;
  TestReplica rodez;
  std::string convention;
};

TEST_F(Attachments, AreServedOnceWholeAndNotBefore) {
  const std::string file = File();
  const std::string sha256 = Sha256({file}).ToHex();
  const Digest id = Name(Describe(file));
  EXPECT_EQ(Here(caf, "caf-12").state(), v1::ATTACHMENT_STATE_MISSING);
  EXPECT_TRUE((*Give(caf, id, 0, ChunkOf(file, 0))).written);
  EXPECT_FALSE((*Give(caf, id, 0, ChunkOf(file, 0))).written);
  EXPECT_TRUE((*Give(caf, id, 2, ChunkOf(file, 2))).written);
  EXPECT_EQ(RefusalOf(Get(caf, "caf-12", sha256).status()).rule, "attachment-missing");

  EXPECT_TRUE((*Give(caf, id, 1, ChunkOf(file, 1))).complete);
  EXPECT_EQ(Here(caf, "caf-12").state(), v1::ATTACHMENT_STATE_HELD);
  EXPECT_EQ(*Get(caf, "caf-12", sha256), file);
  EXPECT_EQ(*Get(caf, "caf-12", sha256.substr(0, 6)), file);
  EXPECT_FALSE(Get(caf, "caf-12", sha256.substr(0, 5)).ok());
}

TEST_F(Attachments, GoOnAfterARestart) {
  const std::string file = File();
  const Digest id = Name(Describe(file));
  EXPECT_OK(Give(caf, id, 0, ChunkOf(file, 0)));
  caf.Reopen();
  EXPECT_EQ(Here(caf, "caf-12").chunks_held(), 1u);
  EXPECT_OK(Give(caf, id, 1, ChunkOf(file, 1)));
  EXPECT_OK(Give(caf, id, 2, ChunkOf(file, 2)));
  caf.Reopen();
  EXPECT_EQ(*Get(caf, "caf-12", Sha256({file}).ToHex()), file);
}

TEST_F(Attachments, TakeNoOtherBytesThanThoseNamed) {
  const std::string file = File();
  const Digest id = Name(Describe(file));
  std::string wrong = ChunkOf(file, 0);
  wrong[5] ^= 1;
  EXPECT_EQ(RefusalOf(Give(caf, id, 0, wrong).status()).rule, "chunk");
  EXPECT_EQ(RefusalOf(Give(caf, id, 1, ChunkOf(file, 0)).status()).rule, "chunk");
  EXPECT_EQ(RefusalOf(Give(caf, id, 3, "").status()).rule, "chunk");
  EXPECT_TRUE(absl::IsNotFound(Give(caf, Sha256({"none"}), 0, wrong).status()));
  EXPECT_TRUE(caf.store().ReadChunk(IdOf(convention), id, 0).status().code() ==
              absl::StatusCode::kNotFound);
  EXPECT_EQ(Here(caf, "caf-12").chunks_held(), 0u);
}

TEST_F(Attachments, ThatAreNotThereAreRefusedByRuleWithTheListToLookAt) {
  v1::DownloadAttachmentRequest request;
  request.set_convention_id(convention);
  request.set_sha256(std::string(64, '0'));

  const Refusal refusal = RefusalOf(caf->OpenAttachment(caf.User("caf-12"), request).status());

  EXPECT_EQ(refusal.rule, "not-found");
  EXPECT_EQ(refusal.field, "sha256");
  EXPECT_EQ(refusal.next_fr, "La liste : greffe attachment list");
}

// Each chunk is the one named, and the whole is not: whoever named it lied.
TEST_F(Attachments, OfAnotherWholeAreNeverServed) {
  const std::string file = File();
  v1::Attachment lie = Describe(file);
  lie.set_sha256(Sha256({"another file"}).ToBytes());
  const Digest id = Name(lie);
  for (std::uint32_t i = 0; i < 3; ++i)
    EXPECT_FALSE((*Give(caf, id, i, ChunkOf(file, i))).complete);
  EXPECT_EQ(Here(caf, "caf-12").state(), v1::ATTACHMENT_STATE_FALSE);
  EXPECT_EQ(RefusalOf(Get(caf, "caf-12", Sha256({"another file"}).ToHex()).status()).rule,
            "attachment-false");

  // The right one, named later under the same SHA-256, is served.
  const std::string right = "another file";
  const Digest good = Name(Describe(right));
  EXPECT_TRUE((*Give(caf, good, 0, right)).complete);
  EXPECT_EQ(*Get(caf, "caf-12", Sha256({right}).ToHex()), right);
}

TEST_F(Attachments, TravelToReplicasOfTheRosterAlone) {
  TestReplica stranger('s', "Stranger", {"elsewhere"});
  const std::string file = File(100);
  const Digest id = Name(Describe(file));
  const ConventionId shared = IdOf(convention);
  EXPECT_OK(Give(caf, id, 0, file));
  EXPECT_TRUE(caf.SendTo(rodez, shared).empty());

  EXPECT_EQ(Here(rodez, "rodez").state(), v1::ATTACHMENT_STATE_MISSING);
  const auto never = [](const sync::MissingChunk&) { return false; };
  const auto missing = rodez->view().MissingChunks(caf->id(), 10, never);
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_TRUE(rodez->view().MissingChunks(stranger->id(), 10, never).empty());
  EXPECT_TRUE(rodez->view().MissingChunks(caf->id(), 10, [](const auto&) { return true; }).empty());
  EXPECT_TRUE(absl::IsNotFound(Give(rodez, id, 0, file, stranger->id()).status()));

  EXPECT_TRUE((*Give(rodez, id, 0, *caf->view().ReadChunk(shared, id, 0), caf->id())).complete);
  EXPECT_EQ(*Get(rodez, "rodez", Sha256({file}).ToHex()), file);
  EXPECT_TRUE(rodez->view().MissingChunks(caf->id(), 10, never).empty());
}

TEST_F(Attachments, SayThatTheyAreWholeOnceOnDisk) {
  std::vector<Digest> held;
  const auto listener = caf->AddListener([&](const Published& published) {
    if (published.attachment_held) held.push_back(*published.attachment_held);
  });
  const std::string file = File();
  const Digest id = Name(Describe(file));
  EXPECT_OK(Give(caf, id, 0, ChunkOf(file, 0)));
  EXPECT_OK(Give(caf, id, 1, ChunkOf(file, 1)));
  EXPECT_TRUE(held.empty());
  EXPECT_OK(Give(caf, id, 2, ChunkOf(file, 2)));
  EXPECT_OK(Give(caf, id, 2, ChunkOf(file, 2)));
  EXPECT_EQ(held, std::vector<Digest>{id});
  caf->RemoveListener(listener);
}

TEST_F(Attachments, AreMentionedWhileSomethingIsMissing) {
  const std::string file = File(100);
  const Digest id = Name(Describe(file));
  v1::GetStatusRequest request;
  request.set_convention_id(convention);
  EXPECT_THAT(caf->GetStatus(caf.User("caf-12"), request)->context().banners(0),
              HasSubstr("attachment list"));
  EXPECT_OK(Give(caf, id, 0, file));
  EXPECT_TRUE(caf->GetStatus(caf.User("caf-12"), request)->context().banners().empty());
}

TEST_F(Attachments, OfTheLargestSizeAreTaken) {
  const std::string file = File(limits::kAttachmentBytes);
  const Digest id = Name(Describe(file));
  absl::StatusOr<ChunkOutcome> last;
  for (std::uint32_t i = 0; i < ChunkCount(file.size()); ++i) {
    last = Give(caf, id, i, ChunkOf(file, i));
    ASSERT_OK(last);
  }
  EXPECT_TRUE(last->complete);
  EXPECT_TRUE(*Get(caf, "caf-12", Sha256({file}).ToHex()) == file);
}

}  // namespace
}  // namespace greffe::test
