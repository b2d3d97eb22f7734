#ifndef GREFFE_SERVER_RPC_STREAM_GATE_H_
#define GREFFE_SERVER_RPC_STREAM_GATE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "server/app/call.h"

namespace greffe {

// Counts the streams being served: no more than a limit at once, of them a part for each user and
// each partner, so that nobody shuts the others out; and none left when a server goes. Thread safe.
class StreamGate final {
 public:
  struct Limits {
    std::size_t all = 0;
    std::size_t of_partner = 0;
    std::size_t of_user = 0;
  };
  enum class Turn : unsigned char {
    kIn,
    // All together are as many as may be.
    kFull,
    // The user, or the user's partner, has as many as it may.
    kOwnShare,
  };

  explicit StreamGate(const Limits& limits) : limits_(limits) {}

  // After kIn Leave must follow with the same call, as the stream's last act.
  [[nodiscard]] Turn Enter(const UserCall& call) {
    absl::MutexLock lock(&mu_);
    if (open_ >= limits_.all) return Turn::kFull;
    const auto user = by_user_.find(call.user);
    const auto partner = by_partner_.find(call.partner_id);
    if ((user != by_user_.end() && user->second >= limits_.of_user) ||
        (partner != by_partner_.end() && partner->second >= limits_.of_partner)) {
      return Turn::kOwnShare;
    }
    ++open_;
    ++by_user_[call.user];
    ++by_partner_[call.partner_id];
    return Turn::kIn;
  }
  void Leave(const UserCall& call) {
    absl::MutexLock lock(&mu_);
    --open_;
    Drop(by_user_, call.user);
    Drop(by_partner_, call.partner_id);
  }
  // The server stops: who waits for more ends instead. `wake` is called once, at Close or at once
  // where that came first; not after RemoveWaker returned. It must not call back.
  std::uint64_t AddWaker(std::function<void()> wake) {
    absl::MutexLock lock(&mu_);
    if (closing_) wake();
    wakers_[next_waker_] = std::move(wake);
    return next_waker_++;
  }
  void RemoveWaker(std::uint64_t waker) {
    absl::MutexLock lock(&mu_);
    wakers_.erase(waker);
  }
  void Close() {
    absl::MutexLock lock(&mu_);
    closing_ = true;
    for (const auto& [number, wake] : wakers_) wake();
  }
  bool closing() const {
    absl::MutexLock lock(&mu_);
    return closing_;
  }
  void WaitUntilEmpty() {
    absl::MutexLock lock(&mu_);
    const auto empty = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) { return open_ == 0; };
    mu_.Await(absl::Condition(&empty));
  }

 private:
  using Counts = std::map<std::string, std::size_t>;
  static void Drop(Counts& counts, const std::string& key) {
    const auto found = counts.find(key);
    if (found != counts.end() && --found->second == 0) counts.erase(found);
  }

  const Limits limits_;
  mutable absl::Mutex mu_;
  bool closing_ ABSL_GUARDED_BY(mu_) = false;
  std::uint64_t next_waker_ ABSL_GUARDED_BY(mu_) = 0;
  std::map<std::uint64_t, std::function<void()>> wakers_ ABSL_GUARDED_BY(mu_);
  std::size_t open_ ABSL_GUARDED_BY(mu_) = 0;
  Counts by_user_ ABSL_GUARDED_BY(mu_);
  Counts by_partner_ ABSL_GUARDED_BY(mu_);
};

}  // namespace greffe

#endif  // GREFFE_SERVER_RPC_STREAM_GATE_H_
