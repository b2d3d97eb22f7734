#ifndef GREFFE_CORE_RULES_FORCE_H_
#define GREFFE_CORE_RULES_FORCE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/rules/registry.h"
#include "greffe/v1/view.pb.h"

// Terms: force and efficacy, retroactive effect, what lies between two conventions. Pure.
namespace greffe::rules {

// Days of effect, both included, as a contract words them.
struct Term {
  CivilDate first;
  CivilDate last;
};

// L-15, CHK-15: "trois ans" is 2025-01-01 to 2027-12-31, whole months to the day. `months` is what
// the words say. Empty when they agree, or when the end is beyond the calendar.
std::vector<Oddity> CheckStatedDuration(const Term& term, int months);

// CHK-16: days of effect before the convention is concluded, 0 when there are none.
std::uint32_t RetroactiveDays(CivilDate first, CivilDate concluded_on);

// CHK-17: what lies between a predecessor and its successor.
struct Succession {
  // Days that neither covers, both included.
  std::optional<Term> gap;
  // Days that both cover, both included.
  std::optional<Term> overlap;
};
Succession CompareWithPredecessor(const Term& before, const Term& after);

// L-36: an act changes or prolongs a convention before its end; what comes later is a renewal, a
// convention of its own. A finding for a day after the last one.
std::optional<Oddity> CheckBeforeEnd(CivilDate last_day, CivilDate day);

// L-36, domain.md case H: an act concluded with effect after the last day never has any. `label`:
// what people call it.
Oddity Stillborn(const std::string& label, CivilDate last_day, CivilDate effective_from);

// The last day of a convention, and whether something ended it before its term.
struct End {
  CivilDate last_day;
  bool early = false;
};
// True of a day after the last one. False where no end is known.
bool IsOver(const std::optional<End>& end, CivilDate day);
// L-54, L-55: after its last day nothing is left of a convention to breach, to leave, to end, to
// carry out or to ask for; rights that arose under it, and claims, stay. A finding for a fact of a
// later day. Absent: no end is known.
std::optional<Oddity> CheckNotOver(const std::optional<End>& end, CivilDate day);
// L-54, L-55: of a report, a value or a meeting, by its first day. A warning: what was done after
// the end is no follow-up of this convention, and harms nobody.
std::optional<Oddity> CheckFollowUpNotOver(const std::optional<End>& end, CivilDate first_day);

// Why a convention ends before its term.
enum class EndingKind : std::uint8_t {
  // Résiliation de plein droit (L-50 to L-52).
  kTermination,
  // Dénonciation between two parties (L-53).
  kDenunciation,
};

struct Ending {
  // Last day of effect, whole.
  CivilDate last_day;
  EndingKind kind = EndingKind::kTermination;
  // Sides of the contract on that day.
  std::size_t sides = 2;
};

// What is known for the question "what is in force on that day?".
struct ForceFacts {
  // Of this convention; absent when its text does not say.
  std::optional<Term> term;
  // Date of the last signature; absent while it is not concluded.
  std::optional<CivilDate> concluded_on;
  std::optional<Term> predecessor;
  // L-54: what ends its effect before the term does.
  std::optional<Ending> ending;
  // First day after the notice of a denunciation by one of more than two parties, which ends
  // nothing by itself (L-53).
  std::optional<CivilDate> to_qualify;
  // Day of a termination after a mise en demeure whose period is not understood with certainty,
  // which ends nothing by itself (L-50).
  std::optional<CivilDate> unclear_termination = std::nullopt;
  // The day asked about, and the day of the question.
  CivilDate on;
  CivilDate today;
};

struct Force {
  v1::ForceState state = v1::FORCE_STATE_UNSPECIFIED;
  std::uint32_t retroactive_days = 0;
  // The gap after the predecessor, as it stands: open when this convention is not concluded.
  std::optional<CivilDate> gap_from;
  std::optional<CivilDate> gap_until;
  bool overlap = false;
  // Last day of effect: of the term, or the earlier end; absent without a term.
  std::optional<CivilDate> last_day;
  Words words;
};

// L-14, L-55: a convention has effect from its first to its last day, whenever it was signed, once
// it is concluded; before that nothing but its predecessor is in force. After its last day it has
// expired; only an express renewal, a convention of its own, goes on. L-54: a termination ends its
// effect earlier; what happened under it, and claims, stay.
Force ForceOn(const ForceFacts& facts);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_FORCE_H_
