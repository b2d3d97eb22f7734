#ifndef GREFFE_CORE_CONVENTION_READING_ACT_VIEW_H_
#define GREFFE_CORE_CONVENTION_READING_ACT_VIEW_H_

#include <vector>

#include "core/convention/reading/event_teller.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "greffe/v1/view.pb.h"

// Acts, revisions and what stands behind them, for people. Private to core/convention.
namespace greffe {

v1::ActView MakeActView(const StateData& data, const ActId& id, const ActFacts& act,
                        EventTeller* teller);
v1::RevisionView MakeRevisionView(const StateData& data, RevisionNumber revision,
                                  EventTeller* teller);
v1::SignatureView MakeSignatureView(const StateData& data, SignatureNumber number,
                                    EventTeller* teller);
// One per signatory of the revision, with its signatures and refusals.
std::vector<v1::SignatoryView> MakeSignatoryViews(const StateData& data, RevisionNumber revision,
                                                  EventTeller* teller);
v1::DeliberationView MakeDeliberationView(const DeliberationFact& fact, EventTeller* teller);

// Draft changes that stand and that no revision not taken back holds.
std::vector<const DraftChange*> UnfrozenDraft(const StateData& data, const ActFacts& act);

// Acts by opening, causes before effects.
std::vector<const ActId*> ActsInOrder(const StateData& data);
// The latest revision not taken back, of several in order the last; kNone when there is none.
RevisionNumber LatestRevision(const StateData& data, const ActFacts& act);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_READING_ACT_VIEW_H_
