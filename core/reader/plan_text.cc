#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/reader/letters.h"
#include "core/reader/plan_ref.h"
#include "core/reader/plan_walk.h"
#include "core/reader/wording.h"

namespace greffe::reader {

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
  sheet_.action.title = MakeText(OneSpaced(piece.value), block.lines);
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
    sheet_.action.title = MakeText(piece.value, block.lines);
    return false;
  }
  if (piece.role == LabelRole::kAxis && in_sheet_ && builder_.empty()) {
    Cell label;
    label.text = piece.label;
    Cell value;
    value.text = piece.value;
    value.lines = piece.lines;
    ReadAxisField(label, value, MakeText(piece.value, value.lines));
    return false;
  }
  if (piece.role == LabelRole::kRef && in_sheet_ && sheet_.action.ref.empty()) {
    sheet_.action.ref = PrintedRef(piece.value);
    return false;
  }
  if (in_sheet_) {
    builder_.Open(LabelRole::kOther, MakeText(piece.label, block.lines));
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
    const std::size_t taken = EnterSubActions(lines.document, printed);
    if (taken == printed.size()) return;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < taken; ++i) begin = text.find('\n', begin) + 1;
    text.erase(0, begin);
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

}  // namespace greffe::reader
