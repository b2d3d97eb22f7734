#ifndef GREFFE_SERVER_RPC_UNDECODABLE_H_
#define GREFFE_SERVER_RPC_UNDECODABLE_H_

#include <grpcpp/server_builder.h>

#include "server/rpc/rooms.h"

namespace greffe {

// Makes gRPC answer a request that is no message of its method as our own refusals are answered
// (INVALID_ARGUMENT, rule "request-bytes"), and counts it. By itself gRPC says UNIMPLEMENTED and
// nothing else, which reads like an older server. `rooms` outlives the server.
void AnswerUndecodable(RpcRooms& rooms, grpc::ServerBuilder* builder);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_UNDECODABLE_H_
