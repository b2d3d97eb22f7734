#include "core/reader/block_joins.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kColumnHeadBytes = 50;  // A longer cell heads no column.
constexpr std::size_t kTableWidth = 3;        // Two cells are a label and its text as well.
constexpr std::size_t kGapLines = 3;
constexpr std::size_t kJoinedTitleBytes = 240;

std::size_t WidthOf(const Block& table) {
  std::size_t width = 0;
  for (const Row& row : table.rows) width = std::max(width, row.cells.size());
  return width;
}

bool Near(const Block& above, const Block& below) {
  return above.lines.document == below.lines.document &&
         below.lines.first - above.lines.last <= kGapLines;
}

// A row of short names alone above a gap: the heading of the table below it.
bool IsHeadAlone(const Block& block) {
  if (block.kind != BlockKind::kTable || block.rows.size() != 1) return false;
  const std::vector<Cell>& cells = block.rows[0].cells;
  return cells.size() >= kTableWidth && std::all_of(cells.begin(), cells.end(), [](const Cell& c) {
           return HasWords(c.text) && c.text.size() <= kColumnHeadBytes && c.parts.size() == 1 &&
                  !EndsSentence(c.text);
         });
}

bool HeadsTable(const Block& head, const Block& table) {
  return table.kind == BlockKind::kTable && Near(head, table) &&
         WidthOf(table) == head.rows[0].cells.size() && !IsHeadAlone(table);
}

// « Article 5 – Les objectifs » over « partagés », each marked up as a heading of the same level.
bool TitleGoesOn(const Block& above, const Block& below) {
  return above.kind == BlockKind::kHeading && below.kind == BlockKind::kHeading &&
         above.level > 0 && above.level == below.level && Near(above, below) &&
         above.heading.kind > HeadingKind::kNumbered && !above.heading.title.empty() &&
         below.heading.kind == HeadingKind::kNone && StartsLower(below.text) &&
         (!EndsSentence(above.text) || absl::EndsWith(above.text, ":")) &&
         above.text.size() + below.text.size() <= kJoinedTitleBytes;
}

void JoinTitle(Block below, Block* above) {
  const bool colon = absl::EndsWith(above->text, ":");  // Titles are kept without one at their end.
  absl::StrAppend(&above->text, " ", below.text);
  absl::StrAppend(&above->heading.title, colon ? " : " : " ", below.text);
  above->lines.last = below.lines.last;
  for (BlockLine& line : below.parts) above->parts.push_back(std::move(line));
}

void JoinRows(Block below, Block* above) {
  above->lines.last = below.lines.last;
  for (Row& row : below.rows) above->rows.push_back(std::move(row));
}

std::size_t IndentOf(absl::string_view line) {
  const std::size_t at = line.find_first_not_of(' ');
  return at == absl::string_view::npos ? 0 : at;
}

bool About(std::size_t a, std::size_t b) { return (a > b ? a - b : b - a) <= 2; }

// Joins lines above a row of a label and its text to that row: a layout that centres the label
// beside its text prints the text's first lines, and the first words of a long label, above it.
class CentredLabels {
 public:
  CentredLabels(const Document& document, std::size_t first, std::vector<Block>* blocks)
      : document_(document), first_(first), blocks_(*blocks) {}

  void Join() {
    joined_.assign(blocks_.size(), false);
    for (std::size_t at = blocks_.size(); at-- > first_;) {
      if (IsSpacedRow(blocks_[at])) JoinAbove(at);
    }
    std::size_t kept = first_;
    for (std::size_t at = first_; at < blocks_.size(); ++at) {
      if (joined_[at]) continue;
      if (kept != at) blocks_[kept] = std::move(blocks_[at]);
      ++kept;
    }
    blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(kept), blocks_.end());
  }

 private:
  static constexpr std::size_t kLeastColumn = 12;  // Where the text beside labels may stand.
  static constexpr std::size_t kLabelBytes = 40;
  static constexpr std::size_t kMostAbove = 6;

  absl::string_view Raw(uint32_t number) const { return document_.lines[number - 1]; }

  // Where the text of the row starts on its line, 0 when two spaces do not set it off.
  std::size_t ValueColumn(const Block& table) const {
    const absl::string_view raw = Raw(table.rows[0].lines.first);
    const std::size_t gap = raw.find("  ", IndentOf(raw));
    return gap == raw.npos ? 0 : raw.find_first_not_of(' ', gap);
  }

  bool IsSpacedRow(const Block& block) const {
    if (block.kind != BlockKind::kTable || block.rows[0].cells.size() != 2) return false;
    const Row& row = block.rows[0];
    const absl::string_view raw = Raw(row.lines.first);
    return raw.find_first_of("\t|<") == raw.npos && HasWords(row.cells[0].text) &&
           row.cells[0].text.size() <= kLabelBytes && ValueColumn(block) >= kLeastColumn;
  }

  // The lines right above the row that stand in one of its columns, a gap above them.
  void JoinAbove(std::size_t at) {
    std::size_t begin = at;
    while (begin > first_ && at - begin < kMostAbove && Fits(blocks_[begin - 1], begin, at))
      --begin;
    const bool gap =
        begin == first_ || blocks_[begin - 1].lines.last + 1 < blocks_[begin].lines.first;
    if (begin == at || !gap) return;
    Row& row = blocks_[at].rows[0];
    for (std::size_t i = at; i-- > begin;) AddTo(blocks_[i], ValueColumn(blocks_[at]), &row);
    blocks_[at].lines.first = row.lines.first = blocks_[begin].lines.first;
    std::fill(joined_.begin() + static_cast<std::ptrdiff_t>(begin),
              joined_.begin() + static_cast<std::ptrdiff_t>(at), true);
  }

  bool Fits(const Block& above, std::size_t below, std::size_t table) const {
    const bool text = above.kind == BlockKind::kParagraph || above.kind == BlockKind::kListItem;
    if (!text || above.heading.kind > HeadingKind::kNumbered ||
        above.lines.last + 1 != blocks_[below].lines.first) {
      return false;
    }
    const std::size_t column = ValueColumn(blocks_[table]);
    const bool beside = std::all_of(
        above.parts.begin(), above.parts.end(),
        [&](const BlockLine& line) { return About(IndentOf(Raw(line.number)), column); });
    return beside || IsLabelHead(above, blocks_[table]);
  }

  // « Indicateurs » over « d'évaluation     • … ».
  bool IsLabelHead(const Block& above, const Block& table) const {
    return above.parts.size() == 1 && above.text.size() <= kLabelBytes &&
           StartsLower(table.rows[0].cells[0].text) &&
           About(IndentOf(Raw(above.lines.first)), IndentOf(Raw(table.rows[0].lines.first)));
  }

  void AddTo(const Block& above, std::size_t column, Row* row) const {
    const bool text = About(IndentOf(Raw(above.lines.first)), column);
    Cell& cell = row->cells[text ? 1 : 0];
    const Lines lines{above.lines.document, above.lines.first, cell.lines.last};
    std::string raw;
    for (const BlockLine& line : above.parts) {
      absl::StrAppend(&raw, raw.empty() ? "" : " ", absl::StripAsciiWhitespace(Raw(line.number)));
    }
    const bool item = above.kind == BlockKind::kListItem || (text && StartsItem(cell));
    cell = MakeCell(absl::StrCat(raw, item ? "<br>" : " ", cell.raw), lines);
  }

  static bool StartsItem(const Cell& cell) { return !cell.parts.empty() && cell.parts[0].item; }

  const Document& document_;
  const std::size_t first_;
  std::vector<Block>& blocks_;
  std::vector<bool> joined_;  // Blocks whose text a row took.
};

}  // namespace

void JoinCutBlocks(const Document& document, std::size_t first, std::vector<Block>* blocks) {
  CentredLabels(document, first, blocks).Join();
  std::size_t kept = first;  // blocks[first, kept) are done.
  for (std::size_t at = first; at < blocks->size(); ++at) {
    Block& block = (*blocks)[at];
    if (kept > first) {
      Block& above = (*blocks)[kept - 1];
      if (IsHeadAlone(above) && HeadsTable(above, block)) {
        JoinRows(std::move(block), &above);
        continue;
      }
      if (TitleGoesOn(above, block)) {
        JoinTitle(std::move(block), &above);
        continue;
      }
    }
    if (kept != at) (*blocks)[kept] = std::move(block);
    ++kept;
  }
  blocks->erase(blocks->begin() + static_cast<std::ptrdiff_t>(kept), blocks->end());
}

}  // namespace greffe::reader
