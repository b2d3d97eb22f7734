#ifndef GREFFE_CORE_CONVENTION_CHECKS_FREEZE_OUTLOOK_H_
#define GREFFE_CORE_CONVENTION_CHECKS_FREEZE_OUTLOOK_H_

#include <vector>

#include "core/base/time.h"
#include "core/convention/convention.h"
#include "greffe/v1/convention_service.pb.h"
#include "greffe/v1/draft.pb.h"

// What a freeze will say of a draft, while it is easy to mend. None of it keeps a draft from being
// opened. Pure.
namespace greffe {

struct FreezeOutlook {
  // What the freeze will refuse: CHK-14.
  std::vector<v1::DraftProblem> refused;
  // What it will want confirmed: CHK-13, L-07, L-15, CHK-18, CHK-16, L-01, in this order, each
  // place by itself. Not the reviews of the co-chairs (L-20), which are asked for between.
  std::vector<v1::DraftProblem> asked;
};

// Of the draft of an original in which CheckDraft finds nothing, frozen on `today`. Paths as
// CheckDraft's. Empty for one signed on paper, whose freeze asks nothing.
FreezeOutlook OutlookOf(const v1::ConventionDraft& draft, CivilDate today);

// CHK-25, CHK-26: what the freeze of a committee decision would refuse, on `today`, of a draft in
// which CheckDraft finds nothing. Empty for other acts, and before anything is concluded.
std::vector<v1::DraftProblem> CommitteeOutlook(const ConventionState& state,
                                               const v1::ActDraft& draft, CivilDate today);

// L-31: the same of an agreed termination that leaves the last day of the convention where it is.
std::vector<v1::DraftProblem> AgreedEndOutlook(const ConventionState& state,
                                               const v1::ActDraft& draft);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_CHECKS_FREEZE_OUTLOOK_H_
