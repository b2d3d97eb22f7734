// Proposing and revising acts.

#include "core/convention/decide/decide_act.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/old_text.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/check_fields.h"
#include "core/convention/elements/diff.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/prompt.h"
#include "core/convention/reading/stale.h"
#include "core/convention/text/conclude.h"

namespace greffe {
namespace {

// An event of 100 KiB leaves room for what its author has seen, and two fit a frame.
constexpr std::size_t kPackBytes = 100 * 1024;

const std::string& ElementIdOf(const v1::Change& change) {
  return change.has_put() ? change.put().id() : change.remove();
}

// Refuses changes to what concluded acts changed after the user looked.
absl::Status CheckInForce(const StateData& data, const ActId& act, const Changes& changes,
                          const CommandContext& context) {
  if (!context.read_cut.has_value()) return absl::OkStatus();
  const Knows knows = [&](EventNumber event) { return WasShown(data, context, event); };
  const ConcludedElsewhere elsewhere(data, act);
  for (const v1::Change& change : changes) {
    const bool takes_out = change.has_remove() && !change.drop();
    const auto unknown = elsewhere.UnknownChange(ElementIdOf(change), takes_out, knows);
    if (unknown.revision == kNone) continue;
    return StaleBase(data, unknown, ElementIdOf(change),
                     change.has_put() ? &change.put() : nullptr);
  }
  return absl::OkStatus();
}

// Both say the same; what is drafted is put where it stands unless it says where.
bool DraftsAlike(const DraftChange& now, const v1::Change& change) {
  if (now.put == nullptr || !change.has_put()) {
    return now.put == nullptr && !change.has_put() && now.drop == change.drop();
  }
  v1::Element placed = change.put();
  if (placed.position().empty()) placed.set_position(now.put->position());
  return SameElement(*now.put, placed);
}

// Fills `replaces` with the draft values that the user was shown; refuses when there are others.
absl::Status FillReplaces(const StateData& data, const ActFacts& act, Changes* changes,
                          const CommandContext& context) {
  std::map<std::string, std::vector<const DraftChange*>> current;
  for (const DraftChange* change : data.CurrentDraft(act)) {
    current[data.Text(change->element)].push_back(change);
  }
  for (int i = 0; i < changes->size(); ++i) {
    v1::Change& change = (*changes)[i];
    change.clear_replaces();
    std::set<std::string> replaces;
    for (const DraftChange* now : current[ElementIdOf(change)]) {
      if (!WasShown(data, context, now->event) && !DraftsAlike(*now, change)) {
        const v1::Element* mine = change.has_put() ? &change.put() : nullptr;
        const rules::Words theirs = Excerpt(now->put.get(), mine);
        const rules::Words author = AuthorText(data, now->event);
        return StaleError(
            {.field = absl::StrCat("changes[", i, "]"),
             .subject = {absl::StrCat("dans le projet, l'élément « ", ElementIdOf(change), " »"),
                         absl::StrCat("the element “", ElementIdOf(change), "” of the draft")},
             .theirs = {absl::StrCat(absl::StripSuffix(theirs.fr, "."), " (", author.fr, ")."),
                        absl::StrCat(absl::StripSuffix(theirs.en, "."), " (", author.en, ").")},
             .mine = Excerpt(mine, now->put.get())});
      }
      replaces.insert(data.LeafOf(now->event).ToBytes());
    }
    for (const std::string& leaf : replaces) change.add_replaces(leaf);
  }
  return absl::OkStatus();
}

}  // namespace

void AppendChanges(const std::string& act_id, const Changes& changes, Decision* decision) {
  v1::ChangesDrafted* drafted = nullptr;
  std::size_t bytes = 0;
  for (const v1::Change& change : changes) {
    // Tag and length of the repeated field.
    const std::size_t size = change.ByteSizeLong() + 5;
    if (drafted == nullptr || bytes + size > kPackBytes) {
      drafted = decision->events.emplace_back().mutable_changes_drafted();
      drafted->set_act_id(act_id);
      bytes = 0;
    }
    *drafted->add_changes() = change;
    bytes += size;
  }
}

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::ProposeActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(
      RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT, v1::ROLE_SIGNATORY}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  // What was signed on paper before the end is a fact, whenever it is written down.
  if (!request.on_paper()) RETURN_IF_ERROR(RequireNotEnded(data, context.today));
  v1::ActDraft draft = request.draft();
  NormaliseFields(&draft);
  NormaliseChanges(data, nullptr, draft.mutable_changes());
  // First whether it was written on what is in force: what else is wrong with it may come of that.
  const ActId act = DeriveActId(state.id(), context.partner_id, context.request);
  RETURN_IF_ERROR(CheckInForce(data, act, draft.changes(), context));
  RETURN_IF_ERROR(ToStatus(DraftProblems(data, draft)));
  ASSIGN_OR_RETURN(const std::string prompt,
                   CheckedPrompt(data, request.prompted_by(), draft.kind()));
  for (v1::Change& change : *draft.mutable_changes()) change.clear_replaces();

  Decision decision;
  v1::ActOpened* opened = decision.events.emplace_back().mutable_act_opened();
  opened->set_act_id(act.ToBytes());
  opened->set_kind(draft.kind());
  opened->set_title(draft.title());
  opened->set_prompted_by(prompt);
  AppendChanges(act.ToBytes(), draft.changes(), &decision);
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

absl::StatusOr<Decision> Decide(const ConventionState& state, const v1::ReviseActRequest& request,
                                const CommandContext& context) {
  const StateData& data = state.data();
  RETURN_IF_ERROR(RequireRole(context, {v1::ROLE_COORDINATOR, v1::ROLE_SECRETARIAT}));
  RETURN_IF_ERROR(RequirePartner(data, context));
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, request.act_id()));
  if (StandingOf(data, *act.facts) == v1::ACT_STANDING_CONCLUDED) {
    return ToStatus({.code = absl::StatusCode::kFailedPrecondition,
                     .rule = "L-30",
                     .fr = "L-30 : un acte conclu ne change plus.",
                     .en = "L-30: a concluded act does not change any more.",
                     .next_fr = "Proposez un avenant : greffe act propose.",
                     .next_en = "Propose an avenant: greffe act propose."});
  }
  Changes changes = request.changes();
  NormaliseChanges(data, act.facts, &changes);
  std::vector<Problem> problems;
  CheckChanges(data, act.facts, changes, &problems);
  CheckOldTexts(data, changes, request.old_texts(), &problems);
  RETURN_IF_ERROR(ToStatus(problems));
  RETURN_IF_ERROR(CheckInForce(data, act.id, changes, context));
  RETURN_IF_ERROR(FillReplaces(data, *act.facts, &changes, context));

  Decision decision;
  AppendChanges(act.id.ToBytes(), changes, &decision);
  RETURN_IF_ERROR(CheckEventSizes(decision));
  return decision;
}

void FillAnswer(const ConventionState& after, const v1::ProposeActRequest&,
                std::span<const Digest> leaves, v1::ProposeActResponse* response) {
  if (leaves.empty()) return;
  const EventNumber event = after.data().FindEvent(leaves.front());
  for (const auto& [id, act] : after.data().acts) {
    for (const ActOpening& opening : act.openings) {
      if (opening.event == event) response->set_act_id(id.ToHex());
    }
  }
}

}  // namespace greffe
