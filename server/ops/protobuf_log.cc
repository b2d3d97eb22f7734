#include "server/ops/protobuf_log.h"

#include <atomic>
#include <cstdio>
#include <string>

#include "google/protobuf/stubs/logging.h"
#include "server/ops/log.h"

namespace greffe {
namespace {

std::atomic<std::uint64_t> complaints{0};

void Take(google::protobuf::LogLevel level, const char* file, int line,
          const std::string& message) {
  if (level != google::protobuf::LOGLEVEL_FATAL) {
    ++complaints;
    return;
  }
  std::fprintf(stderr, "level=error event=protobuf-fatal file=%s line=%d why=%s\n",
               LogValue(file).c_str(), line, LogValue(message).c_str());
}

}  // namespace

void QuietProtobuf() { google::protobuf::SetLogHandler(&Take); }

std::uint64_t ProtobufComplaints() { return complaints; }

}  // namespace greffe
