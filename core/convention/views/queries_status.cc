// The board: who has voted and signed, what each party has to do next.

#include <algorithm>
#include <set>
#include <vector>

#include "core/base/status_macros.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/follow_up_check.h"
#include "core/convention/decide_common.h"
#include "core/convention/queries.h"
#include "core/convention/reading/act_view.h"
#include "core/convention/reading/clause.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/order.h"
#include "core/convention/state/stamp.h"
#include "core/convention/views/board.h"
#include "core/convention/views/force_view.h"
#include "core/convention/views/query_common.h"

namespace greffe {
namespace {

// The latest frozen revision that waits for signatures, else the latest concluded one.
RevisionNumber LatestOfAll(const StateData& data) {
  RevisionNumber waiting = kNone;
  RevisionNumber concluded = kNone;
  const auto later = [&](RevisionNumber a, RevisionNumber b) {
    return b == kNone || Before(data, data.revisions[b].event, data.revisions[a].event);
  };
  for (RevisionNumber i = 0; i < data.revisions.size(); ++i) {
    if (!data.revisions[i].valid) continue;
    if (IsConcluded(data, i)) {
      if (later(i, concluded)) concluded = i;
      continue;
    }
    const bool dead =
        IsWithdrawn(data, i) ||
        StandingOf(data, data.acts.at(data.revisions[i].act)) == v1::ACT_STANDING_CONCLUDED;
    if (!dead && later(i, waiting)) waiting = i;
  }
  return waiting != kNone ? waiting : concluded;
}

// kNone where nothing was frozen yet.
absl::StatusOr<RevisionNumber> RevisionOfBoard(const StateData& data, const std::string& act_id) {
  if (act_id.empty()) return LatestOfAll(data);
  ASSIGN_OR_RETURN(const ActRef act, FindActByText(data, act_id));
  return LatestRevision(data, *act.facts);
}

// Parties of the text in reading order, then signatories' partners that are not in it yet, or no
// more. Who succeeded one by law is in its place, but for what was to be signed by the party
// itself.
std::vector<std::string> PartiesInOrder(const ConsolidatedText& text, const PartyRoll& roll,
                                        const v1::RevisionView& revision) {
  std::vector<std::string> out;
  std::set<std::string> known;
  const auto signs = [&](const std::string& partner) {
    return std::any_of(revision.signatories().begin(), revision.signatories().end(),
                       [&](const auto& one) { return one.signatory().partner_id() == partner; });
  };
  for (const PlacedElement& placed : text.elements) {
    if (!placed.shown().element->has_party()) continue;
    const std::string holder = roll.HolderOf(std::string(placed.id));
    const std::string& named = placed.shown().element->party().partner_id();
    const std::string& partner = !signs(holder) && signs(named) ? named : holder;
    if (known.insert(partner).second) out.push_back(partner);
  }
  for (const v1::SignatoryView& one : revision.signatories()) {
    if (known.insert(one.signatory().partner_id()).second) {
      out.push_back(one.signatory().partner_id());
    }
  }
  return out;
}

// The view of a revision that the view of its act holds.
const v1::RevisionView* FindRevisionView(const v1::StatusView& view, const std::string& leaf) {
  for (const v1::ActView& act : view.acts()) {
    for (const v1::RevisionView& revision : act.revisions()) {
      if (revision.revision() == leaf) return &revision;
    }
  }
  return nullptr;
}

}  // namespace

absl::StatusOr<v1::StatusView> ViewStatus(const Known& known, const StatusWanted& wanted) {
  const StateData& data = known.state.data();
  ASSIGN_OR_RETURN(const RevisionNumber revision, RevisionOfBoard(data, wanted.act_id));
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  const LifeBook book(data, text, known.in_force_on);
  EventTeller teller(data);
  v1::StatusView view;
  view.set_convention_id(known.state.id().ToHex());
  PutStamp(known, &view);
  view.set_standing(StandingOn(data, book, text, known.in_force_on));
  if (text.terms != nullptr) {
    view.set_title(text.terms->title());
    view.set_start_date(text.terms->start_date());
    view.set_end_date(text.terms->end_date());
  }
  if (const auto since = InForceSince(data)) view.set_in_force_since(since->ToString());

  for (const ActId* id : ActsInOrder(data)) {
    *view.add_acts() = MakeActView(data, *id, data.acts.at(*id), &teller);
  }
  if (revision != kNone) {
    const std::string leaf = data.LeafOf(data.revisions[revision].event).ToHex();
    const v1::RevisionView* const made = FindRevisionView(view, leaf);
    if (made != nullptr) *view.mutable_revision() = *made;
  }
  const VoteReading reading(data, teller.book());
  Board board(data, book, revision, known.clock_date, EndBefore(data, text, book, known.clock_date),
              reading, &teller);
  for (const std::string& partner :
       PartiesInOrder(text, book.RollOn(known.in_force_on), view.revision())) {
    v1::PartyStanding party = board.Of(partner);
    view.set_all_parties(view.all_parties() + 1);
    if (party.blocking()) view.set_blocking_parties(view.blocking_parties() + 1);
    if (party.deliberates()) {
      view.set_deliberating_parties(view.deliberating_parties() + 1);
      if (IsMandated(party)) view.set_deliberations(view.deliberations() + 1);
    }
    if (party.blocking() || !wanted.blocking) *view.add_parties() = std::move(party);
  }
  ASSIGN_OR_RETURN(*view.mutable_force(), MakeForceView(known, text, book));
  FindingList findings =
      FindingsOf(data, teller.book(), reading, book, text, known.in_force_on, known.successors);
  AddFollowUpFindings(data, book, text, nullptr, &findings);
  board.Mark(findings.found, &view);
  std::vector<v1::Finding> shown = CapFindings(std::move(findings));
  CiteClauses(data, text, known.in_force_on, &shown);
  for (v1::Finding& finding : shown) {
    *view.add_findings() = std::move(finding);
  }
  return view;
}

}  // namespace greffe
