// Funding lines: what the means of an action say of money.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_FUNDING_H_
#define GREFFE_CORE_READER_FUNDING_H_

#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// Of each action's rubric on means: items with an amount, and items that ask for one (« Coût : ? »
// is open, « Coût : / » none, « Coût : » blank). `payer` is what stands before the colon after
// « Financement »; `condition` what follows « sous réserve », « si », « en fonction de ».
std::vector<FundingLine> ReadFunding(const std::vector<Action>& actions);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FUNDING_H_
