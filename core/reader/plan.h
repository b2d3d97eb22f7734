// The plan half of a reading: axes, objectives, actions with their sheets, facilities, bodies,
// funding, mission sheets, references.
#ifndef GREFFE_CORE_READER_PLAN_H_
#define GREFFE_CORE_READER_PLAN_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/contract_parts.h"
#include "core/reader/model.h"

namespace greffe::reader {

// Adds what `blocks` say of the plan to `convention`, each piece with its lines. Sets lines that
// only label what follows (the heading of a rubric, of a table's columns) to kLabel in `uses`, and
// leaves the others alone: the accounting finds out itself what is read.
// `parts` are those of the contract: where its articles stand there is no plan.
void ReadPlan(const Blocks& blocks, const std::vector<ContractPart>& parts, LineUses* uses,
              Convention* convention);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_H_
