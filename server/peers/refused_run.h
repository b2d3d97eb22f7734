#ifndef GREFFE_SERVER_PEERS_REFUSED_RUN_H_
#define GREFFE_SERVER_PEERS_REFUSED_RUN_H_

#include <string>

#include "absl/strings/string_view.h"
#include "core/sync/session.h"
#include "server/ops/language.h"

namespace greffe {

// Who did not take the last run between this replica and `peer` (its name), and why, as a sentence.
// The convention is named only where `names_convention`: not everybody here may know of it.
std::string InWords(const sync::RefusedRun& run, absl::string_view peer, bool names_convention,
                    Language language);

}  // namespace greffe

#endif  // GREFFE_SERVER_PEERS_REFUSED_RUN_H_
