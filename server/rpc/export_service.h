#ifndef GREFFE_SERVER_RPC_EXPORT_SERVICE_H_
#define GREFFE_SERVER_RPC_EXPORT_SERVICE_H_

#include "greffe/v1/export_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.ExportService over the replica: who calls, then the use case, nothing else.
class ExportServiceImpl final : public v1::ExportService::CallbackService {
 public:
  explicit ExportServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* ExportDocument(grpc::CallbackServerContext* context,
                                           const v1::ExportDocumentRequest* request,
                                           v1::ExportDocumentResponse* response) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_EXPORT_SERVICE_H_
