#ifndef GREFFE_SERVER_RPC_ADMIN_SERVICE_H_
#define GREFFE_SERVER_RPC_ADMIN_SERVICE_H_

#include "greffe/v1/admin_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.AdminService: who calls, then admin_commands or peer_commands, nothing else.
class AdminServiceImpl final : public v1::AdminService::CallbackService {
 public:
  explicit AdminServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* WhoAmI(grpc::CallbackServerContext* context,
                                   const v1::WhoAmIRequest* request,
                                   v1::WhoAmIResponse* response) override;
  grpc::ServerUnaryReactor* GetAdminStatus(grpc::CallbackServerContext* context,
                                           const v1::GetAdminStatusRequest* request,
                                           v1::GetAdminStatusResponse* response) override;
  grpc::ServerUnaryReactor* GetMetrics(grpc::CallbackServerContext* context,
                                       const v1::GetMetricsRequest* request,
                                       v1::GetMetricsResponse* response) override;
  grpc::ServerUnaryReactor* ListUsers(grpc::CallbackServerContext* context,
                                      const v1::ListUsersRequest* request,
                                      v1::ListUsersResponse* response) override;
  grpc::ServerUnaryReactor* AddUser(grpc::CallbackServerContext* context,
                                    const v1::AddUserRequest* request,
                                    v1::AddUserResponse* response) override;
  grpc::ServerUnaryReactor* SetUserRoles(grpc::CallbackServerContext* context,
                                         const v1::SetUserRolesRequest* request,
                                         v1::SetUserRolesResponse* response) override;
  grpc::ServerUnaryReactor* RemoveUser(grpc::CallbackServerContext* context,
                                       const v1::RemoveUserRequest* request,
                                       v1::RemoveUserResponse* response) override;
  grpc::ServerUnaryReactor* ListPartners(grpc::CallbackServerContext* context,
                                         const v1::ListPartnersRequest* request,
                                         v1::ListPartnersResponse* response) override;
  grpc::ServerUnaryReactor* AddPartner(grpc::CallbackServerContext* context,
                                       const v1::AddPartnerRequest* request,
                                       v1::AddPartnerResponse* response) override;
  grpc::ServerUnaryReactor* ListPeers(grpc::CallbackServerContext* context,
                                      const v1::ListPeersRequest* request,
                                      v1::ListPeersResponse* response) override;
  grpc::ServerUnaryReactor* InvitePeer(grpc::CallbackServerContext* context,
                                       const v1::InvitePeerRequest* request,
                                       v1::InvitePeerResponse* response) override;
  grpc::ServerUnaryReactor* JoinPeer(grpc::CallbackServerContext* context,
                                     const v1::JoinPeerRequest* request,
                                     v1::JoinPeerResponse* response) override;
  grpc::ServerUnaryReactor* RemovePeer(grpc::CallbackServerContext* context,
                                       const v1::RemovePeerRequest* request,
                                       v1::RemovePeerResponse* response) override;
  grpc::ServerUnaryReactor* PausePeer(grpc::CallbackServerContext* context,
                                      const v1::PausePeerRequest* request,
                                      v1::PausePeerResponse* response) override;
  grpc::ServerUnaryReactor* ResumePeer(grpc::CallbackServerContext* context,
                                       const v1::ResumePeerRequest* request,
                                       v1::ResumePeerResponse* response) override;
  grpc::ServerUnaryReactor* SyncNow(grpc::CallbackServerContext* context,
                                    const v1::SyncNowRequest* request,
                                    v1::SyncNowResponse* response) override;
  grpc::ServerUnaryReactor* MakeBackup(grpc::CallbackServerContext* context,
                                       const v1::MakeBackupRequest* request,
                                       v1::MakeBackupResponse* response) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_ADMIN_SERVICE_H_
