// The stage that walks the blocks of a plan: axes, objectives, mentions and sheets of actions.
//
// Pure. Not thread safe.
#ifndef GREFFE_CORE_READER_PLAN_READER_H_
#define GREFFE_CORE_READER_PLAN_READER_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/glue.h"
#include "core/reader/plan_region.h"
#include "core/reader/plan_table.h"

namespace greffe::reader {

// What a walk found, before mentions of one action are joined.
struct PlanFindings {
  std::vector<Axis> axes;
  std::vector<Found> found;
  std::vector<Lines> labels;  // Lines that only label what follows.
};

PlanFindings WalkPlan(const Blocks& blocks, const std::vector<Region>& regions,
                      const Vocabulary& vocabulary);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_READER_H_
