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
#include "core/reader/markup.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kGap = 2;            // Spaces that hold two columns apart.
constexpr std::size_t kWideGap = 3;        // The same where there are only two columns.
constexpr std::size_t kRunLines = 300;     // A longer table goes on as another one.
constexpr std::size_t kHeaderLines = 3;    // The header is the widest of the first lines.
constexpr std::size_t kSegments = 40;      // More are no columns.
constexpr std::size_t kLineBytes = 4'000;  // A longer line is prose.

// Words of a line without a wide gap between them. Places count characters, not bytes.
struct Segment {
  std::size_t place = 0;
  std::size_t end = 0;
  std::string text;
};

bool IsLetterStart(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::vector<Segment> SegmentsOf(absl::string_view line) {
  std::vector<Segment> segments;
  if (line.size() > kLineBytes || line.find_first_of("\t|") != line.npos || HasBlockTag(line))
    return segments;
  std::size_t place = 0;
  std::size_t spaces = kGap;
  for (std::size_t byte = 0; byte < line.size(); ++byte) {
    const char c = line[byte];
    if (c == ' ') {
      ++spaces;
      ++place;
      continue;
    }
    // A bullet belongs to what follows it.
    const bool bullet = !segments.empty() && !HasWords(segments.back().text) &&
                        BulletHere(line.substr(byte)).empty() &&
                        BulletOf(absl::StrCat(segments.back().text, " ")).bytes > 0;
    if (segments.empty() || (spaces >= kGap && !bullet)) {
      segments.push_back({.place = place, .end = place, .text = {}});
    } else if (spaces > 0) {
      segments.back().text += ' ';
    }
    segments.back().text += c;
    spaces = 0;
    place += IsLetterStart(c) ? 1 : 0;
    segments.back().end = place;
  }
  return segments;
}

using Columns = std::vector<std::size_t>;

bool Near(std::size_t a, std::size_t b) { return a <= b + 1 && b <= a + 1; }

// The column that a segment stands under: the last that starts at or before it.
std::size_t ColumnOf(const Columns& columns, const Segment& segment) {
  std::size_t column = 0;
  while (column + 1 < columns.size() && columns[column + 1] <= segment.place + 1) ++column;
  return column;
}

bool StartsColumn(const Columns& columns, const Segment& segment) {
  return Near(columns[ColumnOf(columns, segment)], segment.place);
}

// A run of lines that share their columns.
struct Run {
  Columns columns;
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

  static Columns ColumnsOf(const std::vector<Segment>& segments) {
    Columns columns;
    for (const Segment& segment : segments) columns.push_back(segment.place);
    return columns;
  }

  Run RunAt(std::size_t at, Columns columns) const {
    Run run{.columns = std::move(columns)};
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
      const bool more = goes_on || (line.size() == 1 && first > 0 && blanks == 0 && i > at);
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
  static bool GoesOnBelow(const std::vector<Segment>& line, const Columns& columns) {
    constexpr std::size_t kDeeper = 6;
    if (line.size() != 1 || !StartsLower(line[0].text)) return false;
    const bool deeper =
        line[0].place >= columns.back() && line[0].place <= columns.back() + kDeeper;
    return Near(columns[0], line[0].place) || deeper;
  }

  // « EAJE » alone in the first of several columns, with full rows right below it.
  bool HeadsRows(std::size_t at, const Columns& columns) const {
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
    for (const OpenRow& row : rows) AddRow(row);
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
