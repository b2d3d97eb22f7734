#include "server/rpc/upload.h"

#include <optional>
#include <string>
#include <utility>

#include "core/sync/replica_view.h"
#include "server/rpc/call_context.h"
#include "server/rpc/grpc_status.h"
#include "server/rpc/unary.h"

namespace greffe {
namespace {

// Deletes itself. gRPC and the sequencer each call it once for each step they were given, so no two
// of its methods run at once.
class Upload final : public grpc::ServerReadReactor<v1::UploadAttachmentRequest> {
 public:
  Upload(RpcRooms& rooms, Language language, v1::UploadAttachmentResponse* response)
      : rooms_(rooms), language_(language), response_(response) {}

  // `token`: the one that `call` was made with.
  void Begin(absl::StatusOr<UserCall> call, absl::StatusOr<std::string> token) {
    if (!call.ok()) return End(call.status());
    if (!token.ok()) return End(token.status());
    token_ = *std::move(token);
    if (const absl::Status entered = EnterStream(rooms_, *call); !entered.ok()) {
      return End(entered);
    }
    entered_ = true;
    call_ = *std::move(call);
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return End(absl::OkStatus());
    rooms_.slow.Put([this] { Take(); });
  }

  void OnDone() override {
    rooms_.slow.Put([this] {
      if (entered_) rooms_.streams.Leave(call_);
      delete this;
    });
  }

 private:
  void Take() {
    // Asked again at each chunk: a removed token must stop working at once.
    if (const absl::Status known = rooms_.users.Authenticate(token_).status(); !known.ok()) {
      return End(known);
    }
    if (!upload_) {
      auto found =
          rooms_.replica.FindUpload(call_, request_.convention_id(), request_.attachment_id());
      if (!found.ok()) return End(found.status());
      upload_ = *std::move(found);
    }
    upload_->index = request_.index();
    rooms_.replica.SubmitChunk(std::nullopt, *upload_, std::move(*request_.mutable_chunk()),
                               [this](absl::StatusOr<ChunkOutcome> outcome) {
                                 if (!outcome.ok()) return End(outcome.status());
                                 if (outcome->written) {
                                   response_->set_stored(response_->stored() + 1);
                                 }
                                 response_->set_complete(outcome->complete);
                                 StartRead(&request_);
                               });
  }

  void End(const absl::Status& status) { Finish(ToGrpcStatus(status, language_)); }

  RpcRooms& rooms_;
  const Language language_;
  v1::UploadAttachmentResponse* const response_;
  bool entered_ = false;
  std::string token_;
  UserCall call_;
  std::optional<sync::MissingChunk> upload_;
  v1::UploadAttachmentRequest request_;
};

}  // namespace

grpc::ServerReadReactor<v1::UploadAttachmentRequest>* StartUpload(
    RpcRooms& rooms, grpc::CallbackServerContext* context, v1::UploadAttachmentResponse* response) {
  auto* upload = new Upload(rooms, LanguageOf(*context), response);
  upload->Begin(Authenticate(*context, rooms), TokenOf(*context));
  return upload;
}

}  // namespace greffe
