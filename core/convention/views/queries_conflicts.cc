// Open conflicts and clashes.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/conflicts.h"
#include "core/convention/checks/rivals.h"
#include "core/convention/elements/french.h"
#include "core/convention/queries.h"
#include "core/convention/reading/ended.h"
#include "core/convention/state/stamp.h"
#include "core/convention/views/query_common.h"

namespace greffe {
namespace {

v1::ConflictKind KindOf(ConflictKind kind) {
  switch (kind) {
    case ConflictKind::kFollowUp:
      return v1::CONFLICT_KIND_FOLLOW_UP;
    case ConflictKind::kDraft:
      return v1::CONFLICT_KIND_DRAFT;
    case ConflictKind::kRivals:
      return v1::CONFLICT_KIND_RIVALS;
    case ConflictKind::kClash:
      return v1::CONFLICT_KIND_CLASH;
  }
  return v1::CONFLICT_KIND_UNSPECIFIED;
}

rules::Words ConflictSubject(const StateData& data, const Conflict& conflict, EventTeller* teller) {
  const std::string& name = teller->ElementName(conflict.element_id);
  switch (conflict.kind) {
    case ConflictKind::kClash:
      return {absl::StrCat("« ", name, " » : ", conflict.sides.size(),
                           " rédactions conclues ; seul un nouvel acte les départage (L-30)."),
              absl::StrCat("“", name, "”: ", conflict.sides.size(),
                           " concluded wordings; only a further act settles them (L-30).")};
    case ConflictKind::kFollowUp: {
      const std::string period = conflict.period.empty() ? "" : absl::StrCat(", ", conflict.period);
      return {
          absl::StrCat("« ", name, " »", period, " : ", conflict.values.size(),
                       " valeurs enregistrées."),
          absl::StrCat("“", name, "”", period, ": ", conflict.values.size(), " values on record.")};
    }
    case ConflictKind::kRivals: {
      const std::vector<std::string> acts = NamesOfActs(data, conflict.draft_acts);
      return {absl::StrCat("« ", name, " » : changé par « ", absl::StrJoin(acts, " » et par « "),
                           " », dont aucun n'est conclu. Dès que l'un le sera, tout autre sera à "
                           "reprendre sur le texte en vigueur (L-35)."),
              absl::StrCat("“", name, "”: changed by “", absl::StrJoin(acts, "” and by “"),
                           "”, none of which is concluded. Once one is, any other is to be taken "
                           "up again on the text in force (L-35).")};
    }
    case ConflictKind::kDraft:
      break;
  }
  const ActFacts* act = data.FindAct(conflict.act);
  const std::string title = act == nullptr ? "?" : data.OpeningOf(*act).title;
  return {absl::StrCat("« ", name, " » : ", conflict.drafts.size(), " rédactions dans le projet « ",
                       title, " »."),
          absl::StrCat("“", name, "”: ", conflict.drafts.size(), " wordings in the draft “", title,
                       "”.")};
}

}  // namespace

absl::StatusOr<v1::ConflictsView> ViewConflicts(const Known& known) {
  const StateData& data = known.state.data();
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  EventTeller teller(data);
  OriginBook origins(data);
  v1::ConflictsView view;
  view.set_convention_id(known.state.id().ToHex());
  PutStamp(known, &view);
  for (const Conflict& conflict : OpenConflicts(data, text)) {
    v1::ConflictView* out = view.add_conflicts();
    out->set_conflict_id(conflict.id);
    out->set_element_id(conflict.element_id);
    out->set_kind(KindOf(conflict.kind));
    rules::Words subject = ConflictSubject(data, conflict, &teller);
    out->set_subject(std::move(subject.fr));
    out->set_subject_en(std::move(subject.en));
    for (const EventNumber event : conflict.values) {
      ASSIGN_OR_RETURN(*out->add_values(),
                       MakeFollowUpValue(data, known.read_event, event, &teller));
    }
    if (conflict.kind == ConflictKind::kClash) {
      *out->mutable_clash() = MakeClash(conflict.element_id, conflict.sides, &origins);
    }
    for (std::size_t i = 0; i < conflict.drafts.size(); ++i) {
      const DraftChange* const change = conflict.drafts[i];
      v1::DraftValue* draft = out->add_drafts();
      draft->set_act_id(conflict.draft_acts.empty() ? conflict.act.ToHex()
                                                    : conflict.draft_acts[i]->ToHex());
      *draft->mutable_event() = teller.View(change->event);
      if (change->put != nullptr) *draft->mutable_element() = *change->put;
    }
  }
  return view;
}

}  // namespace greffe
