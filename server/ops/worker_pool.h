#ifndef GREFFE_SERVER_OPS_WORKER_POOL_H_
#define GREFFE_SERVER_OPS_WORKER_POOL_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace greffe {

// A few threads and a bounded queue, for work that may block and so must not run on gRPC's threads.
// Thread safe. The destructor runs what is queued, then joins.
class WorkerPool final {
 public:
  struct Options {
    std::size_t threads = 2;
    // Work that waits; more is turned away.
    std::size_t queue_max = 1024;
  };
  explicit WorkerPool(Options options);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False, and `work` is not run, when the queue is full.
  [[nodiscard]] bool Offer(std::function<void()> work);
  // Queues whatever the length: for work that ends something and is itself bounded by its owner.
  void Put(std::function<void()> work);

 private:
  void Run();

  const Options options_;
  absl::Mutex mu_;
  std::deque<std::function<void()>> queue_ ABSL_GUARDED_BY(mu_);
  bool stopping_ ABSL_GUARDED_BY(mu_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_OPS_WORKER_POOL_H_
