#ifndef GREFFE_SERVER_OPS_RARE_LOG_H_
#define GREFFE_SERVER_OPS_RARE_LOG_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "core/base/time.h"
#include "server/ops/log.h"

namespace greffe {

// Lines about what strangers do, as often as they like: of each event at most one line in
// kEveryMicros, so that nobody fills the disk or hides the other lines. Thread safe.
class RareLog final {
 public:
  static constexpr std::int64_t kEveryMicros = 10ll * 1'000'000;

  // Both outlive it.
  RareLog(const Logger& log, const Clock& clock) : log_(log), clock_(clock) {}

  // A warning with one field, and how many of the event were not written since the last one
  // (`unwritten`). `event` is one of a few names of our own, never what somebody sent.
  void Warn(const std::string& event, const LogField& field);

 private:
  struct Told {
    Instant last;
    std::uint64_t unwritten = 0;
  };

  const Logger& log_;
  const Clock& clock_;
  absl::Mutex mu_;
  std::map<std::string, Told> told_ ABSL_GUARDED_BY(mu_);
};

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_RARE_LOG_H_
