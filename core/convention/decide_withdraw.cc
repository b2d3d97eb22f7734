// Taking back what was frozen, before it is concluded.

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/conclude.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"

namespace greffe {

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::WithdrawActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, request.act_id()));
  ASSIGN_OR_RETURN(const RevisionNumber number, FindRevisionOfAct(data, act, request.revision()));
  const Revision& revision = data.revisions[number];
  ASSIGN_OR_RETURN(const std::string reason,
                   CheckedText(request.reason(),
                               {.field = "reason", .characters_max = limits::kRemarkCharacters}));
  const std::string& proposer = data.PartnerOf(data.OpeningOf(*act.facts).event);
  const std::string& freezer = data.PartnerOf(revision.event);
  if (context.partner_id != proposer && context.partner_id != freezer) {
    return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                     .rule = "own-partner",
                     .fr = absl::StrCat("seul qui a proposé ou figé cet acte peut le retirer : ",
                                        TheParty(PartnerName(data, freezer)), "."),
                     .en = absl::StrCat("only who proposed or froze this act may withdraw it: ",
                                        PartnerName(data, freezer), "."),
                     .next_fr = "Vous pouvez refuser de signer : greffe act refuse.",
                     .next_en = "You may refuse to sign: greffe act refuse."});
  }
  if (IsConcluded(data, number)) {
    return RuleError("concluded", "cette révision est conclue : elle ne peut plus être retirée.",
                     "this revision is concluded: it can no longer be withdrawn.",
                     "Proposez un avenant : greffe act propose.",
                     "Propose an avenant: greffe act propose.");
  }
  if (IsWithdrawn(data, number)) {
    return RuleError("withdrawn", "cette révision est déjà retirée.",
                     "this revision is already withdrawn.", "", "");
  }
  Decision decision;
  v1::RevisionWithdrawn* withdrawn = decision.events.emplace_back().mutable_revision_withdrawn();
  withdrawn->set_revision(data.LeafOf(revision.event).ToBytes());
  withdrawn->set_reason(reason);
  return decision;
}

}  // namespace greffe
