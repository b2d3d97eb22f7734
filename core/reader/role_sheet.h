// Mission sheets: who does what for the convention (« Fiche mission », « Fiche de poste »).
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ROLE_SHEET_H_
#define GREFFE_CORE_READER_ROLE_SHEET_H_

#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/model.h"
#include "core/reader/plan_region.h"

namespace greffe::reader {

struct RoleReading {
  std::vector<RoleSheet> sheets;
  std::vector<Lines> labels;
};

// Reads what stands below a heading on mission sheets: a short line that names a role opens a sheet
// when a label of missions follows.
RoleReading ReadRoleSheets(const std::vector<Block>& blocks, const std::vector<Region>& regions);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ROLE_SHEET_H_
