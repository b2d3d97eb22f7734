// What the columns of a table of facilities hold, by their headings or by what stands in them.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_FACILITY_COLUMNS_H_
#define GREFFE_CORE_READER_FACILITY_COLUMNS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/table.h"

namespace greffe::reader {

enum class FacilityColumn {
  kNone,
  kType,
  kName,
  kAddress,
  kNameAndAddress,
  kManager,
  kOwner,  // Who supports the facility.
  kOther
};

// The columns that a heading row names, empty for any other row. One column in three may have a
// name of its own: « Prestation », « Observations ».
std::vector<FacilityColumn> HeadingColumns(const Row& row);

// Whether a row that stands alone names columns, some of them at least, and no facility.
bool NamesColumns(const Row& row);

// The columns of a table whose headings say nothing, from its cells: postcodes make an address,
// names of types a type, names of bodies a supporter, the first other column the name. Empty when
// name and address do not stand in columns of their own.
std::vector<FacilityColumn> InferColumns(const std::vector<Row>& rows);

// A cell that names a type, with few words beside it.
bool IsTypeCell(absl::string_view text);
// « EAJE », « Accueils de loisirs : »: no word beside the type.
bool IsTypeOnly(absl::string_view text);
// « Commune de … », « Association … »: a body that runs or supports facilities.
bool IsOwner(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FACILITY_COLUMNS_H_
