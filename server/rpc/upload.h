#ifndef GREFFE_SERVER_RPC_UPLOAD_H_
#define GREFFE_SERVER_RPC_UPLOAD_H_

#include <grpcpp/support/server_callback.h>

#include "greffe/v1/attachment_service.pb.h"
#include "server/rpc/rooms.h"

namespace greffe {

// Takes the chunks of an attachment, one at a time: the next is read once the last is on disk, so
// that one upload holds one chunk in memory. Ends at the first chunk refused.
grpc::ServerReadReactor<v1::UploadAttachmentRequest>* StartUpload(
    RpcRooms& rooms, grpc::CallbackServerContext* context, v1::UploadAttachmentResponse* response);

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_UPLOAD_H_
