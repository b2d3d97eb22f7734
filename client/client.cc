#include "client/client.h"

#include <grpcpp/client_context.h>
#include <openssl/rand.h>

#include <random>
#include <thread>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/status.h"
#include "core/base/status_macros.h"
#include "greffe/v1/act_service.grpc.pb.h"
#include "greffe/v1/admin_service.grpc.pb.h"
#include "greffe/v1/attachment_service.grpc.pb.h"
#include "greffe/v1/audit_service.grpc.pb.h"
#include "greffe/v1/convention_service.grpc.pb.h"
#include "greffe/v1/export_service.grpc.pb.h"
#include "greffe/v1/follow_up_service.grpc.pb.h"
#include "greffe/v1/life_service.grpc.pb.h"

namespace greffe {
namespace {

using Deadline = std::chrono::system_clock::time_point;

template <typename Request, typename = void>
struct HasRequestId : std::false_type {};
template <typename Request>
struct HasRequestId<Request, std::void_t<decltype(std::declval<Request>().request_id())>>
    : std::true_type {};

// Repeating one of these would do it twice, or refuse the second time what the first one did.
bool DoneOnce(const std::string& name) {
  for (const char* once :
       {"AddUserRequest", "RemoveUserRequest", "AddPartnerRequest", "InvitePeerRequest",
        "JoinPeerRequest", "RemovePeerRequest", "MakeBackupRequest"}) {
    if (name == once) return true;
  }
  return false;
}

}  // namespace

std::string NewRequestId() {
  std::string id(16, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(id.data()), static_cast<int>(id.size())) != 1) {
    std::random_device random;
    for (char& c : id) c = static_cast<char>(random());
  }
  return id;
}

struct Client::Wire {
  Wire(Connection to, ClientOptions how)
      : connection(std::move(to)),
        options(std::move(how)),
        convention(v1::ConventionService::NewStub(connection.channel)),
        act(v1::ActService::NewStub(connection.channel)),
        follow_up(v1::FollowUpService::NewStub(connection.channel)),
        life(v1::LifeService::NewStub(connection.channel)),
        attachment(v1::AttachmentService::NewStub(connection.channel)),
        document(v1::ExportService::NewStub(connection.channel)),
        audit(v1::AuditService::NewStub(connection.channel)),
        admin(v1::AdminService::NewStub(connection.channel)) {}

  void Prepare(grpc::ClientContext& context, Deadline deadline) const;

  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Unary(Stub& stub,
                                 grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                              Response*),
                                 Request request) const;

  const Connection connection;
  const ClientOptions options;
  const std::unique_ptr<v1::ConventionService::Stub> convention;
  const std::unique_ptr<v1::ActService::Stub> act;
  const std::unique_ptr<v1::FollowUpService::Stub> follow_up;
  const std::unique_ptr<v1::LifeService::Stub> life;
  const std::unique_ptr<v1::AttachmentService::Stub> attachment;
  const std::unique_ptr<v1::ExportService::Stub> document;
  const std::unique_ptr<v1::AuditService::Stub> audit;
  const std::unique_ptr<v1::AdminService::Stub> admin;
};

Client::Client(Connection connection, ClientOptions options)
    : wire_(std::make_unique<Wire>(std::move(connection), std::move(options))) {}

Client::~Client() = default;

const std::string& Client::target() const { return wire_->connection.target; }

absl::StatusOr<std::unique_ptr<Client>> Client::Open(const ConnectionOptions& connection,
                                                     ClientOptions options) {
  ASSIGN_OR_RETURN(Connection opened, OpenConnection(connection));
  return std::make_unique<Client>(std::move(opened), std::move(options));
}

void Client::Wire::Prepare(grpc::ClientContext& context, Deadline deadline) const {
  context.set_deadline(deadline);
  context.AddMetadata("authorization", absl::StrCat("Bearer ", connection.token));
  context.AddMetadata("accept-language", options.language);
}

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Client::Wire::Unary(
    Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    Request request) const {
  if constexpr (HasRequestId<Request>::value) {
    if (request.request_id().empty()) request.set_request_id(NewRequestId());
  }
  RetryPolicy retry = options.retry;
  if (DoneOnce(Request::descriptor()->name())) retry.attempts_max = 1;
  const Deadline deadline = std::chrono::system_clock::now() + options.timeout;
  Response response;
  absl::Status said;
  bool unknown = false;
  const grpc::Status status = CallWithRetry(retry, deadline, [&] {
    unknown |= FateUnknown(said);
    grpc::ClientContext context;
    Prepare(context, deadline);
    response.Clear();
    const grpc::Status answer = (stub.*method)(&context, request, &response);
    said = FromGrpc(answer, connection.target);
    return answer;
  });
  if (!status.ok()) return unknown ? AfterUnknownFate(std::move(said)) : said;
  return response;
}

#define GREFFE_DEFINE_CALL_(service, Method)                                         \
  absl::StatusOr<v1::Method##Response> Client::Method(v1::Method##Request request) { \
    using Stub = std::remove_reference_t<decltype(*wire_->service)>;                 \
    return wire_->Unary<Stub, v1::Method##Request, v1::Method##Response>(            \
        *wire_->service, &Stub::Method, std::move(request));                         \
  }
GREFFE_CLIENT_CALLS(GREFFE_DEFINE_CALL_)
#undef GREFFE_DEFINE_CALL_

absl::Status Client::Watch(v1::WatchConventionRequest request, std::chrono::milliseconds timeout,
                           const std::function<bool(const v1::WatchConventionResponse&)>& take) {
  const Deadline deadline = std::chrono::system_clock::now() + timeout;
  bool wanted = true;
  // Each turn that brought something renews the attempts: a watch outlives many restarts.
  for (bool moved = true; moved && wanted;) {
    moved = false;
    const grpc::Status status = CallWithRetry(wire_->options.retry, deadline, [&] {
      grpc::ClientContext context;
      wire_->Prepare(context, deadline);
      const auto stream = wire_->convention->WatchConvention(&context, request);
      v1::WatchConventionResponse response;
      while (wanted && stream->Read(&response)) {
        moved = true;
        request.set_after(response.arrival() + 1);
        wanted = take(response);
      }
      if (!wanted) context.TryCancel();
      const grpc::Status ended = stream->Finish();
      return wanted ? ended : grpc::Status::OK;
    });
    if (status.ok()) return absl::OkStatus();
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE || !moved) {
      return FromGrpc(status, wire_->connection.target);
    }
  }
  return absl::OkStatus();
}

absl::Status Client::Export(
    const v1::ExportConventionRequest& request,
    const std::function<absl::Status(const v1::ExportConventionResponse&)>& take) {
  grpc::ClientContext context;
  wire_->Prepare(context, std::chrono::system_clock::now() + wire_->options.timeout);
  const auto stream = wire_->audit->ExportConvention(&context, request);
  v1::ExportConventionResponse piece;
  absl::Status taken;
  while (taken.ok() && stream->Read(&piece)) taken = take(piece);
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = stream->Finish();
  if (!taken.ok()) return taken;
  return FromGrpc(status, wire_->connection.target);
}

absl::StatusOr<v1::UploadAttachmentResponse> Client::UploadAttachment(
    std::chrono::milliseconds timeout,
    const std::function<absl::StatusOr<std::optional<v1::UploadAttachmentRequest>>()>& next) {
  grpc::ClientContext context;
  wire_->Prepare(context, std::chrono::system_clock::now() + timeout);
  v1::UploadAttachmentResponse response;
  const auto stream = wire_->attachment->UploadAttachment(&context, &response);
  absl::Status given;
  while (true) {
    absl::StatusOr<std::optional<v1::UploadAttachmentRequest>> chunk = next();
    given = chunk.status();
    if (!chunk.ok() || !chunk->has_value() || !stream->Write(**chunk)) break;
  }
  if (given.ok()) {
    stream->WritesDone();
  } else {
    context.TryCancel();
  }
  const grpc::Status status = stream->Finish();
  if (!given.ok()) return given;
  if (!status.ok()) return FromGrpc(status, wire_->connection.target);
  return response;
}

absl::Status Client::DownloadAttachment(
    const v1::DownloadAttachmentRequest& request, std::chrono::milliseconds timeout,
    const std::function<absl::Status(const v1::DownloadAttachmentResponse&)>& take) {
  grpc::ClientContext context;
  wire_->Prepare(context, std::chrono::system_clock::now() + timeout);
  const auto stream = wire_->attachment->DownloadAttachment(&context, request);
  v1::DownloadAttachmentResponse piece;
  absl::Status taken;
  while (taken.ok() && stream->Read(&piece)) taken = take(piece);
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = stream->Finish();
  if (!taken.ok()) return taken;
  return FromGrpc(status, wire_->connection.target);
}

}  // namespace greffe
