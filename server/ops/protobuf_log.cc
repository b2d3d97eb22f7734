#include "server/ops/protobuf_log.h"

#include <cstdio>
#include <string>

#include "google/protobuf/stubs/logging.h"
#include "server/ops/log.h"

namespace greffe {
namespace {

void Take(google::protobuf::LogLevel level, const char* file, int line,
          const std::string& message) {
  if (level != google::protobuf::LOGLEVEL_FATAL) return;
  std::fprintf(stderr, "level=error event=protobuf-fatal file=%s line=%d why=%s\n",
               LogValue(file).c_str(), line, LogValue(message).c_str());
}

}  // namespace

void QuietProtobuf() { google::protobuf::SetLogHandler(&Take); }

}  // namespace greffe
