#include "server/peers/dial.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/refusal.h"
#include "core/base/refusals.h"
#include "greffe/v1/replication_service.grpc.pb.h"
#include "server/main/tls.h"
#include "server/rpc/grpc_status.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace greffe {
namespace {

// Refuses whoever joins.
class Refusing final : public v1::ReplicationService::Service {
 public:
  explicit Refusing(absl::Status refusal) : refusal_(std::move(refusal)) {}
  grpc::Status Join(grpc::ServerContext*, const v1::JoinRequest*, v1::JoinResponse*) override {
    return ToGrpcStatus(refusal_, Language::kFrench);
  }

 private:
  const absl::Status refusal_;
};

absl::StatusOr<Identity> NewIdentity(const std::string& home, char seed) {
  const HomePaths paths{home};
  const absl::Status made = MakeHome(paths);
  if (!made.ok()) return made;
  return MakeIdentity(paths, std::string(32, seed));
}

// Everything that is wrong comes with a refusal, as far as kRefusalBytesMax: more than gRPC takes
// of metadata where it is not told.
TEST(Dial, TakesARefusalAsLongAsPeersMakeThem) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(const Identity here, NewIdentity(folder.path() + "/here", 'h'));
  ASSERT_OK_AND_ASSIGN(const Identity there, NewIdentity(folder.path() + "/there", 't'));
  const Refusal first{.code = absl::StatusCode::kPermissionDenied,
                      .rule = "invitation",
                      .field = "secret",
                      .fr = "non",
                      .en = "no"};
  const std::string text(3'000, 'x');
  const std::vector<Refusal> further(3,
                                     {.rule = "digest", .field = "proof", .fr = text, .en = text});
  Refusing service(WithFurther(ToStatus(first), further));
  ASSERT_GT(
      ToGrpcStatus(WithFurther(ToStatus(first), further), Language::kFrench).error_details().size(),
      16u * 1024);
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", MakeServerCredentials(there), &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  ASSERT_NE(server, nullptr);
  v1::Invitation invitation;
  invitation.set_address(absl::StrCat("127.0.0.1:", port));
  invitation.set_certificate(there.certificate_der);

  const absl::Status status = CallJoin(here, invitation, v1::JoinRequest(), 20).status();

  EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << status;
  EXPECT_EQ(RefusalOf(status).rule, "invitation");
  EXPECT_EQ(RefusalOf(status).fr, "non");
}

}  // namespace
}  // namespace greffe
