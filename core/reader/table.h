// Tables as documents print them: cells between tabs, between pipes, or in HTML.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_TABLE_H_
#define GREFFE_CORE_READER_TABLE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/markup.h"
#include "core/reader/model.h"

namespace greffe::reader {

struct Cell {
  std::string raw;          // As printed, with its markup.
  std::string text;         // Its parts joined by spaces; "" for an empty cell.
  std::vector<Part> parts;  // Paragraphs and items, in order.
  Lines lines;
};

struct Row {
  std::vector<Cell> cells;
  Lines lines;
};

Cell MakeCell(absl::string_view raw, Lines lines);

// Whether the line is a row by its tabs (one outside the indentation of a bullet, or one before a
// text: an empty first cell) or by its pipes (one at the start and another, or two or more).
bool IsTabRow(absl::string_view line);
bool IsPipeRow(absl::string_view line);

// The row that such a line is. Pipes at both ends are borders.
Row TabRow(absl::string_view line, Lines lines);
Row PipeRow(absl::string_view line, Lines lines);

// Whether a line opens an HTML table.
bool OpensHtmlTable(absl::string_view line);

// One source line of an HTML table.
struct NumberedLine {
  uint32_t number = 0;
  std::string text;
};
// The rows between <tr>, <td> and <th>, closed or not; text outside any cell gives a row of its
// own, so that nothing is lost. `rowspan` repeats nothing.
std::vector<Row> HtmlRows(const std::vector<NumberedLine>& lines, uint32_t document);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_TABLE_H_
