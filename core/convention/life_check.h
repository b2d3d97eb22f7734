#ifndef GREFFE_CORE_CONVENTION_LIFE_CHECK_H_
#define GREFFE_CORE_CONVENTION_LIFE_CHECK_H_

#include <vector>

#include "core/convention/consolidate.h"
#include "core/convention/life.h"
#include "core/convention/party_book.h"
#include "core/convention/state.h"
#include "greffe/v1/view.pb.h"

// What people should look at in facts of life that were recorded: found when read, never stored,
// never a reason to refuse. Private to core/convention.
namespace greffe {

// Notices without proof (CHK-30) or standing (CHK-29), denunciations that change nothing (CHK-31)
// or are to be qualified (L-53), terminations that do not hold (L-50 to L-52), decisions on data
// before the opinion (CHK-36), evaluations of years that are not over or validated by a body that
// the text does not charge with it (L-23); on the day `on`, clauses deemed unwritten (L-40). Sorted
// by (leaf, code).
std::vector<v1::Finding> LifeFindings(const StateData& data, const ConsolidatedText& text,
                                      CivilDate on);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_LIFE_CHECK_H_
