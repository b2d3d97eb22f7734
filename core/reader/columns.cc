#include "core/reader/columns.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "core/reader/bullets.h"
#include "core/reader/labels.h"
#include "core/reader/letters.h"
#include "core/reader/segments.h"
#include "core/reader/year_grid.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kWideGap = 3;      // Spaces between columns where there are only two.
constexpr std::size_t kRunLines = 300;   // A longer table goes on as another one.
constexpr std::size_t kHeaderLines = 3;  // The header is the widest of the first lines.
constexpr std::size_t kSegments = 40;    // More are no columns.

using ColumnStarts = std::vector<std::size_t>;

bool Near(std::size_t a, std::size_t b) { return a <= b + 1 && b <= a + 1; }

// The column that a segment stands under: the last that starts at or before it.
std::size_t ColumnOf(const ColumnStarts& columns, const Segment& segment) {
  std::size_t column = 0;
  while (column + 1 < columns.size() && columns[column + 1] <= segment.place + 1) ++column;
  return column;
}

bool StartsColumn(const ColumnStarts& columns, const Segment& segment) {
  return Near(columns[ColumnOf(columns, segment)], segment.place);
}

// A run of lines that share their columns.
struct Run {
  ColumnStarts columns;
  std::size_t end = 0;   // Index after its last line.
  std::size_t full = 0;  // Lines that fill two columns or more.
  std::size_t more = 0;  // Lines that go on with a cell.
};

class ColumnFinder {
 public:
  ColumnFinder(const Document& document, uint32_t index, const std::vector<LineUse>& uses)
      : index_(index), uses_(uses) {
    for (std::size_t at = 0; at < document.lines.size(); ++at) {
      lines_.push_back(uses[at] == LineUse::kUnread ? SegmentsOf(document.lines[at])
                                                    : std::vector<Segment>{});
    }
  }

  SpacedRows Find() {
    for (std::size_t at = 0; at < lines_.size();) {
      if (const std::size_t end = AddGrid(at); end > 0) {
        at = end;
        continue;
      }
      const Run run = BestRunAt(at);
      if (run.end == 0) {
        ++at;
        continue;
      }
      AddRows(at, run);
      at = run.end;
    }
    return std::move(rows_);
  }

 private:
  bool Open(std::size_t at) const { return !lines_[at].empty(); }

  // Of the runs under the columns of the first lines, the longest that is a table.
  Run BestRunAt(std::size_t at) const {
    Run best;
    if (lines_[at].size() < 2) return best;
    for (std::size_t head = at; head < lines_.size() && head < at + kHeaderLines; ++head) {
      if (lines_[head].size() < 2 || lines_[head].size() > kSegments) continue;
      Run run = RunAt(at, ColumnsOf(lines_[head]));
      const bool longer =
          run.end > best.end || (run.end == best.end && run.columns.size() > best.columns.size());
      if (IsTable(at, run) && longer) best = std::move(run);
    }
    return best;
  }

  static ColumnStarts ColumnsOf(const std::vector<Segment>& segments) {
    ColumnStarts columns;
    for (const Segment& segment : segments) columns.push_back(segment.place);
    return columns;
  }

  // « CONSTAT      OBJECTIFS »: labels side by side over what each says.
  static bool AreLabels(const std::vector<Segment>& line) {
    return line.size() >= 2 && std::all_of(line.begin(), line.end(), [](const Segment& each) {
             return IsRubric(WholeLabel(each.text)) && StartsUpper(each.text);
           });
  }

  Run RunAt(std::size_t at, ColumnStarts columns) const {
    Run run{.columns = std::move(columns)};
    const bool labels = AreLabels(lines_[at]) && lines_[at].size() == run.columns.size();
    std::size_t blanks = 0;
    for (std::size_t i = at; i < lines_.size() && i < at + kRunLines; ++i) {
      if (uses_[i] == LineUse::kBlank && ++blanks <= 1 && i > at) continue;
      if (!Open(i)) break;
      const std::vector<Segment>& line = lines_[i];
      const bool goes_on = i > at && blanks == 0 && GoesOnBelow(line, run.columns);
      if (!goes_on && !StartsColumn(run.columns, line[0])) break;
      const std::size_t first = ColumnOf(run.columns, line[0]);
      const auto second = std::find_if(line.begin() + 1, line.end(), [&](const Segment& segment) {
        return StartsColumn(run.columns, segment) && ColumnOf(run.columns, segment) > first;
      });
      const bool full = second != line.end();
      const bool left = labels && line.size() == 1 && first == 0 && blanks == 0 && i > at;
      const bool more = goes_on || left || (line.size() == 1 && first > 0 && blanks == 0 && i > at);
      const bool heads = i > at && HeadsRows(i, run.columns);
      if (!full && !more && !heads) break;
      if (heads) {
        blanks = 0;
        continue;
      }
      ++(full ? run.full : run.more);
      blanks = 0;
      run.end = i + 1;
    }
    return run;
  }

  // One piece that starts small goes on with the cell above: of the first column, or of the last
  // one, where the lines of an item may stand deeper than its bullet.
  static bool GoesOnBelow(const std::vector<Segment>& line, const ColumnStarts& columns) {
    constexpr std::size_t kDeeper = 6;
    if (line.size() != 1 || !StartsLower(line[0].text)) return false;
    const bool deeper =
        line[0].place >= columns.back() && line[0].place <= columns.back() + kDeeper;
    return Near(columns[0], line[0].place) || deeper;
  }

  // « EAJE » alone in the first of several columns, with full rows right below it.
  bool HeadsRows(std::size_t at, const ColumnStarts& columns) const {
    constexpr std::size_t kLongest = 60;
    if (columns.size() < 3 || lines_[at].size() != 1 || at + 1 >= lines_.size()) return false;
    const Segment& only = lines_[at][0];
    if (ColumnOf(columns, only) != 0 || only.text.size() > kLongest || EndsSentence(only.text))
      return false;
    const std::vector<Segment>& below = lines_[at + 1];
    return below.size() + 1 >= columns.size() && below.size() <= columns.size() &&
           std::all_of(below.begin(), below.end(),
                       [&](const Segment& each) { return StartsColumn(columns, each); });
  }

  bool IsTable(std::size_t at, const Run& run) const {
    if (run.columns.size() > 2) return run.full >= 2;
    const bool wide = lines_[at].size() == 2 && lines_[at][1].place >= lines_[at][0].end + kWideGap;
    const bool lines = run.full >= 3 || (run.full >= 2 && run.more >= 1) || LeftLabels(at, run);
    return wide && lines && LeftSays(at, run);
  }

  // A sheet of one or two rubrics: « Indicateurs     Nombre de places ».
  bool LeftLabels(std::size_t at, const Run& run) const {
    for (std::size_t i = at; i < run.end; ++i) {
      if (lines_[i].size() > 1 && !IsRubric(WholeLabel(lines_[i][0].text))) return false;
    }
    return true;
  }

  // « 1.   … », « a)   … » number a list; a left column has words.
  bool LeftSays(std::size_t at, const Run& run) const {
    constexpr std::size_t kLetters = 3;
    for (std::size_t i = at; i < run.end; ++i) {
      if (lines_[i].size() > 1 && LetterCount(lines_[i][0].text) < kLetters) return false;
    }
    return true;
  }

  // Whether the writer broke the line here: the next word had room.
  static bool BreaksBefore(const Segment& segment, std::size_t last_end, std::size_t widest) {
    if (BulletOf(segment.text).bytes > 0) return true;
    if (StartsLower(segment.text)) return false;
    const std::size_t word = std::min(segment.text.find(' '), segment.text.size());
    return last_end + 1 + word <= widest;
  }

  // A row while its cells may still go on below.
  struct OpenRow {
    std::size_t first = 0;  // Its lines [first, end).
    std::size_t end = 0;
    std::vector<std::string> cells;
    std::vector<std::size_t> ends;   // Where the last line of each cell ends.
    std::vector<std::size_t> lasts;  // The last line of each cell.
  };

  void AddSegment(std::size_t at, const Segment& segment, std::size_t column, std::size_t widest,
                  OpenRow* row) {
    std::string& cell = row->cells[column];
    const bool breaks = at > row->first && BreaksBefore(segment, row->ends[column], widest);
    absl::StrAppend(&cell, cell.empty() ? "" : breaks ? "<br>" : " ", segment.text);
    row->ends[column] = segment.end;
    row->lasts[column] = at;
  }

  // The row above whose cell in the first column this piece goes on with: « 1 - Accueillir les
  // enfants » beside the first action, « au plus près des familles » beside the second.
  static OpenRow* GoesOnWith(std::size_t at, const Segment& segment, std::vector<OpenRow>* rows) {
    if (rows->empty() || rows->back().end != at || !StartsLower(segment.text)) return nullptr;
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
      if (row->cells[0].empty()) continue;
      return row->lasts[0] + 1 == at ? &*row : nullptr;
    }
    return nullptr;
  }

  void AddRows(std::size_t at, const Run& run) {
    std::size_t widest = 0;
    for (std::size_t i = at; i < run.end; ++i) {
      if (Open(i)) widest = std::max(widest, lines_[i].back().end);
    }
    std::vector<OpenRow> rows;
    for (std::size_t i = at; i < run.end; ++i) {
      if (!Open(i)) continue;
      const std::vector<Segment>& line = lines_[i];
      const std::size_t column = ColumnOf(run.columns, line[0]);
      OpenRow* above = column == 0 ? GoesOnWith(i, line[0], &rows) : nullptr;
      if (above != nullptr) AddSegment(i, line[0], 0, widest, above);
      const bool goes_on =
          line.size() == 1 && !rows.empty() && rows.back().end == i && (column > 0 || above);
      if (!goes_on) {
        const std::size_t columns = run.columns.size();
        rows.push_back({.first = i,
                        .cells = std::vector<std::string>(columns),
                        .ends = std::vector<std::size_t>(columns),
                        .lasts = std::vector<std::size_t>(columns)});
      }
      rows.back().end = i + 1;
      for (const Segment& segment : line) {
        if (&segment == &line[0] && above != nullptr) continue;
        AddSegment(i, segment, ColumnOf(run.columns, segment), widest, &rows.back());
      }
    }
    for (std::size_t r = 0; r < rows.size();) {
      std::size_t end = r + 1;
      if (AreLabels(lines_[rows[r].first]) && IsFull(rows[r])) {
        while (end < rows.size() && !(AreLabels(lines_[rows[end].first]) && IsFull(rows[end])))
          ++end;
      }
      // In a form each row has its label: then the second cell only looks like one.
      const bool form =
          std::any_of(rows.begin() + static_cast<std::ptrdiff_t>(r + 1),
                      rows.begin() + static_cast<std::ptrdiff_t>(end),
                      [](const OpenRow& row) { return IsRubric(WholeLabel(row.cells[0])); });
      const std::vector<std::size_t> open = OpenLines(rows[r].first, rows[end - 1].end);
      const bool parallel = !form && end - r > 1 && open.size() >= run.columns.size();
      if (parallel) {
        AddLabelRows(rows, r, end, open);
        r = end;
      } else {
        AddRow(rows[r++]);
      }
    }
  }

  static bool IsFull(const OpenRow& row) {
    return std::none_of(row.cells.begin(), row.cells.end(),
                        [](const std::string& cell) { return cell.empty(); });
  }

  std::vector<std::size_t> OpenLines(std::size_t begin, std::size_t end) const {
    std::vector<std::size_t> open;
    for (std::size_t i = begin; i < end; ++i) {
      if (Open(i)) open.push_back(i);
    }
    return open;
  }

  // Labels side by side become a form: a row for each, with what stands below it. Rows are known by
  // their first line: each takes the next of the `open` ones, and the last all that are left.
  void AddLabelRows(const std::vector<OpenRow>& rows, std::size_t begin, std::size_t end,
                    const std::vector<std::size_t>& open) {
    const std::size_t first = rows[begin].first;
    const std::size_t columns = rows[begin].cells.size();
    const Lines all{index_, static_cast<uint32_t>(first + 1),
                    static_cast<uint32_t>(rows[end - 1].end)};
    for (std::size_t column = 0; column < columns; ++column) {
      std::string below;
      for (std::size_t r = begin + 1; r < end; ++r) {
        const std::string& cell = rows[r].cells[column];
        if (cell.empty()) continue;
        const bool breaks = BulletOf(cell).bytes > 0;
        absl::StrAppend(&below, below.empty() ? "" : breaks ? "<br>" : " ", cell);
      }
      Row row;
      const auto line = static_cast<uint32_t>(open[column] + 1);
      row.lines = {index_, line,
                   column + 1 < columns ? static_cast<uint32_t>(open[column + 1]) : all.last};
      row.cells.push_back(MakeCell(rows[begin].cells[column], {index_, all.first, all.first}));
      row.cells.push_back(MakeCell(below, all));
      rows_.emplace(open[column], std::move(row));
    }
  }

  // The index after a grid of years at this line, whose rows are added; 0 for none.
  std::size_t AddGrid(std::size_t at) {
    YearGrid grid = YearGridAt(lines_, uses_, at);
    for (YearGrid::Row& row : grid.rows) {
      OpenRow open;
      open.first = row.first;
      open.end = row.end;
      open.lasts.assign(row.cells.size(), row.end - 1);
      open.cells = std::move(row.cells);
      AddRow(open);
    }
    return grid.end;
  }

  void AddRow(const OpenRow& open) {
    Row row;
    row.lines = {index_, static_cast<uint32_t>(open.first + 1), static_cast<uint32_t>(open.end)};
    for (std::size_t i = 0; i < open.cells.size(); ++i) {
      Lines lines = row.lines;  // A cell may go on beside the rows below.
      lines.last = std::max(lines.last, static_cast<uint32_t>(open.lasts[i] + 1));
      row.cells.push_back(MakeCell(open.cells[i], lines));
    }
    rows_.emplace(open.first, std::move(row));
  }

  const uint32_t index_;
  const std::vector<LineUse>& uses_;
  std::vector<std::vector<Segment>> lines_;
  SpacedRows rows_;
};

}  // namespace

SpacedRows FindSpacedRows(const Document& document, uint32_t index,
                          const std::vector<LineUse>& uses) {
  return ColumnFinder(document, index, uses).Find();
}

}  // namespace greffe::reader
