// Acts, and what one of them changes.

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/status_macros.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/diff.h"
#include "core/convention/queries.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/origin.h"
#include "core/convention/state/order.h"
#include "core/convention/state/stamp.h"
#include "core/convention/text/consolidate.h"

namespace greffe {
namespace {

// The text on which an act is built: what its bases, or, for a draft, the concluded acts, say on
// its day of effect. The act itself has no part in it, concluded or not.
class BaseText {
 public:
  BaseText(const StateData& data, const ActId& act, RevisionNumber revision) {
    std::vector<RevisionNumber> under = revision != kNone
                                            ? WithAllBelow(data, data.revisions[revision].bases)
                                            : ConcludedRevisions(data);
    std::erase_if(under, [&](RevisionNumber one) {
      return data.revisions[one].act == act || !InEffect(data, one, revision);
    });
    // Least leaf first, so that of clashing values every replica shows the same.
    std::sort(under.begin(), under.end(), [&](RevisionNumber a, RevisionNumber b) {
      return data.LeafOf(data.revisions[a].event) < data.LeafOf(data.revisions[b].event);
    });
    for (const RevisionNumber number : under) Add(data, number);
  }

  const v1::Element* Find(const std::string& id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second.element;
  }

 private:
  struct Value {
    RevisionNumber revision = kNone;
    const v1::Element* element = nullptr;
  };

  static bool InEffect(const StateData& data, RevisionNumber base, RevisionNumber revision) {
    if (revision == kNone) return true;
    const std::optional<CivilDate> on = data.revisions[revision].effective_from;
    const std::optional<CivilDate> from = data.revisions[base].effective_from;
    return from && (!on || *from <= *on);
  }

  void Add(const StateData& data, RevisionNumber number) {
    const Revision& revision = data.revisions[number];
    const ActFacts& act = data.acts.at(revision.act);
    const std::vector<RevisionNumber> all = WithAllBelow(data, revision.bases);
    const std::set<RevisionNumber> below(all.begin(), all.end());
    for (const std::uint32_t at : revision.content) {
      const DraftChange& change = act.changes[at];
      const auto [value, added] =
          by_id_.emplace(data.Text(change.element), Value{number, change.put.get()});
      if (!added && below.count(value->second.revision) > 0) {
        value->second = {number, change.put.get()};
      }
    }
  }

  std::map<std::string, Value> by_id_;
};

// What the revision, or the draft, makes of the text it builds on, in the order of the text.
void AddRedline(const StateData& data, const ActId& id, const ActFacts& act,
                RevisionNumber revision, v1::GetActResponse* response) {
  const BaseText base(data, id, revision);
  OriginBook origins(data);
  const ConsolidatedText text =
      revision != kNone ? RevisionText(data, revision) : DraftText(data, act);
  const ElementOf where = [&](const std::string& one) -> const v1::Element* {
    const PlacedElement* placed = text.Find(one);
    return placed != nullptr ? placed->shown().element : base.Find(one);
  };
  for (const PlacedElement& placed : text.elements) {
    for (const ElementSide& side : placed.sides) {
      if (side.element == nullptr) continue;
      const v1::Element* before = base.Find(std::string(placed.id));
      if (before != nullptr && SameElement(*before, *side.element)) continue;
      v1::DiffEntry* entry = response->add_redline();
      *entry = MakeDiffEntry(before, side.element, where);
      *entry->mutable_origin() = origins.Of(side, placed.id);
    }
  }
  std::map<std::string, const DraftChange*> removals;
  if (revision != kNone) {
    for (const std::uint32_t at : data.revisions[revision].content) {
      const DraftChange& change = act.changes[at];
      if (change.put == nullptr) removals[data.Text(change.element)] = &change;
    }
  } else {
    for (const DraftChange* change : data.CurrentDraft(act)) {
      if (change->put == nullptr && !change->drop) removals[data.Text(change->element)] = change;
    }
  }
  for (const auto& [element, change] : removals) {
    const v1::Element* before = base.Find(element);
    if (before == nullptr) continue;
    v1::DiffEntry* entry = response->add_redline();
    *entry = MakeDiffEntry(before, nullptr, where);
    *entry->mutable_origin() =
        origins.Of({.revision = revision, .act = &id, .change = change}, element);
  }
}

}  // namespace

absl::StatusOr<v1::ListActsResponse> ViewActs(const Known& known) {
  const StateData& data = known.state.data();
  EventTeller teller(data);
  v1::ListActsResponse response;
  for (const ActId* id : ActsInOrder(data)) {
    *response.add_acts() = MakeActView(data, *id, data.acts.at(*id), &teller);
  }
  PutStamp(known, &response);
  return response;
}

absl::StatusOr<v1::GetActResponse> ViewAct(const Known& known, absl::string_view act_id) {
  const StateData& data = known.state.data();
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, act_id));
  EventTeller teller(data);
  v1::GetActResponse response;
  *response.mutable_act() = MakeActView(data, act.id, *act.facts, &teller);
  PutStamp(known, &response);
  const std::vector<const DraftChange*> unfrozen = UnfrozenDraft(data, *act.facts);
  const RevisionNumber latest = LatestRevision(data, *act.facts);
  const bool frozen = latest != kNone && (!IsWithdrawn(data, latest) || IsConcluded(data, latest));
  AddRedline(data, act.id, *act.facts, frozen ? latest : kNone, &response);
  for (const DraftChange* change : unfrozen) {
    v1::DraftValue* draft = response.add_drafts();
    draft->set_act_id(act.id.ToHex());
    *draft->mutable_event() = teller.View(change->event);
    if (change->put != nullptr) *draft->mutable_element() = *change->put;
  }
  return response;
}

}  // namespace greffe
