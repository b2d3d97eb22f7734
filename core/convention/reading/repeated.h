#ifndef GREFFE_CORE_CONVENTION_READING_REPEATED_H_
#define GREFFE_CORE_CONVENTION_READING_REPEATED_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "greffe/v1/life.pb.h"

// One fact recorded twice in a thread: a dénonciation taken back by the same party, an evaluation
// validated by the same body, a letter received on the same day by the word of the same party (who
// sent one to several has a receipt of each, on days of their own); or one frozen text shown twice
// to the same body on the same day. Two say no more than one, and a correction is another thing
// (LifeFact.replaces). Private to core/convention.
namespace greffe {

// Code of such a finding, and of the refusal of a command.
inline constexpr absl::string_view kRecordedTwice = "recorded-twice";

struct RepeatedFact {
  const LifeFact* again = nullptr;
  // The one before it in the order of events.
  const LifeFact* first = nullptr;
};
// Of records that stand. In time linear in the thread, but for sorting.
std::vector<RepeatedFact> RepeatedIn(const StateData& data, const LifeBook& book,
                                     const LifeLine& line);
// Of consultations that stand, each of which opens a thread of its own.
std::vector<RepeatedFact> RepeatedConsultations(const StateData& data);
// The record that stands of what `partner` is about to record in the thread; null where none is.
const LifeFact* RecordedAlready(const StateData& data, const LifeBook& book, const LifeLine& line,
                                const v1::LifeRecorded& fact, const std::string& partner);
// The same of a consultation; null for other facts.
const LifeFact* ConsultedAlready(const StateData& data, const v1::LifeRecorded& fact);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_REPEATED_H_
