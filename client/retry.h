#ifndef GREFFE_CLIENT_RETRY_H_
#define GREFFE_CLIENT_RETRY_H_

#include <grpcpp/support/status.h>

#include <chrono>
#include <functional>

namespace greffe {

// How often a call that met UNAVAILABLE is made again: a replica that restarts is back within a
// second or two, one that is not there should be reported soon.
struct RetryPolicy {
  // Calls in all, the first included; at least 1.
  int attempts_max = 5;
  // Pause before the second call; doubled each time, with jitter between half and all of it.
  std::chrono::milliseconds pause_first{100};
  std::chrono::milliseconds pause_max{1000};
};

// Calls `call` until it answers something else than UNAVAILABLE, attempts run out, or the next
// pause would pass `deadline`. Only for calls that may be repeated: reads, and commands, which are
// known by their request_id. Thread safe.
grpc::Status CallWithRetry(const RetryPolicy& policy,
                           std::chrono::system_clock::time_point deadline,
                           const std::function<grpc::Status()>& call);

}  // namespace greffe

#endif  // GREFFE_CLIENT_RETRY_H_
