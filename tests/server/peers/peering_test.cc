// Replicas that meet: invitation, pins, sync over TLS, pause, restart.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "core/base/refusal.h"
#include "greffe/v1/error.pb.h"
#include "server/identity/certificate.h"
#include "server/ops/host_port.h"
#include "server/rpc/peer_commands.h"
#include "tests/server/rpc/served.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe::test {
namespace {

std::string RuleOf(const grpc::Status& status) {
  v1::ErrorDetail detail;
  EXPECT_TRUE(detail.ParseFromString(status.error_details()));
  return detail.rule();
}

class PeeringTest : public testing::Test {
 protected:
  bool InSync(Served& one) {
    return Eventually([&one] { return one.Peer().state() == v1::PEER_STATE_IN_SYNC; });
  }
  void JoinBoth() {
    const grpc::Status status = rodez_.Join(caf_.Invite());
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_TRUE(InSync(caf_));
    ASSERT_TRUE(InSync(rodez_));
  }
  // The token of the convention as `one` has it; empty when it does not.
  std::string CutAt(Served& one, const std::string& convention) {
    v1::GetConventionRequest request;
    request.set_convention_id(convention);
    v1::GetConventionResponse response;
    const grpc::Status status =
        one.Conventions().GetConvention(Call(one.token())(), request, &response);
    return status.ok() ? response.view().cut() : "";
  }
  void Measure(Served& at, const std::string& convention, const std::string& period) {
    v1::RecordMeasurementRequest request;
    request.set_request_id(NextRequestId());
    request.set_convention_id(convention);
    request.mutable_measurement()->set_element_id("indicateur-1");
    request.mutable_measurement()->set_period(period);
    request.mutable_measurement()->set_value("1");
    v1::RecordMeasurementResponse response;
    const grpc::Status status =
        at.FollowUp().RecordMeasurement(Call(at.token())(), request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  void Pause(Served& at, bool pause) {
    v1::PausePeerRequest request;
    request.set_peer(at.Peer().replica_id());
    v1::PausePeerResponse paused;
    v1::ResumePeerRequest back;
    back.set_peer(request.peer());
    v1::ResumePeerResponse resumed;
    const grpc::Status status = pause ? at.Admin().PausePeer(Call(at.token())(), request, &paused)
                                      : at.Admin().ResumePeer(Call(at.token())(), back, &resumed);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  bool SameCut(const std::string& convention) {
    return Eventually([&] {
      const std::string cut = CutAt(caf_, convention);
      return !cut.empty() && cut == CutAt(rodez_, convention);
    });
  }

  Served caf_{"caf-12", v1::PARTNER_KIND_CAF};
  Served rodez_{"rodez", v1::PARTNER_KIND_COMMUNE};
};

TEST_F(PeeringTest, JoinsByOneLineAndBothKnowEachOthersPartners) {
  JoinBoth();

  EXPECT_EQ(caf_.Peer().replica_id(), rodez_.replica_id());
  EXPECT_EQ(rodez_.Peer().replica_id(), caf_.replica_id());
  ASSERT_EQ(caf_.Peer().partners_size(), 1);
  EXPECT_EQ(caf_.Peer().partners(0).partner_id(), "rodez");
  EXPECT_EQ(rodez_.Peer().partners(0).partner_id(), "caf-12");
}

TEST_F(PeeringTest, BringsAConventionToThePartnersReplica) {
  JoinBoth();
  const std::string convention = caf_.CreateConvention();

  EXPECT_TRUE(SameCut(convention));
  Measure(rodez_, convention, "2026");
  Measure(caf_, convention, "2025");
  EXPECT_TRUE(SameCut(convention));
  EXPECT_GT(rodez_.Peer().bytes_received(), 0u);
}

TEST_F(PeeringTest, SyncNowWaitsUntilBothHoldTheSame) {
  JoinBoth();
  const std::string convention = caf_.CreateConvention();
  v1::SyncNowRequest request;
  request.set_wait(true);
  v1::SyncNowResponse response;

  ASSERT_TRUE(caf_.Admin().SyncNow(Call(caf_.token())(), request, &response).ok());

  EXPECT_TRUE(response.in_sync());
  EXPECT_EQ(CutAt(caf_, convention), CutAt(rodez_, convention));
}

TEST_F(PeeringTest, TakesAnInvitationOnce) {
  const std::string line = caf_.Invite();
  ASSERT_TRUE(rodez_.Join(line).ok());
  Served third("tiers", v1::PARTNER_KIND_OTHER);

  const grpc::Status status = third.Join(line);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(RuleOf(status), "invitation");
}

TEST_F(PeeringTest, RefusesALineThatIsCutAnywhere) {
  const std::string line = caf_.Invite();
  for (std::size_t size = 0; size < line.size(); size += 7) {
    EXPECT_FALSE(ParseInvitation(line.substr(0, size)).ok()) << size;
  }
  EXPECT_OK(ParseInvitation(" " + line + "\n"));
}

TEST_F(PeeringTest, SaysThatTheInvitingReplicaDoesNotAnswer) {
  const std::string line = caf_.Invite();
  caf_.Stop();

  const grpc::Status status = rodez_.Join(line);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(RuleOf(status), "peer-unreachable");
}

TEST_F(PeeringTest, StaysPausedThroughARestartAndCatchesUpWhenResumed) {
  JoinBoth();
  const std::string convention = caf_.CreateConvention();
  ASSERT_TRUE(SameCut(convention));
  Pause(rodez_, true);
  Measure(caf_, convention, "2026");

  rodez_.Stop();
  rodez_.Start();
  EXPECT_EQ(rodez_.Peer().state(), v1::PEER_STATE_PAUSED);
  ASSERT_TRUE(Eventually([this] {
    return caf_.Peer().state() == v1::PEER_STATE_UNREACHABLE && !caf_.Peer().reason().empty();
  }));
  EXPECT_NE(CutAt(caf_, convention), CutAt(rodez_, convention));

  Pause(rodez_, false);
  EXPECT_TRUE(SameCut(convention));
}

TEST_F(PeeringTest, TurnsAwayAReplicaWhoseKeyIsNotPinned) {
  ASSERT_OK_AND_ASSIGN(const Identity stranger, LoadIdentity(rodez_.paths()));
  const auto stub = v1::ReplicationService::NewStub(caf_.Tls(&stranger));
  Call call("");
  const auto stream = stub->Sync(call());

  v1::SyncResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status status = stream->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(RuleOf(status), "peer-key");
}

TEST_F(PeeringTest, TakesNoUserTokenForAKeyOverTheSocket) {
  const auto stub = v1::ReplicationService::NewStub(caf_.Local());
  Call call(caf_.token());
  const auto stream = stub->Sync(call());

  v1::SyncResponse response;
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(PeeringTest, GivesAPeersKeyNoUsersRights) {
  JoinBoth();
  ASSERT_OK_AND_ASSIGN(const Identity peer, LoadIdentity(rodez_.paths()));
  v1::ListUsersResponse response;

  const grpc::Status status = v1::AdminService::Stub(caf_.Tls(&peer))
                                  .ListUsers(Call("")(), v1::ListUsersRequest(), &response);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(PeeringTest, RefusesTheCertificateOfAnotherInAJoin) {
  ASSERT_OK_AND_ASSIGN(const Identity caller, LoadIdentity(rodez_.paths()));
  ASSERT_OK_AND_ASSIGN(const v1::Invitation invitation, ParseInvitation(caf_.Invite()));
  ASSERT_OK_AND_ASSIGN(const std::string other, MakeCertificate(std::string(32, 'o')));
  v1::JoinRequest request;
  request.set_secret(invitation.secret());
  request.set_name("autre");
  ASSERT_OK_AND_ASSIGN(*request.mutable_certificate(), CertificatePemToDer(other));
  v1::JoinResponse response;

  const grpc::Status status =
      v1::ReplicationService::NewStub(caf_.Tls(&caller))->Join(Call("")(), request, &response);

  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(RuleOf(status), "peer-introduction");
  EXPECT_NE(status.error_message().find("ne se reçoit pas"), std::string::npos);
  EXPECT_TRUE(caf_.Peer().replica_id().empty());
}

TEST_F(PeeringTest, ForgetsARemovedPeer) {
  JoinBoth();
  v1::RemovePeerRequest request;
  request.set_peer(rodez_.replica_id().substr(0, 8));
  v1::RemovePeerResponse response;
  ASSERT_TRUE(caf_.Admin().RemovePeer(Call(caf_.token())(), request, &response).ok());

  // From where the reader is, and with what to do. Before the next attempt nobody answers.
  v1::PeerView told;
  EXPECT_TRUE(Eventually([&] {
    told = rodez_.Peer();
    return told.state() == v1::PEER_STATE_UNREACHABLE &&
           absl::StartsWith(told.reason(), "« Réplique de caf-12 » ne connaît pas");
  })) << told.reason();
  EXPECT_EQ(told.reason(),
            "« Réplique de caf-12 » ne connaît pas, ou plus, la clé de cette réplique : la liaison "
            "y a été retirée. Reliez-les de nouveau : greffe peer invite chez l'un, greffe peer "
            "join chez l'autre.");
  EXPECT_EQ(told.refused_by(), "peer-key");
  v1::ListPeersResponse english;
  ASSERT_TRUE(rodez_.Admin()
                  .ListPeers(Call(rodez_.token(), "en")(), v1::ListPeersRequest(), &english)
                  .ok());
  EXPECT_EQ(english.peers(0).reason(),
            "\"Réplique de caf-12\" does not know the key of this replica, or no longer: the "
            "connection was removed there. Connect them again: greffe peer invite at one, greffe "
            "peer join at the other.");
  EXPECT_TRUE(caf_.Peer().replica_id().empty());
}

// A backup that lacks what a peer holds: nothing is signed any more, and who looks at the replica
// or at its peers is told the way out.
TEST_F(PeeringTest, TellsTheWayToANewReplicaWhenABackupBehindItsPeersWasRestored) {
  JoinBoth();
  const std::string convention = caf_.CreateConvention();
  ASSERT_TRUE(SameCut(convention));
  const TempFolder backup;
  const std::filesystem::path store = caf_.paths().store();
  caf_.Stop();
  std::filesystem::copy(store, backup.path() + "/store", std::filesystem::copy_options::recursive);
  caf_.Start();
  Measure(caf_, convention, "2026");
  ASSERT_TRUE(SameCut(convention));
  caf_.Stop();
  std::filesystem::remove_all(store);
  std::filesystem::copy(backup.path() + "/store", store, std::filesystem::copy_options::recursive);
  caf_.Start();

  // In step, since it receives all the same.
  v1::PeerView peer;
  ASSERT_TRUE(Eventually([&] {
    peer = caf_.Peer();
    return peer.state() == v1::PEER_STATE_IN_SYNC &&
           absl::StrContains(peer.reason(), "ne signe plus sous sa clé");
  })) << peer.ShortDebugString();
  // Its peer is told, and tells its own people.
  ASSERT_TRUE(Eventually([&] { return rodez_.Peer().has_signing_stopped_at(); }));
  v1::ListPartnersResponse partners;
  ASSERT_TRUE(rodez_.Admin()
                  .ListPartners(Call(rodez_.token())(), v1::ListPartnersRequest(), &partners)
                  .ok());
  for (const v1::PartnerView& partner : partners.partners()) {
    EXPECT_EQ(partner.has_signing_stopped_at(), partner.card().partner_id() == "caf-12");
    EXPECT_EQ(partner.replica_id(),
              partner.card().partner_id() == "caf-12" ? caf_.replica_id() : rodez_.replica_id());
  }
  v1::GetAdminStatusResponse theirs;
  ASSERT_TRUE(rodez_.Admin()
                  .GetAdminStatus(Call(rodez_.token())(), v1::GetAdminStatusRequest(), &theirs)
                  .ok());
  ASSERT_EQ(theirs.context().banners_size(), 1);
  EXPECT_TRUE(absl::StrContains(theirs.context().banners(0), "ne signe plus, pour toujours"));
  EXPECT_TRUE(absl::StrContains(theirs.context().banners(0), caf_.replica_id().substr(0, 12)));
  // Who waited for the exchange is not told that all is well.
  v1::SyncNowRequest sync;
  sync.set_wait(true);
  v1::SyncNowResponse synced;
  const grpc::Status stopped = caf_.Admin().SyncNow(Call(caf_.token())(), sync, &synced);
  EXPECT_EQ(stopped.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(RuleOf(stopped), "signing-stopped");
  EXPECT_TRUE(absl::StartsWith(stopped.error_message(), "L'échange est fait. "))
      << stopped.error_message();
  sync.set_wait(false);
  EXPECT_TRUE(caf_.Admin().SyncNow(Call(caf_.token())(), sync, &synced).ok());
  v1::GetAdminStatusResponse status;
  ASSERT_TRUE(caf_.Admin()
                  .GetAdminStatus(Call(caf_.token(), "en")(), v1::GetAdminStatusRequest(), &status)
                  .ok());
  ASSERT_EQ(status.context().banners_size(), 1);
  // The way out once, for the replica: it is the same whoever the peer is.
  for (const char* step : {"greffed init", "greffe peer join", "greffe convention share"}) {
    EXPECT_TRUE(absl::StrContains(status.context().banners(0), step))
        << status.context().banners(0);
    EXPECT_FALSE(absl::StrContains(peer.reason(), step)) << peer.reason();
  }
}

TEST_F(PeeringTest, TellsPeersOfAFurtherPartnerWhenTheyJoinAgain) {
  JoinBoth();
  v1::AddPartnerRequest request;
  request.mutable_card()->set_partner_id("syndicat");
  request.mutable_card()->set_name("Syndicat d'essai");
  request.mutable_card()->set_kind(v1::PARTNER_KIND_SYNDICATE);
  v1::AddPartnerResponse response;
  ASSERT_TRUE(caf_.Admin().AddPartner(Call(caf_.token())(), request, &response).ok());

  EXPECT_EQ(rodez_.Peer().partners_size(), 1);
  JoinBoth();
  EXPECT_TRUE(Eventually([this] { return rodez_.Peer().partners_size() == 2; }));
}

TEST_F(PeeringTest, MeetsAgainAfterEitherRestarts) {
  JoinBoth();
  const std::string convention = caf_.CreateConvention();
  ASSERT_TRUE(SameCut(convention));

  rodez_.Stop();
  Measure(caf_, convention, "2026");
  rodez_.Start();

  EXPECT_TRUE(SameCut(convention));
}

TEST(CheckAddress, TakesWhatAnotherMachineCouldCall) {
  EXPECT_OK(CheckAddress("greffe.example.fr:7443", "address"));
  EXPECT_OK(CheckAddress("[2001:db8::1]:1", "address"));
  const std::string longest = std::string(kHostPortCharacters - 2, 'h') + ":1";
  EXPECT_OK(CheckAddress(longest, "address"));
  for (const std::string& bad : std::vector<std::string>{
           "", "host", "host:", ":1", "host:0", "host:65536", "host:+1", "0.0.0.0:7443",
           "[::]:7443", "::1:7443", "unix:/tmp/x:1", "a b:1", "h" + longest}) {
    const Refusal refusal = RefusalOf(CheckAddress(bad, "address"));
    EXPECT_EQ(refusal.rule, "address") << bad;
    EXPECT_EQ(refusal.field, "address") << bad;
  }
}

}  // namespace
}  // namespace greffe::test
