#include "core/reader/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

absl::string_view Trim(absl::string_view text) { return absl::StripAsciiWhitespace(text); }

Row MakeRow(const std::vector<absl::string_view>& cells, Lines lines) {
  Row row;
  row.lines = lines;
  for (absl::string_view cell : cells) row.cells.push_back(MakeCell(cell, lines));
  return row;
}

// Case-insensitive « <name » at `text[at]`.
bool TagStarts(absl::string_view text, std::size_t at, absl::string_view name) {
  return absl::StartsWithIgnoreCase(text.substr(at), name);
}

// Collects the cells of an HTML table line by line.
class HtmlTable {
 public:
  explicit HtmlTable(uint32_t document) : document_(document) {}

  void Add(const NumberedLine& line) {
    absl::string_view text = line.text;
    while (true) {
      const std::size_t tag = NextTag(text);
      Collect(text.substr(0, tag), line.number);
      if (tag == absl::string_view::npos) break;
      const std::size_t end = std::min(text.find('>', tag), text.size() - 1);
      const absl::string_view name = text.substr(tag, end - tag + 1);
      if (TagStarts(name, 0, "<tr") || TagStarts(name, 0, "</tr") ||
          TagStarts(name, 0, "</table")) {
        EndRow();
      } else {
        EndCell();
        in_cell_ = TagStarts(name, 0, "<t");
      }
      text.remove_prefix(end + 1);
    }
    raw_ += ' ';
  }

  std::vector<Row> Take() {
    EndRow();
    return std::move(rows_);
  }

 private:
  // The next tag that ends a cell or a row.
  static std::size_t NextTag(absl::string_view text) {
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
      for (absl::string_view name :
           {"<tr", "</tr", "<td", "</td", "<th>", "<th ", "</th>", "</table"}) {
        if (TagStarts(text, at, name)) return at;
      }
    }
    return absl::string_view::npos;
  }

  void Collect(absl::string_view text, uint32_t line) {
    if (Trim(text).empty()) return;
    if (Trim(raw_).empty()) first_ = line;
    last_ = line;
    raw_.append(text.data(), text.size());
  }

  void EndCell() {
    const bool words = !Trim(PlainText(raw_)).empty();
    if (in_cell_ || words) {
      const Lines lines{document_, words ? first_ : last_, last_};
      row_.cells.push_back(MakeCell(Trim(raw_), lines));
    }
    raw_.clear();
    in_cell_ = false;
  }

  void EndRow() {
    EndCell();
    const bool words = std::any_of(row_.cells.begin(), row_.cells.end(),
                                   [](const Cell& cell) { return !cell.text.empty(); });
    if (words) {
      row_.lines = {document_, 0, 0};
      for (const Cell& cell : row_.cells) {
        if (cell.text.empty()) continue;
        if (row_.lines.first == 0) row_.lines.first = cell.lines.first;
        row_.lines.last = std::max(row_.lines.last, cell.lines.last);
      }
      rows_.push_back(std::move(row_));
    }
    row_ = {};
  }

  uint32_t document_;
  std::string raw_;
  bool in_cell_ = false;
  uint32_t first_ = 0;
  uint32_t last_ = 0;
  Row row_;
  std::vector<Row> rows_;
};

}  // namespace

Cell MakeCell(absl::string_view raw, Lines lines) {
  Cell cell;
  cell.raw = std::string(raw);
  cell.parts = ParseMarkup(raw);
  cell.text = JoinParts(cell.parts);
  cell.lines = lines;
  return cell;
}

bool IsTabRow(absl::string_view line) {
  const std::size_t words = line.find_first_not_of(" \t");
  if (words == absl::string_view::npos) return false;
  const absl::string_view body = absl::StripTrailingAsciiWhitespace(line.substr(words));
  const Bullet bullet = BulletOf(body);
  if (body.find('\t', bullet.bytes) != absl::string_view::npos) return true;
  const bool tab_after = absl::StrContains(line.substr(words + body.size()), '\t');
  const bool tab_before = absl::StrContains(line.substr(0, words), '\t');
  return bullet.bytes == 0 && (tab_before || tab_after);
}

bool IsPipeRow(absl::string_view line) {
  const absl::string_view body = Trim(line);
  const auto pipes = std::count(body.begin(), body.end(), '|');
  return pipes >= 2 || (pipes == 1 && !body.empty() && body.front() == '|');
}

Row TabRow(absl::string_view line, Lines lines) {
  std::vector<absl::string_view> cells = absl::StrSplit(line, '\t');
  return MakeRow(cells, lines);
}

Row PipeRow(absl::string_view line, Lines lines) {
  absl::string_view body = Trim(line);
  if (!body.empty() && body.front() == '|') body.remove_prefix(1);
  if (!body.empty() && body.back() == '|') body.remove_suffix(1);
  std::vector<absl::string_view> cells = absl::StrSplit(body, '|');
  for (absl::string_view& cell : cells) cell = Trim(cell);
  return MakeRow(cells, lines);
}

bool OpensHtmlTable(absl::string_view line) {
  const absl::string_view body = Trim(line);
  for (absl::string_view name : {"<table", "<tr", "<td", "<thead", "<tbody"}) {
    if (absl::StartsWithIgnoreCase(body, name)) return true;
  }
  return false;
}

std::vector<Row> HtmlRows(const std::vector<NumberedLine>& lines, uint32_t document) {
  HtmlTable table(document);
  for (const NumberedLine& line : lines) table.Add(line);
  return table.Take();
}

}  // namespace greffe::reader
