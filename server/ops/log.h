#ifndef GREFFE_SERVER_OPS_LOG_H_
#define GREFFE_SERVER_OPS_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "core/base/time.h"

namespace greffe {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// One field of a log line. Values are counts, codes, fingerprints and addresses of replicas: never
// logins, tokens, offices, names of persons or texts of a convention.
struct LogField {
  LogField(absl::string_view key, absl::string_view value) : key(key), value(value) {}
  LogField(absl::string_view key, const std::string& value) : key(key), value(value) {}
  LogField(absl::string_view key, const char* value) : key(key), value(value) {}
  LogField(absl::string_view key, std::uint64_t value) : key(key), value(std::to_string(value)) {}
  std::string key;
  std::string value;
};

// Structured lines `time=… level=… event=… key=value …` on stderr, one write each. Thread safe.
class Logger final {
 public:
  // `clock` outlives the logger.
  Logger(const Clock& clock, LogLevel least) : clock_(clock), least_(least) {}
  void Log(LogLevel level, absl::string_view event,
           std::initializer_list<LogField> fields = {}) const;

 private:
  const Clock& clock_;
  const LogLevel least_;
};

// `value` as it stands in a log line: quoted and escaped unless it is a plain word.
std::string LogValue(absl::string_view value);

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_LOG_H_
