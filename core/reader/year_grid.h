// A grid of years held apart by spaces: a head of years at the right, marks below them.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_YEAR_GRID_H_
#define GREFFE_CORE_READER_YEAR_GRID_H_

#include <cstddef>
#include <string>
#include <vector>

#include "core/reader/model.h"
#include "core/reader/segments.h"

namespace greffe::reader {

struct YearGrid {
  struct Row {
    std::size_t first = 0;  // Its lines [first, end).
    std::size_t end = 0;
    // A reference, a title, then a mark or nothing for each year. Of the first row, their heads.
    std::vector<std::string> cells;
  };
  std::size_t end = 0;  // Index after its last line; 0 for none.
  std::vector<Row> rows;
};

// The grid whose head is line `at` of the document; `lines` has the pieces of every line, none for
// one that is no plain text.
YearGrid YearGridAt(const std::vector<std::vector<Segment>>& lines,
                    const std::vector<LineUse>& uses, std::size_t at);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_YEAR_GRID_H_
