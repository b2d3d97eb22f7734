#ifndef GREFFE_SERVER_RPC_AUDIT_SERVICE_H_
#define GREFFE_SERVER_RPC_AUDIT_SERVICE_H_

#include "greffe/v1/audit_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.AuditService over the replica: who calls, then the use case, nothing else.
class AuditServiceImpl final : public v1::AuditService::CallbackService {
 public:
  explicit AuditServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* Verify(grpc::CallbackServerContext* context,
                                   const v1::VerifyRequest* request,
                                   v1::VerifyResponse* response) override;
  grpc::ServerUnaryReactor* ListEvents(grpc::CallbackServerContext* context,
                                       const v1::ListEventsRequest* request,
                                       v1::ListEventsResponse* response) override;
  grpc::ServerUnaryReactor* ProveEvent(grpc::CallbackServerContext* context,
                                       const v1::ProveEventRequest* request,
                                       v1::ProveEventResponse* response) override;
  grpc::ServerWriteReactor<v1::ExportConventionResponse>* ExportConvention(
      grpc::CallbackServerContext* context, const v1::ExportConventionRequest* request) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_AUDIT_SERVICE_H_
