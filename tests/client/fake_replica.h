#ifndef GREFFE_TESTS_CLIENT_FAKE_REPLICA_H_
#define GREFFE_TESTS_CLIENT_FAKE_REPLICA_H_

#include <grpcpp/support/status.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "greffe/v1/act_service.pb.h"
#include "greffe/v1/admin_service.pb.h"
#include "greffe/v1/audit_service.pb.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/error.pb.h"
#include "greffe/v1/export_service.pb.h"
#include "greffe/v1/follow_up_service.pb.h"
#include "greffe/v1/life_service.pb.h"
#include "tests/support/temp_folder.h"

namespace grpc {
class Server;
template <class Message>
class ServerWriter;
}  // namespace grpc

namespace greffe {

// A replica that answers what a test tells it to, over a socket in a home of its own, with a token.
class FakeReplica final {
 public:
  FakeReplica();
  ~FakeReplica();

  const std::string& home() const { return folder_.path(); }
  // Also served over TLS with this key and certificate; gives the port.
  int ServeTls(const std::string& key_pem, const std::string& certificate_pem);

  // What each call answers; UNIMPLEMENTED where nothing is set. Set before the call.
  struct ConventionHandlers {
    std::function<grpc::Status(const v1::CreateConventionRequest&, v1::CreateConventionResponse*)>
        create;
    std::function<grpc::Status(const v1::ListConventionsRequest&, v1::ListConventionsResponse*)>
        list;
    std::function<grpc::Status(const v1::GetConventionRequest&, v1::GetConventionResponse*)> get;
    std::function<grpc::Status(const v1::GetStatusRequest&, v1::GetStatusResponse*)> status;
    std::function<grpc::Status(const v1::GetHistoryRequest&, v1::GetHistoryResponse*)> history;
    std::function<grpc::Status(const v1::ListConflictsRequest&, v1::ListConflictsResponse*)>
        conflicts;
    std::function<grpc::Status(const v1::SettleConflictRequest&, v1::SettleConflictResponse*)>
        settle;
    std::function<grpc::Status(const v1::WatchConventionRequest&,
                               grpc::ServerWriter<v1::WatchConventionResponse>*)>
        watch;
  } conventions;
  struct ActHandlers {
    std::function<grpc::Status(const v1::GetActRequest&, v1::GetActResponse*)> get;
    std::function<grpc::Status(const v1::FreezeActRequest&, v1::FreezeActResponse*)> freeze;
    std::function<grpc::Status(const v1::SignActRequest&, v1::SignActResponse*)> sign;
    std::function<grpc::Status(const v1::WithdrawActRequest&, v1::WithdrawActResponse*)> withdraw;
    std::function<grpc::Status(const v1::RecordDeliberationRequest&,
                               v1::RecordDeliberationResponse*)>
        deliberate;
    std::function<grpc::Status(const v1::RecordSignatureRequest&, v1::RecordSignatureResponse*)>
        record_signature;
  } acts;
  struct FollowUpHandlers {
    std::function<grpc::Status(const v1::RecordMeasurementRequest&, v1::RecordMeasurementResponse*)>
        measure;
    std::function<grpc::Status(const v1::CorrectFactRequest&, v1::CorrectFactResponse*)> correct;
  } follow_up;
  struct LifeHandlers {
    std::function<grpc::Status(const v1::RecordFactRequest&, v1::RecordFactResponse*)> record;
    std::function<grpc::Status(const v1::GetLifeRequest&, v1::GetLifeResponse*)> get;
  } life;
  struct DocumentHandlers {
    std::function<grpc::Status(const v1::ExportDocumentRequest&, v1::ExportDocumentResponse*)> make;
  } documents;
  struct AuditHandlers {
    std::function<grpc::Status(const v1::VerifyRequest&, v1::VerifyResponse*)> verify;
    std::function<grpc::Status(const v1::ListEventsRequest&, v1::ListEventsResponse*)> events;
    std::function<grpc::Status(const v1::ProveEventRequest&, v1::ProveEventResponse*)> prove;
  } audit;
  struct AdminHandlers {
    std::function<grpc::Status(const v1::AddUserRequest&, v1::AddUserResponse*)> add_user;
    std::function<grpc::Status(const v1::WhoAmIRequest&, v1::WhoAmIResponse*)> who;
    std::function<grpc::Status(const v1::AddPartnerRequest&, v1::AddPartnerResponse*)> add_partner;
    std::function<grpc::Status(const v1::GetAdminStatusRequest&, v1::GetAdminStatusResponse*)>
        status;
  } admin;

  // Metadata of the last call, by key.
  std::map<std::string, std::string> metadata() const;
  // Time that the last call's client gave it.
  std::chrono::milliseconds time_left() const;

 private:
  struct Services;
  const TempFolder folder_;
  const std::unique_ptr<Services> services_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<grpc::Server> tls_server_;
};

// A refusal as greffed sends it.
grpc::Status Refusing(grpc::StatusCode code, const v1::ErrorDetail& detail);

}  // namespace greffe

#endif  // GREFFE_TESTS_CLIENT_FAKE_REPLICA_H_
