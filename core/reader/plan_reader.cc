#include "core/reader/plan_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_walk.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kAheadBlocks = 40;   // How far a sheet may go on after a table.
constexpr std::size_t kSheetBlocks = 200;  // More are no sheet.
constexpr std::size_t kTitleLetters = 6;   // « CAF » in capitals is a word of a list.

// « Thématique : Petite enfance », or « AXE PETITE ENFANCE » where it is a heading; "" for no axis.
std::string UnnumberedAxisTitle(const Block& block) {
  constexpr std::size_t kLabelBytes = 40;
  const absl::string_view text = block.text;
  const std::size_t colon = text.find(':');
  if (colon != text.npos) {
    const bool axis = colon <= kLabelBytes && WholeLabel(text.substr(0, colon)) == LabelRole::kAxis;
    return axis ? std::string(TrimBlanks(text.substr(colon + 1))) : std::string();
  }
  const std::size_t space = text.find(' ');
  const bool heading = block.kind == BlockKind::kHeading && (block.level > 0 || IsAllCaps(text));
  if (!heading || space == text.npos || WholeLabel(text.substr(0, space)) != LabelRole::kAxis)
    return {};
  return std::string(TrimBlanks(text.substr(space)));
}

}  // namespace

PlanWalk::PlanWalk(const Blocks& blocks, const std::vector<Region>& regions,
                   const Vocabulary& vocabulary)
    : blocks_(blocks.blocks),
      regions_(regions),
      vocabulary_(vocabulary),
      style_(LearnStyle(blocks, regions)),
      labels_(blocks_.size()) {}

PlanFindings PlanWalk::Walk() {
  for (at_ = 0; at_ < blocks_.size(); ++at_) {
    const Block& block = blocks_[at_];
    const bool new_document = at_ > 0 && block.lines.document != blocks_[at_ - 1].lines.document;
    if (new_document) {
      EndSheet();
      contents_.EnterDocument();
    }
    if (block.kind == BlockKind::kContents && !contents_.EndsAt(block)) {
      contents_.Add(block);
      continue;
    }
    if (regions_[at_] != Region::kPlan) {
      EndSheet();
      listing_ = false;
      if (regions_[at_] == Region::kOther || regions_[at_] == Region::kGovernance)
        ReadTableElsewhere(block);
      continue;
    }
    switch (block.kind) {
      case BlockKind::kTable:
        ReadTable(block);
        break;
      case BlockKind::kListItem:
        ReadItem(block);
        break;
      default:
        ReadText(block);
    }
  }
  EndSheet();
  std::move(contents_).AddTo(&outline_, &findings_.found);
  findings_.axes = std::move(outline_).Take();
  return std::move(findings_);
}

void PlanWalk::StartSheet(std::string ref, Text title) {
  EndSheet();
  in_sheet_ = true;
  const Block& opens = blocks_[at_];
  sheet_level_ = opens.kind == BlockKind::kHeading ? opens.level : 0;
  sheet_ = Found{};
  sheet_.action.ref = std::move(ref);
  sheet_.action.title = std::move(title);
  sheet_.action.axis_ref = outline_.axis();
  sheet_.action.objective_ref = outline_.objective();
  const std::vector<std::string> parts = RefParts(sheet_.action.ref);
  if (parts.size() > 1 && outline_.HasAxis(parts[0])) sheet_.action.axis_ref = parts[0];
}

void PlanWalk::EndSheet() {
  if (!in_sheet_) return;
  in_sheet_ = false;
  form_ended_ = false;
  title_row_ = false;
  const bool mention = builder_.empty();
  if (mention && sheet_.action.title.text.empty()) return;
  sheet_.origin = mention ? Origin::kList : Origin::kSheet;
  if (!mention) ++family_;
  sheet_.family = family_;
  builder_.Finish(vocabulary_, &sheet_.action);
  findings_.found.push_back(std::move(sheet_));
}

bool PlanWalk::SheetGoesOn() const {
  for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + kAheadBlocks); ++i) {
    const Block& block = blocks_[i];
    if (regions_[i] != Region::kPlan) return false;
    if (block.kind == BlockKind::kTable) return IsForm(block.rows, true, style_.learned);
    const bool opens =
        block.kind == BlockKind::kHeading && block.heading.kind > HeadingKind::kNumbered;
    if (opens) return false;
    if (block.kind == BlockKind::kListItem) continue;
    const LabelRole first = LabelsOf(i).first;
    if (first != LabelRole::kNone) return !OpensUntitled(first);
  }
  return false;
}

bool PlanWalk::FollowsForm() const {
  for (std::size_t i = at_, steps = 0; i > 0 && steps < kAheadBlocks; --i, ++steps) {
    const Block& above = blocks_[i - 1];
    if (above.lines.last + 1 != blocks_[i].lines.first) return false;
    if (above.kind == BlockKind::kTable) return true;
    if (above.kind != BlockKind::kListItem) return false;
  }
  return false;
}

bool PlanWalk::Known(absl::string_view label) const {
  const auto at = style_.labels.find(Fold(label));
  return at != style_.labels.end() && at->second >= 2;
}

const PlanWalk::BlockLabels& PlanWalk::LabelsOf(std::size_t at) const {
  BlockLabels& labels = labels_[at];
  if (labels.read) return labels;
  labels.read = true;
  for (const LabelPiece& piece : SplitLabels(blocks_[at], style_.learned)) {
    if (piece.role == LabelRole::kNone || !Known(piece.label)) continue;
    if (labels.first == LabelRole::kNone) labels.first = piece.role;
    labels.rubric = labels.rubric || IsRubric(piece.role);
  }
  return labels;
}

bool PlanWalk::OpensUntitled(LabelRole role) const {
  if (!in_sheet_) return true;
  const bool again = builder_.FirstRole() == role && builder_.Has(role);
  return again && builder_.Rubrics() >= 3 && builder_.Role() != role;
}

bool PlanWalk::ClosesPlan(const Block& block) const {
  if (block.kind != BlockKind::kHeading || block.heading.kind != HeadingKind::kNone) return false;
  if (ClosesLastSheet(block)) return true;
  if (!IsAllCaps(block.text) || Known(block.text)) return false;
  // « CALENDRIER DES ACTIONS » over a table of actions is no rubric of the sheet above.
  const bool over_table = at_ + 1 < blocks_.size() && blocks_[at_ + 1].kind == BlockKind::kTable &&
                          FindColumns(blocks_[at_ + 1].rows).HasActions();
  return block.after_page || over_table;
}

bool PlanWalk::ReadUnnumberedAxis(const Block& block) {
  constexpr uint32_t kOrderConfidence = 60;
  const bool of_sheet = in_sheet_ && builder_.empty();  // « Axe : … » below its number.
  if (style_.axis_word || of_sheet || block.parts.size() > 2 || !ActionsFollow()) return false;
  Text title = MakeText(UnnumberedAxisTitle(block), block.lines);
  if (!HasWords(title.text)) return false;
  EndSheet();
  std::string ref = absl::StrCat(outline_.axes().size() + 1);
  for (const Axis& axis : outline_.axes()) {
    if (Fold(axis.title.text) == Fold(title.text)) ref = axis.ref;
  }
  title.source.recovered = "order";
  title.source.confidence = kOrderConfidence;
  outline_.EnterAxis(ref, std::move(title));
  listing_ = true;
  return true;
}

bool PlanWalk::ActionsFollow() const {
  constexpr std::size_t kNear = 2;  // An objective may stand between.
  for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + 1 + kNear); ++i) {
    if (blocks_[i].heading.kind == HeadingKind::kAction) return true;
    if (blocks_[i].heading.kind != HeadingKind::kObjective) return false;
  }
  return false;
}

bool PlanWalk::ClosesLastSheet(const Block& block) const {
  if (!in_sheet_ || builder_.empty()) return false;
  const bool of_level = block.level > 0 && block.level <= sheet_level_;
  if (!of_level && (!IsAllCaps(block.text) || LetterCount(block.text) < kTitleLetters))
    return false;
  return style_.learned.Label(block.text) == LabelRole::kNone && !LabelsFollow();
}

bool PlanWalk::LabelsFollow() const {
  for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + kSheetBlocks); ++i) {
    const Block& below = blocks_[i];
    if (regions_[i] != Region::kPlan || below.heading.kind == HeadingKind::kAction) return false;
    if (below.kind == BlockKind::kTable) {
      if (IsForm(below.rows, true, style_.learned)) return true;
      continue;
    }
    if (LabelsOf(i).rubric) return true;
  }
  return false;
}

PlanFindings WalkPlan(const Blocks& blocks, const std::vector<Region>& regions,
                      const Vocabulary& vocabulary) {
  return PlanWalk(blocks, regions, vocabulary).Walk();
}

}  // namespace greffe::reader
