// Invariant 11: nothing holds a whole history, a whole attachment, or those who left. Counted in
// bytes that `new` has given out, RocksDB's own buffers and cache among them.
#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/convention/state/attachment.h"
#include "server/rpc/stream_gate.h"
#include "tests/server/app/test_replica.h"
#include "tests/support/allocations.h"

namespace greffe::test {
namespace {

using testing_support::ForgetPeak;
using testing_support::PeakBytesHeld;

// Letters that no compression makes small.
std::string Letters(std::uint64_t seed, std::size_t size) {
  std::mt19937_64 random(seed);
  std::string out(size, '\0');
  for (char& letter : out) letter = static_cast<char>('!' + random() % 90);
  return out;
}

// A convention of which the events alone are larger than the largest attachment.
class LongHistory : public testing::Test {
 protected:
  LongHistory() : caf('c', "CAF", {"caf-12"}), rodez('r', "Rodez", {"rodez"}) {
    caf.Pin(rodez);
    rodez.Pin(caf);
    // Both load conventions and write snapshots as small machines would.
    caf.Tune(1u << 20, 64);
    rodez.Tune(1u << 20, 64);
    caf.Reopen();
    rodez.Reopen();
    v1::CreateConventionRequest request;
    *request.mutable_draft() = SmallDraft();
    v1::Element& action = *request.mutable_draft()->add_elements();
    action.set_id("action-1");
    action.mutable_action()->set_ref("1");
    action.mutable_action()->set_title("Ouvrir un lieu");
    const auto created = caf.Do(caf.User("caf-12"), request);
    EXPECT_OK(created);
    convention = created->receipt().convention_id();
  }

  void Write() {
    for (std::uint64_t i = 0; bytes < kHistoryBytes; ++i) {
      v1::ReportProgressRequest request;
      request.set_convention_id(convention);
      request.set_read_cut(TokenOf(caf, "caf-12", convention));
      v1::ProgressReported& progress = *request.mutable_progress();
      progress.set_element_id("action-1");
      progress.set_state(v1::PROGRESS_STATE_IN_PROGRESS);
      progress.set_as_of("2026-02-01");
      progress.set_comment(Letters(i, 60'000));
      bytes += progress.comment().size();
      ASSERT_OK(caf.Do(caf.User("caf-12"), request));
    }
  }

  static constexpr std::uint64_t kHistoryBytes = 40u << 20;
  TestReplica caf;
  TestReplica rodez;
  std::string convention;
  std::uint64_t bytes = 0;
};

TEST_F(LongHistory, IsNeverWholeInMemory) {
  ForgetPeak();
  ASSERT_NO_FATAL_FAILURE(Write());
  EXPECT_LT(PeakBytesHeld(), kHistoryBytes) << "commands";

  ForgetPeak();
  caf.Reopen();
  EXPECT_OK(caf->GetConvention(caf.User("caf-12"), [&] {
    v1::GetConventionRequest request;
    request.set_convention_id(convention);
    return request;
  }()));
  EXPECT_LT(PeakBytesHeld(), kHistoryBytes) << "a start";

  ForgetPeak();
  ASSERT_OK_AND_ASSIGN(const auto verified, caf->Verify(caf.User("caf-12"), {}));
  EXPECT_TRUE(verified.ok());
  EXPECT_LT(PeakBytesHeld(), kHistoryBytes) << "a proof, which applies all from the start";

  ForgetPeak();
  v1::ListEventsRequest list;
  list.set_convention_id(convention);
  list.set_page_size(200);
  std::uint64_t events = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, caf->ListEvents(caf.User("caf-12"), list));
    events += static_cast<std::uint64_t>(page.events_size());
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_GT(events, kHistoryBytes / 60'000);
  EXPECT_LT(PeakBytesHeld(), kHistoryBytes) << "pages of events";

  ForgetPeak();
  v1::ExportConventionRequest wanted;
  wanted.set_convention_id(convention);
  ASSERT_OK_AND_ASSIGN(const auto reader, caf->Export(caf.User("caf-12"), wanted));
  std::uint64_t exported = 0;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const auto piece, reader->Next());
    if (!piece.has_value()) break;
    exported += piece->ByteSizeLong();
  }
  EXPECT_GT(exported, kHistoryBytes);
  EXPECT_LT(PeakBytesHeld(), kHistoryBytes) << "an export";

  ForgetPeak();
  EXPECT_TRUE(caf.SendTo(rodez, IdOf(convention)).empty());
  EXPECT_LT(PeakBytesHeld(), kHistoryBytes) << "runs to a peer, and what it makes of them";
  EXPECT_EQ(ViewBytes(rodez, "rodez", convention, AtCut(TokenOf(caf, "caf-12", convention))),
            ViewBytes(caf, "caf-12", convention, {}));
}

class LongAttachment : public LongHistory {};

TEST_F(LongAttachment, IsNeverWholeInMemory) {
  constexpr std::size_t kBytes = limits::kAttachmentBytes;
  Sha256Stream whole;
  v1::AddAttachmentRequest request;
  request.set_convention_id(convention);
  v1::Attachment& named = *request.mutable_attachment();
  for (std::uint32_t i = 0; i < ChunkCount(kBytes); ++i) {
    const std::string chunk = Letters(i, limits::kChunkBytes);
    whole.Update(chunk);
    named.mutable_chunk_digests()->append(Sha256({chunk}).ToBytes());
  }
  const Digest sha256 = whole.Finish();
  named.set_sha256(sha256.ToBytes());
  named.set_size(kBytes);
  named.set_label("document d'origine");
  named.set_media_type("application/pdf");
  named.set_role(v1::ATTACHMENT_ROLE_ORIGINAL);
  ASSERT_OK_AND_ASSIGN(const auto added, caf.Do(caf.User("caf-12"), request));
  const Digest id = *Digest::FromHex(added.attachment_id(), "id");
  EXPECT_TRUE(caf.SendTo(rodez, IdOf(convention)).empty());

  ForgetPeak();
  bool complete = false;
  for (std::uint32_t i = 0; i < ChunkCount(kBytes); ++i) {
    caf->SubmitChunk(std::nullopt, {IdOf(convention), id, i}, Letters(i, limits::kChunkBytes),
                     [&](absl::StatusOr<ChunkOutcome> got) {
                       ASSERT_OK(got);
                       complete = got->complete;
                     });
    caf.Drain();
  }
  EXPECT_TRUE(complete);
  EXPECT_LT(PeakBytesHeld(), kBytes) << "on its way in, the proof of the whole included";

  ForgetPeak();
  complete = false;
  for (std::uint32_t i = 0; i < ChunkCount(kBytes); ++i) {
    ASSERT_OK_AND_ASSIGN(std::string chunk, caf->view().ReadChunk(IdOf(convention), id, i));
    rodez->SubmitChunk(caf->id(), {IdOf(convention), id, i}, std::move(chunk),
                       [&](absl::StatusOr<ChunkOutcome> got) {
                         ASSERT_OK(got);
                         complete = got->complete;
                       });
    rodez.Drain();
  }
  EXPECT_TRUE(complete);
  EXPECT_LT(PeakBytesHeld(), kBytes) << "between replicas";

  ForgetPeak();
  v1::DownloadAttachmentRequest wanted;
  wanted.set_convention_id(convention);
  wanted.set_sha256(sha256.ToHex());
  ASSERT_OK_AND_ASSIGN(const auto reader, rodez->OpenAttachment(rodez.User("rodez"), wanted));
  std::size_t read = 0;
  while (true) {
    ASSERT_OK_AND_ASSIGN(const auto piece, reader->Next());
    if (!piece.has_value()) break;
    read += piece->chunk().size();
  }
  EXPECT_EQ(read, kBytes);
  EXPECT_LT(PeakBytesHeld(), kBytes) << "on its way out";
}

// Anybody may be a user once: what is counted for one goes with the last stream.
TEST(StreamGate, KeepsNothingOfWhoLeft) {
  constexpr std::size_t kNameBytes = 1000;
  StreamGate gate({.all = 2, .of_partner = 1, .of_user = 1});
  ForgetPeak();
  for (int i = 0; i < 10'000; ++i) {
    UserCall call;
    call.user = absl::StrCat(i, std::string(kNameBytes, 'u'));
    call.partner_id = absl::StrCat(i, std::string(kNameBytes, 'p'));
    ASSERT_EQ(gate.Enter(call), StreamGate::Turn::kIn);
    gate.Leave(call);
  }
  EXPECT_LT(PeakBytesHeld(), 100 * kNameBytes);
}

}  // namespace
}  // namespace greffe::test
