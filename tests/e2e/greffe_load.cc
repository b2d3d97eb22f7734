// Measurements sent to a running greffed, many at once, until it is killed or UNTIL were sent.
//   greffe_load HOME TOKEN_FILE CONVENTION ELEMENTS IN_FLIGHT JOURNAL UNTIL
// ELEMENTS: indicators, between commas. JOURNAL gets one line `NUMBER LEAF` for each measurement
// acknowledged, before the next is sent. A run begins with what the journal lacks: what an earlier
// one sent without an answer goes out again by the same request id. Prints one more than the
// largest number sent. Ends with 1 when one was refused or wrote no event.
#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/digest.h"
#include "core/base/ids.h"
#include "greffe/v1/follow_up_service.grpc.pb.h"

namespace greffe {
namespace {

// The months of 1000 to 1999: each number has an element and a month of its own.
constexpr std::uint64_t kMonths = 12'000;
// Past this a call's answer is not known: the process is gone, or stands still.
constexpr auto kAnswered = std::chrono::seconds(20);

struct Settings {
  std::string convention;
  std::vector<std::string> elements;
  std::string authorization;
  std::uint64_t until = 0;
};

class Load final {
 public:
  Load(Settings settings, std::unique_ptr<v1::FollowUpService::Stub> stub,
       const std::string& journal)
      : settings_(std::move(settings)), stub_(std::move(stub)) {
    std::ifstream earlier(journal);
    std::string leaf;
    for (std::uint64_t number = 0; earlier >> number >> leaf;) known_.insert(number);
    journal_ = open(journal.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  }
  ~Load() { close(journal_); }

  // Returns whether none was refused and all that was acknowledged is in the journal, on disk.
  bool Run(int in_flight) {
    if (journal_ < 0) return false;
    std::vector<std::thread> callers;
    for (int i = 0; i < in_flight; ++i) {
      callers.emplace_back([this] {
        while (const std::optional<std::uint64_t> number = Next()) Send(*number);
      });
    }
    for (std::thread& caller : callers) caller.join();
    return !failed_ && fdatasync(journal_) == 0;
  }
  // One more than the largest number sent.
  std::uint64_t begun() const { return next_; }

 private:
  // Nothing once the replica is gone, or all were sent.
  std::optional<std::uint64_t> Next() {
    const std::lock_guard<std::mutex> lock(mutex_);
    while (known_.count(next_) > 0) ++next_;
    if (gone_ || failed_ || next_ >= settings_.until) return std::nullopt;
    return next_++;
  }

  void Send(std::uint64_t number) {
    const std::uint64_t month = number % kMonths;
    v1::RecordMeasurementRequest request;
    const Digest id = Sha256({"greffe-load", absl::StrCat(number)});
    request.set_request_id(id.ToBytes().substr(0, RequestId::kSize));
    request.set_convention_id(settings_.convention);
    v1::IndicatorMeasured& measured = *request.mutable_measurement();
    measured.set_element_id(settings_.elements[number / kMonths % settings_.elements.size()]);
    measured.set_period(
        absl::StrCat(1000 + month / 12, month % 12 < 9 ? "-0" : "-", 1 + month % 12));
    measured.set_value(absl::StrCat(number));
    grpc::ClientContext context;
    context.AddMetadata("authorization", settings_.authorization);
    context.set_deadline(std::chrono::system_clock::now() + kAnswered);
    v1::RecordMeasurementResponse response;
    const grpc::Status status = stub_->RecordMeasurement(&context, request, &response);
    if (status.ok() && response.receipt().leaves_size() != 1) {
      failed_ = true;
      std::fprintf(stderr, "measurement %llu is acknowledged by no event of its own\n",
                   static_cast<unsigned long long>(number));
    } else if (status.ok()) {
      Acknowledge(number, response.receipt().leaves(0));
    } else if (status.error_code() == grpc::StatusCode::UNAVAILABLE ||
               status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
      gone_ = true;
    } else {
      failed_ = true;
      std::fprintf(stderr, "%s\n", status.error_message().c_str());
    }
  }

  // One write for a line: lines of several threads do not mix.
  void Acknowledge(std::uint64_t number, const std::string& leaf) {
    const std::string line = absl::StrCat(number, " ", leaf, "\n");
    if (write(journal_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
      failed_ = true;
    }
  }

  const Settings settings_;
  const std::unique_ptr<v1::FollowUpService::Stub> stub_;
  int journal_ = -1;
  // Acknowledged to an earlier run.
  std::set<std::uint64_t> known_;
  std::mutex mutex_;
  std::uint64_t next_ = 0;
  std::atomic<bool> gone_{false};
  std::atomic<bool> failed_{false};
};

int Run(const std::vector<std::string>& arguments) {
  Settings settings;
  std::string token;
  std::ifstream(arguments[1]) >> token;
  settings.authorization = absl::StrCat("Bearer ", token);
  settings.convention = arguments[2];
  settings.elements = absl::StrSplit(arguments[3], ',');
  settings.until = std::strtoull(arguments[6].c_str(), nullptr, 10);
  grpc::ChannelArguments never_again;
  // A call is sent once: what a killed process did not answer is for the next run.
  never_again.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  Load load(settings,
            v1::FollowUpService::NewStub(
                grpc::CreateCustomChannel(absl::StrCat("unix:", arguments[0], "/greffe.sock"),
                                          grpc::InsecureChannelCredentials(), never_again)),
            arguments[5]);
  const bool sound = load.Run(std::atoi(arguments[4].c_str()));
  std::printf("%llu\n", static_cast<unsigned long long>(load.begun()));
  return sound ? 0 : 1;
}

}  // namespace
}  // namespace greffe

int main(int argc, char** argv) {
  if (argc != 8) {
    std::fprintf(stderr,
                 "greffe_load HOME TOKEN_FILE CONVENTION ELEMENTS IN_FLIGHT JOURNAL UNTIL\n");
    return 2;
  }
  return greffe::Run(std::vector<std::string>(argv + 1, argv + argc));
}
