#include "server/rpc/export_service.h"

#include <memory>

#include "server/app/documents.h"
#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {

grpc::ServerUnaryReactor* ExportServiceImpl::ExportDocument(
    grpc::CallbackServerContext* context, const v1::ExportDocumentRequest* request,
    v1::ExportDocumentResponse* response) {
  return RunOn<v1::ExportDocumentResponse>(
      rooms_.slow, rooms_, context, response, [this, request](const UserCall& call) {
        return greffe::ExportDocument(rooms_.replica, call, *request);
      });
}

std::unique_ptr<grpc::Service> MakeExportService(RpcRooms& rooms) {
  return std::make_unique<ExportServiceImpl>(rooms);
}

}  // namespace greffe
