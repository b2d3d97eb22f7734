#ifndef GREFFE_SERVER_APP_REFUSALS_H_
#define GREFFE_SERVER_APP_REFUSALS_H_

#include <string>

#include "absl/status/status.h"

namespace greffe {

// The refusals that come from the replica itself, not from the rules of a convention.

// One answer for what does not exist and for what one may not see (invariant 6).
absl::Status NoSuchConvention();
absl::Status AmbiguousConvention();
absl::Status BadConventionId();
// Events of `replica` that the token names are not applied here.
absl::Status CutNotApplied(const std::string& field, const std::string& replica);
// The convention failed its proof.
absl::Status ConventionReadOnly(const std::string& damage);
absl::Status ConventionUnreadable(const std::string& damage);
// Another head of this replica's own feed was seen.
absl::Status SigningStopped(const std::string& reason);
// A commit failed: `cause` is what the store said.
absl::Status CommitFailed(const absl::Status& cause);
absl::Status StoreMustBeReopened();
absl::Status QueueFull();
absl::Status DeadlinePassed();
absl::Status RequestIdReused();
absl::Status BadPageToken();
absl::Status ReplicaStopping();

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_REFUSALS_H_
