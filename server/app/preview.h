#ifndef GREFFE_SERVER_APP_PREVIEW_H_
#define GREFFE_SERVER_APP_PREVIEW_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/decide.h"

namespace greffe {

// What a create command takes from its replica.
struct Founding {
  std::string nonce;
  PublicKey own_key;
  std::vector<std::string> own_partners;
  std::vector<RosterCandidate> candidates;
};

// Dry runs: what is wrong with a draft, or what the command would answer. Nothing is written. A
// refusal that is not about the draft (a role that is missing, say) is returned as such.
absl::Status PreviewCreate(const v1::CreateConventionRequest& request,
                           const CommandContext& context, const Founding& founding,
                           v1::CreateConventionResponse* response);
absl::Status PreviewChange(const ConventionState& state, const v1::ProposeActRequest& request,
                           const CommandContext& context, v1::ProposeActResponse* response);
absl::Status PreviewChange(const ConventionState& state, const v1::ReviseActRequest& request,
                           const CommandContext& context, v1::ReviseActResponse* response);
// What the revision would be called and need; or why it would be refused, or what it would ask.
absl::Status PreviewChange(const ConventionState& state, const v1::FreezeActRequest& request,
                           const CommandContext& context, v1::FreezeActResponse* response);
// The fact as it would be recorded, and what would be found about it.
absl::Status PreviewChange(const ConventionState& state, const v1::RecordFactRequest& request,
                           const CommandContext& context, v1::RecordFactResponse* response);

// Fills `shared_with`: the other replicas of the roster, by name.
void NameSharers(const ConventionState& state, const ReplicaId& self,
                 v1::CreateConventionResponse* response);

}  // namespace greffe

#endif  // GREFFE_SERVER_APP_PREVIEW_H_
