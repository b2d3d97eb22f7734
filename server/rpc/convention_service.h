#ifndef GREFFE_SERVER_RPC_CONVENTION_SERVICE_H_
#define GREFFE_SERVER_RPC_CONVENTION_SERVICE_H_

#include "greffe/v1/convention_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.ConventionService over the replica: who calls, then the use case, nothing else.
class ConventionServiceImpl final : public v1::ConventionService::CallbackService {
 public:
  explicit ConventionServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* CreateConvention(grpc::CallbackServerContext* context,
                                             const v1::CreateConventionRequest* request,
                                             v1::CreateConventionResponse* response) override;
  grpc::ServerUnaryReactor* ListConventions(grpc::CallbackServerContext* context,
                                            const v1::ListConventionsRequest* request,
                                            v1::ListConventionsResponse* response) override;
  grpc::ServerUnaryReactor* GetConvention(grpc::CallbackServerContext* context,
                                          const v1::GetConventionRequest* request,
                                          v1::GetConventionResponse* response) override;
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;
  grpc::ServerUnaryReactor* DiffConvention(grpc::CallbackServerContext* context,
                                           const v1::DiffConventionRequest* request,
                                           v1::DiffConventionResponse* response) override;
  grpc::ServerUnaryReactor* GetHistory(grpc::CallbackServerContext* context,
                                       const v1::GetHistoryRequest* request,
                                       v1::GetHistoryResponse* response) override;
  grpc::ServerUnaryReactor* ListConflicts(grpc::CallbackServerContext* context,
                                          const v1::ListConflictsRequest* request,
                                          v1::ListConflictsResponse* response) override;
  grpc::ServerUnaryReactor* SettleConflict(grpc::CallbackServerContext* context,
                                           const v1::SettleConflictRequest* request,
                                           v1::SettleConflictResponse* response) override;
  grpc::ServerUnaryReactor* ShareConvention(grpc::CallbackServerContext* context,
                                            const v1::ShareConventionRequest* request,
                                            v1::ShareConventionResponse* response) override;
  grpc::ServerUnaryReactor* GetRoster(grpc::CallbackServerContext* context,
                                      const v1::GetRosterRequest* request,
                                      v1::GetRosterResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchConventionResponse>* WatchConvention(
      grpc::CallbackServerContext* context, const v1::WatchConventionRequest* request) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_CONVENTION_SERVICE_H_
