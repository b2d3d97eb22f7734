// Facilities that the convention supports: annexes and tables that list them. Facilities that prose
// mentions are not read: whether such a mention is a commitment is a person's call.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_FACILITY_H_
#define GREFFE_CORE_READER_FACILITY_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/model.h"
#include "core/reader/plan_region.h"

namespace greffe::reader {

// Whether a table's heading or first column speaks of facilities and nothing else.
bool IsFacilityTable(const std::vector<Row>& rows);

struct FacilityReading {
  std::vector<Facility> facilities;
  std::vector<Lines> labels;  // Rows that only name columns.
};
FacilityReading ReadFacilities(const std::vector<Block>& blocks,
                               const std::vector<Region>& regions);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FACILITY_H_
