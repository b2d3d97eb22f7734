#include "server/rpc/undecodable.h"

#include <grpcpp/support/server_interceptor.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "core/base/refusal.h"
#include "google/protobuf/descriptor.h"
#include "server/rpc/call_context.h"
#include "server/rpc/grpc_status.h"

namespace greffe {
namespace {

using grpc::experimental::InterceptionHookPoints;

absl::Status NoSuchMessage() {
  return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                   .rule = "request-bytes",
                   .fr = "Les octets de cette demande ne se lisent pas comme le message que cette "
                         "méthode attend.",
                   .en = "The bytes of this request do not read as the message that this method "
                         "wants.",
                   .next_fr = "Vérifiez que le client est fait des mêmes fichiers .proto que cette "
                              "réplique (greffe --version).",
                   .next_en = "Check that the client is made from the .proto files of this replica "
                              "(greffe --version)."});
}

// Whether "/package.Service/Method" is a method of this program, which then is implemented.
bool IsOurs(absl::string_view path) {
  absl::ConsumePrefix(&path, "/");
  const std::string name = absl::StrReplaceAll(path, {{"/", "."}});
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name) != nullptr;
}

class Answerer final : public grpc::experimental::Interceptor {
 public:
  Answerer(RpcRooms& rooms, grpc::experimental::ServerRpcInfo* info) : rooms_(rooms), info_(info) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      const grpc::Status status = methods->GetSendStatus();
      if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED &&
          status.error_message().empty() && IsOurs(info_->method())) {
        rooms_.metrics.Malformed();
        rooms_.rare.Warn("request-not-decoded", {"method", info_->method()});
        methods->ModifySendStatus(
            ToGrpcStatus(NoSuchMessage(), LanguageOf(*info_->server_context())));
      }
    }
    methods->Proceed();
  }

 private:
  RpcRooms& rooms_;
  grpc::experimental::ServerRpcInfo* const info_;
};

class Factory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit Factory(RpcRooms& rooms) : rooms_(rooms) {}
  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    return new Answerer(rooms_, info);
  }

 private:
  RpcRooms& rooms_;
};

}  // namespace

void AnswerUndecodable(RpcRooms& rooms, grpc::ServerBuilder* builder) {
  std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> factories;
  factories.push_back(std::make_unique<Factory>(rooms));
  builder->experimental().SetInterceptorCreators(std::move(factories));
}

}  // namespace greffe
