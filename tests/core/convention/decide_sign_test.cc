#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/base/refusal.h"
#include "core/convention/decide.h"
#include "core/convention/queries.h"
#include "core/convention/state/state.h"
#include "tests/support/sample_play.h"
#include "tests/support/status_matchers.h"

namespace greffe {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::Facility;
using testing_support::Put;
using testing_support::SamplePlay;
using testing_support::StatusIs;

const char kScanOf[] = "ababababababababababababababababababababababababababababababab12";

v1::SignActRequest SigningOf(const std::string& act, const std::string& revision,
                             const std::string& signatory = "") {
  v1::SignActRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  request.set_signatory_id(signatory);
  return request;
}

v1::RecordSignatureRequest Paper(const std::string& act, const std::string& revision,
                                 const std::string& date) {
  v1::RecordSignatureRequest request;
  request.set_act_id(act);
  request.set_revision(revision);
  request.set_signed_on(date);
  request.set_scan_digest(kScanOf);
  return request;
}

TEST(DecideSign, SignsInTheUsersOwnOfficeOnTheDay) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());

  const auto decision = Decide(play.caf().state(), SigningOf(play.original(), revision),
                               play.Signatory("caf", "Directrice"));

  ASSERT_OK(decision);
  const v1::SignatureGiven& given = decision->events[0].signature_given();
  EXPECT_EQ(given.signatory_id(), "caf-dir");
  EXPECT_EQ(given.signed_on(), "2025-06-30");
  EXPECT_EQ(given.kind(), v1::SIGNATURE_KIND_ELECTRONIC);
}

TEST(DecideSign, AsksWhichOfficeWhenThePartnerHasSeveral) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());

  EXPECT_THAT(
      Decide(play.caf().state(), SigningOf(play.original(), revision), play.Signatory("caf", "")),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr("caf-pres"), HasSubstr("caf-dir"))));
}

TEST(DecideSign, RefusesTheOfficeOfSomebodyElse) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());

  EXPECT_THAT(Decide(play.caf().state(), SigningOf(play.original(), revision, "caf-pres"),
                     play.Signatory("caf", "Directrice")),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("Directrice")));
  EXPECT_THAT(
      Decide(play.agglo().state(), SigningOf(play.original(), revision, "caf-pres"),
             play.Signatory("vallon", "Maire")),
      StatusIs(
          absl::StatusCode::kPermissionDenied,
          HasSubstr("pour la Caisse d'allocations familiales, pas pour la Commune du Vallon")));
}

TEST(DecideSign, NeedsAnOfficeOfTheUserWhenThePartnerHasSeveral) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());

  const auto refused = Decide(play.caf().state(), SigningOf(play.original(), revision, "caf-pres"),
                              play.Signatory("caf", ""));

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("fonction")));
  EXPECT_EQ(RefusalOf(refused.status()).rule, "own-office");
  EXPECT_OK(Decide(play.caf().state(), SigningOf(play.original(), revision, "caf-pres"),
                   play.Signatory("caf", "caf-pres")));
}

TEST(DecideSign, TakesAUserWithoutOfficeOrWithThatOneForAPartnersOnlyOffice) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Vote("vallon", revision);
  const auto as = [&](const std::string& office) {
    return Decide(play.agglo().state(), SigningOf(play.original(), revision, "maire"),
                  play.Signatory("vallon", office));
  };

  EXPECT_OK(as(""));
  EXPECT_OK(as("Maire"));
  EXPECT_THAT(as("Adjoint"), StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("Adjoint")));
}

TEST(DecideSign, NeedsTheRoleOfASignatory) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());

  EXPECT_THAT(Decide(play.agglo().state(), SigningOf(play.original(), revision),
                     play.agglo().Context("vallon", {v1::ROLE_COORDINATOR, v1::ROLE_ADMIN})),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("signataire")));
}

TEST(DecideSign, RefusesWhatIsNotFrozenOrOfAnotherAct) {
  SamplePlay play;
  const std::string original = play.original();
  EXPECT_THAT(Decide(play.agglo().state(), SigningOf(original, std::string(64, 'a')),
                     play.Signatory("vallon", "Maire")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("pas figé")));
  const std::string revision = play.ConcludeOriginal();
  const std::string avenant = play.Propose({Put(Facility("fac-2", "annex-1", "Relais", "vallon"))});
  play.Freeze(avenant, "2026-01-01");

  const Refusal other = RefusalOf(
      Decide(play.agglo().state(), SigningOf(avenant, revision), play.Signatory("vallon", "Maire"))
          .status());
  EXPECT_EQ(other.rule, "not-found");
  EXPECT_THAT(other.fr, HasSubstr("est celle d'un autre acte"));
  EXPECT_THAT(other.fr, HasSubstr(original.substr(0, 12)));
  EXPECT_THAT(other.next_fr, HasSubstr("greffe act show " + avenant.substr(0, 12)));
  EXPECT_THAT(Decide(play.agglo().state(), SigningOf(avenant, revision.substr(0, 10)),
                     play.Signatory("vallon", "Maire")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("64")));
}

TEST(DecideSign, RefusesAWithdrawnRevision) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::WithdrawActRequest withdraw;
  withdraw.set_act_id(play.original());
  withdraw.set_revision(revision);
  ASSERT_OK(play.agglo().Do(withdraw, play.Coordinator()));

  EXPECT_THAT(Decide(play.agglo().state(), SigningOf(play.original(), revision),
                     play.Signatory("vallon", "Maire")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("retirée")));
}

TEST(DecideSign, RefusesASecondSignatureSayingWhenTheFirstWasGiven) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Sign(play.original(), revision, "vallon", "maire");

  EXPECT_THAT(Decide(play.agglo().state(), SigningOf(play.original(), revision),
                     play.Signatory("vallon", "Maire")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("le 30 juin 2025")));
}

TEST(DecideSign, PutsTheSignersNameApart) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Vote("vallon", revision);
  v1::SignActRequest request = SigningOf(play.original(), revision);
  request.set_signer_name("Nom de la personne");

  const auto decision = Decide(play.agglo().state(), request, play.Signatory("vallon", "Maire"));

  ASSERT_OK(decision);
  ASSERT_EQ(decision->sealed.size(), 1u);
  const v1::SealedValue& sealed = decision->sealed[0];
  EXPECT_EQ(sealed.value(), "Nom de la personne");
  EXPECT_EQ(sealed.commitment(), SealedCommitment(sealed.salt(), sealed.value()).ToBytes());
  EXPECT_EQ(decision->events[0].signature_given().signer_name(), sealed.commitment());
  EXPECT_THAT(decision->events[0].SerializeAsString(), ::testing::Not(HasSubstr("personne")));
}

TEST(DecideSign, ConcludesWithTheLastSignature) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Sign(play.original(), revision, "agglo", "president");
  play.Sign(play.original(), revision, "vallon", "maire");
  play.Sign(play.original(), revision, "caf", "caf-pres");
  const v1::SignActRequest request = SigningOf(play.original(), revision, "caf-dir");
  std::vector<Digest> leaves;
  ASSERT_OK(play.caf().Do(request, play.Signatory("caf", "Directrice"), &leaves));

  v1::SignActResponse response;
  FillAnswer(play.caf().state(), request, leaves, &response);

  EXPECT_EQ(response.signed_(), 4u);
  EXPECT_EQ(response.needed(), 4u);
  EXPECT_TRUE(response.concluded());
  EXPECT_EQ(response.signatory_id(), "caf-dir");
  EXPECT_EQ(response.signature(), leaves[0].ToHex());
}

TEST(DecideRecordSignature, RecordsAPaperOneWithItsDateAndScan) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());

  const auto decision = Decide(play.agglo().state(), Paper(play.original(), revision, "2025-06-01"),
                               play.Secretariat("vallon"));

  ASSERT_OK(decision);
  const v1::SignatureGiven& given = decision->events[0].signature_given();
  EXPECT_EQ(given.kind(), v1::SIGNATURE_KIND_PAPER);
  EXPECT_EQ(given.signed_on(), "2025-06-01");
  EXPECT_EQ(Digest::FromBytes(given.scan_digest(), "scan")->ToHex(), kScanOf);
}

TEST(DecideRecordSignature, RefusesWrongDatesAndDigests) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  const auto record = [&](const std::string& date, const std::string& scan) {
    v1::RecordSignatureRequest request = Paper(play.original(), revision, date);
    request.set_scan_digest(scan);
    return Decide(play.agglo().state(), request, play.Secretariat("vallon"));
  };

  EXPECT_OK(record("2025-06-30", kScanOf));
  EXPECT_THAT(record("2025-07-01", kScanOf),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("avenir")));
  EXPECT_THAT(record("2025-06-31", kScanOf), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(record("2025-06-30", "abc"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("scan_digest")));
}

// Who records a paper signature is told at once what is found of it, and of no other one.
TEST(DecideRecordSignature, AnswersWhatIsFoundOfTheSignature) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  const auto told = [&](const v1::RecordSignatureRequest& request) {
    std::vector<Digest> leaves;
    EXPECT_OK(play.agglo().Do(request, play.Secretariat("vallon"), &leaves));
    v1::RecordSignatureResponse response;
    FillAnswer(play.agglo().state(), request, leaves, &response);
    return std::pair(leaves.front().ToHex(), response.findings());
  };

  // No vote is known: a fact all the same.
  const auto [leaf, found] = told(Paper(play.original(), revision, "2025-06-01"));
  ASSERT_GE(found.size(), 1);
  for (const v1::Finding& one : found) EXPECT_EQ(one.leaf(), leaf);
  EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const v1::Finding& one) {
    return one.code() == "signature-without-deliberation";
  })) << found.begin()->ShortDebugString();
}

TEST(DecideRecordSignature, CorrectsAWrongDateAndKeepsBoth) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  std::vector<Digest> first;
  ASSERT_OK(play.agglo().Do(Paper(play.original(), revision, "2025-06-01"),
                            play.Secretariat("vallon"), &first));
  v1::RecordSignatureRequest correction = Paper(play.original(), revision, "2025-06-02");

  EXPECT_THAT(Decide(play.agglo().state(), correction, play.Secretariat("vallon")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("déjà signé")));
  correction.add_replaces(first[0].ToHex());
  ASSERT_OK(play.agglo().Do(correction, play.Secretariat("vallon")));
  const absl::Status again =
      Decide(play.agglo().state(), correction, play.Secretariat("vallon")).status();
  EXPECT_THAT(again, StatusIs(absl::StatusCode::kAborted, HasSubstr("le 2 juin 2025.")));
  EXPECT_EQ(RefusalOf(again).en,
            "this signature was already corrected: it bears 2 June 2025; you say 2 June 2025.");
}

TEST(DecideRecordSignature, KeepsTheNameOnRecordUnlessTheCorrectionSaysOne) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordSignatureRequest request = Paper(play.original(), revision, "2025-06-01");
  request.set_signer_name("Nom de la personne");
  std::vector<Digest> first;
  ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon"), &first));
  const StateData& data = play.agglo().state().data();
  const std::optional<Digest> name = data.signatures[data.FindSignature(first[0])].signer_name;
  ASSERT_TRUE(name.has_value());

  v1::RecordSignatureRequest correction = Paper(play.original(), revision, "2025-06-02");
  correction.add_replaces(first[0].ToHex());
  const auto kept = Decide(play.agglo().state(), correction, play.Secretariat("vallon"));
  ASSERT_OK(kept);
  EXPECT_EQ(kept->events[0].signature_given().signer_name(), name->ToBytes());
  EXPECT_TRUE(kept->sealed.empty());

  correction.set_signer_name("Autre nom");
  const auto renamed = Decide(play.agglo().state(), correction, play.Secretariat("vallon"));
  ASSERT_OK(renamed);
  EXPECT_EQ(renamed->events[0].signature_given().signer_name(), renamed->sealed[0].commitment());
}

TEST(DecideRecordSignature, RecordsOneInAnOutsideFile) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordSignatureRequest request = Paper(play.original(), revision, "2025-06-01");
  request.set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);

  const auto decision = Decide(play.agglo().state(), request, play.Secretariat("vallon"));

  ASSERT_OK(decision);
  EXPECT_EQ(decision->events[0].signature_given().kind(), v1::SIGNATURE_KIND_OUTSIDE_FILE);
  EXPECT_EQ(Digest::FromBytes(decision->events[0].signature_given().scan_digest(), "scan")->ToHex(),
            kScanOf);
  request.clear_scan_digest();
  EXPECT_EQ(
      RefusalOf(Decide(play.agglo().state(), request, play.Secretariat("vallon")).status()).field,
      "scan_digest");
}

TEST(DecideRecordSignature, LeavesOneInGreffeToItsSignatory) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  v1::RecordSignatureRequest request = Paper(play.original(), revision, "2025-06-01");
  request.set_kind(v1::SIGNATURE_KIND_ELECTRONIC);

  const Refusal refusal =
      RefusalOf(Decide(play.agglo().state(), request, play.Secretariat("vallon")).status());

  EXPECT_EQ(refusal.rule, "signature-kind");
  EXPECT_EQ(refusal.field, "kind");
  EXPECT_THAT(refusal.next_fr, HasSubstr("greffe act sign"));
  request.set_kind(static_cast<v1::SignatureKind>(9));
  EXPECT_EQ(
      RefusalOf(Decide(play.agglo().state(), request, play.Secretariat("vallon")).status()).rule,
      "signature-kind");
}

TEST(DecideRecordSignature, CorrectsPaperIntoAnOutsideFileButNoneThatWasGivenInGreffe) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  std::vector<Digest> paper;
  ASSERT_OK(play.agglo().Do(Paper(play.original(), revision, "2025-06-01"),
                            play.Secretariat("vallon"), &paper));
  v1::RecordSignatureRequest correction = Paper(play.original(), revision, "2025-06-01");
  correction.set_kind(v1::SIGNATURE_KIND_OUTSIDE_FILE);
  correction.add_replaces(paper[0].ToHex());
  ASSERT_OK(play.agglo().Do(correction, play.Secretariat("vallon")));
  const v1::StatusView view = ViewStatus(play.agglo().At("2025-06-30")).value();
  EXPECT_EQ(view.revision().signed_(), 1u);
  EXPECT_EQ(view.revision().paper() + view.revision().electronic(), 0u);

  const Digest given = play.Sign(play.original(), revision, "agglo", "president");
  v1::RecordSignatureRequest over = Paper(play.original(), revision, "2025-06-01");
  over.add_replaces(given.ToHex());
  EXPECT_EQ(RefusalOf(Decide(play.agglo().state(), over, play.Secretariat("agglo")).status()).rule,
            "replaces");
}

TEST(DecideRefuse, TakesBackTheSignaturesOfTheSameOffice) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  const Digest signature = play.Sign(play.original(), revision, "vallon", "maire");
  v1::RefuseActRequest request;
  request.set_act_id(play.original());
  request.set_revision(revision);
  EXPECT_THAT(Decide(play.agglo().state(), request, play.Signatory("vallon", "Maire")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("reason")));
  request.set_reason("Le conseil a changé d'avis");

  const auto decision = Decide(play.agglo().state(), request, play.Signatory("vallon", "Maire"));

  ASSERT_OK(decision);
  ASSERT_EQ(decision->events.size(), 2u);
  EXPECT_EQ(decision->events[0].signature_refused().signatory_id(), "maire");
  EXPECT_EQ(decision->events[1].signature_retracted().signature(), signature.ToBytes());
}

// A refusal is a fact beside the signature, which stays for everybody to read.
TEST(DecideRefuse, DeletesNoSignature) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  const Digest signature = play.Sign(play.original(), revision, "vallon", "maire");
  v1::RefuseActRequest request;
  request.set_act_id(play.original());
  request.set_revision(revision);
  request.set_reason("Le conseil a changé d'avis");
  ASSERT_OK(play.agglo().Do(request, play.Signatory("vallon", "Maire")));

  const v1::StatusView view = ViewStatus(play.agglo().At("2025-06-30")).value();
  for (const v1::SignatoryView& one : view.revision().signatories()) {
    if (one.signatory().id() != "maire") continue;
    ASSERT_EQ(one.signatures_size(), 1);
    EXPECT_EQ(one.signatures(0).event().leaf(), signature.ToHex());
    EXPECT_TRUE(one.signatures(0).retracted());
    EXPECT_EQ(one.refusals_size(), 1);
  }
  EXPECT_EQ(view.revision().signed_(), 0u);
  std::string said;
  for (const v1::Finding& one : view.findings()) {
    if (one.code() == "refusal-after-signature") said = one.text();
  }
  EXPECT_THAT(said, HasSubstr("« Commune du Vallon, Maire » a refusé"));
}

TEST(DecideRefuse, LetsTheOfficeSignAgainLater) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Sign(play.original(), revision, "vallon", "maire");
  v1::RefuseActRequest refuse;
  refuse.set_act_id(play.original());
  refuse.set_revision(revision);
  refuse.set_reason("Pas encore");
  ASSERT_OK(play.agglo().Do(refuse, play.Signatory("vallon", "Maire")));

  EXPECT_OK(Decide(play.agglo().state(), SigningOf(play.original(), revision),
                   play.Signatory("vallon", "Maire")));
}

TEST(DecideRefuse, RefusesOnceConcluded) {
  SamplePlay play;
  v1::RefuseActRequest refuse;
  refuse.set_act_id(play.original());
  refuse.set_revision(play.ConcludeOriginal());
  refuse.set_reason("Trop tard");

  EXPECT_THAT(Decide(play.agglo().state(), refuse, play.Signatory("vallon", "Maire")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("conclue")));
}

}  // namespace
}  // namespace greffe
