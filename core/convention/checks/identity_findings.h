#ifndef GREFFE_CORE_CONVENTION_CHECKS_IDENTITY_FINDINGS_H_
#define GREFFE_CORE_CONVENTION_CHECKS_IDENTITY_FINDINGS_H_

#include <vector>

#include "core/convention/state/finding_cap.h"
#include "core/convention/state/state.h"
#include "core/convention/text/consolidate.h"
#include "greffe/v1/view.pb.h"

// What is found of who and where the parties are, and of the names under which acts go to the
// prefecture. Private to core/convention.
namespace greffe {

// CHK-02, CHK-35: SIREN and INSEE code of a party, and its postcode, of one commune; the postcode
// of a facility, of the département of the commune that supports it. By element, in reading order.
std::vector<v1::Finding> IdentityFindings(const ConsolidatedText& text);

// CHK-32: titles of acts that assemblies still have to vote on and send, which @ctes cannot take as
// they are. Committee decisions are not sent. By act; the first limits::kFindingsOfAKind of a kind,
// the others counted.
void AddObjectFindings(const StateData& data, FindingList* list);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_IDENTITY_FINDINGS_H_
