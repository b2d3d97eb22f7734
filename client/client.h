#ifndef GREFFE_CLIENT_CLIENT_H_
#define GREFFE_CLIENT_CLIENT_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/connection.h"
#include "client/retry.h"
#include "greffe/v1/act_service.pb.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/attachment_service.pb.h"
#include "greffe/v1/audit_service.pb.h"
#include "greffe/v1/backup.pb.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/export_service.pb.h"
#include "greffe/v1/follow_up_service.pb.h"
#include "greffe/v1/life_service.pb.h"

namespace greffe {

struct ClientOptions {
  // Longest wait for one call, retries included.
  std::chrono::milliseconds timeout{30'000};
  RetryPolicy retry;
  // Language of banners: `fr` or `en`.
  std::string language = "fr";
};

// 16 random bytes: the idempotency key of one command.
std::string NewRequestId();

// A replica as its users see it: a method for each RPC, always with a deadline. Thread safe.
//
// Reads are repeated on UNAVAILABLE. So are commands that carry a request_id, which the replica
// does once; one that comes empty is filled in here. Commands without one (users, partners, peers)
// are tried once. Errors are statuses with a Refusal (core/base/refusal.h, client/status.h); codes
// as the services document them.
class Client final {
 public:
  Client(Connection connection, ClientOptions options);
  // As OpenConnection; nothing is sent yet.
  static absl::StatusOr<std::unique_ptr<Client>> Open(const ConnectionOptions& connection,
                                                      ClientOptions options);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const std::string& target() const;

  // X(Service, Method): absl::StatusOr<v1::MethodResponse> Method(v1::MethodRequest).
#define GREFFE_CLIENT_CALLS(X)    \
  X(convention, CreateConvention) \
  X(convention, ListConventions)  \
  X(convention, GetConvention)    \
  X(convention, GetStatus)        \
  X(convention, DiffConvention)   \
  X(convention, GetHistory)       \
  X(convention, ListConflicts)    \
  X(convention, SettleConflict)   \
  X(convention, ShareConvention)  \
  X(convention, GetRoster)        \
  X(act, ProposeAct)              \
  X(act, ReviseAct)               \
  X(act, FreezeAct)               \
  X(act, SignAct)                 \
  X(act, RecordSignature)         \
  X(act, AttestAct)               \
  X(act, RefuseAct)               \
  X(act, WithdrawAct)             \
  X(act, ListActs)                \
  X(act, GetAct)                  \
  X(act, GetInstrument)           \
  X(act, RecordDeliberation)      \
  X(follow_up, ReportProgress)    \
  X(follow_up, RecordMeasurement) \
  X(follow_up, RecordMeeting)     \
  X(follow_up, LinkPredecessor)   \
  X(follow_up, CorrectFact)       \
  X(life, RecordFact)             \
  X(life, GetLife)                \
  X(life, GetDeadlines)           \
  X(attachment, AddAttachment)    \
  X(attachment, ListAttachments)  \
  X(document, ExportDocument)     \
  X(audit, Verify)                \
  X(audit, ListEvents)            \
  X(audit, ProveEvent)            \
  X(admin, WhoAmI)                \
  X(admin, GetAdminStatus)        \
  X(admin, GetMetrics)            \
  X(admin, ListUsers)             \
  X(admin, AddUser)               \
  X(admin, SetUserRoles)          \
  X(admin, RemoveUser)            \
  X(admin, ListPartners)          \
  X(admin, AddPartner)            \
  X(admin, ListPeers)             \
  X(admin, InvitePeer)            \
  X(admin, JoinPeer)              \
  X(admin, RemovePeer)            \
  X(admin, PausePeer)             \
  X(admin, ResumePeer)            \
  X(admin, SyncNow)               \
  X(admin, MakeBackup)
#define GREFFE_DECLARE_CALL_(service, Method) \
  absl::StatusOr<v1::Method##Response> Method(v1::Method##Request request);
  GREFFE_CLIENT_CALLS(GREFFE_DECLARE_CALL_)
#undef GREFFE_DECLARE_CALL_

  // Events as they are applied, until `take` says false or the deadline comes; a stream that breaks
  // is taken up where it stopped. `timeout` bounds the whole.
  absl::Status Watch(v1::WatchConventionRequest request, std::chrono::milliseconds timeout,
                     const std::function<bool(const v1::WatchConventionResponse&)>& take);

  // The pieces of an export in order; stops with `take`'s first error.
  absl::Status Export(const v1::ExportConventionRequest& request,
                      const std::function<absl::Status(const v1::ExportConventionResponse&)>& take);

  // Sends what `next` gives until it gives nothing. `timeout` bounds the whole; what was stored
  // when it breaks stays stored.
  absl::StatusOr<v1::UploadAttachmentResponse> UploadAttachment(
      std::chrono::milliseconds timeout,
      const std::function<absl::StatusOr<std::optional<v1::UploadAttachmentRequest>>()>& next);
  // The pieces of an attachment in order; stops with `take`'s first error.
  absl::Status DownloadAttachment(
      const v1::DownloadAttachmentRequest& request, std::chrono::milliseconds timeout,
      const std::function<absl::Status(const v1::DownloadAttachmentResponse&)>& take);

 private:
  // The stubs of gRPC, whose headers take longer to read than all of this library: in client.cc.
  struct Wire;
  const std::unique_ptr<Wire> wire_;
};

}  // namespace greffe

#endif  // GREFFE_CLIENT_CLIENT_H_
