#include "tests/client/fake_replica.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "greffe/v1/act_service.grpc.pb.h"
#include "greffe/v1/admin_service.grpc.pb.h"
#include "greffe/v1/audit_service.grpc.pb.h"
#include "greffe/v1/convention_service.grpc.pb.h"
#include "greffe/v1/export_service.grpc.pb.h"
#include "greffe/v1/follow_up_service.grpc.pb.h"
#include "greffe/v1/life_service.grpc.pb.h"

namespace greffe {

// Notes what each call brought, then does what the test said.
struct FakeReplica::Services {
  explicit Services(FakeReplica& replica)
      : conventions(replica),
        acts(replica),
        follow_up(replica),
        life(replica),
        documents(replica),
        audit(replica),
        admin(replica) {}

  mutable std::mutex mutex;
  std::map<std::string, std::string> metadata;
  std::chrono::milliseconds time_left{0};

  void Note(const grpc::ServerContext& context) {
    const std::lock_guard lock(mutex);
    metadata.clear();
    for (const auto& [key, value] : context.client_metadata()) {
      metadata.emplace(std::string(key.data(), key.size()),
                       std::string(value.data(), value.size()));
    }
    time_left = std::chrono::duration_cast<std::chrono::milliseconds>(
        context.deadline() - std::chrono::system_clock::now());
  }

  template <typename Handler, typename Request, typename Response>
  static grpc::Status Answer(FakeReplica& replica, grpc::ServerContext* context,
                             const Handler& handler, const Request* request, Response* response) {
    replica.services_->Note(*context);
    if (!handler) return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "not told");
    return handler(*request, response);
  }

#define GREFFE_FAKE_CALL_(group, Method, handler)                                       \
  grpc::Status Method(grpc::ServerContext* context, const v1::Method##Request* request, \
                      v1::Method##Response* response) override {                        \
    return Answer(replica, context, replica.group.handler, request, response);          \
  }

  struct Conventions final : v1::ConventionService::Service {
    explicit Conventions(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(conventions, CreateConvention, create)
    GREFFE_FAKE_CALL_(conventions, ListConventions, list)
    GREFFE_FAKE_CALL_(conventions, GetConvention, get)
    GREFFE_FAKE_CALL_(conventions, GetStatus, status)
    GREFFE_FAKE_CALL_(conventions, GetHistory, history)
    GREFFE_FAKE_CALL_(conventions, ListConflicts, conflicts)
    GREFFE_FAKE_CALL_(conventions, SettleConflict, settle)
    grpc::Status WatchConvention(grpc::ServerContext* context,
                                 const v1::WatchConventionRequest* request,
                                 grpc::ServerWriter<v1::WatchConventionResponse>* writer) override {
      return Answer(replica, context, replica.conventions.watch, request, writer);
    }
  };
  struct Acts final : v1::ActService::Service {
    explicit Acts(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(acts, GetAct, get)
    GREFFE_FAKE_CALL_(acts, FreezeAct, freeze)
    GREFFE_FAKE_CALL_(acts, SignAct, sign)
    GREFFE_FAKE_CALL_(acts, WithdrawAct, withdraw)
    GREFFE_FAKE_CALL_(acts, RecordDeliberation, deliberate)
    GREFFE_FAKE_CALL_(acts, RecordSignature, record_signature)
  };
  struct FollowUps final : v1::FollowUpService::Service {
    explicit FollowUps(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(follow_up, RecordMeasurement, measure)
    GREFFE_FAKE_CALL_(follow_up, CorrectFact, correct)
  };
  struct Lives final : v1::LifeService::Service {
    explicit Lives(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(life, RecordFact, record)
    GREFFE_FAKE_CALL_(life, GetLife, get)
  };
  struct Documents final : v1::ExportService::Service {
    explicit Documents(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(documents, ExportDocument, make)
  };
  struct Audits final : v1::AuditService::Service {
    explicit Audits(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(audit, Verify, verify)
    GREFFE_FAKE_CALL_(audit, ListEvents, events)
    GREFFE_FAKE_CALL_(audit, ProveEvent, prove)
  };
  struct Admins final : v1::AdminService::Service {
    explicit Admins(FakeReplica& r) : replica(r) {}
    FakeReplica& replica;
    GREFFE_FAKE_CALL_(admin, AddUser, add_user)
    GREFFE_FAKE_CALL_(admin, AddPartner, add_partner)
    GREFFE_FAKE_CALL_(admin, GetAdminStatus, status)
    GREFFE_FAKE_CALL_(admin, WhoAmI, who)
  };
#undef GREFFE_FAKE_CALL_

  Conventions conventions;
  Acts acts;
  FollowUps follow_up;
  Lives life;
  Documents documents;
  Audits audit;
  Admins admin;

  std::unique_ptr<grpc::Server> Serve(const std::string& address,
                                      std::shared_ptr<grpc::ServerCredentials> credentials,
                                      int* port) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort(address, std::move(credentials), port);
    builder.RegisterService(&conventions);
    builder.RegisterService(&acts);
    builder.RegisterService(&follow_up);
    builder.RegisterService(&life);
    builder.RegisterService(&documents);
    builder.RegisterService(&audit);
    builder.RegisterService(&admin);
    return builder.BuildAndStart();
  }
};

FakeReplica::FakeReplica() : services_(std::make_unique<Services>(*this)) {
  std::ofstream(absl::StrCat(home(), "/admin.token")) << "jeton-1\n";
  server_ = services_->Serve(absl::StrCat("unix:", home(), "/greffe.sock"),
                             grpc::InsecureServerCredentials(), nullptr);
}

FakeReplica::~FakeReplica() {
  for (auto* server : {server_.get(), tls_server_.get()}) {
    if (server != nullptr) server->Shutdown(std::chrono::system_clock::now());
  }
}

int FakeReplica::ServeTls(const std::string& key_pem, const std::string& certificate_pem) {
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back({key_pem, certificate_pem});
  int port = 0;
  tls_server_ = services_->Serve("127.0.0.1:0", grpc::SslServerCredentials(options), &port);
  return port;
}

std::map<std::string, std::string> FakeReplica::metadata() const {
  const std::lock_guard lock(services_->mutex);
  return services_->metadata;
}

std::chrono::milliseconds FakeReplica::time_left() const {
  const std::lock_guard lock(services_->mutex);
  return services_->time_left;
}

grpc::Status Refusing(grpc::StatusCode code, const v1::ErrorDetail& detail) {
  return grpc::Status(code, detail.text_fr(), detail.SerializeAsString());
}

}  // namespace greffe
