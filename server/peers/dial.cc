#include "server/peers/dial.h"

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "core/base/refusal.h"
#include "core/base/status_macros.h"
#include "greffe/v1/replication_service.grpc.pb.h"
#include "server/identity/certificate.h"
#include "server/peers/frame_message.h"
#include "server/rpc/grpc_status.h"

namespace greffe {
namespace {

// A dead peer is noticed within half a minute, as by the session's stall rule.
constexpr int kKeepaliveMs = 20'000;
constexpr int kKeepaliveTimeoutMs = 10'000;
constexpr int kConnectMs = 20'000;

// A Sync stream that this replica opened. Deletes itself when all is over.
class DialledStream final : public grpc::ClientBidiReactor<v1::SyncRequest, v1::SyncResponse>,
                            public LinkTransport {
 public:
  DialledStream(std::shared_ptr<grpc::Channel> channel, std::shared_ptr<PeerLink> link)
      : stub_(v1::ReplicationService::NewStub(std::move(channel))), link_(std::move(link)) {}

  void Begin() {
    stub_->async()->Sync(&context_, this);
    // Held until Close: the link starts reads and writes from its own threads.
    AddHold();
    StartCall();
    link_->Open(this);
  }

  void Read() override { StartRead(&incoming_); }
  void Write(v1::Frame frame) override {
    *outgoing_.mutable_frame() = std::move(frame);
    StartWrite(&outgoing_);
  }
  void Close(const absl::Status&) override {
    // Once reads have ended the peer's status is on its way, and a cancel could hide it.
    if (!reads_ended_) context_.TryCancel();
    RemoveHold();
  }
  void Abort() override { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    reads_ended_ = !ok;
    if (!ok) return link_->OnRead(std::nullopt);
    link_->OnRead(std::move(*incoming_.mutable_frame()));
  }
  void OnWriteDone(bool ok) override { link_->OnWritten(ok); }
  void OnDone(const grpc::Status& status) override {
    link_->OnEnded(FromGrpcStatus(status));
    delete this;
  }

 private:
  const std::unique_ptr<v1::ReplicationService::Stub> stub_;
  const std::shared_ptr<PeerLink> link_;
  grpc::ClientContext context_;
  std::atomic<bool> reads_ended_ = false;
  v1::SyncResponse incoming_;
  v1::SyncRequest outgoing_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakePeerChannel(const Identity& identity,
                                                               const std::string& address,
                                                               absl::string_view certificate_der) {
  grpc::SslCredentialsOptions tls;
  ASSIGN_OR_RETURN(tls.pem_root_certs, CertificateDerToPem(certificate_der));
  tls.pem_private_key = identity.private_key_pem;
  tls.pem_cert_chain = identity.certificate_pem;
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(kReplicaTlsName);
  arguments.SetMaxReceiveMessageSize(static_cast<int>(kFrameMessageBytesMax));
  // A message that unpacks to more than that would be unpacked whole before it is refused.
  arguments.SetInt(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  // Room beside a refusal for what gRPC adds.
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, 2 * static_cast<int>(kRefusalBytesMax));
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMs);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  // One connection per attempt, so that back-off is ours alone and a new pin takes effect at once.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(address, grpc::SslCredentials(tls), arguments);
}

void DialPeer(const Identity& identity, const Peer& peer, std::shared_ptr<PeerLink> link) {
  auto channel = MakePeerChannel(identity, peer.record.address(), peer.record.certificate());
  if (!channel.ok()) {
    link->OnEnded(channel.status());
    return;
  }
  (new DialledStream(*std::move(channel), std::move(link)))->Begin();
}

absl::StatusOr<v1::JoinResponse> CallJoin(const Identity& identity,
                                          const v1::Invitation& invitation,
                                          const v1::JoinRequest& request, int seconds) {
  ASSIGN_OR_RETURN(auto channel,
                   MakePeerChannel(identity, invitation.address(), invitation.certificate()));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(seconds));
  v1::JoinResponse response;
  const grpc::Status status =
      v1::ReplicationService::NewStub(channel)->Join(&context, request, &response);
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE ||
      status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    return ToStatus(
        {.code = absl::StatusCode::kUnavailable,
         .rule = "peer-unreachable",
         .field = "invitation",
         .fr = absl::StrCat("La réplique « ", invitation.name(), " » ne répond pas à l'adresse ",
                            invitation.address(), "."),
         .en = absl::StrCat("The replica \"", invitation.name(), "\" does not answer at ",
                            invitation.address(), "."),
         .next_fr = "Vérifiez qu'il tourne et que l'adresse est joignable d'ici, puis reprenez la "
                    "même invitation.",
         .next_en = "Check that it runs and that the address is reachable from here, then use the "
                    "same invitation again."});
  }
  RETURN_IF_ERROR(FromGrpcStatus(status));
  return response;
}

}  // namespace greffe
