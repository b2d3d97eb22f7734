#ifndef GREFFE_TESTS_SERVER_RPC_SERVED_H_
#define GREFFE_TESTS_SERVER_RPC_SERVED_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>

#include "greffe/v1/act_service.grpc.pb.h"
#include "greffe/v1/admin_service.grpc.pb.h"
#include "greffe/v1/audit_service.grpc.pb.h"
#include "greffe/v1/convention_service.grpc.pb.h"
#include "greffe/v1/follow_up_service.grpc.pb.h"
#include "greffe/v1/replication_service.grpc.pb.h"
#include "server/identity/home.h"
#include "server/main/server.h"
#include "tests/support/temp_folder.h"

namespace greffe::test {

// One greffed in this process, on a free port, in a folder of its own. Its first user's token is
// the default of every call.
class Served final {
 public:
  Served(const std::string& partner_id, v1::PartnerKind kind);

  void Start();
  void Stop() { server_.reset(); }
  bool running() const { return server_ != nullptr; }

  const HomePaths& paths() const { return paths_; }
  std::string address() const { return server_->address(); }
  const std::string& token() const { return token_; }
  std::string replica_id() const;

  // Over DIR/greffe.sock.
  std::shared_ptr<grpc::Channel> Local() const;
  // Over TLS with the replica's certificate as the only root, as `as` or as nobody.
  std::shared_ptr<grpc::Channel> Tls(const Identity* as = nullptr) const;

  v1::AdminService::Stub Admin() const { return v1::AdminService::Stub(Local()); }
  v1::ConventionService::Stub Conventions() const { return v1::ConventionService::Stub(Local()); }
  v1::FollowUpService::Stub FollowUp() const { return v1::FollowUpService::Stub(Local()); }
  v1::AuditService::Stub Audit() const { return v1::AuditService::Stub(Local()); }

  // A user of the replica's partner; the token.
  std::string AddUser(const std::string& login, v1::Role role);
  // The line that the other's administrator pastes.
  std::string Invite();
  grpc::Status Join(const std::string& invitation);
  // How the first peer is.
  v1::PeerView Peer();
  // Opens a small convention between `caf-12` and `rodez`; its id.
  std::string CreateConvention();

 private:
  TempFolder folder_;
  HomePaths paths_;
  std::string token_;
  std::unique_ptr<Server> server_;
};

// A context with token, language and a deadline of 20 s.
class Call final {
 public:
  explicit Call(const std::string& token, const std::string& language = "fr");
  grpc::ClientContext* operator()() { return &context_; }

 private:
  grpc::ClientContext context_;
};

// 16 bytes, never twice.
std::string NextRequestId();
// The rule of a refusal, which is in both languages and says what to do next.
std::string RuleOf(const grpc::Status& status);
// Waits until `done`, at most 20 s; false when it never was.
bool Eventually(const std::function<bool()>& done);

}  // namespace greffe::test

#endif  // GREFFE_TESTS_SERVER_RPC_SERVED_H_
