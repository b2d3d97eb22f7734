// The consolidated convention, its line in a list, and its roster.

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "core/base/status_macros.h"
#include "core/convention/checks/annexed.h"
#include "core/convention/checks/authority.h"
#include "core/convention/checks/conflicts.h"
#include "core/convention/checks/follow_up_check.h"
#include "core/convention/decide_common.h"
#include "core/convention/queries.h"
#include "core/convention/reading/clause.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/life.h"
#include "core/convention/reading/origin.h"
#include "core/convention/reading/paper.h"
#include "core/convention/state/finding_cap.h"
#include "core/convention/state/order.h"
#include "core/convention/state/stamp.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/follow_up.h"
#include "core/convention/views/errata.h"
#include "core/convention/views/force_view.h"
#include "core/convention/views/query_common.h"

namespace greffe {
namespace {

// Periods or meetings shown of one element in the whole text: two years by month. A conflict is
// always shown; the element alone is shown with all.
constexpr std::size_t kSubjectsShown = 24;

// Elements of the text below `element_id`, itself included; all for an empty id.
absl::flat_hash_set<absl::string_view> Scope(const ConsolidatedText& text,
                                             absl::string_view element_id) {
  absl::flat_hash_set<absl::string_view> out;
  for (const PlacedElement& placed : text.elements) {
    const std::string& parent = placed.shown().element->parent_id();
    if (element_id.empty() || placed.id == element_id || out.count(parent) > 0) {
      out.insert(placed.id);
    }
  }
  return out;
}

void AddElements(const ConsolidatedText& text, const absl::flat_hash_set<absl::string_view>& scope,
                 const absl::flat_hash_set<absl::string_view>& unwritten, OriginBook* origins,
                 v1::ConventionView* view) {
  for (const PlacedElement& placed : text.elements) {
    if (!scope.contains(placed.id)) continue;
    v1::ElementView* out = view->add_elements();
    *out->mutable_element() = *placed.shown().element;
    *out->mutable_origin() = origins->Of(placed.shown(), placed.id);
    out->set_depth(placed.depth);
    out->set_unwritten(unwritten.contains(placed.id));
  }
}

absl::Status AddSubjects(const Known& known, const std::vector<std::uint32_t>& subjects, bool all,
                         EventTeller* teller, v1::ConventionView* view) {
  const StateData& data = known.state.data();
  const std::size_t skipped =
      all || subjects.size() <= kSubjectsShown ? 0 : subjects.size() - kSubjectsShown;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const std::vector<EventNumber> values = CurrentValues(data, subjects[i]);
    if (values.empty() || (i < skipped && values.size() < 2)) continue;
    v1::FollowUpView* out = view->add_follow_up();
    out->set_element_id(data.Text(data.subjects[subjects[i]].element));
    out->set_period(data.Text(data.subjects[subjects[i]].period));
    for (const EventNumber event : values) {
      ASSIGN_OR_RETURN(*out->add_values(),
                       MakeFollowUpValue(data, known.read_event, event, teller));
    }
  }
  return absl::OkStatus();
}

// By element in reading order, then by period.
absl::Status AddFollowUp(const Known& known, const ConsolidatedText& text,
                         const absl::flat_hash_set<absl::string_view>& scope, bool all,
                         EventTeller* teller, v1::ConventionView* view) {
  const StateData& data = known.state.data();
  std::map<std::string, std::map<std::pair<std::string, std::uint8_t>, std::uint32_t>> by_element;
  for (std::uint32_t i = 0; i < data.subjects.size(); ++i) {
    const FollowUpSubject& subject = data.subjects[i];
    by_element[data.Text(subject.element)][{data.Text(subject.period), subject.payload}] = i;
  }
  for (const PlacedElement& placed : text.elements) {
    const auto found = by_element.find(std::string(placed.id));
    if (found == by_element.end() || scope.count(found->first) == 0) continue;
    std::vector<std::uint32_t> subjects;
    for (const auto& [key, subject] : found->second) subjects.push_back(subject);
    RETURN_IF_ERROR(AddSubjects(known, subjects, all, teller, view));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::ConventionView> ViewConvention(const Known& known,
                                                  absl::string_view element_id) {
  const StateData& data = known.state.data();
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  const absl::flat_hash_set<absl::string_view> scope = Scope(text, element_id);
  if (scope.empty() && !element_id.empty()) return ElementNotFound(element_id);

  const LifeBook book(data, text, known.in_force_on);
  EventTeller teller(data);
  v1::ConventionView view;
  view.set_convention_id(known.state.id().ToHex());
  PutStamp(known, &view);
  view.set_project(text.project);
  if (const RevisionNumber paper = ShownPaperRevision(data); paper != kNone) {
    *view.mutable_on_paper() = MakePaperView(data, paper, &teller);
  }
  view.set_standing(StandingOn(data, book, text, known.in_force_on));
  if (text.terms != nullptr) {
    view.set_title(text.terms->title());
    view.set_start_date(text.terms->start_date());
    view.set_end_date(text.terms->end_date());
  }
  if (const auto since = InForceSince(data)) view.set_in_force_since(since->ToString());
  ASSIGN_OR_RETURN(*view.mutable_force(), MakeForceView(known, text, book));
  view.set_text_digest(TextDigest(text).ToHex());
  *view.mutable_counts() = CountsOf(text);
  OriginBook origins(data);
  AddElements(text, scope, UnwrittenShown(data, book, text, known.in_force_on), &origins, &view);
  for (const PlacedElement& clash : text.clashes) {
    if (element_id.empty() || scope.contains(clash.id)) {
      *view.add_clashes() = MakeClash(std::string(clash.id), clash.sides, &origins);
    }
  }
  RETURN_IF_ERROR(AddFollowUp(known, text, scope, !element_id.empty(), &teller, &view));
  const VoteReading reading(data, teller.book());
  AddAnnexed(data, reading, text, &teller, &view);
  FindingList findings =
      FindingsOf(data, teller.book(), reading, book, text, known.in_force_on, known.successors);
  ASSIGN_OR_RETURN(std::vector<v1::Finding> errata, ErrataFindings(known, book, teller.book()));
  std::move(errata.begin(), errata.end(), std::back_inserter(findings.found));
  RETURN_IF_ERROR(NameDecisions(known, book, &findings.found));
  if (!element_id.empty()) {
    std::erase_if(findings.found,
                  [&](const v1::Finding& one) { return scope.count(one.element_id()) == 0; });
    // Stored findings are of events, not of elements.
    findings.left_out.clear();
  }
  AddFollowUpFindings(data, book, text, element_id.empty() ? nullptr : &scope, &findings);
  AddPercentFindings(view, data, &findings);
  std::vector<v1::Finding> shown = CapFindings(std::move(findings));
  CiteClauses(data, text, known.in_force_on, &shown);
  for (v1::Finding& finding : shown) {
    *view.add_findings() = std::move(finding);
  }
  return view;
}

v1::ConventionSummary Summarise(const Known& known) {
  const StateData& data = known.state.data();
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  v1::ConventionSummary out;
  out.set_convention_id(known.state.id().ToHex());
  out.set_standing(
      StandingOn(data, LifeBook(data, text, known.in_force_on), text, known.in_force_on));
  if (text.terms != nullptr) {
    out.set_title(text.terms->title());
    out.set_start_date(text.terms->start_date());
    out.set_end_date(text.terms->end_date());
  }
  out.set_parties(CountsOf(text).parties());
  out.set_events(known.state.events());
  if (const RevisionNumber paper = ShownPaperRevision(data); paper != kNone) {
    *out.mutable_on_paper() = SummarisePaper(data, paper);
  }
  out.set_conflicts(static_cast<std::uint32_t>(OpenConflicts(data, text).size()));
  return out;
}

std::vector<v1::RosterEntryView> ViewRoster(const ConventionState& state) {
  EventTeller teller(state.data());
  std::vector<v1::RosterEntryView> out;
  for (const RosterEntry& entry : state.Roster()) {
    v1::RosterEntryView& view = out.emplace_back();
    view.set_replica_id(entry.replica.ToHex());
    view.set_name(entry.name);
    for (const std::string& partner : entry.partner_ids) view.add_partner_ids(partner);
    const EventNumber event = state.data().FindEvent(entry.leaf);
    if (event != kNone) *view.mutable_event() = teller.View(event);
  }
  return out;
}

}  // namespace greffe
