#ifndef GREFFE_CORE_CONVENTION_CHECKS_TO_COME_H_
#define GREFFE_CORE_CONVENTION_CHECKS_TO_COME_H_

#include "core/base/time.h"
#include "core/convention/checks/fact_findings.h"
#include "core/convention/state/state.h"
#include "core/rules/registry.h"
#include "greffe/v1/act.pb.h"

// Facts of a day or a time that had not come when they were recorded. Commands refuse them, peers
// may have written anything. Private to core/convention.
namespace greffe {

// Code of such a finding, and of the refusal of a command.
inline constexpr absl::string_view kFutureDate = "future-date";

// True of a day after that of the record, in Paris by its author's clock: a claim, and all that
// there is to compare with. False of an event that claims no time that there is.
bool WasToCome(const EventRow& row, CivilDate day);
// « le 3 mars 2027 est après le jour de son enregistrement, le 2 mars 2026 : il n'y avait encore
// rien à constater. »
rules::Words WasToComeWords(const EventRow& row, CivilDate day);

// Each day of a délibération that was to come, and its time of publication or of receipt where the
// day is that of the record.
void CheckWasToCome(const StateData& data, const v1::Deliberation& one, EventNumber event,
                    FactFindings::Who who, FactFindings* out);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_TO_COME_H_
