// What a table of a plan is, by its heading and first column: a form, or a row an action.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PLAN_COLUMNS_H_
#define GREFFE_CORE_READER_PLAN_COLUMNS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "core/reader/labels.h"
#include "core/reader/learned_labels.h"
#include "core/reader/model.h"
#include "core/reader/table.h"

namespace greffe::reader {

// What the columns of a table hold.
struct Columns {
  std::vector<LabelRole> roles;
  std::vector<std::string> whens;  // Not empty: the column is a date or term of a schedule.
  std::vector<Text> labels;
  std::size_t heading_rows = 0;
  // Whether a column « Thématique » names axes: not where the document spells its axes out.
  bool themes_are_axes = true;
  bool HasActions() const;
};

// The heading of a table whose rows are actions: columns by name, or references in the first.
Columns FindColumns(const std::vector<Row>& rows);

// Whether each row (or most) is a label of a sheet and its text. `in_sheet`: one such row is
// enough.
bool IsForm(const std::vector<Row>& rows, bool in_sheet, const LearnedLabels& learned);

// What a row looks like as part of a heading.
struct HeadingRow {
  bool any = false;        // Names some column.
  bool only = true;        // Holds nothing but names.
  bool structure = false;  // Its first cell opens an axis or an objective.
};
HeadingRow LookAtRow(const Row& row);

// Whether a cell only marks its column: a cross, a bar, an arrow.
bool IsTick(absl::string_view text);

// Number of cells with text.
std::size_t FilledCells(const Row& row);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_COLUMNS_H_
