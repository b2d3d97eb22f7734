#ifndef GREFFE_CORE_CONVENTION_DECIDE_CLAIMS_H_
#define GREFFE_CORE_CONVENTION_DECIDE_CLAIMS_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/decide.h"
#include "greffe/v1/convention_service.pb.h"

namespace greffe {

// Who says that it acts for whom, as one command knows it. A partner that several replicas claim is
// brought in by none before people say which: one of them might read in another's name.
struct Claims {
  ReplicaId self;
  // Partners of this replica.
  std::vector<std::string> own;
  // Those of others; an entry with the key of this one is passed over.
  std::vector<RosterCandidate> others;
};

// Digits of a fingerprint that tell two replicas of one name apart.
inline constexpr std::size_t kFingerprintShown = 12;

// Takes each partner chosen for away from all but the replica chosen. Refuses (rule
// "replica-choice") a partner that is not in `parties` or chosen for twice, a replica that does not
// say that it acts for it, and another one than this for the caller's own; NOT_FOUND or
// INVALID_ARGUMENT (rule "peer") for a name that is none or several.
absl::Status ChooseReplicas(const google::protobuf::RepeatedPtrField<v1::ReplicaChoice>& choices,
                            const std::set<std::string>& parties, absl::string_view own_partner,
                            Claims* claims);

// The way to choose, for the refusal of CheckClaimedOnce.
enum class ChoiceMade { kAtCreation, kAtShare };

// Refuses (rule "partner-claimed-twice") a partner that two of them say they act for, naming both
// and the command that chooses.
absl::Status CheckClaimedOnce(const std::set<std::string>& partners, const Claims& claims,
                              ChoiceMade how);

// OK when the replica says that it acts for all of `chosen_for`; rule "replica-choice".
absl::Status CheckClaims(const RosterCandidate& replica,
                         const google::protobuf::RepeatedPtrField<std::string>& chosen_for);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_CLAIMS_H_
