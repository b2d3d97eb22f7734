#ifndef GREFFE_CORE_CONVENTION_CHECKS_ANNEXED_H_
#define GREFFE_CORE_CONVENTION_CHECKS_ANNEXED_H_

#include "core/convention/checks/authority.h"
#include "core/convention/reading/event_teller.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/view.pb.h"

// What fills the annex that a text reserves for the délibération (L-10): the votes on record.
// Nobody writes in the text for it, so no digest, signature or mandate changes. Private to
// core/convention.
namespace greffe {

// Fills ElementView.annexed of each reserved annex among the elements of `view`, which are of
// `text`: the votes on the act that put the annex, and on each that it builds on and that reserved
// it too; a vote counts for every freeze of the text voted (L-11). An act that leaves the annex as
// it is has its own délibérations with it. Of the first 8 reserved annexes, 1,000 votes in all: the
// history lists every vote. `reading`: by the book of `teller`.
void AddAnnexed(const StateData& data, const VoteReading& reading, const ConsolidatedText& text,
                EventTeller* teller, v1::ConventionView* view);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_ANNEXED_H_
