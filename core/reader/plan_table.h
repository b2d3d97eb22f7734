// Tables of a plan: forms (a label and its text a row) and tables with a row an action, whatever
// their columns: summary, schedule, recapitulation of indicators, or the whole plan.
//
// Pure. Not thread safe.
#ifndef GREFFE_CORE_READER_PLAN_TABLE_H_
#define GREFFE_CORE_READER_PLAN_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "core/reader/glue.h"
#include "core/reader/model.h"
#include "core/reader/outline.h"
#include "core/reader/plan_columns.h"
#include "core/reader/plan_ref.h"
#include "core/reader/table.h"

namespace greffe::reader {

// Where an action was found.
// kElsewhere: a table outside the plan, which only adds to actions that the plan has.
enum class Origin { kSheet, kTable, kList, kContents, kElsewhere };

// One mention of an action, with what stands there of it.
struct Found {
  Origin origin = Origin::kSheet;
  // Tables and lists of one family (all rows of the summary) share a number.
  uint32_t family = 0;
  Action action;
};

// « 1- Créer… 2- Tendre… » in one cell: the items with their numbers, in order; empty when the text
// is no such list.
struct Numbered {
  std::string number;
  std::string text;
};
std::vector<Numbered> SplitNumbered(absl::string_view text);

// Reads a table with a row an action. Axes and objectives in its rows go to `outline`.
struct TableReading {
  std::vector<Found> found;
  std::vector<Lines> labels;  // Rows that hold names of columns only.
};
TableReading ReadActionTable(const std::vector<Row>& rows, const Columns& columns,
                             const RefScheme& scheme, const Vocabulary& vocabulary,
                             Outline* outline);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_TABLE_H_
