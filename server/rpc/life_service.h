#ifndef GREFFE_SERVER_RPC_LIFE_SERVICE_H_
#define GREFFE_SERVER_RPC_LIFE_SERVICE_H_

#include "greffe/v1/life_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.LifeService over the replica: who calls, then the use case, nothing else.
class LifeServiceImpl final : public v1::LifeService::CallbackService {
 public:
  explicit LifeServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* RecordFact(grpc::CallbackServerContext* context,
                                       const v1::RecordFactRequest* request,
                                       v1::RecordFactResponse* response) override;
  grpc::ServerUnaryReactor* GetLife(grpc::CallbackServerContext* context,
                                    const v1::GetLifeRequest* request,
                                    v1::GetLifeResponse* response) override;
  grpc::ServerUnaryReactor* GetDeadlines(grpc::CallbackServerContext* context,
                                         const v1::GetDeadlinesRequest* request,
                                         v1::GetDeadlinesResponse* response) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_LIFE_SERVICE_H_
