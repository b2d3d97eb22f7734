#include "server/rpc/services.h"

namespace greffe {

std::vector<std::unique_ptr<grpc::Service>> MakeServices(RpcRooms& rooms) {
  std::vector<std::unique_ptr<grpc::Service>> out;
  for (const auto make : {MakeActService, MakeAdminService, MakeAttachmentService, MakeAuditService,
                          MakeConventionService, MakeExportService, MakeFollowUpService,
                          MakeLifeService, MakeReplicationService}) {
    out.push_back(make(rooms));
  }
  return out;
}

}  // namespace greffe
