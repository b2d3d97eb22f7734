#ifndef GREFFE_CORE_CONVENTION_READING_ENDED_H_
#define GREFFE_CORE_CONVENTION_READING_ENDED_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "core/convention/reading/life.h"
#include "core/convention/state/state.h"
#include "core/rules/force.h"
#include "greffe/v1/view.pb.h"

// Acts after the end: what has ended is not changed or prolonged any more, a renewal is a
// convention of its own (L-36, L-55). Private to core/convention.
namespace greffe {

// The end of what is concluded, once it lies before `today` (L-36); absent before, and while
// nothing is concluded.
std::optional<rules::End> EndBefore(const StateData& data, CivilDate today);
// The same where a text of the state, of any day, and its book are made already.
std::optional<rules::End> EndBefore(const StateData& data, const ConsolidatedText& text,
                                    const LifeBook& book, CivilDate today);

// FAILED_PRECONDITION, naming the rule and the way forward, once what is concluded has expired or
// was ended before `today`. OK while nothing is concluded. For commands alone: what was signed on
// paper is a fact.
absl::Status RequireNotEnded(const StateData& data, CivilDate today);

// FAILED_PRECONDITION for an act that would have effect only once the convention is over: after
// `last`, the end of the term as the act leaves it (absent: unknown), or after what ends it before.
// For commands alone.
absl::Status RequireEffectBeforeEnd(const StateData& data, std::optional<CivilDate> last,
                                    CivilDate effective_from, CivilDate today);

// The same of a frozen text, for who signs it: its parties may have learnt of the end since.
absl::Status RequireTakesEffect(const StateData& data, RevisionNumber revision, CivilDate today);

// The text of a day as it has effect: after the end of the convention that of its last day. An act
// whose day of effect comes after the end is stillborn: nothing of it is in the text, whatever was
// known first (L-36, domain.md case H).
ConsolidatedText TextInForce(const StateData& data, CivilDate on);
// True of a revision that is stillborn so. `book`: of the same state.
bool IsStillborn(const StateData& data, const LifeBook& book, RevisionNumber revision);
// Why nobody signs it, for a board.
rules::Words StillbornWords(const StateData& data, const LifeBook& book, RevisionNumber revision);

// Acts that are stillborn, signed all the same, and signatures of acts dated after the end of the
// convention as acts concluded until their day leave it (L-36): on paper, or by a peer. An
// extension concluded in time counts for every act signed after it, whatever that one builds on;
// one concluded too late for none. And acts that their authors opened after the end and that are
// open still: a peer may not have known. `book`: of the same state. Sorted by leaf.
std::vector<v1::Finding> EndedFindings(const StateData& data, const LifeBook& book);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_ENDED_H_
