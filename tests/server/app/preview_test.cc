// What a dry run tells beside what its command decides.

#include "server/app/preview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/server/app/test_replica.h"
#include "tests/support/life_payloads.h"
#include "tests/support/sample_play.h"

namespace greffe::test {
namespace {

using ::testing::HasSubstr;
using testing_support::SamplePlay;

// L-36: a convention entered from paper may have avenants on paper, and no others after its end.
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

  caf.clock().GoTo("2030-02-01");
  propose.clear_request_id();
  ASSERT_OK_AND_ASSIGN(const auto after, caf.Do(caf.User("caf-12"), propose));

  ASSERT_EQ(after.problems_size(), 1);
  EXPECT_EQ(after.problems(0).rule(), "L-36");
  EXPECT_THAT(after.problems(0).text(), HasSubstr("sinon c'est un renouvellement"));
}

}  // namespace
}  // namespace greffe::test
