#ifndef GREFFE_CORE_CONVENTION_READING_CONSULTATION_H_
#define GREFFE_CORE_CONVENTION_READING_CONSULTATION_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/reading/instrument.h"
#include "core/convention/state/state.h"
#include "core/convention/text/amended_text.h"

// Committees that are shown an avenant before it is signed (L-32). Private to core/convention.
namespace greffe {

// Facts on record that a committee of `base` was shown the revision, in order; none for kNone.
// Where a clause wants it shown, of the committee that the clause names (FitOfCommittee), or of any
// where it names none that the text has.
std::vector<EventNumber> ConsultationsOf(const StateData& data, RevisionNumber revision,
                                         const AmendedText& base,
                                         const std::optional<ConsultationClause>& clause);

// CHK-27: FAILED_PRECONDITION quoting the clause, where one of the texts that an avenant builds on
// wants it shown to a committee and no fact says that it was.
absl::Status CheckConsulted(const StateData& data, RevisionNumber revision);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_CONSULTATION_H_
