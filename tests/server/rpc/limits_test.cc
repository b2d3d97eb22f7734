// The limits of the port, each at n and n + 1.

#include "core/base/limits.h"

#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "greffe/v1/error.pb.h"
#include "server/main/port_limits.h"
#include "server/peers/frame_message.h"
#include "server/rpc/stream_gate.h"
#include "tests/server/rpc/served.h"
#include "tests/support/status_matchers.h"

namespace greffe::test {
namespace {

std::chrono::system_clock::time_point In(std::chrono::milliseconds time) {
  return std::chrono::system_clock::now() + time;
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// What the replica counted of what does not decode.
int MalformedAt(const Served& served) {
  const std::string name = "\ngreffe_malformed_messages_total ";
  v1::GetMetricsResponse metrics;
  EXPECT_TRUE(
      served.Admin().GetMetrics(Call(served.token())(), v1::GetMetricsRequest(), &metrics).ok());
  const std::size_t at = metrics.text().find(name);
  EXPECT_NE(at, std::string::npos);
  return std::atoi(metrics.text().substr(at + name.size()).c_str());
}

class LimitsTest : public testing::Test {
 protected:
  // WhoAmI with a header of `bytes`, on a connection of its own: gRPC may close one that brought
  // headers over the limit.
  grpc::Status WithHeader(std::size_t bytes) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + caf_.token());
    context.AddMetadata("padding", std::string(bytes, 'x'));
    v1::WhoAmIResponse response;
    return caf_.Admin().WhoAmI(&context, v1::WhoAmIRequest(), &response);
  }
  // A request of exactly `bytes`, its value far beyond what a value may be.
  grpc::Status WithRequest(std::size_t bytes,
                           grpc_compression_algorithm compressed = GRPC_COMPRESS_NONE) {
    v1::RecordMeasurementRequest request;
    std::string* value = request.mutable_measurement()->mutable_value();
    value->assign(bytes, 'x');
    value->resize(bytes - (request.ByteSizeLong() - bytes));
    EXPECT_EQ(request.ByteSizeLong(), bytes);
    v1::RecordMeasurementResponse response;
    Call call(caf_.token());
    call()->set_compression_algorithm(compressed);
    return caf_.FollowUp().RecordMeasurement(call(), request, &response);
  }

  Served caf_{"caf-12", v1::PARTNER_KIND_CAF};
};

TEST_F(LimitsTest, CompressedMessagesAreRefusedUnopened) {
  // What is unpacked is found too large; of what is not, nobody knows.
  constexpr std::size_t kTooLarge = port_limits::kRequestBytes + 1;
  EXPECT_EQ(WithRequest(kTooLarge).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    EXPECT_EQ(WithRequest(kTooLarge, algorithm).error_code(), grpc::StatusCode::UNIMPLEMENTED);
    EXPECT_EQ(WithRequest(4096, algorithm).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  }
}

TEST_F(LimitsTest, HeadersOfACallEndAtTheirLimit) {
  // What gRPC adds of its own: path, authority, agent, encodings, and 32 bytes for each header.
  constexpr std::size_t kOwnBytesMax = 1024;
  std::size_t taken = port_limits::kMetadataBytes - kOwnBytesMax;
  std::size_t refused = port_limits::kMetadataBytes;
  ASSERT_TRUE(WithHeader(taken).ok());
  while (taken + 1 < refused) {
    const std::size_t middle = (taken + refused) / 2;
    (WithHeader(middle).ok() ? taken : refused) = middle;
  }

  EXPECT_TRUE(WithHeader(taken).ok());
  EXPECT_EQ(WithHeader(taken + 1).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(WithHeader(0).ok()) << "the service is up";
}

TEST_F(LimitsTest, RequestsEndAtTheirLimit) {
  EXPECT_EQ(WithRequest(port_limits::kRequestBytes).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(WithRequest(port_limits::kRequestBytes + 1).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

// Nobody shuts the others out: each user and each partner has its share.
TEST_F(LimitsTest, WatchesAtOnceAreCountedForEachUserAndEachPartner) {
  v1::WatchConventionRequest request;
  request.set_convention_id(caf_.CreateConvention());
  request.set_after(0);
  auto stub = caf_.Conventions();
  v1::WatchConventionResponse event;
  std::vector<std::unique_ptr<Call>> calls;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::WatchConventionResponse>>> watches;
  const auto watch = [&](const std::string& token) {
    calls.push_back(std::make_unique<Call>(token));
    watches.push_back(stub.WatchConvention((*calls.back())(), request));
    return watches.back()->Read(&event);
  };
  const auto refused = [&](const std::string& token) {
    if (watch(token)) return std::string();
    return RuleOf(watches.back()->Finish());
  };
  std::vector<std::string> tokens = {caf_.token()};
  while (tokens.size() * port_limits::kStreamsPerUser < port_limits::kStreamsPerPartner) {
    tokens.push_back(caf_.AddUser(absl::StrCat("u", tokens.size()), v1::ROLE_READER));
  }
  for (const std::string& token : tokens) {
    for (std::size_t i = 0; i < port_limits::kStreamsPerUser; ++i) ASSERT_TRUE(watch(token)) << i;
    EXPECT_EQ(refused(token), "limit-streams");
  }
  // Another user of the same partner has no place either, one of another partner has.
  EXPECT_EQ(refused(caf_.AddUser("last", v1::ROLE_READER)), "limit-streams");

  (*calls.front())()->TryCancel();
  EXPECT_TRUE(Eventually([&] { return watch(caf_.token()); }));
  for (auto& call : calls) (*call)()->TryCancel();
}

TEST(StreamGate, HasAShareForEachAndALimitForAll) {
  StreamGate gate({.all = 3, .of_partner = 2, .of_user = 1});
  const auto call = [](const char* user, const char* partner) {
    UserCall out;
    out.user = user;
    out.partner_id = partner;
    return out;
  };
  using Turn = StreamGate::Turn;
  EXPECT_EQ(gate.Enter(call("a", "p")), Turn::kIn);
  EXPECT_EQ(gate.Enter(call("a", "p")), Turn::kOwnShare);
  EXPECT_EQ(gate.Enter(call("b", "p")), Turn::kIn);
  EXPECT_EQ(gate.Enter(call("c", "p")), Turn::kOwnShare);
  EXPECT_EQ(gate.Enter(call("d", "q")), Turn::kIn);
  EXPECT_EQ(gate.Enter(call("e", "r")), Turn::kFull);
  gate.Leave(call("a", "p"));
  EXPECT_EQ(gate.Enter(call("c", "p")), Turn::kIn);
}

TEST_F(LimitsTest, ARequestThatIsNoMessageIsRefusedByRuleAndCounted) {
  const auto call = [this](const std::string& path) {
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(caf_.Local());
    Call context(caf_.token());
    const auto unary = stub.PrepareUnaryCall(context(), path, BufferOf("\xff\xff"), &queue);
    grpc::ByteBuffer answer;
    grpc::Status status;
    unary->StartCall();
    unary->Finish(&answer, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    EXPECT_TRUE(queue.Next(&tag, &ok));
    return status;
  };

  for (const char* path : {"/greffe.v1.AdminService/WhoAmI", "/greffe.v1.ActService/SignAct",
                           "/greffe.v1.ConventionService/WatchConvention"}) {
    const grpc::Status status = call(path);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << path;
    v1::ErrorDetail detail;
    ASSERT_TRUE(detail.ParseFromString(status.error_details()));
    EXPECT_EQ(detail.rule(), "request-bytes") << path;
    EXPECT_NE(detail.next_en(), "");
  }
  // What a newer client asks for is another matter.
  EXPECT_EQ(call("/greffe.v1.AdminService/Nothing").error_code(), grpc::StatusCode::UNIMPLEMENTED);
  EXPECT_EQ(MalformedAt(caf_), 3);
}

// A health watch that stays open, driven by hand.
struct OpenWatch {
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call;
  grpc::ByteBuffer answer;
};

TEST_F(LimitsTest, CallsAtOnceOnOneConnectionWaitForAPlace) {
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(caf_.Local());
  std::vector<std::unique_ptr<OpenWatch>> watches;
  const auto next = [&queue](std::chrono::milliseconds wait) {
    void* tag = nullptr;
    bool ok = false;
    return queue.AsyncNext(&tag, &ok, In(wait)) == grpc::CompletionQueue::GOT_EVENT && ok;
  };
  const auto start = [&] {
    watches.push_back(std::make_unique<OpenWatch>());
    OpenWatch& watch = *watches.back();
    watch.call = stub.PrepareCall(&watch.context, "/grpc.health.v1.Health/Watch", &queue);
    watch.call->StartCall(nullptr);
  };
  // The place is taken once the server has answered.
  const auto ask = [&] {
    OpenWatch& watch = *watches.back();
    watch.call->Write(BufferOf(""), nullptr);
    if (!next(std::chrono::seconds(20))) return false;
    watch.call->Read(&watch.answer, nullptr);
    return next(std::chrono::seconds(20));
  };
  for (int i = 0; i < port_limits::kStreamsPerConnection; ++i) {
    start();
    ASSERT_TRUE(next(std::chrono::seconds(20))) << i;
    ASSERT_TRUE(ask()) << i;
  }

  start();
  EXPECT_FALSE(next(std::chrono::milliseconds(300))) << "no place is left";
  EXPECT_TRUE(WithHeader(0).ok()) << "other connections have places of their own";
  watches.front()->context.TryCancel();
  EXPECT_TRUE(next(std::chrono::seconds(20)));
  EXPECT_TRUE(ask());

  for (auto& watch : watches) watch->context.TryCancel();
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) {
  }
}

// A stream that speaks to the CAF's replica as Rodez's does, with bytes of its own choice.
class FrameLimitTest : public testing::Test {
 protected:
  FrameLimitTest() {
    EXPECT_TRUE(rodez_.Join(caf_.Invite()).ok());
    rodez_.Stop();
  }
  grpc::Status StatusAfter(const std::string& bytes) {
    const auto identity = LoadIdentity(rodez_.paths());
    EXPECT_OK(identity);
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(caf_.Tls(&*identity));
    Call context("");
    const auto next = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      return queue.Next(&tag, &ok) && ok;
    };
    auto call = stub.PrepareCall(context(), "/greffe.v1.ReplicationService/Sync", &queue);
    call->StartCall(nullptr);
    EXPECT_TRUE(next());
    call->Write(BufferOf(bytes), nullptr);
    next();
    grpc::ByteBuffer hello;
    do {
      call->Read(&hello, nullptr);
    } while (next());
    grpc::Status status;
    call->Finish(&status, nullptr);
    EXPECT_TRUE(next());
    return status;
  }
  // A message with a frame of exactly `bytes`, which is no greeting.
  static std::string MessageOf(std::size_t bytes) {
    v1::SyncRequest request;
    v1::Frame& frame = *request.mutable_frame();
    std::string* event = frame.mutable_run()->add_events();
    event->assign(bytes, 'x');
    event->resize(2 * bytes - frame.ByteSizeLong());
    EXPECT_EQ(frame.ByteSizeLong(), bytes);
    return request.SerializeAsString();
  }

  Served caf_{"caf-12", v1::PARTNER_KIND_CAF};
  Served rodez_{"rodez", v1::PARTNER_KIND_COMMUNE};
};

TEST_F(FrameLimitTest, AFrameAtItsLimitIsReadAndTheNextByteIsRefused) {
  ASSERT_EQ(MessageOf(limits::kFrameBytes).size(), kFrameMessageBytesMax);

  const grpc::Status read = StatusAfter(MessageOf(limits::kFrameBytes));
  EXPECT_EQ(read.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << read.error_message();
  EXPECT_NE(read.error_message().find("hello"), std::string::npos) << read.error_message();

  const grpc::Status refused = StatusAfter(MessageOf(limits::kFrameBytes + 1));
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_NE(refused.error_message().find("frame-size"), std::string::npos);
}

TEST_F(FrameLimitTest, SizeIsLookedAtBeforeAnythingIsParsed) {
  const std::string garbage(kFrameMessageBytesMax, '\xff');

  const grpc::Status parsed = StatusAfter(garbage);
  EXPECT_EQ(parsed.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_NE(parsed.error_message().find("frame-bytes"), std::string::npos);

  EXPECT_EQ(StatusAfter(garbage + '\xff').error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(MalformedAt(caf_), 2);
}

}  // namespace
}  // namespace greffe::test
