#include "client/retry.h"

#include <algorithm>
#include <random>
#include <thread>

namespace greffe {

grpc::Status CallWithRetry(const RetryPolicy& policy,
                           std::chrono::system_clock::time_point deadline,
                           const std::function<grpc::Status()>& call) {
  std::random_device random;
  std::chrono::milliseconds pause = policy.pause_first;
  grpc::Status status;
  for (int attempt = 1;; ++attempt) {
    status = call();
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE || attempt >= policy.attempts_max) {
      return status;
    }
    // Jitter keeps many clients of one replica from coming back at the same moment.
    const auto half = pause / 2;
    const auto wait =
        half + std::chrono::milliseconds(random() % static_cast<unsigned>(half.count() + 1));
    if (std::chrono::system_clock::now() + wait >= deadline) return status;
    std::this_thread::sleep_for(wait);
    pause = std::min(pause * 2, policy.pause_max);
  }
}

}  // namespace greffe
