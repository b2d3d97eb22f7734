// Taking back what was frozen or drafted, before it is concluded.

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/french_name.h"
#include "core/base/limits.h"
#include "core/base/status_macros.h"
#include "core/convention/decide.h"
#include "core/convention/decide/decide_act.h"
#include "core/convention/decide_common.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

absl::Status NotYours(const StateData& data, const std::string& whose, const char* next_fr,
                      const char* next_en) {
  return ToStatus({.code = absl::StatusCode::kPermissionDenied,
                   .rule = "own-partner",
                   .fr = absl::StrCat("seul qui a proposé ou figé cet acte peut le retirer : ",
                                      TheParty(PartnerName(data, whose)), "."),
                   .en = absl::StrCat("only who proposed or froze this act may withdraw it: ",
                                      PartnerName(data, whose), "."),
                   .next_fr = next_fr,
                   .next_en = next_en});
}

// A draft binds nobody: its changes are taken out, and may be put in again.
absl::StatusOr<Decision> AbandonDraft(const StateData& data, const ActRef& act,
                                      const v1::WithdrawActRequest& request,
                                      const CommandContext& context) {
  const ActOpening& opening = data.OpeningOf(*act.facts);
  if (opening.kind == v1::ACT_KIND_ORIGINAL) {
    return RuleError("not-frozen",
                     "le projet de la convention ne se retire pas : il n'engage personne.",
                     "the draft of the convention is not withdrawn: it binds nobody.",
                     "Changez-le : greffe act revise.", "Change it: greffe act revise.");
  }
  const std::string& proposer = data.PartnerOf(opening.event);
  if (context.partner_id != proposer) {
    return NotYours(data, proposer, "Dites ce qui ne va pas : greffe comment add.",
                    "Say what is wrong with it: greffe comment add.");
  }
  if (!request.reason().empty()) {
    return ToStatus({.code = absl::StatusCode::kInvalidArgument,
                     .rule = "not-frozen",
                     .field = "reason",
                     .fr = "le motif se garde d'un texte figé ; celui-ci n'est qu'un projet.",
                     .en = "a reason is kept of a frozen text; this is but a draft.",
                     .next_fr = "Retirez-le sans motif, ou dites-le par un commentaire.",
                     .next_en = "Withdraw it without a reason, or say it in a comment."});
  }
  if (IsAbandoned(data, *act.facts)) {
    return RuleError("withdrawn", "ce projet est déjà retiré.", "this draft is already withdrawn.",
                     "Pour le reprendre : greffe act revise.",
                     "To take it up again: greffe act revise.");
  }
  std::map<std::string, std::set<std::string>> replaced;
  for (const DraftChange* change : data.CurrentDraft(*act.facts)) {
    if (change->drop) continue;
    replaced[data.Text(change->element)].insert(data.LeafOf(change->event).ToBytes());
  }
  Changes changes;
  for (const auto& [element, leaves] : replaced) {
    v1::Change* change = changes.Add();
    change->set_remove(element);
    change->set_drop(true);
    for (const std::string& leaf : leaves) change->add_replaces(leaf);
  }
  Decision decision;
  AppendChanges(act.id.ToBytes(), changes, &decision);
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

}  // namespace

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::WithdrawActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, request.act_id()));
  if (request.revision().empty() && act.facts->revisions.empty()) {
    return AbandonDraft(data, act, request, context);
  }
  ASSIGN_OR_RETURN(const RevisionNumber number, FindRevisionOfAct(data, act, request.revision()));
  const Revision& revision = data.revisions[number];
  ASSIGN_OR_RETURN(const std::string reason,
                   CheckedText(request.reason(),
                               {.field = "reason", .characters_max = limits::kRemarkCharacters}));
  const std::string& proposer = data.PartnerOf(data.OpeningOf(*act.facts).event);
  const std::string& freezer = data.PartnerOf(revision.event);
  if (context.partner_id != proposer && context.partner_id != freezer) {
    return NotYours(data, freezer, "Vous pouvez refuser de signer : greffe act refuse.",
                    "You may refuse to sign: greffe act refuse.");
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
