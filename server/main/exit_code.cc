#include "server/main/exit_code.h"

#include <cstdio>

namespace greffe {

int EndWith(const absl::Status& status, Language language) {
  if (status.ok()) return kExitDone;
  std::fprintf(stderr, "greffed: %s\n", TellPeople(status, language).c_str());
  return absl::IsDataLoss(status) ? kExitIntegrity : kExitRefused;
}

}  // namespace greffe
