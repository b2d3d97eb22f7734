// What a dry run tells beside what its command decides.

#include "server/app/preview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/refusal.h"
#include "tests/server/app/test_replica.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"

namespace greffe::test {
namespace {

using ::testing::HasSubstr;
using testing_support::SamplePlay;

// L-04: what is found about a signature on record names it; what is found about the fact itself
// names nothing that exists.
TEST(Preview, OfAFactNamesTheSignaturesThatItLeavesWithoutADelegation) {
  SamplePlay play;
  const std::string revision = play.Freeze(play.original());
  play.Vote("vallon", revision);
  v1::RecordFactRequest request;
  v1::LifeRecorded& fact = *request.mutable_fact();
  fact.set_element_id("party-vallon");
  fact.set_happened_on("2025-01-15");
  fact.mutable_delegation_recorded()->set_office_id("maire");
  fact.mutable_delegation_recorded()->set_capacity("première adjointe");
  fact.mutable_delegation_recorded()->set_from("2025-01-15");
  std::vector<Digest> delegation;
  ASSERT_OK(play.agglo().Do(request, play.Secretariat("vallon"), &delegation));
  v1::SignActRequest sign;
  sign.set_act_id(play.original());
  sign.set_revision(revision);
  sign.set_signatory_id("maire");
  sign.set_capacity("première adjointe");
  sign.set_delegation(delegation.front().ToHex());
  CommandContext context = play.Signatory("vallon", "première adjointe");
  context.read_event = play.agglo().reader();
  std::vector<Digest> signature;
  ASSERT_OK(play.agglo().Do(sign, context, &signature));

  fact.mutable_delegation_recorded()->set_until("2025-01-20");
  fact.add_replaces(delegation.front().ToBytes());
  fact.set_reason("retrait");
  v1::RecordFactResponse shown;
  ASSERT_OK(PreviewChange(play.agglo().state(), request, play.Secretariat("vallon"), &shown));

  EXPECT_EQ(shown.fact(), "");
  ASSERT_EQ(shown.findings_size(), 1);
  EXPECT_EQ(shown.findings(0).code(), "capacity-without-delegation");
  EXPECT_EQ(shown.findings(0).leaf(), signature.front().ToHex());
}

// L-36: after the end there is no act but one that was signed on paper before, said to be so; a
// convention entered from paper is no exception.
TEST(Preview, OfAnActOnPaperAfterTheEndSaysThatOthersAreARenewal) {
  TestReplica caf{'c', "Caf", {"caf-12", "rodez"}};
  caf.clock().GoTo("2026-01-05");
  v1::CreateConventionRequest create;
  *create.mutable_draft() = SmallDraft();
  for (const char* office : {"signe-caf-12", "signe-rodez"}) {
    v1::PaperSignature* one = create.mutable_draft()->mutable_on_paper()->add_signatures();
    one->set_signatory_id(office);
    one->set_signed_on("2026-01-02");
  }
  ASSERT_OK_AND_ASSIGN(const auto created, caf.Do(caf.User("caf-12"), create));
  for (const std::string partner : {"caf-12", "rodez"}) {
    v1::AttestActRequest attest;
    attest.add_signatures()->set_signatory_id("signe-" + partner);
    attest.mutable_signatures(0)->set_signed_on("2026-01-02");
    attest.set_convention_id(created.receipt().convention_id());
    attest.set_act_id(created.act_id());
    attest.set_revision(created.revision());
    ASSERT_OK(caf.Do(caf.User(partner), attest));
  }
  v1::ProposeActRequest propose;
  propose.set_convention_id(created.receipt().convention_id());
  propose.set_dry_run(true);
  propose.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);
  propose.mutable_draft()->set_title("Sans indicateur");
  propose.mutable_draft()->add_changes()->set_remove("indicateur-1");
  ASSERT_OK_AND_ASSIGN(const auto before, caf.Do(caf.User("caf-12"), propose));
  EXPECT_EQ(before.problems_size(), 0);

  // L-31: and what a résiliation amiable lacks.
  propose.clear_request_id();
  propose.mutable_draft()->set_kind(v1::ACT_KIND_AGREED_TERMINATION);
  ASSERT_OK_AND_ASSIGN(const auto silent, caf.Do(caf.User("caf-12"), propose));
  ASSERT_EQ(silent.problems_size(), 1);
  EXPECT_EQ(silent.problems(0).rule(), "L-31");
  propose.mutable_draft()->set_kind(v1::ACT_KIND_AVENANT);

  caf.clock().GoTo("2030-02-01");
  propose.clear_request_id();
  ASSERT_OK_AND_ASSIGN(const auto after, caf.Do(caf.User("caf-12"), propose));

  ASSERT_EQ(after.problems_size(), 1);
  EXPECT_EQ(after.problems(0).rule(), "L-36");
  EXPECT_THAT(after.problems(0).next_step(), HasSubstr("--on-paper"));
  propose.clear_request_id();
  propose.set_dry_run(false);
  EXPECT_EQ(RefusalOf(caf.Do(caf.User("caf-12"), propose).status()).rule, "L-36");
  propose.clear_request_id();
  propose.set_on_paper(true);
  ASSERT_OK_AND_ASSIGN(const auto taken_up, caf.Do(caf.User("caf-12"), propose));
  EXPECT_NE(taken_up.act_id(), "");
}

}  // namespace
}  // namespace greffe::test
