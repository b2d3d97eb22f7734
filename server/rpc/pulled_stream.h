#ifndef GREFFE_SERVER_RPC_PULLED_STREAM_H_
#define GREFFE_SERVER_RPC_PULLED_STREAM_H_

#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "server/ops/worker_pool.h"
#include "server/rpc/grpc_status.h"

namespace greffe {

// A stream of answers pulled as fast as the client reads them: one write in flight, one batch in
// memory, the next batch pulled only when the last one is written. Deletes itself.
template <typename Response>
class PulledStream final : public grpc::ServerWriteReactor<Response> {
 public:
  struct Options {
    // Next batch, on `pool`. An error ends the stream.
    std::function<absl::StatusOr<std::vector<Response>>()> pull;
    // An empty batch: true waits for Wake, false ends the stream.
    bool wait_when_empty = false;
    // Called once, on `pool`, before the stream goes.
    std::function<void()> on_gone;
    WorkerPool* pool = nullptr;
    Language language = Language::kFrench;
  };

  explicit PulledStream(Options options) : options_(std::move(options)) {}

  // Must be called once, from the method that returns the stream.
  void Begin() { StartPull(); }

  // There may be more now. From any thread until `on_gone` was called.
  void Wake() {
    {
      absl::MutexLock lock(&mu_);
      woken_ = true;
      if (state_ != State::kIdle) return;
      state_ = State::kPulling;
    }
    StartPull();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return End(absl::CancelledError("stream"));
    if (++next_ < batch_.size()) return this->StartWrite(&batch_[next_]);
    {
      absl::MutexLock lock(&mu_);
      state_ = State::kPulling;
    }
    StartPull();
  }

  void OnCancel() override {
    {
      absl::MutexLock lock(&mu_);
      cancelled_ = true;
      // A pull or a write under way sees it when it comes back.
      if (state_ != State::kIdle) return;
      state_ = State::kEnded;
    }
    this->Finish(grpc::Status::CANCELLED);
  }

  void OnDone() override {
    options_.pool->Put([this] {
      if (options_.on_gone) options_.on_gone();
      delete this;
    });
  }

 private:
  enum class State { kIdle, kPulling, kWriting, kEnded };

  void StartPull() {
    options_.pool->Put([this] { Pull(); });
  }

  void Pull() {
    while (true) {
      {
        absl::MutexLock lock(&mu_);
        woken_ = false;
      }
      absl::StatusOr<std::vector<Response>> batch = options_.pull();
      if (!batch.ok()) return End(batch.status());
      if (batch->empty() && !options_.wait_when_empty) return End(absl::OkStatus());
      absl::MutexLock lock(&mu_);
      if (cancelled_) break;
      if (!batch->empty()) {
        batch_ = *std::move(batch);
        next_ = 0;
        state_ = State::kWriting;
        this->StartWrite(&batch_[0]);
        return;
      }
      if (!woken_) {
        state_ = State::kIdle;
        return;
      }
    }
    End(absl::CancelledError("stream"));
  }

  void End(const absl::Status& status) {
    {
      absl::MutexLock lock(&mu_);
      state_ = State::kEnded;
    }
    this->Finish(ToGrpcStatus(status, options_.language));
  }

  const Options options_;
  // Only touched by the one pull or write under way.
  std::vector<Response> batch_;
  std::size_t next_ = 0;
  absl::Mutex mu_;
  State state_ ABSL_GUARDED_BY(mu_) = State::kPulling;
  bool woken_ ABSL_GUARDED_BY(mu_) = false;
  bool cancelled_ ABSL_GUARDED_BY(mu_) = false;
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_PULLED_STREAM_H_
