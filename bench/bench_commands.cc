// Durable commands through the whole of greffed, beside a bare gRPC echo of the same bytes in the
// same run, both over a Unix socket, client and server on the same cores.
//   bench_commands HOME CONVENTION ELEMENTS [SECONDS]    a running greffed's home; indicators,
//                                                        between commas, not measured yet
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "bench/support/history.h"
#include "bench/support/measure.h"
#include "greffe/v1/follow_up_service.grpc.pb.h"

namespace greffe::bench {
namespace {

class Echo final : public grpc::CallbackGenericService {
 public:
  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext*) override {
    class Reactor final : public grpc::ServerGenericBidiReactor {
     public:
      Reactor() { StartRead(&bytes_); }
      void OnReadDone(bool ok) override {
        if (!ok) {
          Finish(grpc::Status::OK);
          return;
        }
        StartWriteAndFinish(&bytes_, {}, grpc::Status::OK);
      }
      void OnDone() override { delete this; }

     private:
      grpc::ByteBuffer bytes_;
    };
    return new Reactor;
  }
};

[[noreturn]] void ServeEcho(const std::string& socket) {
  Echo echo;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat("unix:", socket), grpc::InsecureServerCredentials());
  builder.RegisterCallbackGenericService(&echo);
  const auto server = builder.BuildAndStart();
  server->Wait();
  _exit(0);
}

struct Load {
  double per_second = 0;
  double p50 = 0;
  double p99 = 0;
  std::uint64_t failed = 0;
};

// Keeps `in_flight` calls going for `seconds`. `start` begins one call and calls back when done.
Load Drive(int in_flight, double seconds,
           const std::function<void(std::function<void(bool)>)>& start) {
  std::mutex mutex;
  std::condition_variable idle;
  std::vector<double> samples;
  Load out;
  int running = in_flight;
  const double begin = Seconds();
  const double end = begin + seconds;
  std::function<void()> next = [&] {
    const double sent = Seconds();
    start([&, sent](bool ok) {
      const double now = Seconds();
      bool more = now < end;
      {
        const std::lock_guard<std::mutex> lock(mutex);
        samples.push_back(now - sent);
        if (!ok) ++out.failed;
        if (!more && --running == 0) idle.notify_all();
      }
      if (more) next();
    });
  };
  for (int i = 0; i < in_flight; ++i) next();
  std::unique_lock<std::mutex> lock(mutex);
  idle.wait(lock, [&] { return running == 0; });
  out.per_second = static_cast<double>(samples.size()) / (Seconds() - begin);
  out.p50 = Percentile(samples, 0.5);
  out.p99 = Percentile(samples, 0.99);
  return out;
}

struct Commands {
  std::unique_ptr<v1::FollowUpService::Stub> stub;
  std::string authorization;
  std::string convention;
  // One after the other: each has kPeriods.
  std::vector<std::string> elements;
  std::uint64_t run = 0;
  std::atomic<std::uint64_t> number{0};
  std::atomic<std::uint64_t> failures{0};

  void Start(std::function<void(bool)> done) {
    struct Call {
      grpc::ClientContext context;
      v1::RecordMeasurementRequest request;
      v1::RecordMeasurementResponse response;
    };
    auto call = std::make_shared<Call>();
    const std::uint64_t n = number++;
    call->request = Measurement(convention, elements[n / kPeriods % elements.size()], n % kPeriods);
    const Digest id = Sha256({"bench-commands", absl::StrCat(run), absl::StrCat(n)});
    call->request.set_request_id(id.ToBytes().substr(0, RequestId::kSize));
    call->context.AddMetadata("authorization", authorization);
    call->context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    stub->async()->RecordMeasurement(
        &call->context, &call->request, &call->response, [this, call, done](grpc::Status status) {
          if (!status.ok() && failures++ == 0) {
            std::fprintf(stderr, "%s\n", status.error_message().c_str());
          }
          done(status.ok());
        });
  }
};

struct Echoes {
  std::unique_ptr<grpc::GenericStub> stub;
  std::string payload;

  void Start(std::function<void(bool)> done) {
    struct Call {
      grpc::ClientContext context;
      grpc::ByteBuffer request;
      grpc::ByteBuffer response;
    };
    auto call = std::make_shared<Call>();
    const grpc::Slice slice(payload);
    call->request = grpc::ByteBuffer(&slice, 1);
    call->context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    stub->UnaryCall(&call->context, "/bench.Echo/Echo", {}, &call->request, &call->response,
                    [call, done](grpc::Status status) { done(status.ok()); });
  }
};

int Run(const std::string& home, const std::string& convention,
        const std::vector<std::string>& elements, double seconds) {
  const std::string echo_socket = absl::StrCat(std::filesystem::temp_directory_path().string(),
                                               "/greffe-echo-", getpid(), ".sock");
  // Before gRPC starts threads here.
  const pid_t echo_server = fork();
  if (echo_server == 0) ServeEcho(echo_socket);

  std::string token;
  std::ifstream(absl::StrCat(home, "/admin.token")) >> token;
  Commands commands;
  commands.authorization = absl::StrCat("Bearer ", token);
  commands.convention = convention;
  commands.elements = elements;
  // Ids of its own: those of an earlier run would be answered from what is stored.
  commands.run = static_cast<std::uint64_t>(Seconds() * 1000);
  const auto credentials = grpc::InsecureChannelCredentials();
  commands.stub = v1::FollowUpService::NewStub(
      grpc::CreateChannel(absl::StrCat("unix:", home, "/greffe.sock"), credentials));
  Echoes echoes;
  echoes.payload = Measurement(convention, elements[0], 1).SerializeAsString();
  const auto echo_channel = grpc::CreateChannel(absl::StrCat("unix:", echo_socket), credentials);
  echo_channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(5));
  echoes.stub = std::make_unique<grpc::GenericStub>(echo_channel);

  const double fdatasync_latency = FdatasyncLatency(home, 512, 500);
  int failed = 0;
  for (const int in_flight : {1, 16, 64, 256}) {
    const Load echo =
        Drive(in_flight, seconds, [&](std::function<void(bool)> done) { echoes.Start(done); });
    const Load load =
        Drive(in_flight, seconds, [&](std::function<void(bool)> done) { commands.Start(done); });
    PrintRow(absl::StrCat("durable command, ", in_flight, " in flight"), Rate(load.per_second),
             absl::StrCat("bare gRPC echo ", Rate(echo.per_second)),
             Ratio(load.per_second / echo.per_second), in_flight == 256 ? ">= 0.35" : "");
    PrintRow("  p50, p99", absl::StrCat(Micros(load.p50), ", ", Micros(load.p99)),
             absl::StrCat(Micros(echo.p50), ", ", Micros(echo.p99)), "", "");
    if (in_flight == 1) {
      PrintRow("  latency at 1 in flight", Micros(load.p50),
               absl::StrCat("one fdatasync ", Micros(fdatasync_latency)),
               Ratio(load.p50 / fdatasync_latency), "<= 2.5");
    }
    failed += static_cast<int>(load.failed + echo.failed);
  }
  kill(echo_server, SIGTERM);
  waitpid(echo_server, nullptr, 0);
  std::filesystem::remove(echo_socket);
  if (failed > 0) std::fprintf(stderr, "%d calls failed\n", failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace greffe::bench

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "bench_commands HOME CONVENTION ELEMENTS [SECONDS]\n");
    return 2;
  }
  greffe::bench::PrintHeader();
  return greffe::bench::Run(argv[1], argv[2], absl::StrSplit(argv[3], ','),
                            argc > 4 ? std::atof(argv[4]) : 4.0);
}
