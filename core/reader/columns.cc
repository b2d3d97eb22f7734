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
  for (const char c : line) {
    if (c == ' ') {
      ++spaces;
      ++place;
      continue;
    }
    // A bullet belongs to what follows it.
    const bool bullet = !segments.empty() && !HasWords(segments.back().text) &&
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
      if (!StartsColumn(run.columns, line[0])) break;
      const std::size_t first = ColumnOf(run.columns, line[0]);
      const auto second = std::find_if(line.begin() + 1, line.end(), [&](const Segment& segment) {
        return StartsColumn(run.columns, segment) && ColumnOf(run.columns, segment) > first;
      });
      const bool full = second != line.end();
      const bool more = line.size() == 1 && first > 0 && blanks == 0 && i > at;
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

  void AddRows(std::size_t at, const Run& run) {
    std::size_t widest = 0;
    for (std::size_t i = at; i < run.end; ++i) {
      if (Open(i)) widest = std::max(widest, lines_[i].back().end);
    }
    for (std::size_t i = at; i < run.end;) {
      if (!Open(i)) {
        ++i;
        continue;
      }
      std::vector<std::string> cells(run.columns.size());
      std::vector<std::size_t> ends(run.columns.size());
      const std::size_t first = i;
      do {
        for (const Segment& segment : lines_[i]) {
          const std::size_t column = ColumnOf(run.columns, segment);
          std::string& cell = cells[column];
          const bool breaks = i > first && BreaksBefore(segment, ends[column], widest);
          absl::StrAppend(&cell, cell.empty() ? "" : breaks ? "<br>" : " ", segment.text);
          ends[column] = segment.end;
        }
        ++i;
      } while (i < run.end && lines_[i].size() == 1 && ColumnOf(run.columns, lines_[i][0]) > 0);
      Row row;
      row.lines = {index_, static_cast<uint32_t>(first + 1), static_cast<uint32_t>(i)};
      for (const std::string& cell : cells) row.cells.push_back(MakeCell(cell, row.lines));
      rows_.emplace(first, std::move(row));
    }
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
