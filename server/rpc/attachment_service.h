#ifndef GREFFE_SERVER_RPC_ATTACHMENT_SERVICE_H_
#define GREFFE_SERVER_RPC_ATTACHMENT_SERVICE_H_

#include "greffe/v1/attachment_service.grpc.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// greffe.v1.AttachmentService over the replica: who calls, then the use case, nothing else.
class AttachmentServiceImpl final : public v1::AttachmentService::CallbackService {
 public:
  explicit AttachmentServiceImpl(RpcRooms& rooms) : rooms_(rooms) {}

  grpc::ServerUnaryReactor* AddAttachment(grpc::CallbackServerContext* context,
                                          const v1::AddAttachmentRequest* request,
                                          v1::AddAttachmentResponse* response) override;
  grpc::ServerReadReactor<v1::UploadAttachmentRequest>* UploadAttachment(
      grpc::CallbackServerContext* context, v1::UploadAttachmentResponse* response) override;
  grpc::ServerUnaryReactor* ListAttachments(grpc::CallbackServerContext* context,
                                            const v1::ListAttachmentsRequest* request,
                                            v1::ListAttachmentsResponse* response) override;
  grpc::ServerWriteReactor<v1::DownloadAttachmentResponse>* DownloadAttachment(
      grpc::CallbackServerContext* context, const v1::DownloadAttachmentRequest* request) override;

 private:
  RpcRooms& rooms_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_ATTACHMENT_SERVICE_H_
