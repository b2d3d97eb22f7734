#ifndef GREFFE_SERVER_RPC_ACT_SERVICE_H_
#define GREFFE_SERVER_RPC_ACT_SERVICE_H_

#include "greffe/v1/act_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.ActService over the replica: who calls, then the use case, nothing else.
class ActServiceImpl final : public v1::ActService::CallbackService {
 public:
  explicit ActServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* ProposeAct(grpc::CallbackServerContext* context,
                                       const v1::ProposeActRequest* request,
                                       v1::ProposeActResponse* response) override;
  grpc::ServerUnaryReactor* ReviseAct(grpc::CallbackServerContext* context,
                                      const v1::ReviseActRequest* request,
                                      v1::ReviseActResponse* response) override;
  grpc::ServerUnaryReactor* FreezeAct(grpc::CallbackServerContext* context,
                                      const v1::FreezeActRequest* request,
                                      v1::FreezeActResponse* response) override;
  grpc::ServerUnaryReactor* SignAct(grpc::CallbackServerContext* context,
                                    const v1::SignActRequest* request,
                                    v1::SignActResponse* response) override;
  grpc::ServerUnaryReactor* RecordSignature(grpc::CallbackServerContext* context,
                                            const v1::RecordSignatureRequest* request,
                                            v1::RecordSignatureResponse* response) override;
  grpc::ServerUnaryReactor* AttestAct(grpc::CallbackServerContext* context,
                                      const v1::AttestActRequest* request,
                                      v1::AttestActResponse* response) override;
  grpc::ServerUnaryReactor* RefuseAct(grpc::CallbackServerContext* context,
                                      const v1::RefuseActRequest* request,
                                      v1::RefuseActResponse* response) override;
  grpc::ServerUnaryReactor* WithdrawAct(grpc::CallbackServerContext* context,
                                        const v1::WithdrawActRequest* request,
                                        v1::WithdrawActResponse* response) override;
  grpc::ServerUnaryReactor* ListActs(grpc::CallbackServerContext* context,
                                     const v1::ListActsRequest* request,
                                     v1::ListActsResponse* response) override;
  grpc::ServerUnaryReactor* GetAct(grpc::CallbackServerContext* context,
                                   const v1::GetActRequest* request,
                                   v1::GetActResponse* response) override;
  grpc::ServerUnaryReactor* GetInstrument(grpc::CallbackServerContext* context,
                                          const v1::GetInstrumentRequest* request,
                                          v1::GetInstrumentResponse* response) override;
  grpc::ServerUnaryReactor* RecordDeliberation(grpc::CallbackServerContext* context,
                                               const v1::RecordDeliberationRequest* request,
                                               v1::RecordDeliberationResponse* response) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_ACT_SERVICE_H_
