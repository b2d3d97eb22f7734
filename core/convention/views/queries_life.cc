// The life of a convention, thread by thread.

#include "core/convention/views/queries_life.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "core/base/status_macros.h"
#include "core/convention/checks/life_check.h"
#include "core/convention/decide_common.h"
#include "core/convention/elements/life_text.h"
#include "core/convention/reading/clause.h"
#include "core/convention/reading/ended.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/reading/life_labels.h"
#include "core/convention/state/stamp.h"
#include "core/convention/text/element_lookup.h"
#include "core/convention/text/follow_up.h"
#include "core/convention/views/deadlines.h"
#include "core/convention/views/life_standing.h"
#include "core/rules/life.h"

namespace greffe {
namespace {

absl::StatusOr<v1::LifeFactView> MakeFact(const Known& known, const LifeFact& fact,
                                          EventTeller* teller) {
  const StateData& data = known.state.data();
  ASSIGN_OR_RETURN(const v1::Event stored, ReadStored(data, known.read_event, fact.event));
  v1::LifeFactView view;
  *view.mutable_event() = teller->View(stored, data.LeafOf(fact.event));
  *view.mutable_fact() = stored.life_recorded();
  view.set_replaced(data.events[fact.event].replaced);
  return view;
}

rules::SucceededPlace PlaceAfter(SuccessionEffect effect) {
  switch (effect) {
    case SuccessionEffect::kTakesPlace:
      return rules::SucceededPlace::kTaken;
    case SuccessionEffect::kUnnamed:
      return rules::SucceededPlace::kByNameAlone;
    case SuccessionEffect::kUnattested:
      return rules::SucceededPlace::kUnattested;
    case SuccessionEffect::kContested:
      return rules::SucceededPlace::kContested;
  }
  return rules::SucceededPlace::kUnattested;
}

// L-60: what a succession means on the day of the question.
void AddSuccession(const DeadlineInput& in, const LifeLine& line, EventTeller* teller,
                   v1::LifeThread* thread) {
  const v1::LifeRecorded& fact = thread->opening().fact();
  const auto on = CivilDate::TryParse(fact.happened_on());
  if (!fact.has_party_succeeded() || !on.has_value()) return;
  const std::vector<Succession>& all = in.book.rolls().successions();
  const auto judged = std::find_if(all.begin(), all.end(), [&](const Succession& one) {
    return one.event == line.opening->event;
  });
  // About no party of a concluded text.
  if (judged == all.end()) return;
  auto note = rules::SuccessionNote(
      {teller->ElementName(fact.element_id()), fact.party_succeeded().successor_name(), *on,
       PlaceAfter(judged->effect)},
      in.today);
  if (!note.has_value()) return;
  thread->set_text(std::move(note->text.fr));
  thread->set_text_en(std::move(note->text.en));
  thread->set_next_step(std::move(note->next.fr));
  thread->set_next_step_en(std::move(note->next.en));
}

// The thread without its answers.
absl::StatusOr<v1::LifeThread> MakeThread(const Known& known, const DeadlineInput& in,
                                          const LifeLine& line, EventTeller* teller) {
  v1::LifeThread thread;
  ASSIGN_OR_RETURN(*thread.mutable_opening(), MakeFact(known, *line.opening, teller));
  LifeStanding standing = StandingOf(in, line);
  thread.set_standing(std::move(standing.name));
  thread.set_text(std::move(standing.text.fr));
  thread.set_text_en(std::move(standing.text.en));
  thread.set_next_step(std::move(standing.next.fr));
  thread.set_next_step_en(std::move(standing.next.en));
  AddSuccession(in, line, teller, &thread);
  if (line.kind() == v1::LifeRecorded::kNoticeSent) {
    for (v1::Deadline& deadline : NoticeDeadlines(in, line)) {
      *thread.add_deadlines() = std::move(deadline);
    }
  }
  return thread;
}

bool IsAbout(const StateData& data, const LifeLine& line, absl::string_view element_id) {
  if (element_id.empty() || data.Text(line.opening->element) == element_id) return true;
  for (const LifeFact* fact : line.others) {
    if (data.Text(fact->element) == element_id) return true;
  }
  return false;
}

// The rule of the convention on which a thread rests; empty where the law alone speaks.
std::string RuleBehind(const v1::LifeRecorded& fact) {
  switch (fact.fact_case()) {
    case v1::LifeRecorded::kNoticeSent:
      switch (fact.notice_sent().kind()) {
        case v1::NOTICE_KIND_BREACH:
          return "L-50";
        case v1::NOTICE_KIND_LAW:
          return "L-51";
        case v1::NOTICE_KIND_DENUNCIATION:
          return "L-53";
        default:
          return "";
      }
    case v1::LifeRecorded::kUncoveredChangeObserved:
      return "L-52";
    case v1::LifeRecorded::kClauseDeemedUnwritten:
      return "L-40";
    case v1::LifeRecorded::kDisputeOpened:
      return "L-57";
    case v1::LifeRecorded::kRenewalLinked:
      return "L-55";
    case v1::LifeRecorded::kEvaluationReported:
      return "L-23";
    case v1::LifeRecorded::kDataExchangeRequested:
      return "L-24";
    case v1::LifeRecorded::kCommitteeConsulted:
      return "L-32";
    default:
      return "";
  }
}

// The clause behind each thread: the text is searched once for each case of a rule.
void CiteInThreads(const DeadlineInput& in, const Known& known, v1::LifeView* view) {
  const auto said = [](const v1::LifeThread& thread) -> SaidByRule {
    const v1::LifeRecorded& fact = thread.opening().fact();
    const bool evaluation = fact.has_evaluation_reported();
    return {RuleBehind(fact), evaluation ? FrenchName(fact.evaluation_reported().kind()) : ""};
  };
  std::set<SaidByRule> all;
  for (const v1::LifeThread& thread : view->threads()) all.insert(said(thread));
  const auto clauses = ClausesBehind(in.data, in.text, known.in_force_on, all);
  for (v1::LifeThread& thread : *view->mutable_threads()) {
    const auto found = clauses.find(said(thread));
    if (found != clauses.end()) *thread.mutable_clause() = found->second;
  }
}

void AddLabels(const StateData& data, EventTeller* teller, v1::LifeView* view) {
  LifeLabels labels(data, teller);
  for (const v1::LifeThread& thread : view->threads()) {
    labels.Add(thread.opening());
    for (const v1::LifeFactView& one : thread.answers()) labels.Add(one);
  }
  for (v1::LifeLabel& one : labels.Sorted()) *view->add_labels() = std::move(one);
}

}  // namespace

absl::StatusOr<Parted<v1::LifeView>> ViewLife(const Known& known, absl::string_view element_id,
                                              const Part& part) {
  const StateData& data = known.state.data();
  if (!element_id.empty() && FindElementAnywhere(data, std::string(element_id)) == nullptr) {
    return ElementNotFound(element_id);
  }
  const ConsolidatedText text = TextInForce(data, known.in_force_on);
  const LifeBook book(data, text, known.in_force_on);
  EventTeller teller(data);
  const PartyBook& names = teller.book();
  const DeadlineInput in = DeadlineInputOf(known, text, book, names);
  std::vector<const LifeLine*> lines;
  for (const LifeLine& line : book.lines()) {
    if (IsAbout(data, line, element_id)) lines.push_back(&line);
  }
  if (part.from > lines.size()) return absl::OutOfRangeError("part: beyond the last thread");
  Parted<v1::LifeView> out;
  v1::LifeView& view = out.view;
  view.set_convention_id(known.state.id().ToHex());
  PutStamp(known, &view);
  std::size_t bytes = 0;
  std::size_t within = part.within;
  std::set<std::string> shown;
  for (std::size_t n = part.from; n < lines.size() && !out.next.has_value(); ++n, within = 0) {
    const std::vector<const LifeFact*>& others = lines[n]->others;
    if (within > others.size()) return absl::OutOfRangeError("part: beyond the last answer");
    v1::LifeThread& thread = *view.add_threads();
    ASSIGN_OR_RETURN(thread, MakeThread(known, in, *lines[n], &teller));
    bytes += thread.ByteSizeLong();
    shown.insert(thread.opening().event().leaf());
    // The first thread of a part shows an answer, however little room there is: parts end.
    const std::size_t needed = n == part.from ? within + 1 : 0;
    while (within < others.size() && (bytes < part.bytes || within < needed)) {
      ASSIGN_OR_RETURN(const v1::LifeFactView fact, MakeFact(known, *others[within++], &teller));
      bytes += fact.ByteSizeLong();
      shown.insert(fact.event().leaf());
      *thread.add_answers() = fact;
    }
    if (within < others.size()) {
      out.next = PartEnd{n, within};
    } else if (n + 1 < lines.size() && (n + 1 - part.from >= part.count || bytes >= part.bytes)) {
      out.next = PartEnd{n + 1, 0};
    }
  }
  std::vector<v1::Finding> found =
      LifeFindings(data, names, book, text, known.in_force_on, known.successors);
  std::erase_if(found, [&](const v1::Finding& one) {
    return shown.count(one.leaf()) == 0 || (!element_id.empty() && one.element_id() != element_id);
  });
  CiteClauses(data, text, known.in_force_on, &found);
  for (v1::Finding& finding : found) *view.add_findings() = std::move(finding);
  CiteInThreads(in, known, &view);
  AddLabels(data, &teller, &view);
  return out;
}

absl::StatusOr<v1::LifeView> ViewLife(const Known& known, absl::string_view element_id) {
  ASSIGN_OR_RETURN(Parted<v1::LifeView> all, ViewLife(known, element_id, Part{}));
  return std::move(all.view);
}

std::vector<v1::LifeLabel> LabelsOf(const ConventionState& state, const v1::LifeRecorded& fact) {
  EventTeller teller(state.data());
  LifeLabels labels(state.data(), &teller);
  labels.Add(fact);
  return labels.Sorted();
}

}  // namespace greffe
