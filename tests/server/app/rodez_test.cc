// The acceptance vectors for Rodez: what is in force on a date, as known at another, is the same at
// every replica that knew as much; each says up to when it knows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "absl/strings/escaping.h"
#include "tests/server/app/test_replica.h"

namespace greffe::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

v1::ConventionDraft RodezDraft() {
  v1::ConventionDraft draft = SmallDraft();
  for (v1::Element& element : *draft.mutable_elements()) {
    if (element.has_terms()) {
      element.mutable_terms()->set_start_date("2025-01-01");
      element.mutable_terms()->set_end_date("2027-12-31");
    } else if (element.has_party() && element.party().partner_id() == "rodez") {
      element.mutable_party()->set_deliberates(true);
      element.mutable_party()->mutable_signing_offices(0)->set_office("Maire");
    } else if (element.has_party()) {
      v1::SigningOffice* second = element.mutable_party()->add_signing_offices();
      second->set_id("preside-caf-12");
      second->set_office("Présidente");
    }
  }
  return draft;
}

// The CAF's replica, the town hall's, where the mayor signs, and a further one of the town, last
// met on 30 June 2025.
class Rodez : public ::testing::Test {
 protected:
  Rodez() {
    caf_.Pin(mairie_);
    mairie_.Pin(caf_);
  }

  void GoTo(const std::string& day) {
    for (TestReplica* one : {&caf_, &mairie_, &service_}) one->clock().GoTo(day);
  }
  void Meet(std::initializer_list<TestReplica*> all) {
    // Twice, so that everybody has what the last one wrote.
    for (int round = 0; round < 2; ++round) {
      for (TestReplica* from : all) {
        for (TestReplica* to : all) {
          if (from == to) continue;
          EXPECT_TRUE(from->SendTo(*to, IdOf(id_)).empty());
        }
      }
    }
  }
  void MeetAll() { Meet({&caf_, &mairie_, &service_}); }

  template <typename Request>
  ResponseOf<Request> Must(TestReplica& replica, const UserCall& call, Request request) {
    const auto done = replica.Do(call, std::move(request));
    EXPECT_OK(done);
    return done.ok() ? *done : ResponseOf<Request>();
  }

  // Everything that happened, day by day.
  void Play() {
    GoTo("2025-03-10");
    v1::CreateConventionRequest create;
    *create.mutable_draft() = RodezDraft();
    const auto created = Must(mairie_, mairie_.User("rodez"), create);
    id_ = created.receipt().convention_id();
    act_ = created.act_id();
    // Known only now: who opens a convention may not choose between two replicas of one partner.
    for (TestReplica* one : {&caf_, &mairie_}) {
      one->Pin(service_);
      service_.Pin(*one);
    }
    v1::ShareConventionRequest share;
    share.set_convention_id(id_);
    share.set_peer("Service");
    Must(mairie_, mairie_.User("rodez"), share);
    v1::LinkPredecessorRequest before;
    before.set_convention_id(id_);
    before.mutable_predecessor()->set_title("Convention territoriale globale 2021-2024");
    before.mutable_predecessor()->set_start_date("2021-01-01");
    before.mutable_predecessor()->set_end_date("2024-12-31");
    Must(mairie_, mairie_.User("rodez"), before);
    MeetAll();

    GoTo("2025-06-23");
    v1::FreezeActRequest freeze;
    freeze.set_convention_id(id_);
    freeze.set_act_id(act_);
    // Some of its references name documents outside it (CHK-13), and it has effect before (CHK-16).
    const UserCall user = mairie_.User("rodez");
    revision_ = Must(mairie_, user, mairie_.Confirmed(user, freeze)).revision();
    v1::RecordDeliberationRequest vote;
    vote.set_convention_id(id_);
    *vote.mutable_deliberation() = Vote();
    const std::string recorded = Must(mairie_, mairie_.User("rodez"), vote).deliberation();
    MeetAll();

    GoTo("2025-06-27");
    vote.mutable_deliberation()->set_published_on("2025-06-27");
    vote.mutable_deliberation()->set_received_on("2025-06-27");
    vote.add_replaces(recorded);
    vote.set_reason("publication et récépissé");
    vote.set_read_cut(TokenOf(mairie_, "rodez", id_));
    Must(mairie_, mairie_.User("rodez"), vote);
    MeetAll();
    GoTo("2025-06-30");
    // Something to know on that day.
    Must(service_, service_.User("rodez"), Measure(id_, "2025-06", "1"));

    GoTo("2025-07-03");
    Sign(caf_, "caf-12", "signe-caf-12");
    Sign(caf_, "caf-12", "preside-caf-12");
    Sign(mairie_, "rodez", "signe-rodez");
    Meet({&caf_, &mairie_});
    GoTo("2025-07-04");
  }

  v1::Deliberation Vote() const {
    v1::Deliberation out;
    out.set_assembly("conseil municipal");
    out.set_number("2025-057");
    out.set_sitting_on("2025-06-23");
    out.set_revision(absl::HexStringToBytes(revision_));
    out.set_members_in_office(35);
    out.set_members_present(32);
    out.set_members_represented(3);
    out.set_votes_for(35);
    out.set_approves_text(true);
    out.set_authorises_signature(true);
    return out;
  }

  void Sign(TestReplica& replica, const std::string& partner, const std::string& office) {
    UserCall call = replica.User(partner);
    call.office = office;
    v1::SignActRequest sign;
    sign.set_convention_id(id_);
    sign.set_act_id(act_);
    sign.set_revision(revision_);
    sign.set_signatory_id(office);
    Must(replica, call, sign);
  }

  // The board on a date as known at noon of a day, asked then.
  v1::GetStatusResponse Ask(TestReplica& replica, const std::string& on, const std::string& known) {
    v1::GetStatusRequest request;
    request.set_convention_id(id_);
    request.mutable_at()->set_in_force_on(on);
    request.mutable_at()->set_known_at(known + "T12:00:00Z");
    request.mutable_at()->set_clock_date(known);
    const auto answer =
        replica->GetStatus(replica.User(&replica == &caf_ ? "caf-12" : "rodez"), request);
    EXPECT_OK(answer);
    return answer.ok() ? *answer : v1::GetStatusResponse();
  }
  // The same at the two replicas that were always in touch; their answers must not differ.
  v1::StatusView Both(const std::string& on, const std::string& known) {
    const v1::StatusView here = Ask(mairie_, on, known).view();
    EXPECT_EQ(Ask(caf_, on, known).view().SerializeAsString(), here.SerializeAsString());
    return here;
  }
  static v1::PartyStanding Town(const v1::StatusView& view) {
    for (const v1::PartyStanding& one : view.parties()) {
      if (one.partner_id() == "rodez") return one;
    }
    return {};
  }

  TestReplica caf_{'c', "Caf", {"caf-12"}};
  TestReplica mairie_{'m', "Mairie", {"rodez"}};
  TestReplica service_{'s', "Service", {"rodez"}};
  std::string id_;
  std::string act_;
  std::string revision_;
};

TEST_F(Rodez, KnowsThePreviousConventionInForceFromTheDayItWasRecorded) {
  Play();
  for (const char* known : {"2025-03-10", "2025-04-01", "2025-07-04"}) {
    const v1::StatusView view = Both("2024-12-31", known);
    EXPECT_EQ(view.force().state(), v1::FORCE_STATE_PREDECESSOR) << known;
    EXPECT_EQ(view.force().predecessor().end_date(), "2024-12-31") << known;
  }
}

TEST_F(Rodez, KnowsAGapWhileTheConventionIsAProject) {
  Play();
  const v1::StatusView view = Both("2025-03-01", "2025-04-01");
  EXPECT_EQ(view.force().state(), v1::FORCE_STATE_NOTHING);
  EXPECT_EQ(view.force().gap_from(), "2025-01-01");
  EXPECT_EQ(view.standing(), v1::CONVENTION_STANDING_PROJECT);
}

TEST_F(Rodez, KnowsATextApprovedButNotExecutory) {
  Play();
  const v1::StatusView view = Both("2025-03-01", "2025-06-24");
  EXPECT_EQ(view.force().state(), v1::FORCE_STATE_NOTHING);
  EXPECT_FALSE(view.revision().concluded());
  EXPECT_EQ(view.deliberations(), 1u);
  EXPECT_EQ(Town(view).stage(), v1::AUTHORITY_STAGE_VOTED);
}

TEST_F(Rodez, KnowsADeliberationExecutoryAndReadyToSign) {
  Play();
  const v1::StatusView view = Both("2025-03-01", "2025-06-28");
  EXPECT_EQ(Town(view).stage(), v1::AUTHORITY_STAGE_EXECUTORY);
  EXPECT_EQ(Town(view).executory_on(), "2025-06-27");
  EXPECT_EQ(Town(view).next_step(), "Signer : Maire.");
  EXPECT_FALSE(view.revision().concluded());
  EXPECT_EQ(view.force().state(), v1::FORCE_STATE_NOTHING);
}

TEST_F(Rodez, KnowsItInForceWithEfficacyBeforeTheSignature) {
  Play();
  const v1::StatusView view = Both("2025-03-01", "2025-07-04");
  EXPECT_EQ(view.force().state(), v1::FORCE_STATE_IN_FORCE);
  EXPECT_EQ(view.force().efficacy_from(), "2025-01-01");
  EXPECT_EQ(view.force().force_from(), "2025-07-03");
  EXPECT_EQ(view.force().retroactive_days(), 183u);
  EXPECT_EQ(view.force().gap_from(), "");
  EXPECT_EQ(view.blocking_parties(), 0u);
}

TEST_F(Rodez, KnowsItExpiredAfterItsTermUnlessRenewed) {
  Play();
  const v1::StatusView view = Both("2028-01-01", "2027-06-01");
  EXPECT_EQ(view.force().state(), v1::FORCE_STATE_EXPIRED);
  EXPECT_EQ(view.force().text(),
            "Aura expiré au 31 décembre 2027, sauf si un renouvellement exprès est conclu.");
  EXPECT_EQ(Both("2027-12-31", "2027-06-01").force().state(), v1::FORCE_STATE_IN_FORCE);
}

TEST_F(Rodez, SaysUpToWhenAReplicaKnows) {
  Play();
  const v1::GetStatusResponse late = Ask(service_, "2025-03-01", "2025-07-04");
  EXPECT_FALSE(late.view().revision().concluded());
  EXPECT_EQ(late.view().force().state(), v1::FORCE_STATE_NOTHING);
  EXPECT_EQ(Town(late.view()).executory_on(), "2025-06-27");
  EXPECT_THAT(late.context().banners(),
              Contains(HasSubstr("Cette réplique sait jusqu'au 30 juin 2025")));

  MeetAll();
  const v1::GetStatusResponse met = Ask(service_, "2025-03-01", "2025-07-04");
  EXPECT_EQ(met.view().force().state(), v1::FORCE_STATE_IN_FORCE);
  EXPECT_THAT(met.context().banners(), IsEmpty());
}

}  // namespace
}  // namespace greffe::test
