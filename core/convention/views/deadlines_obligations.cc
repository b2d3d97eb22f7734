// What has to be done in time: meetings and evaluations.

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/life_text.h"
#include "core/convention/views/deadlines.h"
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

void Owe(const DeadlineInput& in, DeadlineMade made, std::vector<v1::Deadline>* out) {
  ForgiveBeforeConclusion(in, &made);
  out->push_back(MakeDeadline(in, std::move(made)));
}

// « en 2025 », or the days of a year of the contract that is no civil year.
rules::Words YearText(const rules::Due& due) {
  const bool civil =
      due.from.ToString() == due.period + "-01-01" && due.by.ToString() == due.period + "-12-31";
  if (civil) return {absl::StrCat("en ", due.period), absl::StrCat("in ", due.period)};
  return {
      absl::StrCat("du ", FrenchDate(due.from.ToString()), " au ", FrenchDate(due.by.ToString())),
      absl::StrCat("from ", EnglishDate(due.from.ToString()), " to ",
                   EnglishDate(due.by.ToString()))};
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
      const rules::Words year = YearText(due.due);
      Owe(in,
          {.id = absl::StrCat("meetings-", element.id(), "-", due.due.period),
           .rule = rules::Rule::kCadence,
           .nature = DeadlineNature::kObligation,
           .done = held >= due.count,
           .last_day = due.due.by,
           .text = {absl::StrCat(name, " : ", Count(due.count, "réunion", "réunions"), " ",
                                 year.fr),
                    absl::StrCat(name, ": ", Count(due.count, "meeting", "meetings"), " ",
                                 year.en)},
           .why = {absl::StrCat(due.count, " au moins ", year.fr, " ; ", held, " enregistrée",
                                held < 2 ? "." : "s."),
                   absl::StrCat("at least ", due.count, " ", year.en, "; ", held, " on record.")},
           .element_id = element.id()},
          out);
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

// Elements with an evaluation of a kind and period that stands, and those of them of which a body
// that the text charges with it validated one.
struct Evaluated {
  std::set<std::string> reported;
  std::set<std::string> validated;
};

// A body of the text that the convention charges with validating (L-23).
bool IsCharged(const ConsolidatedText& text, const std::string& id) {
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (placed.id != id || !element.has_body()) continue;
    return !rules::CheckValidatingBody(element.body()).has_value();
  }
  return false;
}

Evaluated FindEvaluated(const DeadlineInput& in, const rules::EvaluationDue& due) {
  Evaluated out;
  for (const LifeLine& line : in.book.lines()) {
    if (line.kind() != Life::kEvaluationReported || line.opening->variant != due.kind ||
        in.data.Text(line.opening->detail) != due.due.period || line.opening->day < due.due.from) {
      continue;
    }
    const std::string& element = in.data.Text(line.opening->element);
    out.reported.insert(element);
    if (ValidationOf(in, line) != nullptr) out.validated.insert(element);
  }
  return out;
}

// How many of the actions, and whether that is all: each action, or the whole at once.
struct Share {
  std::size_t actions = 0;
  bool whole = false;
  bool all = false;
};

Share ShareOf(const std::set<std::string>& actions, const std::set<std::string>& done) {
  Share out;
  out.actions = static_cast<std::size_t>(std::count_if(
      actions.begin(), actions.end(), [&](const auto& a) { return done.count(a) > 0; }));
  out.whole = done.count("terms") > 0;
  out.all = out.whole || (!actions.empty() && out.actions == actions.size());
  return out;
}

// What articles say of the days of evaluations, in reading order. Before the end of the term, they
// mean the one of the text.
std::vector<rules::EvaluationStated> EvaluationsStated(const DeadlineInput& in) {
  std::vector<rules::EvaluationStated> out;
  const std::optional<rules::Term> term = TermOf(in.text);
  if (!term.has_value()) return out;
  for (const PlacedElement& placed : in.text.elements) {
    const v1::Element& element = *placed.shown().element;
    for (rules::EvaluationStated& one :
         rules::FindEvaluationsStated(element.article().body(), *term)) {
      out.push_back(std::move(one));
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
  std::vector<rules::EvaluationDue> all = rules::EvaluationsDue(term);
  rules::TakeStated(EvaluationsStated(in), term, &all);
  for (const rules::EvaluationDue& due : all) {
    const Evaluated found = FindEvaluated(in, due);
    const Share reported = ShareOf(actions, found.reported);
    const Share validated = ShareOf(actions, found.validated);
    const std::string period = due.due.period.empty() ? "" : absl::StrCat(" ", due.due.period);
    const std::string id = absl::StrCat("evaluation-",
                                        due.kind == v1::EVALUATION_KIND_ANNUAL     ? "annual-"
                                        : due.kind == v1::EVALUATION_KIND_MID_TERM ? "mid-term"
                                                                                   : "final",
                                        due.due.period);
    const std::string of = absl::StrCat(" sur ", actions.size(), ".");
    const std::string of_en = absl::StrCat(" of ", actions.size(), ".");
    Owe(in,
        {.id = id,
         .rule = rules::Rule::kEvaluations,
         .nature = DeadlineNature::kObligation,
         .done = reported.all,
         .last_day = due.due.by,
         .text = {absl::StrCat("Rendre l'", FrenchName(due.kind), period),
                  absl::StrCat("Report the ", EnglishName(due.kind), period)},
         .why = {absl::StrCat(due.why.fr, " ",
                              reported.whole
                                  ? std::string("Rendue pour l'ensemble.")
                                  : absl::StrCat("Actions évaluées : ", reported.actions, of)),
                 absl::StrCat(due.why.en, " ",
                              reported.whole
                                  ? std::string("Reported for the whole.")
                                  : absl::StrCat("Actions evaluated: ", reported.actions, of_en))},
         .element_id = "terms"},
        out);
    // Rendered is not done: its conclusions are validated by the committee (L-23).
    if (!reported.all) continue;
    Owe(in,
        {.id = id + "-validation",
         .rule = rules::Rule::kEvaluations,
         .nature = DeadlineNature::kObligation,
         .done = validated.all,
         .last_day = due.due.by,
         .text = {absl::StrCat("À valider par le comité : ", FrenchName(due.kind), period),
                  absl::StrCat("To be validated by the committee: ", EnglishName(due.kind),
                               period)},
         .why = {validated.whole ? std::string("Validée pour l'ensemble.")
                 : validated.all || !reported.whole
                     ? absl::StrCat("Évaluations d'actions validées : ", validated.actions, of)
                     : std::string("Rendue ; aucune validation n'est enregistrée."),
                 validated.whole ? std::string("Validated for the whole.")
                 : validated.all || !reported.whole
                     ? absl::StrCat("Evaluations of actions validated: ", validated.actions, of_en)
                     : std::string("Reported; no validation is on record.")},
         .element_id = "terms"},
        out);
  }
}

}  // namespace

const LifeFact* ValidationOf(const DeadlineInput& in, const LifeLine& line) {
  const LifeFact* out = nullptr;
  for (const LifeFact* fact : in.book.Standing(line, Life::kEvaluationValidated)) {
    if (IsCharged(in.text, in.data.Text(fact->detail))) out = fact;
  }
  return out;
}

std::vector<v1::Deadline> ObligationDeadlines(const DeadlineInput& in) {
  std::vector<v1::Deadline> out;
  if (!TermOf(in.text).has_value()) return out;
  if (!in.in_force_since.has_value()) {
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
  const std::optional<rules::Term> term = EffectOf(in.book, in.text, in.ending, in.today);
  if (!term.has_value()) return out;
  AddMeetings(in, *term, &out);
  AddEvaluations(in, *term, &out);
  return out;
}

}  // namespace greffe
