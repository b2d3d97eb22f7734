#include "core/reader/year_grid.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/letters.h"
#include "core/reader/plan_ref.h"
#include "core/reader/when.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kGridLines = 300;  // A longer grid goes on as another one.

// A mark in a column of years: « X », « ● ».
bool IsMark(absl::string_view text) {
  constexpr std::size_t kBytes = 4;
  return text.size() <= kBytes &&
         (text == "X" || text == "x" || text == "XX" || text == "xx" || !HasWords(text));
}

// How many of a line's last pieces are years or terms, two at least; 0 for a line without.
std::size_t Whens(const std::vector<Segment>& line) {
  constexpr std::size_t kWhenBytes = 24;
  std::size_t whens = 0;
  while (whens < line.size() && line[line.size() - 1 - whens].text.size() <= kWhenBytes &&
         IsWhen(line[line.size() - 1 - whens].text)) {
    ++whens;
  }
  return whens >= 2 && line.size() - whens <= 2 ? whens : 0;
}

// The row of a grid that a line is: a reference and a title, or one of both, then marks under the
// years. Empty for any other line.
std::vector<std::string> GridCells(const std::vector<Segment>& line,
                                   const std::vector<Segment>& whens) {
  std::vector<std::string> cells(2 + whens.size());
  std::vector<std::string> left;
  for (const Segment& segment : line) {
    if (segment.end <= whens[0].place) {
      left.push_back(segment.text);
      continue;
    }
    std::size_t column = whens.size();
    for (std::size_t i = 0; i < whens.size(); ++i) {
      if (segment.place + 1 >= whens[i].place && segment.place <= whens[i].end) column = i;
    }
    if (column == whens.size() || !IsMark(segment.text)) return {};
    cells[2 + column] = segment.text;
  }
  if (left.empty() || left.size() > 2) return {};
  const bool ref = left.size() == 2 || !RefParts(left[0]).empty();
  cells[ref ? 0 : 1] = left[0];
  if (left.size() == 2) cells[1] = left[1];
  return cells;
}

}  // namespace

YearGrid YearGridAt(const std::vector<std::vector<Segment>>& lines,
                    const std::vector<LineUse>& uses, std::size_t at) {
  const std::vector<Segment>& head = lines[at];
  const std::size_t count = Whens(head);
  if (count == 0) return {};
  const std::vector<Segment> whens(head.end() - static_cast<std::ptrdiff_t>(count), head.end());
  std::vector<YearGrid::Row> rows(1);
  rows[0].first = at;
  rows[0].end = at + 1;
  rows[0].cells.resize(2 + count);
  for (std::size_t i = 0; i + count < head.size(); ++i) {
    rows[0].cells[head.size() - count == 2 ? i : 1] = head[i].text;
  }
  for (std::size_t i = 0; i < count; ++i) rows[0].cells[2 + i] = whens[i].text;
  std::size_t marked = 0;
  std::size_t blanks = 0;
  for (std::size_t i = at + 1; i < lines.size() && i < at + kGridLines; ++i) {
    if (uses[i] == LineUse::kBlank && ++blanks <= 1) continue;
    if (lines[i].empty()) break;
    std::vector<std::string> cells = GridCells(lines[i], whens);
    if (cells.empty()) break;
    const bool marks = std::any_of(cells.begin() + 2, cells.end(),
                                   [](const std::string& cell) { return !cell.empty(); });
    if (!marks && blanks > 0 && cells[0].empty()) break;  // Text after the grid.
    marked += marks ? 1 : 0;
    const bool goes_on = !marks && blanks == 0 && StartsLower(cells[1]) && rows.size() > 1;
    if (goes_on) {
      absl::StrAppend(&rows.back().cells[1], " ", cells[1]);
      rows.back().end = i + 1;
    } else {
      rows.push_back({.first = i, .end = i + 1, .cells = std::move(cells)});
    }
    blanks = 0;
  }
  if (marked == 0) return {};
  const std::size_t end = rows.back().end;
  return {.end = end, .rows = std::move(rows)};
}

}  // namespace greffe::reader
