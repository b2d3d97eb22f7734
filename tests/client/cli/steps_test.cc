// What a refusal tells people to do next.
#include <gmock/gmock.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "client/cli/labels.h"
#include "client/cli/text_width.h"
#include "greffe/v1/admin_service.grpc.pb.h"
#include "tests/client/cli/greffe_test.h"
#include "tests/support/temp_folder.h"

namespace greffe::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kOffice[] = "signataire-communaute-de-communes-presidence";

class StepsTest : public GreffeTest {
 protected:
  StepsTest() {
    replica_.conventions.list = [](const auto&, v1::ListConventionsResponse* response) {
      response->add_conventions()->set_convention_id("aaaaaa11");
      return grpc::Status::OK;
    };
    replica_.acts.get = [this](const auto&, v1::GetActResponse* response) {
      *response->mutable_act() = act_;
      return grpc::Status::OK;
    };
    replica_.admin.who = [](const auto&, v1::WhoAmIResponse* response) {
      response->mutable_user()->set_partner_id("cc");
      return grpc::Status::OK;
    };
    act_.set_act_id("acac0102");
  }

  v1::ActView act_;
};

TEST_F(StepsTest, ADraftIsNotFrozenToBeWithdrawn) {
  v1::WithdrawActRequest asked;
  replica_.acts.withdraw = [&](const auto& request, v1::WithdrawActResponse*) {
    asked = request;
    return grpc::Status::OK;
  };

  const Outcome outcome = Greffe({"act", "withdraw", "acac01"});

  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(asked.act_id(), "acac0102");
  EXPECT_EQ(asked.revision(), "");
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("est retiré"), HasSubstr("greffe act revise acac0102")));
}

TEST_F(StepsTest, AnActSaysInWhichCapacityItWasSigned) {
  auto* office = act_.add_revisions()->add_signatories();
  office->mutable_signatory()->set_id("maire");
  auto* signature = office->add_signatures();
  signature->set_kind(v1::SIGNATURE_KIND_PAPER);
  signature->set_signed_on("2025-06-02");
  signature->set_capacity("première adjointe");

  EXPECT_THAT(Greffe({"act", "show", "acac01"}, {.width = 200}).out,
              HasSubstr("2025-06-02, première adjointe"));
}

TEST_F(StepsTest, AnInvitationIsNamedAsItWasTyped) {
  EXPECT_EQ(SayField(Lang::kFrench, "secret"), "INVITATION");
}

// A replica that only meets its peers.
class MeetingTest : public ::testing::Test, public v1::AdminService::Service {
 protected:
  MeetingTest() {
    std::ofstream(folder_.path() + "/admin.token") << "token\n";
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + folder_.path() + "/greffe.sock",
                             grpc::InsecureServerCredentials());
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~MeetingTest() override { server_->Shutdown(); }

  grpc::Status SyncNow(grpc::ServerContext*, const v1::SyncNowRequest*,
                       v1::SyncNowResponse* response) override {
    *response = synced_;
    return grpc::Status::OK;
  }

  grpc::Status ListPeers(grpc::ServerContext*, const v1::ListPeersRequest*,
                         v1::ListPeersResponse* response) override {
    *response->mutable_peers() = synced_.peers();
    return grpc::Status::OK;
  }

  v1::PeerView& Peer(v1::PeerState state, const std::string& reason) {
    synced_.clear_peers();
    v1::PeerView& peer = *synced_.add_peers();
    peer.set_name("Agglo");
    peer.set_address("agglo.example:7431");
    peer.set_state(state);
    peer.set_reason(reason);
    return peer;
  }

  Outcome Greffe(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--home", folder_.path(), "--lang", "fr"});
    return RunGreffe(std::move(arguments), {.width = 300});
  }

  const TempFolder folder_;
  v1::SyncNowResponse synced_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(MeetingTest, APeerThatRefusesUsNeedsPeople) {
  // Whatever its words: an address in them does not make it one that is not there.
  Peer(v1::PEER_STATE_UNREACHABLE, "Clé inconnue à l'adresse agglo.example:7431.")
      .set_refused_by("peer-key");
  for (const std::vector<std::string>& run :
       {std::vector<std::string>{"sync"}, {"sync", "--wait"}}) {
    const Outcome refused = Greffe(run);
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("Règle : peer-refuses"), HasSubstr("Agglo"),
                                   HasSubstr("greffe peer invite"), HasSubstr("greffe peer join")));
  }

  // Nobody there: greffed goes on trying.
  Peer(v1::PEER_STATE_UNREACHABLE, "Pas de réponse à l'adresse agglo.example:7431 ; plus tard.");
  EXPECT_EQ(Greffe({"sync"}).code, 0);
  Peer(v1::PEER_STATE_UNREACHABLE, "Aucune adresse connue.").clear_address();
  EXPECT_EQ(Greffe({"sync"}).code, 0);
}

// A peer that answers is not out of reach.
TEST_F(MeetingTest, APauseAtThePeerIsShownAsAPauseAndEndedThere) {
  v1::PeerView& peer = Peer(v1::PEER_STATE_UNREACHABLE, "");
  peer.set_replica_id(std::string(64, 'a'));
  peer.set_refused_by("peer-paused");

  for (const std::vector<std::string>& run :
       {std::vector<std::string>{"peer", "list"}, {"peer", "status", "Agglo"}}) {
    EXPECT_THAT(Greffe(run).out,
                AllOf(HasSubstr("en pause chez ce pair"), Not(HasSubstr("injoignable"))));
  }
  EXPECT_THAT(Greffe({"sync"}).err,
              AllOf(HasSubstr("Règle : peer-refuses"), HasSubstr("greffe peer resume"),
                    Not(HasSubstr("greffe peer invite"))));
  peer.set_refused_by("peer-key");
  EXPECT_THAT(Greffe({"peer", "list"}).out,
              AllOf(HasSubstr("refuse la liaison"), Not(HasSubstr("injoignable"))));
}

// As by the replica itself: a name first, then digits, and nothing where several answer.
TEST_F(MeetingTest, APeerIsNamedAsTheReplicaNamesIt) {
  Peer(v1::PEER_STATE_IN_SYNC, "").set_replica_id("ab12cd34ef56" + std::string(52, '0'));

  EXPECT_THAT(Greffe({"peer", "status", "AB12CD"}).out, HasSubstr("ab12cd34ef56"));
  EXPECT_THAT(Greffe({"peer", "status", "agglo"}).err, HasSubstr("Règle : peer"));
  v1::PeerView& second = *synced_.add_peers();
  second.set_name("ab12cd34");
  second.set_replica_id("ab12cd34ff" + std::string(54, '0'));
  EXPECT_THAT(Greffe({"peer", "status", "ab12cd34"}).out,
              AllOf(HasSubstr("ab12cd34ff"), Not(HasSubstr("ab12cd34ef"))));
  const Outcome both = Greffe({"peer", "status", "ab12cd"});
  EXPECT_EQ(both.code, 1);
  EXPECT_THAT(both.err, HasSubstr("Plusieurs pairs"));
}

TEST_F(MeetingTest, WaitingInVainSaysWhatEachPeerNeeds) {
  const auto step = [&](v1::PeerState state) {
    Peer(state, "");
    const Outcome outcome = Greffe({"sync", "--wait"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("Règle : peers-behind"));
    return outcome.err;
  };

  EXPECT_THAT(step(v1::PEER_STATE_SYNCING),
              AllOf(HasSubstr("--timeout"), Not(HasSubstr("resume"))));
  EXPECT_THAT(step(v1::PEER_STATE_PAUSED), HasSubstr("greffe peer resume Agglo"));
  EXPECT_THAT(step(v1::PEER_STATE_UNREACHABLE),
              AllOf(HasSubstr("sa réplique tourne"), Not(HasSubstr("resume"))));
}

TEST_F(StepsTest, WhatIsAttestedFitsTheTerminalWithLongIds) {
  auto* revision = act_.add_revisions();
  revision->set_revision(std::string(64, 'a'));
  auto* party = revision->mutable_on_paper()->add_parties();
  party->set_partner_id("cc");
  auto* signatory = party->add_offices()->mutable_signatory();
  signatory->set_id(kOffice);
  signatory->set_office("Présidente de la communauté de communes du territoire");

  const Outcome outcome = Greffe({"act", "attest", "acac01"}, {.width = 80});

  EXPECT_THAT(outcome.err, AllOf(HasSubstr(kOffice), HasSubstr("date inconnue")));
  // L-04: and so does who signed for the office.
  const std::string office = kOffice;
  EXPECT_THAT(Greffe({"act", "attest", "acac01", "--signed-on", office + "=2025-03-14",
                      "--capacity", office + "=première adjointe"},
                     {.width = 200})
                  .err,
              HasSubstr("signée le 14 mars 2025, dites-vous en qualité de « première adjointe »"));
  for (const auto line : absl::StrSplit(outcome.err, '\n')) {
    EXPECT_LE(DisplayWidth(line), 80) << line;
  }
}

}  // namespace
}  // namespace greffe::cli
