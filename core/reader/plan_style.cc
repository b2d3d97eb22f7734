#include "core/reader/plan_style.h"

#include "core/reader/fold.h"
#include "core/reader/labels.h"
#include "core/reader/plan_label.h"

namespace greffe::reader {

PlanStyle LearnStyle(const Blocks& blocks, const std::vector<Region>& regions) {
  PlanStyle style;
  style.learned = LearnedLabels(blocks.blocks, regions);
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    if (regions[i] != Region::kPlan) continue;
    const Block& block = blocks.blocks[i];
    for (const Row& row : block.rows) {
      if (row.cells.empty()) continue;
      style.scheme.Learn(RefParts(row.cells[0].text));
      const Heading first = ParseHeading(row.cells[0].text);
      style.action_rows |= first.kind == HeadingKind::kAction && !first.number.empty();
      if (IsRubric(style.learned.Label(row.cells[0].text))) ++style.labels[Fold(row.cells[0].text)];
    }
    if (block.kind == BlockKind::kHeading) {
      style.axis_word |= block.heading.kind == HeadingKind::kAxis;
      style.objective_word |= block.heading.kind == HeadingKind::kObjective;
      style.action_word |= block.heading.kind == HeadingKind::kAction;
    }
    if (block.heading.kind != HeadingKind::kNone && block.kind != BlockKind::kContents) {
      style.scheme.Learn(RefParts(block.heading.number));
    }
    if (block.kind == BlockKind::kParagraph || block.kind == BlockKind::kHeading) {
      for (const LabelPiece& piece : SplitLabels(block, style.learned)) {
        if (piece.role != LabelRole::kNone) ++style.labels[Fold(piece.label)];
      }
    }
  }
  return style;
}

}  // namespace greffe::reader
