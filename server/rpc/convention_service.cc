#include "server/rpc/convention_service.h"

#include <memory>

#include "server/rpc/services.h"
#include "server/rpc/unary.h"
#include "server/rpc/watch.h"

namespace greffe {

grpc::ServerUnaryReactor* ConventionServiceImpl::CreateConvention(
    grpc::CallbackServerContext* context, const v1::CreateConventionRequest* request,
    v1::CreateConventionResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::ListConventions(
    grpc::CallbackServerContext* context, const v1::ListConventionsRequest* request,
    v1::ListConventionsResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::ListConventions);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::GetConvention(
    grpc::CallbackServerContext* context, const v1::GetConventionRequest* request,
    v1::GetConventionResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetConvention);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::GetStatus(grpc::CallbackServerContext* context,
                                                           const v1::GetStatusRequest* request,
                                                           v1::GetStatusResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetStatus);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::DiffConvention(
    grpc::CallbackServerContext* context, const v1::DiffConventionRequest* request,
    v1::DiffConventionResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::DiffConvention);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::GetHistory(grpc::CallbackServerContext* context,
                                                            const v1::GetHistoryRequest* request,
                                                            v1::GetHistoryResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetHistory);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::ListConflicts(
    grpc::CallbackServerContext* context, const v1::ListConflictsRequest* request,
    v1::ListConflictsResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::ListConflicts);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::SettleConflict(
    grpc::CallbackServerContext* context, const v1::SettleConflictRequest* request,
    v1::SettleConflictResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::ShareConvention(
    grpc::CallbackServerContext* context, const v1::ShareConventionRequest* request,
    v1::ShareConventionResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ConventionServiceImpl::GetRoster(grpc::CallbackServerContext* context,
                                                           const v1::GetRosterRequest* request,
                                                           v1::GetRosterResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetRoster);
}

grpc::ServerWriteReactor<v1::WatchConventionResponse>* ConventionServiceImpl::WatchConvention(
    grpc::CallbackServerContext* context, const v1::WatchConventionRequest* request) {
  return StartWatch(rooms_, context, *request);
}

std::unique_ptr<grpc::Service> MakeConventionService(RpcRooms& rooms) {
  return std::make_unique<ConventionServiceImpl>(rooms);
}

}  // namespace greffe
