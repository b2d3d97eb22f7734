#include "tests/server/rpc/served.h"

#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "greffe/v1/error.pb.h"
#include "server/identity/certificate.h"
#include "server/main/init_home.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

constexpr char kDraft[] = R"json({"elements": [
  {"id": "terms", "terms": {"title": "Convention d'essai", "territory": "Un territoire",
                            "start_date": "2026-01-01", "end_date": "2030-12-31"}},
  {"id": "partie-caf", "party": {"partner_id": "caf-12", "name": "Caf d'essai",
      "kind": "PARTNER_KIND_CAF",
      "signing_offices": [{"id": "caf-presidence", "office": "Présidence"}]}},
  {"id": "partie-rodez", "party": {"partner_id": "rodez", "name": "Commune d'essai",
      "kind": "PARTNER_KIND_COMMUNE",
      "signing_offices": [{"id": "rodez-maire", "office": "Maire"}], "deliberates": true}},
  {"id": "article-1", "article": {"number": "1", "title": "Durée", "body": "Cinq ans.",
                                  "role": "CLAUSE_ROLE_TERM"}},
  {"id": "axe-1", "axis": {"ref": "1", "title": "Un axe"}},
  {"id": "action-1", "parent_id": "axe-1", "action": {"ref": "1", "title": "Une action"}},
  {"id": "indicateur-1", "parent_id": "action-1", "indicator": {"text": "Un nombre"}}
]})json";

}  // namespace

Served::Served(const std::string& partner_id, v1::PartnerKind kind)
    : paths_(folder_.path() + "/home") {
  InitOptions options{.home = paths_.home};
  options.partner.set_partner_id(partner_id);
  options.partner.set_name("Réplique de " + partner_id);
  options.partner.set_kind(kind);
  EXPECT_OK(InitHome(options));
  std::ifstream(paths_.admin_token()) >> token_;
  Start();
}

void Served::Start() {
  auto started =
      Server::Start({.home = paths_.home, .listen = "127.0.0.1:0", .log_level = LogLevel::kError});
  ASSERT_OK(started);
  server_ = *std::move(started);
}

std::string Served::replica_id() const {
  const auto identity = LoadIdentity(paths_);
  return identity.ok() ? identity->key->replica_id().ToHex() : "";
}

std::shared_ptr<grpc::Channel> Served::Local() const {
  // A channel of its own each time: another would keep its back-off from before a restart.
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel("unix:" + paths_.socket(), grpc::InsecureChannelCredentials(),
                                   arguments);
}

std::shared_ptr<grpc::Channel> Served::Tls(const Identity* as) const {
  grpc::SslCredentialsOptions tls;
  std::ifstream file(paths_.certificate());
  tls.pem_root_certs.assign(std::istreambuf_iterator<char>(file), {});
  if (as != nullptr) {
    tls.pem_private_key = as->private_key_pem;
    tls.pem_cert_chain = as->certificate_pem;
  }
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride(kReplicaTlsName);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address(), grpc::SslCredentials(tls), arguments);
}

std::string Served::AddUser(const std::string& login, v1::Role role) {
  v1::AddUserRequest request;
  request.set_user(login);
  request.add_roles(role);
  if (role == v1::ROLE_SIGNATORY) request.set_office("Présidence");
  v1::AddUserResponse response;
  const grpc::Status status = Admin().AddUser(Call(token_)(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.token();
}

std::string Served::Invite() {
  v1::InvitePeerResponse response;
  const grpc::Status status =
      Admin().InvitePeer(Call(token_)(), v1::InvitePeerRequest(), &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.invitation();
}

grpc::Status Served::Join(const std::string& invitation) {
  v1::JoinPeerRequest request;
  request.set_invitation(invitation);
  v1::JoinPeerResponse response;
  return Admin().JoinPeer(Call(token_)(), request, &response);
}

v1::PeerView Served::Peer() {
  v1::ListPeersResponse response;
  const grpc::Status status = Admin().ListPeers(Call(token_)(), v1::ListPeersRequest(), &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.peers_size() > 0 ? response.peers(0) : v1::PeerView();
}

std::string Served::CreateConvention() {
  v1::CreateConventionRequest request;
  request.set_request_id(NextRequestId());
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(kDraft, request.mutable_draft()).ok());
  v1::CreateConventionResponse response;
  const grpc::Status status = Conventions().CreateConvention(Call(token_)(), request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return response.receipt().convention_id();
}

Call::Call(const std::string& token, const std::string& language) {
  if (!token.empty()) context_.AddMetadata("authorization", "Bearer " + token);
  context_.AddMetadata("accept-language", language);
  context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
}

std::string NextRequestId() {
  static std::uint64_t next = 0;
  const std::string digits = absl::StrCat(++next);
  return std::string(16 - digits.size(), '0') + digits;
}

std::string RuleOf(const grpc::Status& status) {
  v1::ErrorDetail detail;
  EXPECT_TRUE(detail.ParseFromString(status.error_details()));
  EXPECT_FALSE(status.ok());
  EXPECT_NE(detail.text_fr(), "");
  EXPECT_NE(detail.text_en(), "");
  EXPECT_NE(detail.next_fr(), "");
  EXPECT_NE(detail.next_en(), "");
  return detail.rule();
}

bool Eventually(const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

}  // namespace greffe::test
