// What has to be done in time: meetings and evaluations.

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "core/convention/deadlines.h"
#include "core/convention/french.h"
#include "core/convention/life_text.h"
#include "core/rules/obligations.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

// Days on which each body met, by element.
std::map<std::string, std::vector<CivilDate>> Meetings(const StateData& data) {
  std::map<std::string, std::vector<CivilDate>> out;
  for (const FollowUpSubject& subject : data.subjects) {
    if (subject.payload != static_cast<std::uint8_t>(v1::Event::kMeetingRecorded)) continue;
    const bool stands =
        std::any_of(subject.events.begin(), subject.events.end(), [&](EventNumber event) {
          return data.events[event].authorised && !data.events[event].replaced;
        });
    const auto held = CivilDate::TryParse(data.Text(subject.period));
    if (stands && held.has_value()) out[data.Text(subject.element)].push_back(*held);
  }
  return out;
}

void AddMeetings(const DeadlineInput& in, const rules::Term& term, std::vector<v1::Deadline>* out) {
  const std::map<std::string, std::vector<CivilDate>> meetings = Meetings(in.data);
  std::vector<v1::BodyKind> bodies;
  for (const PlacedElement& placed : in.text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (!element.has_body()) continue;
    bodies.push_back(element.body().kind());
    const auto met = meetings.find(element.id());
    for (const rules::MeetingsDueInYear& due :
         rules::MeetingsDue(term, rules::MeetingsOwed(element.body()))) {
      const std::size_t held =
          met == meetings.end() ? 0
                                : static_cast<std::size_t>(std::count_if(
                                      met->second.begin(), met->second.end(), [&](CivilDate day) {
                                        return due.due.from <= day && day <= due.due.by;
                                      }));
      const std::string& name = element.body().name();
      out->push_back(MakeDeadline(
          in, {.id = absl::StrCat("meetings-", element.id(), "-", due.due.period),
               .rule = rules::Rule::kCadence,
               .nature = DeadlineNature::kObligation,
               .done = held >= due.count,
               .last_day = due.due.by,
               .text = {absl::StrCat(name, " : ", Count(due.count, "réunion", "réunions"), " en ",
                                     due.due.period),
                        absl::StrCat(name, ": ", Count(due.count, "meeting", "meetings"), " in ",
                                     due.due.period)},
               .why = {absl::StrCat(due.count, " au moins en ", due.due.period, " ; ", held,
                                    " enregistrée", held < 2 ? "." : "s."),
                       absl::StrCat("at least ", due.count, " in ", due.due.period, "; ", held,
                                    " on record.")},
               .element_id = element.id()}));
    }
  }
  if (const std::optional<rules::Oddity> odd = rules::CheckSteering(bodies)) {
    out->push_back(MakeDeadline(in, {.id = "steering",
                                     .rule = odd->rule,
                                     .nature = DeadlineNature::kObligation,
                                     .text = {"Réunion annuelle du comité de pilotage",
                                              "Yearly meeting of the comité de pilotage"},
                                     .why = odd->words}));
  }
}

// Elements with an evaluation of that kind and period that stands.
std::set<std::string> Evaluated(const DeadlineInput& in, const rules::EvaluationDue& due) {
  std::set<std::string> out;
  for (const LifeLine& line : in.book.lines()) {
    if (line.kind() != Life::kEvaluationReported) continue;
    if (line.opening->variant == due.kind && in.data.Text(line.opening->detail) == due.due.period &&
        line.opening->day >= due.due.from) {
      out.insert(in.data.Text(line.opening->element));
    }
  }
  return out;
}

void AddEvaluations(const DeadlineInput& in, const rules::Term& term,
                    std::vector<v1::Deadline>* out) {
  std::set<std::string> actions;
  for (const PlacedElement& placed : in.text.elements) {
    if (placed.shown().element->has_action()) actions.insert(std::string(placed.id));
  }
  for (const rules::EvaluationDue& due : rules::EvaluationsDue(term)) {
    const std::set<std::string> done = Evaluated(in, due);
    const auto evaluated = static_cast<std::size_t>(std::count_if(
        actions.begin(), actions.end(), [&](const auto& a) { return done.count(a) > 0; }));
    const bool whole = done.count("terms") > 0;
    // Each action, or one report on all of them.
    const bool all = !actions.empty() && evaluated == actions.size();
    const std::string period = due.due.period.empty() ? "" : absl::StrCat(" ", due.due.period);
    out->push_back(
        MakeDeadline(in, {.id = absl::StrCat("evaluation-",
                                             due.kind == v1::EVALUATION_KIND_ANNUAL     ? "annual-"
                                             : due.kind == v1::EVALUATION_KIND_MID_TERM ? "mid-term"
                                                                                        : "final",
                                             due.due.period),
                          .rule = rules::Rule::kEvaluations,
                          .nature = DeadlineNature::kObligation,
                          .done = whole || all,
                          .last_day = due.due.by,
                          .text = {absl::StrCat("Rendre l'", FrenchName(due.kind), period),
                                   absl::StrCat("Report the ", EnglishName(due.kind), period)},
                          .why = {whole ? std::string("Rendue pour l'ensemble.")
                                        : absl::StrCat("Actions évaluées : ", evaluated, " sur ",
                                                       actions.size(), "."),
                                  whole ? std::string("Reported for the whole.")
                                        : absl::StrCat("Actions evaluated: ", evaluated, " of ",
                                                       actions.size(), ".")},
                          .element_id = "terms"}));
  }
}

}  // namespace

std::vector<v1::Deadline> ObligationDeadlines(const DeadlineInput& in) {
  std::vector<v1::Deadline> out;
  if (!TermOf(in.text).has_value()) return out;
  if (!InForceSince(in.data).has_value()) {
    out.push_back(
        MakeDeadline(in, {.id = "obligations",
                          .rule = rules::Rule::kCadence,
                          .nature = DeadlineNature::kObligation,
                          .text = {"Réunions et évaluations", "Meetings and evaluations"},
                          .why = {"La convention n'est pas conclue : rien n'est encore dû.",
                                  "The convention is not concluded: nothing is due yet."}}));
    return out;
  }
  // L-54: what ended the convention stops its commitments.
  const std::optional<rules::Term> term = EffectOf(in.text, in.ending);
  if (!term.has_value()) return out;
  AddMeetings(in, *term, &out);
  AddEvaluations(in, *term, &out);
  return out;
}

}  // namespace greffe
