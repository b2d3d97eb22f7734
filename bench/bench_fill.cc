// Opens many conventions from one draft in a running greffed.
//   bench_fill HOME DRAFT.json COUNT      prints the id of the last
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "bench/support/history.h"
#include "bench/support/measure.h"
#include "greffe/v1/convention_service.grpc.pb.h"

namespace greffe::bench {
namespace {

int Run(const std::string& home, const std::string& path, int count) {
  std::string token;
  std::ifstream(absl::StrCat(home, "/admin.token")) >> token;
  const auto stub = v1::ConventionService::NewStub(grpc::CreateChannel(
      absl::StrCat("unix:", home, "/greffe.sock"), grpc::InsecureChannelCredentials()));
  v1::CreateConventionRequest request;
  *request.mutable_draft() = ReadDraft(path);
  std::string last;
  for (int i = 0; i < count; ++i) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    const Digest id = Sha256({"bench-fill", absl::StrCat(getpid()), absl::StrCat(i)});
    request.set_request_id(id.ToBytes().substr(0, RequestId::kSize));
    v1::CreateConventionResponse response;
    const grpc::Status status = stub->CreateConvention(&context, request, &response);
    if (!status.ok()) {
      std::fprintf(stderr, "%s\n", status.error_message().c_str());
      return 1;
    }
    last = response.receipt().convention_id();
  }
  std::printf("%s\n", last.c_str());
  return 0;
}

}  // namespace
}  // namespace greffe::bench

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "bench_fill HOME DRAFT.json COUNT\n");
    return 2;
  }
  return greffe::bench::Run(argv[1], argv[2], std::atoi(argv[3]));
}
