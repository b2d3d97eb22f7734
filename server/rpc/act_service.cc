#include "server/rpc/act_service.h"

#include <memory>

#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {

grpc::ServerUnaryReactor* ActServiceImpl::ProposeAct(grpc::CallbackServerContext* context,
                                                     const v1::ProposeActRequest* request,
                                                     v1::ProposeActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::ReviseAct(grpc::CallbackServerContext* context,
                                                    const v1::ReviseActRequest* request,
                                                    v1::ReviseActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::FreezeAct(grpc::CallbackServerContext* context,
                                                    const v1::FreezeActRequest* request,
                                                    v1::FreezeActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::SignAct(grpc::CallbackServerContext* context,
                                                  const v1::SignActRequest* request,
                                                  v1::SignActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::RecordSignature(grpc::CallbackServerContext* context,
                                                          const v1::RecordSignatureRequest* request,
                                                          v1::RecordSignatureResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::AttestAct(grpc::CallbackServerContext* context,
                                                    const v1::AttestActRequest* request,
                                                    v1::AttestActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::RefuseAct(grpc::CallbackServerContext* context,
                                                    const v1::RefuseActRequest* request,
                                                    v1::RefuseActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::WithdrawAct(grpc::CallbackServerContext* context,
                                                      const v1::WithdrawActRequest* request,
                                                      v1::WithdrawActResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerUnaryReactor* ActServiceImpl::ListActs(grpc::CallbackServerContext* context,
                                                   const v1::ListActsRequest* request,
                                                   v1::ListActsResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::ListActs);
}

grpc::ServerUnaryReactor* ActServiceImpl::GetAct(grpc::CallbackServerContext* context,
                                                 const v1::GetActRequest* request,
                                                 v1::GetActResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetAct);
}

grpc::ServerUnaryReactor* ActServiceImpl::GetInstrument(grpc::CallbackServerContext* context,
                                                        const v1::GetInstrumentRequest* request,
                                                        v1::GetInstrumentResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::GetInstrument);
}

grpc::ServerUnaryReactor* ActServiceImpl::RecordDeliberation(
    grpc::CallbackServerContext* context, const v1::RecordDeliberationRequest* request,
    v1::RecordDeliberationResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

std::unique_ptr<grpc::Service> MakeActService(RpcRooms& rooms) {
  return std::make_unique<ActServiceImpl>(rooms);
}

}  // namespace greffe
