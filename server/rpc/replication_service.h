#ifndef GREFFE_SERVER_RPC_REPLICATION_SERVICE_H_
#define GREFFE_SERVER_RPC_REPLICATION_SERVICE_H_

#include "greffe/v1/replication_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.ReplicationService: the caller is the key of its TLS certificate, never a user. Sync
// gets its messages as bytes, so that their size is looked at before they are parsed.
class ReplicationServiceImpl final
    : public v1::ReplicationService::WithCallbackMethod_Join<
          v1::ReplicationService::WithRawCallbackMethod_Sync<v1::ReplicationService::Service>> {
 public:
  explicit ReplicationServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* Sync(
      grpc::CallbackServerContext* context) override;
  grpc::ServerUnaryReactor* Join(grpc::CallbackServerContext* context,
                                 const v1::JoinRequest* request,
                                 v1::JoinResponse* response) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_REPLICATION_SERVICE_H_
