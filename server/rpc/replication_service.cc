#include "server/rpc/replication_service.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/peers/frame_message.h"
#include "server/peers/manager.h"
#include "server/rpc/peer_commands.h"
#include "server/rpc/services.h"
#include "server/rpc/unary.h"

namespace greffe {
namespace {

using RawSyncReactor = grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>;

absl::StatusOr<v1::Frame> FrameOf(grpc::ByteBuffer* message) {
  if (message->Length() > kFrameMessageBytesMax) {
    return absl::ResourceExhaustedError(absl::StrCat("frame-size: got ", message->Length(),
                                                     " bytes with their tag, want at most ",
                                                     kFrameMessageBytesMax));
  }
  v1::SyncRequest request;
  if (!grpc::SerializationTraits<v1::SyncRequest>::Deserialize(message, &request).ok()) {
    return absl::InvalidArgumentError("frame-bytes: no SyncRequest");
  }
  return std::move(*request.mutable_frame());
}

// A Sync stream that a peer opened. Deletes itself when all is over.
class AcceptedStream final : public RawSyncReactor, public LinkTransport {
 public:
  AcceptedStream(RpcRooms& rooms, grpc::CallbackServerContext* context,
                 std::shared_ptr<PeerLink> link)
      : rooms_(rooms), context_(context), language_(LanguageOf(*context)), link_(std::move(link)) {}

  void Begin() { link_->Open(this); }

  void Read() override { StartRead(&incoming_); }
  void Write(v1::Frame frame) override {
    v1::SyncResponse response;
    *response.mutable_frame() = std::move(frame);
    bool owned = false;
    outgoing_.Clear();
    // Serialising a message that was built here does not fail.
    (void)grpc::SerializationTraits<v1::SyncResponse>::Serialize(response, &outgoing_, &owned);
    StartWrite(&outgoing_);
  }
  void Close(const absl::Status& status) override { Finish(ToGrpcStatus(status, language_)); }
  void Abort() override { context_->TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return link_->OnRead(std::nullopt);
    absl::StatusOr<v1::Frame> frame = FrameOf(&incoming_);
    if (frame.ok()) return link_->OnRead(*std::move(frame));
    rooms_.metrics.Malformed();
    rooms_.rare.Warn("frame-not-decoded", {"peer", link_->peer().ToHex()});
    link_->Close(frame.status());
  }
  void OnWriteDone(bool ok) override { link_->OnWritten(ok); }
  void OnCancel() override { link_->Close(absl::CancelledError("the stream broke")); }
  void OnDone() override {
    link_->OnEnded(absl::CancelledError("the stream is over"));
    delete this;
  }

 private:
  RpcRooms& rooms_;
  grpc::CallbackServerContext* const context_;
  const Language language_;
  const std::shared_ptr<PeerLink> link_;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
};

// A stream that is turned away.
class RefusedStream final : public RawSyncReactor {
 public:
  explicit RefusedStream(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

}  // namespace

RawSyncReactor* ReplicationServiceImpl::Sync(grpc::CallbackServerContext* context) {
  absl::StatusOr<std::shared_ptr<PeerLink>> link = absl::UnknownError("");
  const absl::StatusOr<PublicKey> key = CallerKey(*context);
  link = key.ok() ? rooms_.manager.Accept(ReplicaIdOf(*key)) : key.status();
  if (!link.ok()) {
    if (absl::IsUnauthenticated(link.status())) {
      TellStranger(rooms_, link.status(),
                   key.ok() ? std::optional<ReplicaId>(ReplicaIdOf(*key)) : std::nullopt);
    }
    return new RefusedStream(ToGrpcStatus(link.status(), LanguageOf(*context)));
  }
  auto* stream = new AcceptedStream(rooms_, context, *std::move(link));
  stream->Begin();
  return stream;
}

grpc::ServerUnaryReactor* ReplicationServiceImpl::Join(grpc::CallbackServerContext* context,
                                                       const v1::JoinRequest* request,
                                                       v1::JoinResponse* response) {
  const Finisher finish(rooms_, context, Finisher::Work::kRead);
  const absl::StatusOr<PublicKey> key = CallerKey(*context);
  if (!key.ok()) {
    TellStranger(rooms_, key.status());
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

std::unique_ptr<grpc::Service> MakeReplicationService(RpcRooms& rooms) {
  return std::make_unique<ReplicationServiceImpl>(rooms);
}

}  // namespace greffe
