// Settling conflicts: the value kept is said again, in the place of all that were shown.

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/conflicts.h"
#include "core/convention/decide.h"
#include "core/convention/decide_common.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/stale.h"
#include "core/convention/text/follow_up.h"
#include "core/convention/text/text_in_making.h"

namespace greffe {
namespace {

absl::Status ConflictNotFound(const std::string& id) {
  return ToStatus({.code = absl::StatusCode::kNotFound,
                   .rule = "not-found",
                   .field = "conflict_id",
                   .fr = absl::StrCat("conflit « ", id, " » introuvable : peut-être déjà réglé."),
                   .en = absl::StrCat("no conflict \"", id, "\": perhaps settled already."),
                   .next_fr = "Voyez les conflits ouverts : greffe convention conflicts.",
                   .next_en = "See the open conflicts: greffe convention conflicts."});
}

absl::StatusOr<Conflict> FindConflict(const StateData& data, const CommandContext& context,
                                      const std::string& id) {
  for (const CivilDate on : {context.today, EndOfTime()}) {
    for (Conflict& conflict : OpenConflicts(data, TextInForce(data, on))) {
      if (conflict.id != id) continue;
      // The sides point into the state, not into the text consolidated here.
      return std::move(conflict);
    }
  }
  return ConflictNotFound(id);
}

absl::Status KeepNotShown(const std::string& keep) {
  return FieldError("keep", "keep",
                    absl::StrCat("« ", keep, " » n'est pas une des valeurs en conflit."),
                    absl::StrCat("\"", keep, "\" is not one of the values in conflict."));
}

// Someone shown fewer values than there are would drop one unseen.
absl::Status CheckShown(const StateData& data, const CommandContext& context,
                        const std::vector<EventNumber>& values) {
  for (const EventNumber event : values) {
    if (WasShown(data, context, event)) continue;
    const absl::StatusOr<v1::Event> stored = ReadStored(data, context.read_event, event);
    const rules::Words what = stored.ok() && data.events[event].subject != kNone
                                  ? ValueText(*stored)
                                  : rules::Words{"une valeur", "a value"};
    const rules::Words author = AuthorText(data, event);
    return StaleError({.field = "read_cut",
                       .subject = {"ce conflit", "this conflict"},
                       .theirs = {absl::StrCat(what.fr, " (", author.fr, ") s'y est ajoutée."),
                                  absl::StrCat(what.en, " (", author.en, ") was added to it.")},
                       .mine = {absl::StrCat(values.size(), " valeurs sont à voir ensemble."),
                                absl::StrCat(values.size(), " values are to be seen together.")}});
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Event> KeptValue(const StateData& data, const CommandContext& context,
                                    EventNumber keep, const std::set<std::string>& replaces) {
  ASSIGN_OR_RETURN(const v1::Event stored, ReadStored(data, context.read_event, keep));
  v1::Event out;
  google::protobuf::RepeatedPtrField<std::string>* list = nullptr;
  if (stored.has_progress_reported()) {
    *out.mutable_progress_reported() = stored.progress_reported();
    list = out.mutable_progress_reported()->mutable_replaces();
  } else if (stored.has_indicator_measured()) {
    *out.mutable_indicator_measured() = stored.indicator_measured();
    list = out.mutable_indicator_measured()->mutable_replaces();
  } else if (stored.has_predecessor_linked()) {
    *out.mutable_predecessor_linked() = stored.predecessor_linked();
    list = out.mutable_predecessor_linked()->mutable_replaces();
  } else {
    *out.mutable_meeting_recorded() = stored.meeting_recorded();
    list = out.mutable_meeting_recorded()->mutable_replaces();
  }
  list->Clear();
  for (const std::string& leaf : replaces) list->Add()->assign(leaf);
  return out;
}

absl::StatusOr<Decision> SettleFollowUp(const StateData& data, const CommandContext& context,
                                        const Conflict& conflict, const std::string& keep) {
  ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(keep, "keep"));
  const EventNumber kept = data.FindEvent(leaf);
  if (std::count(conflict.values.begin(), conflict.values.end(), kept) == 0) {
    return KeepNotShown(keep);
  }
  RETURN_IF_ERROR(CheckShown(data, context, conflict.values));
  std::set<std::string> replaces;
  for (const EventNumber event : conflict.values) replaces.insert(data.LeafOf(event).ToBytes());
  ASSIGN_OR_RETURN(v1::Event event, KeptValue(data, context, kept, replaces));
  Decision decision;
  decision.events.push_back(std::move(event));
  return decision;
}

absl::StatusOr<Decision> SettleDraft(const StateData& data, const CommandContext& context,
                                     const Conflict& conflict, const std::string& keep) {
  ASSIGN_OR_RETURN(const Digest leaf, ParseLeaf(keep, "keep"));
  const DraftChange* kept = nullptr;
  std::vector<EventNumber> values;
  std::set<std::string> replaces;
  for (const DraftChange* change : conflict.drafts) {
    values.push_back(change->event);
    replaces.insert(data.LeafOf(change->event).ToBytes());
    if (data.LeafOf(change->event) == leaf) kept = change;
  }
  if (kept == nullptr) return KeepNotShown(keep);
  RETURN_IF_ERROR(CheckShown(data, context, values));
  Decision decision;
  v1::ChangesDrafted* drafted = decision.events.emplace_back().mutable_changes_drafted();
  drafted->set_act_id(conflict.act.ToBytes());
  v1::Change* change = drafted->add_changes();
  if (kept->put != nullptr) {
    *change->mutable_put() = *kept->put;
  } else {
    change->set_remove(conflict.element_id);
    change->set_drop(kept->drop);
  }
  for (const std::string& one : replaces) change->add_replaces(one);
  return decision;
}

}  // namespace

absl::StatusOr<Decision> Decide(const ConventionState& state,
                                const v1::SettleConflictRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  ASSIGN_OR_RETURN(const Conflict conflict, FindConflict(data, context, request.conflict_id()));
  switch (conflict.kind) {
    case ConflictKind::kFollowUp:
      return SettleFollowUp(data, context, conflict, request.keep());
    case ConflictKind::kDraft:
      return SettleDraft(data, context, conflict, request.keep());
    case ConflictKind::kRivals:
      return ToStatus(
          {.code = absl::StatusCode::kFailedPrecondition,
           .rule = "L-35",
           .field = "conflict_id",
           .fr = absl::StrCat("L-35 : plusieurs actes en cours changent l'élément « ",
                              conflict.element_id, " » ; aucun ne l'emporte avant d'être conclu."),
           .en = absl::StrCat("L-35: several acts in the making change the element \"",
                              conflict.element_id, "\"; none prevails before it is concluded."),
           .next_fr =
               "Ôtez ce changement de l'un (greffe act revise, « drop: true »), retirez l'un "
               "(greffe act withdraw), ou concluez l'un puis reprenez l'autre.",
           .next_en =
               "Take the change out of one (greffe act revise, \"drop: true\"), withdraw one "
               "(greffe act withdraw), or conclude one, then take the other up again."});
    case ConflictKind::kClash:
      break;
  }
  return ToStatus(
      {.code = absl::StatusCode::kFailedPrecondition,
       .rule = "L-30",
       .field = "conflict_id",
       .fr = absl::StrCat("L-30 : deux actes conclus disent chacun autre chose de l'élément « ",
                          conflict.element_id, " » ; seul un nouvel acte les départage."),
       .en = absl::StrCat("L-30: two concluded acts each say otherwise of the element \"",
                          conflict.element_id, "\"; only a further act settles them."),
       .next_fr = "Proposez un avenant sur cet élément : greffe act propose.",
       .next_en = "Propose an avenant on this element: greffe act propose."});
}

}  // namespace greffe
