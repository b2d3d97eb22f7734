// Watch and export: flow-controlled streams, and their end.

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "core/base/digest.h"
#include "greffe/v1/attachment_service.grpc.pb.h"
#include "server/main/port_limits.h"
#include "tests/server/rpc/served.h"

namespace greffe::test {
namespace {

class StreamsTest : public testing::Test {
 protected:
  void Measure(const std::string& value) {
    v1::RecordMeasurementRequest request;
    request.set_request_id(NextRequestId());
    request.set_convention_id(convention_);
    request.mutable_measurement()->set_element_id("indicateur-1");
    request.mutable_measurement()->set_period(value);
    request.mutable_measurement()->set_value(value);
    v1::RecordMeasurementResponse response;
    const grpc::Status status =
        caf_.FollowUp().RecordMeasurement(Call(caf_.token())(), request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }

  Served caf_{"caf-12", v1::PARTNER_KIND_CAF};
  const std::string convention_ = caf_.CreateConvention();
};

TEST_F(StreamsTest, WatchTellsOfEventsAsTheyAreApplied) {
  v1::WatchConventionRequest request;
  request.set_convention_id(convention_);
  request.set_after(0);
  Call call(caf_.token());
  auto stub = caf_.Conventions();
  auto stream = stub.WatchConvention(call(), request);
  v1::WatchConventionResponse event;
  ASSERT_TRUE(stream->Read(&event));
  const std::uint64_t first = event.arrival();

  Measure("2026");

  std::uint64_t last = first;
  bool measured = false;
  while (!measured && stream->Read(&event)) {
    EXPECT_EQ(event.arrival(), last + 1);
    last = event.arrival();
    measured = event.event().kind() == "indicator_measured";
  }
  EXPECT_TRUE(measured) << event.ShortDebugString();
  call()->TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(StreamsTest, WatchRefusesWhatOneMayNotSee) {
  v1::WatchConventionRequest request;
  request.set_convention_id("0123456789abcdef0123456789abcdef");
  Call call(caf_.token());
  auto stub = caf_.Conventions();
  auto stream = stub.WatchConvention(call(), request);
  v1::WatchConventionResponse event;

  EXPECT_FALSE(stream->Read(&event));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(StreamsTest, WatchEndsWhenItsTokenIsRemoved) {
  const std::string token = caf_.AddUser("lecture", v1::ROLE_READER);
  v1::WatchConventionRequest request;
  request.set_convention_id(convention_);
  Call call(token);
  auto stub = caf_.Conventions();
  auto stream = stub.WatchConvention(call(), request);
  v1::RemoveUserRequest removal;
  removal.set_user("lecture");
  v1::RemoveUserResponse removed;
  ASSERT_TRUE(caf_.Admin().RemoveUser(Call(caf_.token())(), removal, &removed).ok());

  Measure("2026");

  v1::WatchConventionResponse event;
  while (stream->Read(&event)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

TEST_F(StreamsTest, WatchEndsByItselfWhenTheReplicaStops) {
  v1::WatchConventionRequest request;
  request.set_convention_id(convention_);
  request.set_after(0);
  Call call(caf_.token());
  auto stub = caf_.Conventions();
  auto stream = stub.WatchConvention(call(), request);
  v1::WatchConventionResponse event;
  ASSERT_TRUE(stream->Read(&event));

  std::thread stop([this] { caf_.Stop(); });
  while (stream->Read(&event)) {
  }
  const grpc::Status ended = stream->Finish();
  stop.join();

  // Cut off at the end of the grace it would say nothing of its own.
  EXPECT_EQ(ended.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(RuleOf(ended), "stopping");
}

TEST_F(StreamsTest, UploadEndsWhenItsTokenIsRemoved) {
  const std::string token = caf_.AddUser("secretariat", v1::ROLE_SECRETARIAT);
  Call call(token);
  v1::AttachmentService::Stub stub(caf_.Local());
  v1::UploadAttachmentResponse response;
  auto stream = stub.UploadAttachment(call(), &response);
  v1::RemoveUserRequest removal;
  removal.set_user("secretariat");
  v1::RemoveUserResponse removed;
  ASSERT_TRUE(caf_.Admin().RemoveUser(Call(caf_.token())(), removal, &removed).ok());

  v1::UploadAttachmentRequest chunk;
  chunk.set_convention_id(convention_);
  chunk.set_attachment_id(std::string(64, 'a'));
  stream->Write(chunk);
  stream->WritesDone();

  // Not what is said of an attachment that nobody named.
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAUTHENTICATED);
}

// More of each, one after the other, than a user may have at once: each gives its place back, also
// one that is refused.
TEST_F(StreamsTest, TransfersThatEndedTakeNoPlace) {
  const std::string bytes = "quelques octets";
  v1::AddAttachmentRequest request;
  request.set_request_id(NextRequestId());
  request.set_convention_id(convention_);
  v1::Attachment& named = *request.mutable_attachment();
  named.set_sha256(Sha256({bytes}).ToBytes());
  named.set_chunk_digests(Sha256({bytes}).ToBytes());
  named.set_size(bytes.size());
  named.set_label("pièce");
  named.set_media_type("text/plain");
  named.set_role(v1::ATTACHMENT_ROLE_EVIDENCE);
  v1::AttachmentService::Stub attachments(caf_.Local());
  v1::AddAttachmentResponse added;
  ASSERT_TRUE(attachments.AddAttachment(Call(caf_.token())(), request, &added).ok());

  const auto upload = [&](const std::string& chunk) {
    Call call(caf_.token());
    v1::UploadAttachmentResponse response;
    auto stream = attachments.UploadAttachment(call(), &response);
    v1::UploadAttachmentRequest part;
    part.set_convention_id(convention_);
    part.set_attachment_id(added.attachment_id());
    part.set_chunk(chunk);
    stream->Write(part);
    stream->WritesDone();
    return stream->Finish();
  };
  const auto download = [&](const std::string& sha256) {
    Call call(caf_.token());
    v1::DownloadAttachmentRequest wanted;
    wanted.set_convention_id(convention_);
    wanted.set_sha256(sha256);
    auto stream = attachments.DownloadAttachment(call(), wanted);
    v1::DownloadAttachmentResponse piece;
    while (stream->Read(&piece)) {
    }
    return stream->Finish();
  };
  const auto export_all = [&](const std::string& convention) {
    Call call(caf_.token());
    v1::ExportConventionRequest wanted;
    wanted.set_convention_id(convention);
    auto stub = caf_.Audit();
    auto stream = stub.ExportConvention(call(), wanted);
    v1::ExportConventionResponse piece;
    while (stream->Read(&piece)) {
    }
    return stream->Finish();
  };
  const std::string sha256 = Sha256({bytes}).ToHex();
  for (std::size_t i = 0; i <= port_limits::kStreamsPerUser; ++i) {
    EXPECT_EQ(RuleOf(upload("d'autres octets")), "chunk") << i;
  }
  for (std::size_t i = 0; i <= port_limits::kStreamsPerUser; ++i) {
    const grpc::Status uploaded = upload(bytes);
    ASSERT_TRUE(uploaded.ok()) << i << " " << uploaded.error_message();
  }
  for (std::size_t i = 0; i <= port_limits::kStreamsPerUser; ++i) {
    const grpc::Status downloaded = download(sha256);
    ASSERT_TRUE(downloaded.ok()) << i << " " << downloaded.error_message();
    EXPECT_EQ(RuleOf(download(std::string(64, '0'))), "not-found") << i;
  }
  for (std::size_t i = 0; i <= port_limits::kStreamsPerUser; ++i) {
    const grpc::Status exported = export_all(convention_);
    ASSERT_TRUE(exported.ok()) << i << " " << exported.error_message();
    EXPECT_EQ(export_all("0123456789abcdef0123456789abcdef").error_code(),
              grpc::StatusCode::NOT_FOUND)
        << i;
  }
}

TEST_F(StreamsTest, OpenWatchesDoNotKeepTheServerFromStopping) {
  v1::WatchConventionRequest request;
  request.set_convention_id(convention_);
  request.set_after(0);
  Call call(caf_.token());
  auto stub = caf_.Conventions();
  auto stream = stub.WatchConvention(call(), request);
  v1::WatchConventionResponse event;
  ASSERT_TRUE(stream->Read(&event));

  caf_.Stop();

  while (stream->Read(&event)) {
  }
  EXPECT_FALSE(stream->Finish().ok());
}

TEST_F(StreamsTest, ExportGivesEveryEventOnce) {
  for (int year = 2000; year < 2020; ++year) Measure(std::to_string(year));
  v1::VerifyRequest verify;
  verify.set_convention_id(convention_);
  v1::VerifyResponse verified;
  ASSERT_TRUE(caf_.Audit().Verify(Call(caf_.token())(), verify, &verified).ok());

  v1::ExportConventionRequest request;
  request.set_convention_id(convention_);
  Call call(caf_.token());
  auto stub = caf_.Audit();
  auto stream = stub.ExportConvention(call(), request);
  v1::ExportConventionResponse piece;
  std::uint64_t events = 0;
  while (stream->Read(&piece)) {
    EXPECT_EQ(piece.from(), events);
    events += static_cast<std::uint64_t>(piece.events_size());
  }

  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(events, verified.events());
  EXPECT_TRUE(verified.ok());
}

}  // namespace
}  // namespace greffe::test
