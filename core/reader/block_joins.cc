#include "core/reader/block_joins.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kHeadBytes = 50;  // A longer cell heads no column.
constexpr std::size_t kTableWidth = 3;  // Two cells are a label and its text as well.
constexpr std::size_t kGapLines = 3;
constexpr std::size_t kTitleBytes = 240;

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
           return HasWords(c.text) && c.text.size() <= kHeadBytes && c.parts.size() == 1 &&
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
         !EndsSentence(above.text) && above.text.size() + below.text.size() <= kTitleBytes;
}

void JoinTitle(Block below, Block* above) {
  absl::StrAppend(&above->text, " ", below.text);
  absl::StrAppend(&above->heading.title, " ", below.text);
  above->lines.last = below.lines.last;
  for (BlockLine& line : below.parts) above->parts.push_back(std::move(line));
}

void JoinRows(Block below, Block* above) {
  above->lines.last = below.lines.last;
  for (Row& row : below.rows) above->rows.push_back(std::move(row));
}

}  // namespace

void JoinCutBlocks(std::size_t first, std::vector<Block>* blocks) {
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
