#include "server/rpc/admin_service.h"

#include <memory>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "server/peers/manager.h"
#include "server/rpc/admin_commands.h"
#include "server/rpc/call_context.h"
#include "server/rpc/peer_commands.h"
#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {

grpc::ServerUnaryReactor* AdminServiceImpl::WhoAmI(grpc::CallbackServerContext* context,
                                                   const v1::WhoAmIRequest*,
                                                   v1::WhoAmIResponse* response) {
  return RunOn<v1::WhoAmIResponse>(
      rooms_.reads, rooms_, context, response,
      [this](const UserCall& call) { return greffe::WhoAmI(rooms_, call); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::GetAdminStatus(grpc::CallbackServerContext* context,
                                                           const v1::GetAdminStatusRequest*,
                                                           v1::GetAdminStatusResponse* response) {
  return RunOn<v1::GetAdminStatusResponse>(
      rooms_.reads, rooms_, context, response,
      [this](const UserCall& call) { return greffe::GetAdminStatus(rooms_, call); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::GetMetrics(grpc::CallbackServerContext* context,
                                                       const v1::GetMetricsRequest*,
                                                       v1::GetMetricsResponse* response) {
  return RunOn<v1::GetMetricsResponse>(
      rooms_.reads, rooms_, context, response,
      [this](const UserCall& call) { return greffe::GetMetrics(rooms_, call); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::ListUsers(grpc::CallbackServerContext* context,
                                                      const v1::ListUsersRequest*,
                                                      v1::ListUsersResponse* response) {
  return RunOn<v1::ListUsersResponse>(
      rooms_.reads, rooms_, context, response,
      [this](const UserCall& call) { return greffe::ListUsers(rooms_, call); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::AddUser(grpc::CallbackServerContext* context,
                                                    const v1::AddUserRequest* request,
                                                    v1::AddUserResponse* response) {
  return RunOn<v1::AddUserResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::AddUser(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::SetUserRoles(grpc::CallbackServerContext* context,
                                                         const v1::SetUserRolesRequest* request,
                                                         v1::SetUserRolesResponse* response) {
  return RunOn<v1::SetUserRolesResponse>(rooms_.slow, rooms_, context, response,
                                         [this, request](const UserCall& call) {
                                           return greffe::SetUserRoles(rooms_, call, *request);
                                         });
}

grpc::ServerUnaryReactor* AdminServiceImpl::RemoveUser(grpc::CallbackServerContext* context,
                                                       const v1::RemoveUserRequest* request,
                                                       v1::RemoveUserResponse* response) {
  return RunOn<v1::RemoveUserResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::RemoveUser(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::ListPartners(grpc::CallbackServerContext* context,
                                                         const v1::ListPartnersRequest*,
                                                         v1::ListPartnersResponse* response) {
  return RunOn<v1::ListPartnersResponse>(
      rooms_.reads, rooms_, context, response,
      [this](const UserCall& call) { return greffe::ListPartners(rooms_, call); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::AddPartner(grpc::CallbackServerContext* context,
                                                       const v1::AddPartnerRequest* request,
                                                       v1::AddPartnerResponse* response) {
  return RunOn<v1::AddPartnerResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::AddPartner(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::ListPeers(grpc::CallbackServerContext* context,
                                                      const v1::ListPeersRequest*,
                                                      v1::ListPeersResponse* response) {
  return RunOn<v1::ListPeersResponse>(
      rooms_.reads, rooms_, context, response,
      [this](const UserCall& call) { return greffe::ListPeers(rooms_, call); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::InvitePeer(grpc::CallbackServerContext* context,
                                                       const v1::InvitePeerRequest* request,
                                                       v1::InvitePeerResponse* response) {
  return RunOn<v1::InvitePeerResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::InvitePeer(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::JoinPeer(grpc::CallbackServerContext* context,
                                                     const v1::JoinPeerRequest* request,
                                                     v1::JoinPeerResponse* response) {
  return RunOn<v1::JoinPeerResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::JoinPeer(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::RemovePeer(grpc::CallbackServerContext* context,
                                                       const v1::RemovePeerRequest* request,
                                                       v1::RemovePeerResponse* response) {
  return RunOn<v1::RemovePeerResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::RemovePeer(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::PausePeer(grpc::CallbackServerContext* context,
                                                      const v1::PausePeerRequest* request,
                                                      v1::PausePeerResponse* response) {
  return RunOn<v1::PausePeerResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::PausePeer(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::ResumePeer(grpc::CallbackServerContext* context,
                                                       const v1::ResumePeerRequest* request,
                                                       v1::ResumePeerResponse* response) {
  return RunOn<v1::ResumePeerResponse>(
      rooms_.slow, rooms_, context, response,
      [this, request](const UserCall& call) { return greffe::ResumePeer(rooms_, call, *request); });
}

grpc::ServerUnaryReactor* AdminServiceImpl::SyncNow(grpc::CallbackServerContext* context,
                                                    const v1::SyncNowRequest* request,
                                                    v1::SyncNowResponse* response) {
  const Finisher finish(rooms_, context, Finisher::Work::kRead);
  const absl::StatusOr<UserCall> call = Authenticate(*context, rooms_);
  const absl::StatusOr<std::vector<Peer>> peers =
      call.ok() ? PeersToSync(rooms_, *call, request->peer()) : call.status();
  if (!peers.ok()) {
    finish(peers.status());
    return finish.reactor();
  }
  std::vector<ReplicaId> ids;
  for (const Peer& peer : *peers) ids.push_back(peer.id);
  // Answered a little before the caller gives up, so that it learns how far things are.
  const Instant deadline{call->deadline->micros - kSyncAnswerMicros};
  rooms_.manager.SyncNow(
      std::move(ids), request->wait(), deadline,
      [this, finish, response, peers = *peers, call = *call, wait = request->wait()](bool in_sync) {
        FillSyncNow(rooms_, call, peers, in_sync, response);
        absl::Status end;
        if (in_sync) end = EndHoldAfter(rooms_, peers);
        if (end.ok() && wait && in_sync) end = SyncedUnlessStopped(rooms_.replica);
        finish(end);
      });
  return finish.reactor();
}

grpc::ServerUnaryReactor* AdminServiceImpl::MakeBackup(grpc::CallbackServerContext* context,
                                                       const v1::MakeBackupRequest* request,
                                                       v1::MakeBackupResponse* response) {
  return RunOn<v1::MakeBackupResponse>(
      rooms_.slow, rooms_, context, response,
      [this, context, request](const UserCall& call) -> absl::StatusOr<v1::MakeBackupResponse> {
        RETURN_IF_ERROR(RequireLocal(*context));
        // The context lives until the call is finished.
        return greffe::MakeBackup(rooms_, call, *request,
                                  [context] { return !context->IsCancelled(); });
      });
}

std::unique_ptr<grpc::Service> MakeAdminService(RpcRooms& rooms) {
  return std::make_unique<AdminServiceImpl>(rooms);
}

}  // namespace greffe
