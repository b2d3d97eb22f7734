#ifndef GREFFE_SERVER_RPC_SERVICES_H_
#define GREFFE_SERVER_RPC_SERVICES_H_

#include <grpcpp/impl/codegen/service_type.h>

#include <memory>
#include <vector>

#include "server/rpc/rooms.h"

namespace greffe {

// Each in its own file, beside its adapter: what gRPC generates for one service is long to read.
// `rooms` outlives them.
std::unique_ptr<grpc::Service> MakeActService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeAdminService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeAttachmentService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeAuditService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeConventionService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeExportService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeFollowUpService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeLifeService(RpcRooms& rooms);
std::unique_ptr<grpc::Service> MakeReplicationService(RpcRooms& rooms);

// All that greffed serves.
std::vector<std::unique_ptr<grpc::Service>> MakeServices(RpcRooms& rooms);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_SERVICES_H_
