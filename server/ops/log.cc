#include "server/ops/log.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace greffe {
namespace {

absl::string_view LevelName(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "info";
}

}  // namespace

std::string LogValue(absl::string_view value) {
  const bool plain = !value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
    return absl::ascii_isgraph(static_cast<unsigned char>(c)) && c != '"' && c != '=' && c != '\\';
  });
  return plain ? std::string(value) : absl::StrCat("\"", absl::Utf8SafeCEscape(value), "\"");
}

void Logger::Log(LogLevel level, absl::string_view event,
                 std::initializer_list<LogField> fields) const {
  if (level < least_) return;
  std::string line = absl::StrCat("time=", clock_.Now().ToString(), " level=", LevelName(level),
                                  " event=", LogValue(event));
  for (const LogField& field : fields) {
    absl::StrAppend(&line, " ", field.key, "=", LogValue(field.value));
  }
  line += '\n';
  // One write, so that lines of several threads do not mix. A log that cannot be written is no
  // reason to stop serving.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace greffe
