#ifndef GREFFE_SERVER_RPC_STREAM_GATE_H_
#define GREFFE_SERVER_RPC_STREAM_GATE_H_

#include <cstddef>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace greffe {

// Counts the streams being served: no more than a limit at once, and none left when a server goes.
// Thread safe.
class StreamGate final {
 public:
  explicit StreamGate(std::size_t streams_max) : streams_max_(streams_max) {}

  // False when the limit is reached; otherwise Leave must follow, as the stream's last act.
  [[nodiscard]] bool Enter() {
    absl::MutexLock lock(&mu_);
    if (open_ >= streams_max_) return false;
    ++open_;
    return true;
  }
  void Leave() {
    absl::MutexLock lock(&mu_);
    --open_;
  }
  void WaitUntilEmpty() {
    absl::MutexLock lock(&mu_);
    const auto empty = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return open_ == 0; };
    mu_.Await(absl::Condition(&empty));
  }

 private:
  const std::size_t streams_max_;
  absl::Mutex mu_;
  std::size_t open_ ABSL_GUARDED_BY(mu_) = 0;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_STREAM_GATE_H_
