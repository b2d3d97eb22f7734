#include "server/ops/protobuf_log.h"

#include <gtest/gtest.h>

#include <string>

#include "google/protobuf/stubs/logging.h"
#include "google/protobuf/wrappers.pb.h"

namespace greffe {
namespace {

// A string field that is no UTF-8, as anybody can send it.
bool ParseMalformed() {
  google::protobuf::StringValue value;
  return value.ParseFromString(std::string("\x0a\x01\xff", 3));
}

// QuietProtobuf is for the whole process: the handler of before is put back, so that the test can
// run again in it.
class ProtobufLog : public testing::Test {
 protected:
  ProtobufLog() : before_(google::protobuf::SetLogHandler(nullptr)) {
    google::protobuf::SetLogHandler(before_);
  }
  ~ProtobufLog() override { google::protobuf::SetLogHandler(before_); }

 private:
  google::protobuf::LogHandler* const before_;
};

TEST_F(ProtobufLog, WritesNoComplaint) {
  testing::internal::CaptureStderr();
  ParseMalformed();
  ASSERT_NE(testing::internal::GetCapturedStderr().find("libprotobuf"), std::string::npos);

  QuietProtobuf();
  testing::internal::CaptureStderr();
  ParseMalformed();

  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace greffe
