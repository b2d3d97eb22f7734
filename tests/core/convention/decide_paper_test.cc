#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/attachment.h"
#include "core/convention/state/state.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::HasSubstr;
using testing_support::MiniNet;
using testing_support::SampleDraft;
using testing_support::StatusIs;

const char kScan[] = "ababababababababababababababababababababababababababababababab12";

// SampleDraft, entered as signed on paper by agglo; caf's replica knows it.
class PaperPlay {
 public:
  explicit PaperPlay(v1::ConventionDraft draft = SignedDraft()) {
    v1::CreateConventionRequest request;
    *request.mutable_draft() = std::move(draft);
    const auto context = agglo().Context("agglo", {v1::ROLE_COORDINATOR});
    const std::vector<std::string> own{"agglo", "vallon"};
    const std::vector<RosterCandidate> peers{
        {.key = MiniNet::KeyOf(1), .name = "CAF", .partner_ids = {"caf"}}};
    const auto decision = DecideCreate(agglo().state(), request, context, net_.nonce(),
                                       MiniNet::KeyOf(0), own, peers);
    status = decision.status();
    if (!status.ok()) return;
    const std::vector<Digest> leaves = agglo().Write(*decision, context);
    FillAnswer(agglo().state(), request, leaves, &created);
    // Made before it is sent to.
    caf();
    net_.SyncAll();
  }

  static v1::ConventionDraft SignedDraft() {
    v1::ConventionDraft draft = SampleDraft();
    Sign(&draft, "president", "2024-12-20", kScan);
    Sign(&draft, "maire", "2024-12-19", "");
    Sign(&draft, "caf-pres", "2025-01-08", "");
    Sign(&draft, "caf-dir", "", "");
    v1::Deliberation* vote = draft.mutable_on_paper()->add_deliberations();
    vote->set_partner_id("vallon");
    vote->set_assembly("conseil municipal");
    vote->set_number("2024-12");
    vote->set_sitting_on("2024-12-12");
    vote->set_approves_text(true);
    vote->set_authorises_signature(true);
    return draft;
  }
  static void Sign(v1::ConventionDraft* draft, const std::string& office, const std::string& date,
                   const std::string& scan) {
    v1::PaperSignature* one = draft->mutable_on_paper()->add_signatures();
    one->set_signatory_id(office);
    one->set_signed_on(date);
    one->set_scan_sha256(scan);
  }

  testing_support::MiniReplica& agglo() { return net_.replica(0); }
  testing_support::MiniReplica& caf() { return net_.replica(1); }
  testing_support::MiniReplica& home(const std::string& partner) {
    return partner == "caf" ? caf() : agglo();
  }
  v1::AttestActRequest Attesting(const std::string& office = "", const std::string& date = "") {
    v1::AttestActRequest request;
    request.set_act_id(created.act_id());
    request.set_revision(created.revision());
    if (!office.empty()) {
      request.add_signatures()->set_signatory_id(office);
      request.mutable_signatures(0)->set_signed_on(date);
    }
    return request;
  }
  absl::Status Attest(const std::string& partner, const std::string& office = "",
                      const std::string& date = "") {
    const absl::Status done = home(partner).Do(
        Attesting(office, date), home(partner).Context(partner, {v1::ROLE_SECRETARIAT}));
    net_.SyncAll();
    return done;
  }
  v1::StatusView Status() { return *ViewStatus(agglo().At("2025-06-30")); }

  absl::Status status;
  v1::CreateConventionResponse created;

 private:
  MiniNet net_;
};

TEST(DecidePaper, DraftSignedOnPaperEntersFrozenAndUnconcluded) {
  PaperPlay play;
  ASSERT_OK(play.status);
  ASSERT_FALSE(play.created.revision().empty());

  const v1::StatusView board = play.Status();

  EXPECT_EQ(board.standing(), v1::CONVENTION_STANDING_PROJECT);
  EXPECT_EQ(board.revision().revision(), play.created.revision());
  EXPECT_EQ(board.revision().on_paper().text(), "déclarée signée sur papier, attestée par 0 sur 3");
  EXPECT_EQ(board.revision().signed_(), 0u);
  EXPECT_EQ(board.parties_size(), 3);
  for (const auto& party : board.parties()) EXPECT_THAT(party.next_step(), HasSubstr("act attest"));
  // Nothing of the freeze is a finding: its text is complete.
  EXPECT_GT(board.findings_size(), 0);
  for (const auto& finding : board.findings()) {
    EXPECT_THAT(finding.code(), ::testing::AnyOf("paper-evidence-missing", "paper-not-attested",
                                                 "diagnosis-missing"));
  }
}

// L-04: who signed for the office is read with the date, and attested with it.
TEST(DecidePaper, AttestsTheCapacityInWhichAnOfficeWasSignedFor) {
  v1::ConventionDraft draft = PaperPlay::SignedDraft();
  draft.mutable_on_paper()->mutable_signatures(1)->set_capacity("première adjointe");
  PaperPlay play(draft);
  ASSERT_OK(play.status);
  const auto office = [&](const std::string& partner) {
    const v1::StatusView view = play.Status();
    for (const auto& party : view.revision().on_paper().parties()) {
      if (party.partner_id() == partner) return party.offices(0);
    }
    return v1::PaperOfficeView();
  };
  EXPECT_EQ(office("vallon").stated(0).capacity(), "première adjointe");

  ASSERT_OK(play.Attest("vallon"));

  EXPECT_EQ(office("vallon").own().capacity(), "première adjointe");
  const v1::StatusView view = play.Status();
  EXPECT_TRUE(std::any_of(view.findings().begin(), view.findings().end(), [](const auto& one) {
    return one.code() == "capacity-without-delegation";
  })) << "a fact is kept, and found";

  // The partner's own word goes before what was stated.
  PaperPlay own(draft);
  v1::AttestActRequest request = own.Attesting("maire", "2024-12-19");
  request.mutable_signatures(0)->set_capacity("deuxième adjoint");
  ASSERT_OK(own.agglo().Do(request, own.agglo().Context("vallon", {v1::ROLE_SECRETARIAT})));
  EXPECT_EQ(own.agglo().state().data().signatures.back().capacity, "deuxième adjoint");
}

TEST(DecidePaper, RefusesADraftWithACapacityThatIsNoLineOfText) {
  for (const std::string& capacity : {std::string("première\nadjointe"), std::string(500, 'a')}) {
    v1::ConventionDraft draft = PaperPlay::SignedDraft();
    draft.mutable_on_paper()->mutable_signatures(1)->set_capacity(capacity);
    const Refusal refusal = RefusalOf(PaperPlay(draft).status);
    EXPECT_THAT(refusal.field + refusal.fr, HasSubstr("on_paper.signatures[1].capacity"));
  }
}

TEST(DecidePaper, EachPartnersAttestationMakesItsOwnRecords) {
  PaperPlay play;
  ASSERT_OK(play.Attest("vallon"));
  v1::StatusView board = play.Status();
  EXPECT_EQ(board.revision().on_paper().attested(), 1u);
  EXPECT_EQ(board.revision().paper(), 1u);
  for (const auto& party : board.parties()) {
    if (party.partner_id() == "vallon") {
      EXPECT_EQ(party.deliberations_size(), 1);
    }
  }

  ASSERT_OK(play.Attest("agglo"));
  ASSERT_OK(play.Attest("caf"));
  // One office of the CAF has no date: no date is invented, nothing is concluded.
  EXPECT_FALSE(play.Status().revision().concluded());
  EXPECT_THAT(play.Status().parties(2).next_step(), HasSubstr("Donner la date de signature"));
  ASSERT_OK(play.Attest("caf", "caf-dir", "2025-01-09"));

  board = play.Status();
  EXPECT_TRUE(board.revision().concluded());
  EXPECT_EQ(board.revision().concluded_on(), "2025-01-09");
  EXPECT_EQ(board.revision().on_paper().text(), "déclarée signée sur papier, attestée par 3 sur 3");
  // Missing scans stay listed for good.
  EXPECT_TRUE(std::any_of(board.findings().begin(), board.findings().end(), [](const auto& one) {
    return one.code() == "paper-evidence-missing" &&
           one.text().find("numérisation") != std::string::npos;
  }));
}

TEST(DecidePaper, OwnWordComesBeforeWhatWasStated) {
  PaperPlay play;
  ASSERT_OK(play.Attest("vallon", "maire", "2024-12-21"));
  const v1::PaperView paper = play.Status().revision().on_paper();
  const auto& vallon = paper.parties(2);
  ASSERT_EQ(vallon.partner_id(), "vallon");
  EXPECT_EQ(vallon.offices(0).own().signed_on(), "2024-12-21");
  EXPECT_EQ(vallon.offices(0).stated(0).signed_on(), "2024-12-19");
}

TEST(DecidePaper, RefusesWhoHasNoRoleNoOfficeOrAnothersOffice) {
  PaperPlay play;
  EXPECT_THAT(Decide(play.agglo().state(), play.Attesting(),
                     play.agglo().Context("agglo", {v1::ROLE_COORDINATOR})),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("rôle")));
  EXPECT_THAT(play.Attest("agglo", "caf-dir", "2025-01-09"),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("caf-dir")));
  EXPECT_THAT(play.Attest("agglo", "president", "2031-01-09"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("avenir")));
}

TEST(DecidePaper, IsAttestedOnce) {
  PaperPlay play;
  ASSERT_OK(play.Attest("agglo"));
  EXPECT_EQ(RefusalOf(play.Attest("agglo")).rule, "already-attested");
  EXPECT_EQ(RefusalOf(play.Attest("agglo", "president", "2024-12-24")).rule, "already-signed");
}

TEST(DecidePaper, AttestsOnlyStatementsThatWereShown) {
  PaperPlay play;
  auto context = play.agglo().Context("agglo", {v1::ROLE_SECRETARIAT});
  context.read_cut.reset();
  const auto decision = Decide(play.agglo().state(), play.Attesting(), context);
  ASSERT_OK(decision);
  ASSERT_EQ(decision->events.size(), 1u);
  EXPECT_EQ(decision->events[0].paper_text_attested().statements_size(), 0);
}

TEST(DecidePaper, NobodySignsAgain) {
  PaperPlay play;
  v1::SignActRequest sign;
  sign.set_act_id(play.created.act_id());
  sign.set_revision(play.created.revision());
  const auto signing = Decide(play.agglo().state(), sign,
                              play.agglo().Context("vallon", {v1::ROLE_SIGNATORY}, "Maire"));
  EXPECT_EQ(RefusalOf(signing.status()).rule, "on-paper");

  v1::RecordSignatureRequest record;
  record.set_act_id(play.created.act_id());
  record.set_revision(play.created.revision());
  record.set_signed_on("2024-12-19");
  record.set_scan_digest(kScan);
  const auto recording =
      Decide(play.agglo().state(), record, play.agglo().Context("vallon", {v1::ROLE_SECRETARIAT}));
  EXPECT_EQ(RefusalOf(recording.status()).rule, "attest-first");
}

TEST(DecidePaper, ListsTheProblemsOfASigningByPath) {
  v1::ConventionDraft draft = PaperPlay::SignedDraft();
  draft.mutable_on_paper()->mutable_signatures(0)->set_signatory_id("nobody");
  draft.mutable_on_paper()->mutable_signatures(1)->set_signed_on("2024-13-01");
  draft.mutable_on_paper()->mutable_signatures(2)->set_scan_sha256("abc");
  PaperPlay::Sign(&draft, "caf-pres", "", "");
  draft.mutable_on_paper()->mutable_deliberations(0)->set_partner_id("elsewhere");
  std::vector<std::string> fields;
  for (const auto& problem : CheckDraft(draft)) fields.push_back(problem.field());
  EXPECT_THAT(fields, ::testing::ElementsAre("on_paper.signatures[0].signatory_id",
                                             "on_paper.signatures[1].signed_on",
                                             "on_paper.signatures[2].scan_sha256",
                                             "on_paper.signatures[4].signatory_id",
                                             "on_paper.deliberations[0].partner_id"));
}

TEST(DecidePaper, DateInTheFutureIsNoFact) {
  v1::ConventionDraft draft = PaperPlay::SignedDraft();
  draft.mutable_on_paper()->mutable_signatures(0)->set_signed_on("2031-01-01");
  EXPECT_THAT(PaperPlay(draft).status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("avenir")));
}

TEST(DecidePaper, MissingFactsMayAllBeMissing) {
  v1::ConventionDraft draft = SampleDraft();
  draft.mutable_on_paper();
  PaperPlay play(draft);
  ASSERT_OK(play.status);
  ASSERT_OK(play.Attest("agglo"));
  EXPECT_EQ(play.Status().revision().on_paper().attested(), 1u);
  EXPECT_EQ(play.Status().revision().signed_(), 0u);
}

// Of a signature in an outside file there is no paper to scan: its file is what is missing.
TEST(DecidePaper, WantsTheFileOfASignatureThatIsInOne) {
  v1::ConventionDraft draft = SampleDraft();
  draft.mutable_on_paper();
  PaperPlay play(draft);
  ASSERT_OK(play.Attest("vallon"));
  const auto missing = [&] {
    const v1::StatusView board = play.Status();
    std::string out;
    for (const v1::Finding& one : board.findings()) {
      if (one.code() == "paper-evidence-missing") out += one.text() + "\n";
    }
    return out;
  };
  EXPECT_THAT(missing(), HasSubstr("numérisation de la signature (Maire)"));
  v1::RecordSignatureRequest record;
  record.set_act_id(play.created.act_id());
  record.set_revision(play.created.revision());
  record.set_signed_on("2024-12-19");
  record.set_scan_digest(kScan);
  record.set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);
  ASSERT_OK(play.agglo().Do(record, play.agglo().Context("vallon", {v1::ROLE_SECRETARIAT})));
  EXPECT_THAT(missing(), HasSubstr("fichier de signature externe (Maire)"));
  EXPECT_THAT(missing(), ::testing::Not(HasSubstr("numérisation de la signature (Maire)")));
  EXPECT_THAT(missing(), ::testing::Not(HasSubstr("fichier de la numérisation (Maire)")));
}

v1::AddAttachmentRequest Adding(std::uint64_t size,
                                const std::string& label = "document d'origine") {
  v1::AddAttachmentRequest request;
  v1::Attachment* named = request.mutable_attachment();
  named->set_sha256(std::string(32, 's'));
  named->set_size(size);
  named->set_label(label);
  named->set_media_type("application/pdf");
  named->set_role(v1::ATTACHMENT_ROLE_ORIGINAL);
  named->set_chunk_digests(std::string(32 * ChunkCount(size), 'c'));
  return request;
}

TEST(DecideAttachment, NamesAFileOnceForAPartnerOfTheRoster) {
  PaperPlay play;
  const auto context = play.caf().Context("caf", {v1::ROLE_SECRETARIAT});
  ASSERT_OK(play.caf().Do(Adding(1000), context));
  EXPECT_EQ(RefusalOf(play.caf().Do(Adding(1000), context)).rule, "attachment-known");
  EXPECT_EQ(ViewAttachments(play.caf().At("2025-06-30")).attachments(0).label(),
            "document d'origine");
  EXPECT_THAT(play.caf().Do(Adding(1000), play.caf().Context("caf", {v1::ROLE_ADMIN})),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("rôle")));
}

TEST(DecideAttachment, SizeHoldsAtItsLimitAndNotBeyond) {
  PaperPlay play;
  const auto context = play.agglo().Context("agglo", {v1::ROLE_COORDINATOR});
  EXPECT_OK(Decide(play.agglo().state(), Adding(limits::kAttachmentBytes), context));
  EXPECT_EQ(
      RefusalOf(
          Decide(play.agglo().state(), Adding(limits::kAttachmentBytes + 1), context).status())
          .rule,
      "limit-attachment");
  EXPECT_EQ(RefusalOf(Decide(play.agglo().state(), Adding(0), context).status()).rule, "required");
}

TEST(DecideAttachment, LabelIsOneLineWithinItsLimit) {
  PaperPlay play;
  const auto context = play.agglo().Context("agglo", {v1::ROLE_COORDINATOR});
  const auto with = [&](const std::string& label) {
    return RefusalOf(Decide(play.agglo().state(), Adding(10, label), context).status()).rule;
  };
  EXPECT_OK(Decide(play.agglo().state(), Adding(10, std::string(200, 'x')), context));
  EXPECT_EQ(with(std::string(201, 'x')), "limit-text");
  EXPECT_EQ(with("a\nb"), "one-line");
  EXPECT_EQ(with(""), "required");
}

}  // namespace
}  // namespace greffe
