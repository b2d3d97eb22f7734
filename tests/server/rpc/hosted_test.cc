// Two partners on one replica: who administers what.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "core/base/digest.h"
#include "greffe/v1/error.pb.h"
#include "greffe/v1/record.pb.h"
#include "server/identity/records.h"
#include "storage/rocks_event_store.h"
#include "tests/server/rpc/served.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

// The replica of caf-12, which also acts for Rodez.
class HostedTest : public testing::Test {
 protected:
  HostedTest() {
    v1::AddPartnerRequest request;
    request.mutable_card()->set_partner_id("rodez");
    request.mutable_card()->set_name("Commune d'essai");
    request.mutable_card()->set_kind(v1::PARTNER_KIND_COMMUNE);
    v1::AddPartnerResponse response;
    EXPECT_TRUE(caf_.Admin().AddPartner(Call(caf_.token())(), request, &response).ok());
    v1::AddUserResponse added;
    EXPECT_TRUE(Add(caf_.token(), "mairie", "rodez", v1::ROLE_ADMIN, &added).ok());
    hosted_ = added.token();
  }

  grpc::Status Add(const std::string& token, const std::string& login, const std::string& partner,
                   v1::Role role, v1::AddUserResponse* response) {
    v1::AddUserRequest request;
    request.set_user(login);
    request.set_partner_id(partner);
    request.add_roles(role);
    if (role == v1::ROLE_SIGNATORY) request.set_office("Maire");
    return caf_.Admin().AddUser(Call(token)(), request, response);
  }
  grpc::Status Remove(const std::string& token, const std::string& login) {
    v1::RemoveUserRequest request;
    request.set_user(login);
    v1::RemoveUserResponse response;
    return caf_.Admin().RemoveUser(Call(token)(), request, &response);
  }
  std::vector<std::string> Logins(const std::string& token) {
    v1::ListUsersResponse response;
    EXPECT_TRUE(caf_.Admin().ListUsers(Call(token)(), v1::ListUsersRequest(), &response).ok());
    std::vector<std::string> out;
    for (const v1::UserView& user : response.users()) out.push_back(user.user());
    return out;
  }

  // Another text in the place of its last event, on the disk.
  void DamageTheFirstConvention() {
    caf_.Stop();
    {
      ASSERT_OK_AND_ASSIGN(const auto store, RocksEventStore::Open({.path = caf_.paths().store()}));
      ASSERT_OK_AND_ASSIGN(const auto conventions, store->ListConventions());
      ASSERT_OK_AND_ASSIGN(const auto feeds, store->ListFeeds(conventions.front().number));
      const EventPosition at{feeds.front().number, feeds.front().held - 1};
      ASSERT_OK_AND_ASSIGN(const std::string bytes, store->ReadEvent(at));
      ASSERT_OK(store->Commit(
          {.events = {StoredEvent{at, conventions.front().number, LeafHash(bytes), bytes + "x"}}}));
    }
    caf_.Start();
  }

  Served caf_{"caf-12", v1::PARTNER_KIND_CAF};
  std::string hosted_;
  v1::AddUserResponse added_;
};

TEST_F(HostedTest, AdministratorOfAHostedPartnerHasItsOwnUsersAlone) {
  EXPECT_TRUE(Add(hosted_, "maire", "rodez", v1::ROLE_SIGNATORY, &added_).ok());
  EXPECT_TRUE(Add(hosted_, "etat-civil", "", v1::ROLE_READER, &added_).ok());
  EXPECT_EQ(added_.user().partner_id(), "rodez");
  EXPECT_EQ(Logins(hosted_), (std::vector<std::string>{"etat-civil", "maire", "mairie"}));
  EXPECT_TRUE(Remove(hosted_, "etat-civil").ok());

  EXPECT_EQ(RuleOf(Add(hosted_, "intrus", "caf-12", v1::ROLE_SIGNATORY, &added_)), "other-partner");
  EXPECT_EQ(RuleOf(Remove(hosted_, "admin")), "other-partner");
  EXPECT_EQ(RuleOf(Remove(hosted_, "nobody")), "user");
  EXPECT_EQ(Logins(caf_.token()), (std::vector<std::string>{"admin", "maire", "mairie"}));
}

TEST_F(HostedTest, AdministratorOfAHostedPartnerHasNothingToSayAboutTheMachine) {
  auto admin = caf_.Admin();
  v1::AddPartnerRequest partner;
  partner.mutable_card()->set_partner_id("third");
  partner.mutable_card()->set_name("Autre");
  partner.mutable_card()->set_kind(v1::PARTNER_KIND_COMMUNE);
  v1::AddPartnerResponse partner_added;
  EXPECT_EQ(RuleOf(admin.AddPartner(Call(hosted_)(), partner, &partner_added)), "host-admin");
  v1::InvitePeerResponse invited;
  EXPECT_EQ(RuleOf(admin.InvitePeer(Call(hosted_)(), v1::InvitePeerRequest(), &invited)),
            "host-admin");
  v1::JoinPeerRequest join;
  join.set_invitation("greffe-invite-1.x");
  v1::JoinPeerResponse joined;
  EXPECT_EQ(RuleOf(admin.JoinPeer(Call(hosted_)(), join, &joined)), "host-admin");
  v1::RemovePeerResponse removed;
  EXPECT_EQ(RuleOf(admin.RemovePeer(Call(hosted_)(), v1::RemovePeerRequest(), &removed)),
            "host-admin");
  v1::PausePeerResponse paused;
  EXPECT_EQ(RuleOf(admin.PausePeer(Call(hosted_)(), v1::PausePeerRequest(), &paused)),
            "host-admin");
  v1::ResumePeerResponse resumed;
  EXPECT_EQ(RuleOf(admin.ResumePeer(Call(hosted_)(), v1::ResumePeerRequest(), &resumed)),
            "host-admin");
  v1::GetMetricsResponse metrics;
  EXPECT_EQ(RuleOf(admin.GetMetrics(Call(hosted_)(), v1::GetMetricsRequest(), &metrics)),
            "host-admin");
  EXPECT_EQ(metrics.text(), "");
  const auto said = admin.GetMetrics(Call(hosted_)(), v1::GetMetricsRequest(), &metrics);
  EXPECT_NE(said.error_message().find("l'administrateur ou l'auditeur de « caf-12 » en lit"),
            std::string::npos)
      << said.error_message();
  // Neither has its auditor; the own partner's has.
  ASSERT_TRUE(Add(hosted_, "controle", "rodez", v1::ROLE_AUDITOR, &added_).ok());
  EXPECT_EQ(RuleOf(admin.GetMetrics(Call(added_.token())(), v1::GetMetricsRequest(), &metrics)),
            "host-admin");
  EXPECT_TRUE(admin
                  .GetMetrics(Call(caf_.AddUser("controle-caf", v1::ROLE_AUDITOR))(),
                              v1::GetMetricsRequest(), &metrics)
                  .ok());
}

TEST_F(HostedTest, AdministratorOfTheReplicasOwnPartnerHasEverybody) {
  EXPECT_TRUE(Add(caf_.token(), "maire", "rodez", v1::ROLE_SIGNATORY, &added_).ok());
  EXPECT_EQ(Logins(caf_.token()), (std::vector<std::string>{"admin", "maire", "mairie"}));
  EXPECT_TRUE(Remove(caf_.token(), "maire").ok());
  EXPECT_NE(caf_.Invite(), "");
  // The hosted partner's administrator is none of the replica's.
  EXPECT_EQ(RuleOf(Remove(caf_.token(), "admin")), "last-admin");
  EXPECT_TRUE(Remove(caf_.token(), "mairie").ok());
}

TEST_F(HostedTest, WhoseReplicaItIsOutlivesARestart) {
  caf_.Stop();
  {
    // Written, not found out anew.
    ASSERT_OK_AND_ASSIGN(const auto store, RocksEventStore::Open({.path = caf_.paths().store()}));
    ASSERT_OK_AND_ASSIGN(const std::string own, store->ReadRecord("own-partner", "id"));
    EXPECT_EQ(own, "caf-12");
  }
  caf_.Start();

  EXPECT_EQ(RuleOf(Remove(hosted_, "admin")), "other-partner");
  EXPECT_NE(caf_.Invite(), "");
}

// As an earlier version left it, which asked nobody whether its partner had an administrator: a
// reader of a partner that bears the replica's name, and the machine to nobody.
TEST_F(HostedTest, ReplicaNamedAfterAPartnerThatNobodyAdministersIsTheFirstAdministratorsAgain) {
  caf_.Stop();
  {
    ASSERT_OK_AND_ASSIGN(const auto store, RocksEventStore::Open({.path = caf_.paths().store()}));
    v1::PartnerCard card;
    card.set_partner_id("syndicat");
    card.set_name("Syndicat d'essai");
    card.set_kind(v1::PARTNER_KIND_SYNDICATE);
    ASSERT_OK(store->Commit(
        {.records = {MakeRecord("partners", "syndicat", card),
                     {.table = "own-partner", .key = "id", .value = std::string("syndicat")}}}));
  }
  caf_.Start();

  EXPECT_NE(caf_.Invite(), "");
  v1::AddPartnerResponse response;
  v1::AddPartnerRequest request;
  EXPECT_EQ(RuleOf(caf_.Admin().AddPartner(Call(hosted_)(), request, &response)), "host-admin");
  EXPECT_EQ(RuleOf(Remove(caf_.token(), "admin")), "last-admin");
}

TEST_F(HostedTest, AdministratorOfAHostedPartnerSeesFiguresOfItsConventionsAlone) {
  v1::AddPartnerRequest request;
  request.mutable_card()->set_partner_id("third");
  request.mutable_card()->set_name("Autre");
  request.mutable_card()->set_kind(v1::PARTNER_KIND_COMMUNE);
  v1::AddPartnerResponse response;
  ASSERT_TRUE(caf_.Admin().AddPartner(Call(caf_.token())(), request, &response).ok());
  ASSERT_TRUE(Add(caf_.token(), "tiers", "third", v1::ROLE_ADMIN, &added_).ok());
  caf_.CreateConvention();
  v1::GetAdminStatusResponse status;

  ASSERT_TRUE(caf_.Admin()
                  .GetAdminStatus(Call(added_.token())(), v1::GetAdminStatusRequest(), &status)
                  .ok());
  EXPECT_EQ(status.conventions_size(), 0);
  EXPECT_EQ(status.context().replica_id(), caf_.replica_id());
  ASSERT_TRUE(
      caf_.Admin().GetAdminStatus(Call(caf_.token())(), v1::GetAdminStatusRequest(), &status).ok());
  EXPECT_EQ(status.conventions_size(), 1);

  // What is wrong with a convention is told to the same alone.
  DamageTheFirstConvention();
  ASSERT_TRUE(caf_.Admin()
                  .GetAdminStatus(Call(added_.token())(), v1::GetAdminStatusRequest(), &status)
                  .ok());
  EXPECT_EQ(status.context().banners_size(), 0) << status.ShortDebugString();
  ASSERT_TRUE(
      caf_.Admin().GetAdminStatus(Call(caf_.token())(), v1::GetAdminStatusRequest(), &status).ok());
  ASSERT_EQ(status.context().banners_size(), 1);
  EXPECT_NE(status.context().banners(0).find("en lecture seule"), std::string::npos);
}

// Who else the replica works for, and how it fares, is nothing to a hosted partner that shares no
// convention with them.
TEST_F(HostedTest, UsersOfAHostedPartnerAreToldOfThePartnersInItsConventionsAlone) {
  v1::AddPartnerRequest request;
  request.mutable_card()->set_partner_id("third");
  request.mutable_card()->set_name("Autre");
  request.mutable_card()->set_kind(v1::PARTNER_KIND_COMMUNE);
  v1::AddPartnerResponse response;
  ASSERT_TRUE(caf_.Admin().AddPartner(Call(caf_.token())(), request, &response).ok());
  ASSERT_TRUE(Add(caf_.token(), "tiers", "third", v1::ROLE_READER, &added_).ok());
  const auto told = [&](const std::string& token) {
    v1::ListPartnersResponse list;
    EXPECT_TRUE(caf_.Admin().ListPartners(Call(token)(), v1::ListPartnersRequest(), &list).ok());
    std::set<std::string> out;
    for (const v1::PartnerView& one : list.partners()) out.insert(one.card().partner_id());
    v1::GetAdminStatusResponse status;
    EXPECT_TRUE(
        caf_.Admin().GetAdminStatus(Call(token)(), v1::GetAdminStatusRequest(), &status).ok());
    EXPECT_EQ(std::set<std::string>(status.partner_ids().begin(), status.partner_ids().end()), out);
    EXPECT_EQ(status.memory_bytes() > 0 && status.disk_bytes() > 0, token == caf_.token());
    return out;
  };
  using Partners = std::set<std::string>;

  EXPECT_EQ(told(caf_.token()), (Partners{"caf-12", "rodez", "third"}));
  EXPECT_EQ(told(added_.token()), (Partners{"caf-12", "third"}));
  EXPECT_EQ(told(hosted_), (Partners{"caf-12", "rodez"}));
}

// Neither its own-partner row nor an administrator of any partner: as no command leaves it.
TEST_F(HostedTest, ReplicaOfNobodyIsRuledByNobody) {
  const std::string auditor = caf_.AddUser("controle", v1::ROLE_AUDITOR);
  caf_.Stop();
  {
    ASSERT_OK_AND_ASSIGN(const auto store, RocksEventStore::Open({.path = caf_.paths().store()}));
    ASSERT_OK_AND_ASSIGN(auto users, LoadRecords<v1::UserRecord>(*store, "users"));
    // The one administrator left belongs to no partner.
    users["mairie"].mutable_view()->clear_partner_id();
    users["admin"].mutable_view()->clear_roles();
    users["admin"].mutable_view()->add_roles(v1::ROLE_READER);
    ASSERT_OK(store->Commit({.records = {MakeRecord("users", "mairie", users["mairie"]),
                                         MakeRecord("users", "admin", users["admin"]),
                                         MakeRemoval("own-partner", "id")}}));
  }
  caf_.Start();

  v1::GetMetricsResponse metrics;
  for (const std::string& token : {hosted_, auditor}) {
    const grpc::Status said =
        caf_.Admin().GetMetrics(Call(token)(), v1::GetMetricsRequest(), &metrics);
    EXPECT_EQ(RuleOf(said), "host-admin");
    EXPECT_NE(said.error_message().find("n'est à aucun partenaire"), std::string::npos)
        << said.error_message();
  }
}

// Whom the replica meets for others is nothing to a hosted partner. Rodez shares a convention with
// caf-12, which the replica of the syndicat hosts beside another.
TEST(HostedPeers, AreSeenAndMetByUsersOfThePartnerWhoseConventionsTheyShareAlone) {
  Served host("syndicat", v1::PARTNER_KIND_SYNDICATE);
  Served rodez("rodez", v1::PARTNER_KIND_COMMUNE);
  const auto auditor_of = [&](const std::string& partner, v1::PartnerKind kind) {
    v1::AddPartnerRequest request;
    request.mutable_card()->set_partner_id(partner);
    request.mutable_card()->set_name("Partenaire d'essai");
    request.mutable_card()->set_kind(kind);
    v1::AddPartnerResponse response;
    EXPECT_TRUE(host.Admin().AddPartner(Call(host.token())(), request, &response).ok());
    v1::AddUserRequest user;
    user.set_user("controle-" + partner);
    user.set_partner_id(partner);
    user.add_roles(v1::ROLE_AUDITOR);
    v1::AddUserResponse added;
    EXPECT_TRUE(host.Admin().AddUser(Call(host.token())(), user, &added).ok());
    return added.token();
  };
  const std::string party = auditor_of("caf-12", v1::PARTNER_KIND_CAF);
  const std::string third = auditor_of("tiers", v1::PARTNER_KIND_COMMUNE);
  const std::string own = host.AddUser("lecture", v1::ROLE_READER);
  ASSERT_TRUE(rodez.Join(host.Invite()).ok());
  const auto peers_of = [&](const std::string& token) {
    v1::ListPeersResponse peers;
    EXPECT_TRUE(host.Admin().ListPeers(Call(token)(), v1::ListPeersRequest(), &peers).ok());
    return peers.peers_size();
  };
  v1::SyncNowResponse synced;
  const auto meet = [&](const std::string& token) {
    v1::SyncNowRequest sync;
    sync.set_peer(rodez.replica_id());
    return host.Admin().SyncNow(Call(token)(), sync, &synced);
  };
  EXPECT_EQ(peers_of(own), 1);
  EXPECT_EQ(peers_of(party), 0);
  EXPECT_EQ(RuleOf(meet(party)), "peer");

  rodez.CreateConvention();

  EXPECT_TRUE(Eventually([&] { return peers_of(party) == 1; }));
  EXPECT_TRUE(meet(party).ok());
  EXPECT_EQ(synced.peers_size(), 1);
  EXPECT_EQ(peers_of(third), 0);
  EXPECT_EQ(RuleOf(meet(third)), "peer");
  ASSERT_TRUE(host.Admin().SyncNow(Call(third)(), v1::SyncNowRequest(), &synced).ok());
  EXPECT_EQ(synced.peers_size(), 0);
}

}  // namespace
}  // namespace greffe::test
