#include "server/rpc/attachment_service.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "server/rpc/call_context.h"
#include "server/rpc/pulled_stream.h"
#include "server/rpc/services.h"
#include "server/rpc/unary.h"
#include "server/rpc/upload.h"

namespace greffe {
namespace {

using Download = PulledStream<v1::DownloadAttachmentResponse>;

struct Downloading {
  RpcRooms& rooms;
  UserCall call;
  v1::DownloadAttachmentRequest request;
  std::unique_ptr<AttachmentReader> reader;

  absl::StatusOr<std::vector<v1::DownloadAttachmentResponse>> Pull() {
    if (reader == nullptr) {
      ASSIGN_OR_RETURN(reader, rooms.replica.OpenAttachment(call, request));
    }
    ASSIGN_OR_RETURN(std::optional<v1::DownloadAttachmentResponse> piece, reader->Next());
    std::vector<v1::DownloadAttachmentResponse> out;
    if (piece.has_value()) out.push_back(*std::move(piece));
    return out;
  }
};

}  // namespace

grpc::ServerUnaryReactor* AttachmentServiceImpl::AddAttachment(
    grpc::CallbackServerContext* context, const v1::AddAttachmentRequest* request,
    v1::AddAttachmentResponse* response) {
  return RunCommand(rooms_, context, request, response);
}

grpc::ServerReadReactor<v1::UploadAttachmentRequest>* AttachmentServiceImpl::UploadAttachment(
    grpc::CallbackServerContext* context, v1::UploadAttachmentResponse* response) {
  return StartUpload(rooms_, context, response);
}

grpc::ServerUnaryReactor* AttachmentServiceImpl::ListAttachments(
    grpc::CallbackServerContext* context, const v1::ListAttachmentsRequest* request,
    v1::ListAttachmentsResponse* response) {
  return RunRead(rooms_, context, request, response, &Replica::ListAttachments);
}

grpc::ServerWriteReactor<v1::DownloadAttachmentResponse>* AttachmentServiceImpl::DownloadAttachment(
    grpc::CallbackServerContext* context, const v1::DownloadAttachmentRequest* request) {
  Download::Options options{.pool = &rooms_.slow, .language = LanguageOf(*context)};
  absl::StatusOr<UserCall> call = Authenticate(*context, rooms_);
  if (!call.ok()) {
    options.pull = [status = call.status()] { return status; };
  } else if (absl::Status entered = EnterStream(rooms_, *call); !entered.ok()) {
    options.pull = [entered] { return entered; };
  } else {
    // Shared because std::function wants copies; the stream alone uses it.
    auto downloading = std::make_shared<Downloading>(
        Downloading{.rooms = rooms_, .call = *std::move(call), .request = *request});
    options.pull = [downloading] { return downloading->Pull(); };
    options.on_gone = [this, downloading] { rooms_.streams.Leave(downloading->call); };
  }
  auto* stream = new Download(std::move(options));
  stream->Begin();
  return stream;
}

std::unique_ptr<grpc::Service> MakeAttachmentService(RpcRooms& rooms) {
  return std::make_unique<AttachmentServiceImpl>(rooms);
}

}  // namespace greffe
