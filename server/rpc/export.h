#ifndef GREFFE_SERVER_RPC_EXPORT_H_
#define GREFFE_SERVER_RPC_EXPORT_H_

#include <grpcpp/support/server_callback.h>

#include "greffe/v1/audit_service.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// A convention, frame by frame, as fast as the client takes it.
grpc::ServerWriteReactor<v1::ExportConventionResponse>* StartExport(
    RpcRooms& rooms, grpc::CallbackServerContext* context,
    const v1::ExportConventionRequest& request);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_EXPORT_H_
