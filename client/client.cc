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
  for (const char* once : {"AddUserRequest", "RemoveUserRequest", "AddPartnerRequest",
                           "InvitePeerRequest", "JoinPeerRequest", "RemovePeerRequest"}) {
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

Client::Client(Connection connection, ClientOptions options)
    : connection_(std::move(connection)),
      options_(std::move(options)),
      convention_(v1::ConventionService::NewStub(connection_.channel)),
      act_(v1::ActService::NewStub(connection_.channel)),
      follow_up_(v1::FollowUpService::NewStub(connection_.channel)),
      life_(v1::LifeService::NewStub(connection_.channel)),
      attachment_(v1::AttachmentService::NewStub(connection_.channel)),
      audit_(v1::AuditService::NewStub(connection_.channel)),
      admin_(v1::AdminService::NewStub(connection_.channel)) {}

absl::StatusOr<std::unique_ptr<Client>> Client::Open(const ConnectionOptions& connection,
                                                     ClientOptions options) {
  ASSIGN_OR_RETURN(Connection opened, OpenConnection(connection));
  return std::make_unique<Client>(std::move(opened), std::move(options));
}

void Client::Prepare(grpc::ClientContext& context, Deadline deadline) const {
  context.set_deadline(deadline);
  context.AddMetadata("authorization", absl::StrCat("Bearer ", connection_.token));
  context.AddMetadata("accept-language", options_.language);
}

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Client::Unary(Stub& stub,
                                       grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                    const Request&, Response*),
                                       Request request) {
  if constexpr (HasRequestId<Request>::value) {
    if (request.request_id().empty()) request.set_request_id(NewRequestId());
  }
  RetryPolicy retry = options_.retry;
  if (DoneOnce(Request::descriptor()->name())) retry.attempts_max = 1;
  const Deadline deadline = std::chrono::system_clock::now() + options_.timeout;
  Response response;
  absl::Status said;
  bool unknown = false;
  const grpc::Status status = CallWithRetry(retry, deadline, [&] {
    unknown |= FateUnknown(said);
    grpc::ClientContext context;
    Prepare(context, deadline);
    response.Clear();
    const grpc::Status answer = (stub.*method)(&context, request, &response);
    said = FromGrpc(answer, connection_.target);
    return answer;
  });
  if (!status.ok()) return unknown ? AfterUnknownFate(std::move(said)) : said;
  return response;
}

#define GREFFE_DEFINE_CALL_(service, Method)                                                  \
  absl::StatusOr<v1::Method##Response> Client::Method(v1::Method##Request request) {          \
    using Stub = std::remove_reference_t<decltype(*service##_)>;                              \
    return Unary<Stub, v1::Method##Request, v1::Method##Response>(*service##_, &Stub::Method, \
                                                                  std::move(request));        \
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
    const grpc::Status status = CallWithRetry(options_.retry, deadline, [&] {
      grpc::ClientContext context;
      Prepare(context, deadline);
      const auto stream = convention_->WatchConvention(&context, request);
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
      return FromGrpc(status, connection_.target);
    }
  }
  return absl::OkStatus();
}

absl::Status Client::Export(
    const v1::ExportConventionRequest& request,
    const std::function<absl::Status(const v1::ExportConventionResponse&)>& take) {
  grpc::ClientContext context;
  Prepare(context, std::chrono::system_clock::now() + options_.timeout);
  const auto stream = audit_->ExportConvention(&context, request);
  v1::ExportConventionResponse piece;
  absl::Status taken;
  while (taken.ok() && stream->Read(&piece)) taken = take(piece);
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = stream->Finish();
  if (!taken.ok()) return taken;
  return FromGrpc(status, connection_.target);
}

absl::StatusOr<v1::UploadAttachmentResponse> Client::UploadAttachment(
    std::chrono::milliseconds timeout,
    const std::function<absl::StatusOr<std::optional<v1::UploadAttachmentRequest>>()>& next) {
  grpc::ClientContext context;
  Prepare(context, std::chrono::system_clock::now() + timeout);
  v1::UploadAttachmentResponse response;
  const auto stream = attachment_->UploadAttachment(&context, &response);
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
  if (!status.ok()) return FromGrpc(status, connection_.target);
  return response;
}

absl::Status Client::DownloadAttachment(
    const v1::DownloadAttachmentRequest& request, std::chrono::milliseconds timeout,
    const std::function<absl::Status(const v1::DownloadAttachmentResponse&)>& take) {
  grpc::ClientContext context;
  Prepare(context, std::chrono::system_clock::now() + timeout);
  const auto stream = attachment_->DownloadAttachment(&context, request);
  v1::DownloadAttachmentResponse piece;
  absl::Status taken;
  while (taken.ok() && stream->Read(&piece)) taken = take(piece);
  if (!taken.ok()) context.TryCancel();
  const grpc::Status status = stream->Finish();
  if (!taken.ok()) return taken;
  return FromGrpc(status, connection_.target);
}

}  // namespace greffe
