#ifndef GREFFE_CORE_CONVENTION_DECIDE_CITING_H_
#define GREFFE_CORE_CONVENTION_DECIDE_CITING_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/convention/decide.h"

namespace greffe {

// The refusal with the clause of the convention behind it, « (article 9 – Durée : « … ») », as the
// text in force today has it. Code, rule and payloads stay; so does a refusal on which the
// convention says nothing. Pure.
absl::Status CiteClause(const ConventionState& state, const CommandContext& context,
                        const absl::Status& refused);

// Decide as people meet it: the same decisions, and refusals that say which clause they rest on.
template <typename Request>
absl::StatusOr<Decision> DecideCiting(const ConventionState& state, const Request& request,
                                      const CommandContext& context) {
  absl::StatusOr<Decision> decision = Decide(state, request, context);
  if (decision.ok()) return decision;
  return CiteClause(state, context, decision.status());
}

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_DECIDE_CITING_H_
