#ifndef GREFFE_CORE_SYNC_NACK_H_
#define GREFFE_CORE_SYNC_NACK_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace greffe::sync {

// Why a run was not taken. The sender skips that feed; the session goes on.
enum class NackReason {
  // The run starts beyond what is held of any branch of the feed.
  kGap,
  // The head's form, signature, size or root is wrong: the sender could have seen it.
  kBadHead,
  // No applied roster event names the author (yet), or the convention does not open with this feed.
  kUnknownAuthor,
  // A named limit of this replica: feeds per convention, bytes.
  kLimit,
  // An event is not one of this feed at this place, by its bytes alone.
  kMalformed,
  // 16 branches of this feed are held.
  kBranchLimit,
  // The write failed: disk full, damaged or read-only convention.
  kDisk,
  // It opens a convention in the name of a partner of this replica's own, for a replica not known
  // to act for it.
  kPartnerClaimed,
  // As much as is kept of what this peer brings of conventions that no partner of this replica's
  // own is party to.
  kNotParty,
};

// As in Nack.reason.
absl::string_view NackReasonName(NackReason reason);
// Absent for what another version may say.
std::optional<NackReason> NackReasonOf(absl::string_view name);

}  // namespace greffe::sync

#endif  // GREFFE_CORE_SYNC_NACK_H_
