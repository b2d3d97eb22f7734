#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_ref.h"
#include "core/reader/plan_walk.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kBelowBlocks = 6;  // How far below an axis its first number may stand.

bool IsTheme(absl::string_view word) { return word == "theme" || word == "thematique"; }

}  // namespace

bool PlanWalk::ReadHeading(const Block& block) {
  const Heading& heading = block.heading;
  if (heading.kind == HeadingKind::kNone) return false;
  const std::string ref = CanonicalRef(heading.number);
  switch (heading.kind) {
    case HeadingKind::kAxis:
      return EnterAxis(block, ref);
    case HeadingKind::kObjective:
      return EnterObjective(block, ref);
    case HeadingKind::kAction:
      return EnterAction(block, ref.empty() ? heading.number : PrintedRef(heading.number));
    case HeadingKind::kSubAction:
      return EnterSubAction(block, ref.empty() ? heading.number : ref);
    case HeadingKind::kNumbered:
      return ReadNumbered(block, ref);
    case HeadingKind::kPart:
      // « Thème A : … » over sheets, where no other word names the axes.
      if (!style_.axis_word && (style_.action_word || style_.action_rows) &&
          IsTheme(heading.word)) {
        return EnterAxis(block, ref);
      }
      [[fallthrough]];
    default:
      EndSheet();
      listing_ = false;
      return false;
  }
}

bool PlanWalk::EnterAxis(const Block& block, const std::string& ref) {
  // « Axe 1 : le aller-vers » inside a sheet is not the axis 1 of the plan.
  const bool inside = in_sheet_ && builder_.IsOpen();
  if (inside && outline_.HasAxis(ref) &&
      Likeness(outline_.AxisTitle(ref), block.heading.title) < kSameAxisTitle) {
    return false;
  }
  const bool of_sheet = InSheetHead();
  if (!of_sheet) EndSheet();
  outline_.EnterAxis(ref, MakeText(block.heading.title, block.lines));
  if (of_sheet) {
    sheet_.action.axis_ref = outline_.axis();
    sheet_.action.objective_ref = outline_.objective();
  }
  listing_ = !of_sheet;
  return true;
}

bool PlanWalk::InSheetHead() const {
  if (!in_sheet_ || !builder_.empty() || sheet_.action.title.text.empty()) return false;
  for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + kBelowBlocks); ++i) {
    const Block& below = blocks_[i];
    if (regions_[i] != Region::kPlan) return false;
    if (below.kind == BlockKind::kTable) return IsForm(below.rows, true, style_.learned);
    if (below.heading.kind == HeadingKind::kAxis || below.heading.kind == HeadingKind::kObjective) {
      continue;
    }
    if (below.heading.kind == HeadingKind::kAction) return false;
    for (const LabelPiece& piece : SplitLabels(below, style_.learned)) {
      if (piece.role != LabelRole::kNone && IsRubric(piece.role)) return Known(piece.label);
    }
  }
  return false;
}

bool PlanWalk::EnterObjective(const Block& block, const std::string& ref) {
  const bool inside = in_sheet_ && builder_.IsOpen();
  const std::vector<std::string> parts = RefParts(ref);
  if (inside && parts.size() < 2) return false;
  const bool of_sheet = InSheetHead();
  if (!of_sheet) EndSheet();
  std::string axis;
  if (parts.size() > 1 && outline_.HasAxis(parts[0])) axis = parts[0];
  outline_.EnterObjective(axis, ref, MakeText(block.heading.title, block.lines));
  if (of_sheet) sheet_.action.objective_ref = outline_.objective();
  listing_ = !of_sheet;
  return true;
}

bool PlanWalk::EnterAction(const Block& block, const std::string& ref) {
  if (block.kind == BlockKind::kListItem) {
    if (in_sheet_ && builder_.IsOpen()) return false;
    EndSheet();
    AddMention(ref, MakeText(block.heading.title, block.lines));
    return true;
  }
  StartSheet(ref, MakeText(block.heading.title, block.lines));
  return true;
}

bool PlanWalk::EnterSubAction(const Block& block, const std::string& ref) {
  if (!in_sheet_) return false;
  AddSubAction(ref, MakeText(block.heading.title, block.lines));
  return true;
}

void PlanWalk::AddSubAction(std::string ref, Text title) {
  Action& sub = sheet_.action.sub_actions.emplace_back();
  sub.ref = std::move(ref);
  sub.title = std::move(title);
}

std::size_t PlanWalk::EnterSubActions(uint32_t document, const std::vector<BlockLine>& lines) {
  constexpr std::size_t kFullLine = 60;  // A shorter one was not cut at the margin.
  std::size_t at = 0;
  while (at < lines.size()) {
    Heading one = ParseHeading(lines[at].text);
    if (one.kind != HeadingKind::kNumbered || !IsBelowSheet(RefParts(CanonicalRef(one.number))))
      break;
    Lines printed{document, lines[at].number, lines[at].number};
    for (++at; at < lines.size(); ++at) {
      const std::string& more = lines[at].text;
      const bool goes_on = StartsLower(more) || lines[at - 1].text.size() >= kFullLine;
      if (ParseHeading(more).kind != HeadingKind::kNone || !goes_on) break;
      absl::StrAppend(&one.title, " ", more);
      printed.last = lines[at].number;
    }
    AddSubAction(std::move(one.number), MakeText(std::move(one.title), printed));
  }
  return at;
}

bool PlanWalk::IsBelowSheet(const std::vector<std::string>& parts) const {
  if (!in_sheet_ || !builder_.IsOpen() || builder_.Role() != LabelRole::kContent) return false;
  const std::vector<std::string> sheet = RefParts(sheet_.action.ref);
  if (sheet.empty() || parts.size() != sheet.size() + 1) return false;
  // « 1.1 » below the sheet « 1 » may count anything; « 1.a » counts what the sheet does.
  const bool letter = NumberingOf(parts.back()) == Numbering::kLetter;
  return (sheet.size() >= 2 || letter) && std::equal(sheet.begin(), sheet.end(), parts.begin());
}

bool PlanWalk::ReadNumbered(const Block& block, const std::string& ref) {
  const Heading& heading = block.heading;
  if (in_sheet_ && IsRubric(style_.learned.Label(heading.title))) return false;
  const std::vector<std::string> parts = RefParts(ref);
  if (IsBelowSheet(parts)) {
    const std::size_t taken = EnterSubActions(block.lines.document, block.parts);
    for (std::size_t i = taken; i < block.parts.size(); ++i) {
      const Lines here{block.lines.document, block.parts[i].number, block.parts[i].number};
      AddText(block, block.parts[i].text, here, false);
    }
    return taken > 0;
  }
  const int level = style_.scheme.LevelOf(parts);
  const int depth = static_cast<int>(style_.scheme.Depth());
  const bool digit = parts.size() == 1 && NumberingOf(parts[0]) == Numbering::kDigit;
  const bool item = block.kind == BlockKind::kListItem;
  const bool holds = !digit || NumbersBelow(ref);
  if (depth >= 2 && level == 0 && holds && !item && !style_.axis_word) {
    return EnterAxis(block, ref);
  }
  if (depth >= 3 && level == 1 && !item && !style_.objective_word) {
    return EnterNumberedObjective(block, parts);
  }
  if (depth >= 2 && level == depth - 1 && parts.size() > 1 && !item && !style_.action_word &&
      !style_.action_rows) {
    StartSheet(PrintedRef(heading.number), MakeText(heading.title, block.lines));
    return true;
  }
  // « 1- … » below an axis or objective that was just opened lists its actions.
  return digit && AddListed(ref, MakeText(heading.title, block.lines));
}

bool PlanWalk::AddListed(const std::string& number, Text title) {
  if (!listing_ || in_sheet_ || outline_.axis().empty()) return false;
  const std::size_t depth = style_.scheme.Depth();
  const std::string parent = depth >= 3 ? outline_.objective() : outline_.axis();
  const bool whole = depth >= 2 && !style_.action_word && !parent.empty();
  AddMention(whole ? absl::StrCat(parent, ".", number) : number, std::move(title));
  return true;
}

bool PlanWalk::ReadSmallNumbered(const Block& block) {
  const std::vector<Word> words = Words(block.text);
  if (words.size() < 2 || !words[0].number || words[0].folded.size() > 2 || words[1].number)
    return false;
  const absl::string_view text = block.text;
  const absl::string_view mark =
      TrimBlanks(text.substr(words[0].end, words[1].begin - words[0].end));
  if (mark != "-" && mark != "." && mark != ")" && mark != "\xE2\x80\x93") return false;
  return AddListed(words[0].folded,
                   MakeText(std::string(TrimBlanks(text.substr(words[1].begin))), block.lines));
}

bool PlanWalk::NumbersBelow(const std::string& ref) const {
  for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + kBelowBlocks); ++i) {
    const std::vector<std::string> parts = RefParts(blocks_[i].heading.number);
    if (parts.size() >= 2) return parts[0] == ref;
  }
  return false;
}

bool PlanWalk::EnterNumberedObjective(const Block& block, const std::vector<std::string>& parts) {
  std::string ref = parts.back();
  std::string axis = outline_.axis();
  if (parts.size() > 1) {
    ref = absl::StrCat(parts[0], ".", parts[1]);
    if (outline_.HasAxis(parts[0])) axis = parts[0];
  } else if (!axis.empty()) {
    ref = absl::StrCat(axis, ".", parts[0]);
  }
  if (in_sheet_ && builder_.IsOpen() && parts.size() == 1) return false;
  EndSheet();
  outline_.EnterObjective(axis, ref, MakeText(block.heading.title, block.lines));
  listing_ = true;
  return true;
}

void PlanWalk::AddMention(std::string ref, Text title) {
  Found& found = findings_.found.emplace_back();
  found.origin = Origin::kList;
  found.family = family_;
  found.action.ref = std::move(ref);
  found.action.title = std::move(title);
  found.action.axis_ref = outline_.axis();
  found.action.objective_ref = outline_.objective();
}

}  // namespace greffe::reader
