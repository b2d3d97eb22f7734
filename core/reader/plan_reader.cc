#include "core/reader/plan_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_walk.h"

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

Text TextOf(const Block& block, std::string text) {
  Text made;
  made.text = std::move(text);
  made.source.lines.push_back(block.lines);
  return made;
}

Text TextOf(const Cell& cell, std::string text) {
  Text made;
  made.text = std::move(text);
  made.source.lines.push_back(cell.lines);
  return made;
}

PlanWalk::PlanWalk(const Blocks& blocks, const std::vector<Region>& regions,
                   const Vocabulary& vocabulary)
    : blocks_(blocks.blocks),
      regions_(regions),
      vocabulary_(vocabulary),
      style_(LearnStyle(blocks, regions)) {}

PlanFindings PlanWalk::Walk() {
  for (at_ = 0; at_ < blocks_.size(); ++at_) {
    const Block& block = blocks_[at_];
    const bool new_document = at_ > 0 && block.lines.document != blocks_[at_ - 1].lines.document;
    if (new_document) EndSheet();
    if (new_document) contents_over_ = false;
    if (block.kind == BlockKind::kContents && !EndsContents(block)) {
      NoteContents(block);
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
  AddContents();
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
    for (const LabelPiece& piece : SplitLabels(block, style_.learned)) {
      if (piece.role != LabelRole::kNone && Known(piece.label)) return !OpensUntitled(piece.role);
    }
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

bool PlanWalk::OpensUntitled(LabelRole role) const {
  if (!in_sheet_) return true;
  const bool again = builder_.FirstRole() == role && builder_.Has(role);
  return again && builder_.Rubrics() >= 3 && builder_.Role() != role;
}

void PlanWalk::ReadItem(const Block& block) {
  if (block.heading.kind != HeadingKind::kNone && ReadHeading(block)) return;
  if (!in_sheet_) {
    ReadSmallNumbered(block);
    return;
  }
  const LabelPiece label = ItemLabel(block, style_.learned);
  const bool of_form = block.level == 0 && style_.learned.IsItemLabel(label.label);
  const bool label_here = label.role != LabelRole::kNone &&
                          (of_form || (label.value.empty() && (block.bold || Known(label.label))));
  if (label_here) {
    if (OpenLabel(block, label) && !label.value.empty())
      AddText(block, label.value, label.lines, false);
    return;
  }
  if (form_ended_ && !FollowsForm() && !SheetGoesOn()) return;
  AddText(block, block.text, block.lines, true);
}

void PlanWalk::ReadText(const Block& block) {
  if (block.heading.kind != HeadingKind::kNone && ReadHeading(block)) return;
  if (ReadUnnumberedAxis(block)) return;
  if (ClosesPlan(block)) {
    EndSheet();
    listing_ = false;
    return;
  }
  if (!in_sheet_ && ReadSmallNumbered(block)) return;
  for (const LabelPiece& piece : SplitLabels(block, style_.learned)) {
    if (piece.role == LabelRole::kNone) {
      if (!in_sheet_) continue;
      if (TakeTitle(block, piece)) continue;
      if (form_ended_ && !SheetGoesOn()) continue;
      AddText(block, piece.value, piece.lines, false);
      continue;
    }
    if (!OpenLabel(block, piece) || piece.value.empty()) continue;
    AddText(block, piece.value, piece.lines, false);
  }
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
  Text title = TextOf(block, UnnumberedAxisTitle(block));
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
    for (const LabelPiece& piece : SplitLabels(below, style_.learned)) {
      if (IsRubric(piece.role) && Known(piece.label)) return true;
    }
  }
  return false;
}

bool PlanWalk::TakeTitle(const Block& block, const LabelPiece& piece) {
  if (!sheet_.action.title.text.empty() || sheet_.action.ref.empty() || !builder_.empty()) {
    return false;
  }
  // « Intitulé » in a column of its own: its value is the text beside it.
  if (WholeLabel(piece.value) == LabelRole::kTitle) {
    findings_.labels.push_back(piece.lines);
    return true;
  }
  if (piece.value.size() > 300 || EndsSentence(piece.value)) return false;
  sheet_.action.title = TextOf(block, OneSpaced(piece.value));
  return true;
}

bool PlanWalk::OpenLabel(const Block& block, const LabelPiece& piece) {
  const LabelRole role = InContext(piece.role, piece.label, builder_.Role());
  if (!IsRubric(role)) return ReadField(block, piece);
  const bool titled = in_sheet_ && !(sheet_.action.ref.empty() && sheet_.action.title.text.empty());
  if (!in_sheet_ || (!titled && OpensUntitled(role)) ||
      (titled && !style_.action_word && OpensUntitled(role))) {
    // « Enjeu : … » below an axis whose sheets have headings is about the axis.
    const bool of_axis = !in_sheet_ && listing_ && (style_.action_word || style_.action_rows);
    if (of_axis || !Known(piece.label)) return false;
    StartSheet("", Text{});
  }
  form_ended_ = false;
  Text label;
  label.text = piece.label;
  label.source.lines.push_back(piece.lines);
  const bool only = piece.value.empty();
  if (only && (role == LabelRole::kSchedule || role == LabelRole::kIndicators ||
               role == LabelRole::kExpectedResults ||
               IndicatorKindOf(role) != v1::INDICATOR_KIND_UNSPECIFIED)) {
    findings_.labels.push_back(piece.lines);
  }
  builder_.Open(role, std::move(label));
  return true;
}

bool PlanWalk::ReadField(const Block& block, const LabelPiece& piece) {
  if (piece.value.empty()) return false;
  if (piece.role == LabelRole::kTitle && in_sheet_ && sheet_.action.title.text.empty()) {
    sheet_.action.title = TextOf(block, piece.value);
    return false;
  }
  if (piece.role == LabelRole::kAxis && in_sheet_ && builder_.empty()) {
    Cell label;
    label.text = piece.label;
    Cell value;
    value.text = piece.value;
    value.lines = piece.lines;
    ReadAxisField(label, value, TextOf(value, piece.value));
    return false;
  }
  if (piece.role == LabelRole::kRef && in_sheet_ && sheet_.action.ref.empty()) {
    sheet_.action.ref = PrintedRef(piece.value);
    return false;
  }
  if (in_sheet_) {
    builder_.Open(LabelRole::kOther, TextOf(block, piece.label));
    return true;
  }
  return false;
}

void PlanWalk::AddText(const Block& block, std::string text, Lines lines, bool item) {
  if (!item) {
    std::vector<BlockLine> printed;
    for (const absl::string_view line : absl::StrSplit(text, '\n')) {
      const auto number = lines.first + static_cast<uint32_t>(printed.size());
      printed.push_back({std::min(number, lines.last), std::string(line)});
    }
    const std::size_t taken = EnterSubActions(block, printed);
    if (taken == printed.size()) return;
    for (std::size_t i = 0; i < taken; ++i) text.erase(0, text.find('\n') + 1);
    lines.first = printed[taken].number;
  }
  if (!HasWords(text) && text.find_first_of("/?") == std::string::npos) return;
  const LabelRole role = builder_.Role();
  const bool listed = role == LabelRole::kIndicators || role == LabelRole::kSchedule ||
                      role == LabelRole::kExpectedResults || role == LabelRole::kObjectives ||
                      IndicatorKindOf(role) != v1::INDICATOR_KIND_UNSPECIFIED;
  std::string joined;
  const std::vector<std::string> parts = absl::StrSplit(text, '\n');
  Lines here{lines.document, lines.first, lines.first};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const uint32_t line = parts.size() == 1 ? lines.last : lines.first + static_cast<uint32_t>(i);
    const bool starts = StartsUpper(parts[i]) || (!parts[i].empty() && IsDigit(parts[i][0]));
    if (listed && starts && !joined.empty()) {
      AddEntry(block, std::move(joined), here, item);
      joined.clear();
      here.first = line;
    }
    absl::StrAppend(&joined, joined.empty() ? "" : " ", parts[i]);
    here.last = std::min(line, lines.last);
  }
  if (!listed || parts.size() == 1) here = lines;
  AddEntry(block, std::move(joined), here, item);
}

void PlanWalk::AddEntry(const Block& block, std::string text, Lines lines, bool item) {
  Entry entry;
  entry.part.item = item;
  entry.part.level = item ? block.level : 0;
  entry.part.marker = block.marker;
  entry.part.text = std::move(text);
  entry.lines = lines;
  builder_.Add(std::move(entry), false);
}

bool PlanWalk::EndsContents(const Block& block) {
  if (!contents_over_ && block.heading.kind == HeadingKind::kAxis && block.after_page) {
    const std::string ref = CanonicalRef(block.heading.number);
    contents_over_ =
        std::any_of(contents_axes_.begin(), contents_axes_.end(), [&](const auto& axis) {
          return axis.first == ref && Fold(axis.second.text) == Fold(block.heading.title);
        });
  }
  return contents_over_ && block.heading.kind != HeadingKind::kNone;
}

void PlanWalk::NoteContents(const Block& block) {
  const Heading& heading = block.heading;
  std::string title = heading.title;
  const std::size_t dots = title.find("...");
  if (dots != std::string::npos && dots + 24 >= title.size()) title.erase(dots);
  while (!title.empty() && (IsDigit(title.back()) || title.back() == '.' || title.back() == ' ' ||
                            title.back() == '\t')) {
    title.pop_back();
  }
  if (title.empty()) return;
  if (heading.kind == HeadingKind::kAxis) {
    contents_axes_.emplace_back(CanonicalRef(heading.number), TextOf(block, title));
  } else if (heading.kind == HeadingKind::kAction) {
    Found& found = contents_.emplace_back();
    found.origin = Origin::kContents;
    found.action.ref = PrintedRef(heading.number);
    found.action.title = TextOf(block, title);
  }
}

void PlanWalk::AddContents() {
  for (auto& [ref, title] : contents_axes_) {
    if (outline_.HasAxis(ref)) outline_.EnterAxis(ref, std::move(title));
  }
  for (Found& found : contents_) findings_.found.push_back(std::move(found));
}

PlanFindings WalkPlan(const Blocks& blocks, const std::vector<Region>& regions,
                      const Vocabulary& vocabulary) {
  return PlanWalk(blocks, regions, vocabulary).Walk();
}

}  // namespace greffe::reader
