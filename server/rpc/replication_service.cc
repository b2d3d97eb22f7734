#include "server/rpc/replication_service.h"

#include <memory>
#include <optional>
#include <utility>

#include "server/peers/manager.h"
#include "server/rpc/peer_commands.h"
#include "server/rpc/unary.h"

namespace greffe {
namespace {

// A Sync stream that a peer opened. Deletes itself when all is over.
class AcceptedStream final : public grpc::ServerBidiReactor<v1::SyncRequest, v1::SyncResponse>,
                             public LinkTransport {
 public:
  AcceptedStream(grpc::CallbackServerContext* context, std::shared_ptr<PeerLink> link)
      : context_(context), language_(LanguageOf(*context)), link_(std::move(link)) {}

  void Begin() { link_->Open(this); }

  void Read() override { StartRead(&incoming_); }
  void Write(v1::Frame frame) override {
    *outgoing_.mutable_frame() = std::move(frame);
    StartWrite(&outgoing_);
  }
  void Close(const absl::Status& status) override { Finish(ToGrpcStatus(status, language_)); }
  void Abort() override { context_->TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return link_->OnRead(std::nullopt);
    link_->OnRead(std::move(*incoming_.mutable_frame()));
  }
  void OnWriteDone(bool ok) override { link_->OnWritten(ok); }
  void OnCancel() override { link_->Close(absl::CancelledError("the stream broke")); }
  void OnDone() override {
    link_->OnEnded(absl::CancelledError("the stream is over"));
    delete this;
  }

 private:
  grpc::CallbackServerContext* const context_;
  const Language language_;
  const std::shared_ptr<PeerLink> link_;
  v1::SyncRequest incoming_;
  v1::SyncResponse outgoing_;
};

// A stream that is turned away.
class RefusedStream final : public grpc::ServerBidiReactor<v1::SyncRequest, v1::SyncResponse> {
 public:
  explicit RefusedStream(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerBidiReactor<v1::SyncRequest, v1::SyncResponse>* ReplicationServiceImpl::Sync(
    grpc::CallbackServerContext* context) {
  absl::StatusOr<std::shared_ptr<PeerLink>> link = absl::UnknownError("");
  const absl::StatusOr<PublicKey> key = CallerKey(*context);
  link = key.ok() ? rooms_.manager.Accept(ReplicaIdOf(*key)) : key.status();
  if (!link.ok()) {
    if (absl::IsUnauthenticated(link.status())) rooms_.metrics.Unauthenticated();
    return new RefusedStream(ToGrpcStatus(link.status(), LanguageOf(*context)));
  }
  auto* stream = new AcceptedStream(context, *std::move(link));
  stream->Begin();
  return stream;
}

grpc::ServerUnaryReactor* ReplicationServiceImpl::Join(grpc::CallbackServerContext* context,
                                                       const v1::JoinRequest* request,
                                                       v1::JoinResponse* response) {
  const Finisher finish(rooms_, context, Finisher::Work::kRead);
  const absl::StatusOr<PublicKey> key = CallerKey(*context);
  if (!key.ok()) {
    finish(key.status());
    return finish.reactor();
  }
  const auto work = [this, finish, key = *key, request, response] {
    absl::StatusOr<v1::JoinResponse> answer = AcceptJoin(rooms_, key, *request);
    if (answer.ok()) *response = *std::move(answer);
    finish(answer.status());
  };
  if (!rooms_.slow.Offer(work)) finish(TooManyCalls());
  return finish.reactor();
}

}  // namespace greffe
