#ifndef GREFFE_SERVER_MAIN_EXIT_CODE_H_
#define GREFFE_SERVER_MAIN_EXIT_CODE_H_

#include "absl/status/status.h"
#include "server/ops/language.h"

namespace greffe {

// What greffed and greffe end with.
enum ExitCode : int {
  kExitDone = 0,
  kExitRefused = 1,
  kExitUsage = 2,
  kExitUnreachable = 3,
  kExitIntegrity = 4,
};

// Tells people on stderr why, and what to do next; returns what to end with.
int EndWith(const absl::Status& status, Language language);

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_EXIT_CODE_H_
