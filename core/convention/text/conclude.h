#ifndef GREFFE_CORE_CONVENTION_TEXT_CONCLUDE_H_
#define GREFFE_CORE_CONVENTION_TEXT_CONCLUDE_H_

#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "greffe/v1/view.pb.h"

namespace greffe {

// Whether a revision is concluded, and by which signatures. A function of the facts alone: no
// clock, no order of arrival.
struct Conclusion {
  bool concluded = false;
  // Latest date among the signatures chosen, corrections applied. Set when concluded.
  std::optional<CivilDate> concluded_on;
  // One per Revision.signatories, in its order: the signature that concluded, or, before, one that
  // would count today (not retracted); kNone when there is none, or when another office's signature
  // is enough for the party (L-03).
  std::vector<SignatureNumber> chosen;
  // No answer: some office has only signatures that were taken back, and several offices signed and
  // retracted at so many replicas that trying each with each has no end (hostile webs only).
  bool too_long = false;
};

// Of a frozen revision, by id; null when it has none of that id.
const v1::Signatory* FindSignatory(const Revision& revision, absl::string_view id);

// Signatures that it takes to conclude: one per signatory, and one for all offices of a party of
// which one is enough.
std::uint32_t SignaturesNeeded(const Revision& revision);

// Concluded: each signatory (of a party of which one office is enough: one of them) has a counting
// signature such that none of those chosen had, in its causal past, the retraction of another
// chosen one (signature_search.h). Of several choices, one with the earliest concluded_on. A
// signature whose author had already seen the revision concluded changes nothing and is left out,
// so that no later signature moves the date.
Conclusion Conclude(const StateData& data, RevisionNumber revision);
// Conclude(…).concluded, without the rest of its answer: at once for a revision that can never be.
// With `seen_by`, as that event's author had seen it.
bool IsConcluded(const StateData& data, RevisionNumber revision, EventNumber seen_by = kNone);

// The signature whose data are shown for this one: itself, or the correction in its place. Of
// several concurrent corrections the one with the earliest date, then the least leaf.
SignatureNumber ShownFor(const StateData& data, SignatureNumber signature);
// True when its partner took it back (as applied here).
bool IsRetracted(const StateData& data, SignatureNumber signature);
// True when its proposer took it back (as applied here). A concluded one stays concluded.
bool IsWithdrawn(const StateData& data, RevisionNumber revision);

// A draft of an act on the text in force of which every change was taken out again; putting one in
// takes it up again.
bool IsAbandoned(const StateData& data, const ActFacts& act);

// Every concluded revision, sorted by leaf.
std::vector<RevisionNumber> ConcludedRevisions(const StateData& data);
// Concluded if a revision is; else frozen if a valid one is not withdrawn; else withdrawn if one
// was; else draft.
v1::ActStanding StandingOf(const StateData& data, const ActFacts& act);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_CONCLUDE_H_
