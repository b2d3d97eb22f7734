#ifndef GREFFE_SERVER_RPC_WATCH_H_
#define GREFFE_SERVER_RPC_WATCH_H_

#include <grpcpp/support/server_callback.h>

#include "greffe/v1/convention_service.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// Events of a convention as they are applied here, until the client stops or its token is removed.
grpc::ServerWriteReactor<v1::WatchConventionResponse>* StartWatch(
    RpcRooms& rooms, grpc::CallbackServerContext* context,
    const v1::WatchConventionRequest& request);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_WATCH_H_
