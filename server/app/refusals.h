#ifndef GREFFE_SERVER_APP_REFUSALS_H_
#define GREFFE_SERVER_APP_REFUSALS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/base/ids.h"

namespace greffe {

// The refusals that come from the replica itself, not from the rules of a convention.

// One answer for what does not exist and for what one may not see (invariant 6).
absl::Status NoSuchConvention();
absl::Status AmbiguousConvention();
absl::Status BadConventionId();
// Events of `replica` that the token names are not applied here.
absl::Status CutNotApplied(const std::string& field, const std::string& replica);
// The convention failed its proof.
absl::Status ConventionReadOnly(const absl::Status& damage);
absl::Status ConventionUnreadable(const absl::Status& damage);
// What fails its proof, as DATA_LOSS with rule `proof`.
absl::Status Damage(std::string fr, std::string en);
absl::Status EventMissing(std::uint64_t sequence);
absl::Status EventRewritten(std::uint64_t sequence, const Digest& found, const Digest& recorded);
// The same in both languages, for damage that says none of them.
absl::Status AsDamage(const absl::Status& status);
// Another head of this replica's own feed was seen. `reason` as in TwoLanguages.
absl::Status SigningStopped(const std::string& reason);
// A replica restored from a backup, before it has met all its peers.
absl::Status RestoredNotSynced();
// One text for a row of the store: French, line feed, English.
std::string TwoLanguages(absl::string_view fr, absl::string_view en);
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
