#include "core/sync/nack.h"

namespace greffe::sync {

absl::string_view NackReasonName(NackReason reason) {
  switch (reason) {
    case NackReason::kGap:
      return "gap";
    case NackReason::kBadHead:
      return "bad-head";
    case NackReason::kUnknownAuthor:
      return "unknown-author";
    case NackReason::kLimit:
      return "limit";
    case NackReason::kMalformed:
      return "malformed";
    case NackReason::kBranchLimit:
      return "branch-limit";
    case NackReason::kDisk:
      return "disk";
    case NackReason::kPartnerClaimed:
      return "partner-claimed";
    case NackReason::kNotParty:
      return "not-party";
  }
  return "malformed";
}

std::optional<NackReason> NackReasonOf(absl::string_view name) {
  for (const NackReason reason :
       {NackReason::kGap, NackReason::kBadHead, NackReason::kUnknownAuthor, NackReason::kLimit,
        NackReason::kMalformed, NackReason::kBranchLimit, NackReason::kDisk,
        NackReason::kPartnerClaimed, NackReason::kNotParty}) {
    if (NackReasonName(reason) == name) return reason;
  }
  return std::nullopt;
}

}  // namespace greffe::sync
