// Bodies of the convention: committees, coordination, working groups, with what is said of them.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_BODY_H_
#define GREFFE_CORE_READER_BODY_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/model.h"
#include "core/reader/plan_region.h"

namespace greffe::reader {

struct BodyReading {
  std::vector<Body> bodies;
  std::vector<Lines> labels;
};

// Reads the annex on governance: a heading, an item with items below, or a row of a table that
// names a body opens it. A working group that the annex only mentions is a body without details
// (confidence 60). A convention without such an annex gives the committees that its clauses name.
BodyReading ReadBodies(const std::vector<Block>& blocks, const std::vector<Region>& regions);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_BODY_H_
