#include "client/cli/unfinished.h"

#include <unistd.h>

#include <atomic>
#include <climits>
#include <csignal>
#include <cstring>
#include <initializer_list>

namespace greffe::cli {
namespace {

// Read within a signal handler, while other threads go on: never freed, and a name that is half
// another's names no file.
struct Slot {
  std::atomic<bool> taken;
  std::atomic<bool> named;
  char path[PATH_MAX];
};

constexpr int kSlots = 8;
Slot slots[kSlots];

// The handler is gone once it runs (SA_RESETHAND): the signal sent again does what it always does.
void RemoveAndEnd(int signal) {
  for (const Slot& slot : slots) {
    if (slot.named.load()) unlink(slot.path);
  }
  raise(signal);
}

}  // namespace

Unfinished::Unfinished(const std::string& path) {
  if (path.empty() || path.size() >= PATH_MAX) return;
  for (int i = 0; i < kSlots; ++i) {
    if (slots[i].taken.exchange(true)) continue;
    std::memcpy(slots[i].path, path.c_str(), path.size() + 1);
    slots[i].named.store(true);
    slot_ = i;
    return;
  }
}

Unfinished::~Unfinished() {
  if (slot_ < 0) return;
  slots[slot_].named.store(false);
  slots[slot_].taken.store(false);
}

void RemoveUnfinishedOnSignals() {
  for (const int signal : {SIGHUP, SIGINT, SIGTERM}) {
    struct sigaction before {};
    if (sigaction(signal, nullptr, &before) != 0 || before.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = RemoveAndEnd;
    action.sa_flags = SA_RESETHAND;
    sigaction(signal, &action, nullptr);
  }
}

}  // namespace greffe::cli
