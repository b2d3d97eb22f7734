#include "server/rpc/life_service.h"

#include <memory>

#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {

grpc::ServerUnaryReactor* LifeServiceImpl::RecordFact(grpc::CallbackServerContext* context,
                                                      const v1::RecordFactRequest* request,
                                                      v1::RecordFactResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* LifeServiceImpl::GetLife(grpc::CallbackServerContext* context,
                                                   const v1::GetLifeRequest* request,
                                                   v1::GetLifeResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetLife);
}

grpc::ServerUnaryReactor* LifeServiceImpl::GetDeadlines(grpc::CallbackServerContext* context,
                                                        const v1::GetDeadlinesRequest* request,
                                                        v1::GetDeadlinesResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetDeadlines);
}

std::unique_ptr<grpc::Service> MakeLifeService(RpcRooms& rooms) {
  return std::make_unique<LifeServiceImpl>(rooms);
}

}  // namespace greffe
