#ifndef GREFFE_CORE_CONVENTION_VIEWS_DEADLINES_H_
#define GREFFE_CORE_CONVENTION_VIEWS_DEADLINES_H_

#include <optional>
#include <string>
#include <vector>

#include "core/convention/queries.h"
#include "core/convention/reading/ending.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "core/convention/text/party_book.h"
#include "core/rules/deadline.h"
#include "core/rules/registry.h"
#include "greffe/v1/life_service.pb.h"

// The deadlines of a convention, family by family. Private to core/convention.
namespace greffe {

struct Successors;

// What a deadline is computed from. Borrows everything.
struct DeadlineInput {
  const StateData& data;
  const ConsolidatedText& text;
  const LifeBook& book;
  const PartyBook& names;
  // What ended the convention before its term.
  EndingFacts ending;
  // Day of the conclusion; absent before it.
  std::optional<CivilDate> in_force_since;
  // Day that decides to come, due, late.
  CivilDate today;
  // Known::successors.
  const Successors* successors = nullptr;
};

// What deadlines and threads on the day of a question are worked out from. Borrows all but `known`.
DeadlineInput DeadlineInputOf(const Known& known, const ConsolidatedText& text,
                              const LifeBook& book, const PartyBook& names);

// A period that ends by itself is over; something to do is late.
enum class DeadlineNature { kPeriod, kObligation };

struct DeadlineMade {
  std::string id = {};
  rules::Rule rule = rules::Rule::kContractPeriod;
  DeadlineNature nature = DeadlineNature::kPeriod;
  bool done = false;
  // Absent: not computable, and `why` says what is missing.
  std::optional<CivilDate> last_day = std::nullopt;
  std::optional<CivilDate> effect_on = std::nullopt;
  rules::Words text = {};
  rules::Words why = {};
  std::string element_id = {};
  EventNumber fact = kNone;
  std::string partner_id = {};
};
// The end that is over on the day of the question; absent while the convention runs. `line`: a
// thread that may itself be what ended it, which then does not count.
std::optional<rules::End> OverBy(const DeadlineInput& in, const LifeLine* line = nullptr);
// What was to be done by a day on which the convention bound nobody yet, or while it is a project
// (L-13): once its day is over it is past, never late, and says so.
void ForgiveBeforeConclusion(const DeadlineInput& in, DeadlineMade* made);
v1::Deadline MakeDeadline(const DeadlineInput& in, DeadlineMade made);

// Ends of the periods of one notice: of a mise en demeure from sending; of a denunciation from
// sending and from receipt (domain.md section 9.4). None of a notice that can end nothing, or that
// the end of the convention overtook.
std::vector<v1::Deadline> NoticeDeadlines(const DeadlineInput& in, const LifeLine& line);
// L-58, L-59: windows in which each deliberation on record may be challenged or referred. A message
// of the legality control that asks for more, or observes, starts the prefect's anew. None of one
// that its own party withdrew or says annulled: there is nothing left to challenge.
std::vector<v1::Deadline> WindowDeadlines(const DeadlineInput& in);
// L-21, L-23: meetings of bodies and evaluations, within the term or until what ended it.
std::vector<v1::Deadline> ObligationDeadlines(const DeadlineInput& in);
// L-23: the last record that a body validated the evaluation of the line; null while no body that
// the text charges with it did.
const LifeFact* ValidationOf(const DeadlineInput& in, const LifeLine& line);
// L-55: alarms before the end as known here (EndMet), done once a convention that was read follows
// it (L-56), and that end with what makes it: the term, or what comes before it (L-54).
std::vector<v1::Deadline> EndDeadlines(const DeadlineInput& in);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_VIEWS_DEADLINES_H_
