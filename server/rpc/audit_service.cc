#include "server/rpc/audit_service.h"

#include <memory>

#include "server/rpc/export.h"
#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {

grpc::ServerUnaryReactor* AuditServiceImpl::Verify(grpc::CallbackServerContext* context,
                                                   const v1::VerifyRequest* request,
                                                   v1::VerifyResponse* response) {
  return RunOn<v1::VerifyResponse>(
      rooms_.slow, rooms_, context, response, [this, context, request](const UserCall& call) {
        return rooms_.replica.Verify(call, *request, [this, context, &call] {
          return context->IsCancelled() || !CheckDeadline(call, rooms_.clock.Now()).ok();
        });
      });
}

grpc::ServerUnaryReactor* AuditServiceImpl::ListEvents(grpc::CallbackServerContext* context,
                                                       const v1::ListEventsRequest* request,
                                                       v1::ListEventsResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::ListEvents);
}

grpc::ServerUnaryReactor* AuditServiceImpl::ProveEvent(grpc::CallbackServerContext* context,
                                                       const v1::ProveEventRequest* request,
                                                       v1::ProveEventResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::ProveEvent);
}

grpc::ServerWriteReactor<v1::ExportConventionResponse>* AuditServiceImpl::ExportConvention(
    grpc::CallbackServerContext* context, const v1::ExportConventionRequest* request) {
  return StartExport(rooms_, context, *request);
}

std::unique_ptr<grpc::Service> MakeAuditService(RpcRooms& rooms) {
  return std::make_unique<AuditServiceImpl>(rooms);
}

}  // namespace greffe
