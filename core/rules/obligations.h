#ifndef GREFFE_CORE_RULES_OBLIGATIONS_H_
#define GREFFE_CORE_RULES_OBLIGATIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/rules/force.h"
#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/element.pb.h"
#include "greffe/v1/life.pb.h"

// What a convention obliges its parties to do in time: meetings, evaluations, preparing what comes
// after. Pure.
namespace greffe::rules {

// L-21: meetings that a body owes in a year, as its text says; a steering committee at least
// one, whatever its text. 0: none.
std::uint32_t MeetingsOwed(const v1::Body& body);
// L-20: a text without a steering committee. `bodies` as the text has them.
std::optional<Oddity> CheckSteering(const std::vector<v1::BodyKind>& bodies);

// One thing due by a day.
struct Due {
  // Last day to do it.
  CivilDate by;
  // First day from which doing it counts.
  CivilDate from;
  // "2025"; empty for what is due once.
  std::string period;
};

struct MeetingsDueInYear {
  std::uint32_t count = 0;
  Due due;
};
// L-21, CHK-28: how many meetings of a body are due in each year of the contract, by its last day.
// Those years run from the first day of the term and from its anniversaries; `period` is the civil
// year in which one starts. Of a year covered in part (a term that is no number of years, an early
// end) in proportion, rounded to the nearest. Years in which none is due are left out.
std::vector<MeetingsDueInYear> MeetingsDue(const Term& term, std::uint32_t per_year);

struct EvaluationDue {
  v1::EvaluationKind kind = v1::EVALUATION_KIND_UNSPECIFIED;
  Due due;
  // Why by that day.
  Words why = {};
};
// L-23, L-56: an annual evaluation for each civil year of the term, due by the end of March after
// it, or by the end of the term; one at half of a term of three years or more; a final one by the
// end of the term.
std::vector<EvaluationDue> EvaluationsDue(const Term& term);

// L-23: what a sentence of the convention says of the day of the mid-term or the final evaluation.
struct EvaluationStated {
  v1::EvaluationKind kind = v1::EVALUATION_KIND_UNSPECIFIED;
  // Absent: it tells a time that is not understood.
  std::optional<CivilDate> by;
  std::string quote;
};
// « au plus tard le 31 mars 2030 », « six mois avant le terme », « au cours du premier semestre
// 2026 ». `term`: as the text states it. A sentence that tells no time gives nothing.
std::vector<EvaluationStated> FindEvaluationsStated(absl::string_view clause, const Term& term);
// Puts the first one stated of each kind in the place of the usual day, quoted, and no later than
// the end of `term`, the term that is due; of one that is not understood, says so.
void TakeStated(const std::vector<EvaluationStated>& stated, const Term& term,
                std::vector<EvaluationDue>* due);

// L-23: an annual evaluation reported on a day on which its year has not begun: nothing of it can
// be known. `year` in the civil calendar.
std::optional<Oddity> CheckYearBegun(int year, CivilDate reported_on);
// L-23: one of a year in which the convention has no day of effect. `term`: what an earlier end
// left of it.
std::optional<Oddity> CheckYearOfTerm(int year, const Term& term);
// L-23: one reported before its year is over, which is not the annual evaluation that is due. The
// last year's is due by the end of the term, and may come before it.
std::optional<Oddity> CheckYearOver(int year, CivilDate reported_on, const Term& term);
// L-23: conclusions validated by a body that the text does not charge with it: a steering committee
// is, and any other whose functions say so.
std::optional<Oddity> CheckValidatingBody(const v1::Body& body);

// L-33: an act that names an evaluation which led to it. `evaluation`: what it names is one of this
// convention that its author had received. None leads to the convention itself, which it comes
// after.
std::optional<Oddity> CheckPrompt(bool evaluation, v1::ActKind kind);

// L-55: days on which to think of renewal, twelve, six and three months before the end. Those that
// lie before the first day of the term are left out.
struct Alarm {
  int months = 0;
  CivilDate on;
};
std::vector<Alarm> RenewalAlarms(const Term& term);

// What is known of the convention that renews another.
struct Renewal {
  // Absent while it binds nobody.
  std::optional<CivilDate> concluded_on;
  // Days of its effect, extensions and an early end included; absent when it has none.
  std::optional<Term> effect;
};
// L-55, L-56: nothing is left to prepare once another convention, concluded on `today` or before,
// has effect on the day after the last one.
bool IsRenewed(CivilDate last_day, const Renewal& next, CivilDate today);

// Days before its last day from which something is due.
inline constexpr int kDueDays = 30;

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_OBLIGATIONS_H_
