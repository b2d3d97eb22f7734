#include "core/reader/plan_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/facility.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_label.h"

namespace greffe::reader {
namespace {

constexpr double kSameTitle = 0.4;        // A heading that names the axis known by its number.
constexpr std::size_t kAheadBlocks = 40;  // How far a sheet may go on after a table.

Text TextOf(const Block& block, std::string text) {
  Text made;
  made.text = std::move(text);
  made.source.lines.push_back(block.lines);
  return made;
}

// The headings that a document spells out, and how it numbers the rest.
struct PlanStyle {
  RefScheme scheme;
  bool axis_word = false;
  bool objective_word = false;
  bool action_word = false;
  std::map<std::string, int> labels;  // Folded standalone labels and how often they stand there.
};

PlanStyle LearnStyle(const Blocks& blocks, const std::vector<Region>& regions) {
  PlanStyle style;
  for (std::size_t i = 0; i < blocks.blocks.size(); ++i) {
    if (regions[i] != Region::kPlan) continue;
    const Block& block = blocks.blocks[i];
    for (const Row& row : block.rows) {
      if (row.cells.empty()) continue;
      style.scheme.Learn(RefParts(row.cells[0].text));
      if (IsRubric(WholeLabel(row.cells[0].text))) ++style.labels[Fold(row.cells[0].text)];
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
      for (const LabelPiece& piece : SplitLabels(block)) {
        if (piece.role != LabelRole::kNone) ++style.labels[Fold(piece.label)];
      }
    }
  }
  return style;
}

class PlanWalk {
 public:
  PlanWalk(const Blocks& blocks, const std::vector<Region>& regions, const Vocabulary& vocabulary)
      : blocks_(blocks.blocks),
        regions_(regions),
        vocabulary_(vocabulary),
        style_(LearnStyle(blocks, regions)) {}

  PlanFindings Walk() {
    for (at_ = 0; at_ < blocks_.size(); ++at_) {
      const Block& block = blocks_[at_];
      const bool new_document = at_ > 0 && block.lines.document != blocks_[at_ - 1].lines.document;
      if (new_document) EndSheet();
      if (block.kind == BlockKind::kContents) {
        NoteContents(block);
        continue;
      }
      if (regions_[at_] != Region::kPlan) {
        EndSheet();
        listing_ = false;
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

 private:
  // --- Sheets -------------------------------------------------------------------------------

  void StartSheet(std::string ref, Text title) {
    EndSheet();
    in_sheet_ = true;
    sheet_ = Found{};
    sheet_.action.ref = std::move(ref);
    sheet_.action.title = std::move(title);
    sheet_.action.axis_ref = outline_.axis();
    sheet_.action.objective_ref = outline_.objective();
    const std::vector<std::string> parts = RefParts(sheet_.action.ref);
    if (parts.size() > 1 && outline_.HasAxis(parts[0])) sheet_.action.axis_ref = parts[0];
  }

  // A heading without a sheet below is an entry of a list.
  void EndSheet() {
    if (!in_sheet_) return;
    in_sheet_ = false;
    form_ended_ = false;
    const bool mention = builder_.empty();
    if (mention && sheet_.action.title.text.empty()) return;
    sheet_.origin = mention ? Origin::kList : Origin::kSheet;
    if (!mention) ++family_;
    sheet_.family = family_;
    builder_.Finish(vocabulary_, &sheet_.action);
    findings_.found.push_back(std::move(sheet_));
  }

  // Whether text after a form still belongs to the sheet: more of the form follows.
  bool SheetGoesOn() const {
    for (std::size_t i = at_ + 1; i < std::min(blocks_.size(), at_ + kAheadBlocks); ++i) {
      const Block& block = blocks_[i];
      if (regions_[i] != Region::kPlan) return false;
      if (block.kind == BlockKind::kTable) return IsForm(block.rows, true);
      const bool opens =
          block.kind == BlockKind::kHeading && block.heading.kind > HeadingKind::kNumbered;
      if (opens) return false;
      if (block.kind == BlockKind::kListItem) continue;
      for (const LabelPiece& piece : SplitLabels(block)) {
        if (piece.role != LabelRole::kNone && Known(piece.label)) return !OpensUntitled(piece.role);
      }
    }
    return false;
  }

  bool Known(absl::string_view label) const {
    const auto at = style_.labels.find(Fold(label));
    return at != style_.labels.end() && at->second >= 2;
  }

  // Whether this label begins the next of sheets that have no headings.
  bool OpensUntitled(LabelRole role) const {
    if (!in_sheet_) return true;
    const bool again = builder_.FirstRole() == role && builder_.Has(role);
    return again && builder_.Rubrics() >= 3 && builder_.Role() != role;
  }

  // --- Headings ------------------------------------------------------------------------------

  // Axes, objectives and actions by word or by number; false when the block is something else.
  bool ReadHeading(const Block& block) {
    const Heading& heading = block.heading;
    if (heading.kind == HeadingKind::kNone) return false;
    const std::string ref = CanonicalRef(heading.number);
    switch (heading.kind) {
      case HeadingKind::kAxis:
        return EnterAxis(block, ref);
      case HeadingKind::kObjective:
        return EnterObjective(block, ref);
      case HeadingKind::kAction:
        return EnterAction(block, ref.empty() ? heading.number : ref);
      case HeadingKind::kSubAction:
        return EnterSubAction(block, ref.empty() ? heading.number : ref);
      case HeadingKind::kNumbered:
        return ReadNumbered(block, ref);
      default:
        EndSheet();
        listing_ = false;
        return false;
    }
  }

  bool EnterAxis(const Block& block, const std::string& ref) {
    // « Axe 1 : le aller-vers » inside a sheet is not the axis 1 of the plan.
    const bool inside = in_sheet_ && builder_.IsOpen();
    if (inside && outline_.HasAxis(ref) &&
        Likeness(outline_.AxisTitle(ref), block.heading.title) < kSameTitle) {
      return false;
    }
    EndSheet();
    outline_.EnterAxis(ref, TextOf(block, block.heading.title));
    listing_ = true;
    return true;
  }

  bool EnterObjective(const Block& block, const std::string& ref) {
    const bool inside = in_sheet_ && builder_.IsOpen();
    const std::vector<std::string> parts = RefParts(ref);
    if (inside && parts.size() < 2) return false;
    EndSheet();
    std::string axis;
    if (parts.size() > 1 && outline_.HasAxis(parts[0])) axis = parts[0];
    outline_.EnterObjective(axis, ref, TextOf(block, block.heading.title));
    listing_ = true;
    return true;
  }

  bool EnterAction(const Block& block, const std::string& ref) {
    if (block.kind == BlockKind::kListItem) {
      if (in_sheet_ && builder_.IsOpen()) return false;
      EndSheet();
      AddMention(ref, TextOf(block, block.heading.title));
      return true;
    }
    StartSheet(ref, TextOf(block, block.heading.title));
    return true;
  }

  bool EnterSubAction(const Block& block, const std::string& ref) {
    if (!in_sheet_) return false;
    Action& sub = sheet_.action.sub_actions.emplace_back();
    sub.ref = ref;
    sub.title = TextOf(block, block.heading.title);
    return true;
  }

  bool ReadNumbered(const Block& block, const std::string& ref) {
    const Heading& heading = block.heading;
    if (in_sheet_ && IsRubric(WholeLabel(heading.title))) return false;
    const std::vector<std::string> parts = RefParts(ref);
    const int level = style_.scheme.LevelOf(parts);
    const int depth = static_cast<int>(style_.scheme.Depth());
    const bool digit = parts.size() == 1 && NumberingOf(parts[0]) == Numbering::kDigit;
    const bool item = block.kind == BlockKind::kListItem;
    if (depth >= 2 && level == 0 && !digit && !item && !style_.axis_word) {
      return EnterAxis(block, ref);
    }
    if (depth >= 3 && level == 1 && !item && !style_.objective_word) {
      return EnterNumberedObjective(block, parts);
    }
    if (depth >= 2 && level == depth - 1 && parts.size() > 1 && !item && !style_.action_word) {
      StartSheet(ref, TextOf(block, heading.title));
      return true;
    }
    // « 1- … » below an axis or objective that was just opened lists its actions.
    return digit && AddListed(ref, TextOf(block, heading.title));
  }

  // An action of the list below an axis or objective; false where no such list is open.
  bool AddListed(const std::string& number, Text title) {
    if (!listing_ || in_sheet_ || outline_.axis().empty()) return false;
    const std::size_t depth = style_.scheme.Depth();
    const std::string parent = depth >= 3 ? outline_.objective() : outline_.axis();
    const bool whole = depth >= 2 && !style_.action_word && !parent.empty();
    AddMention(whole ? absl::StrCat(parent, ".", number) : number, std::move(title));
    return true;
  }

  // « 1- installation… » in a list of actions, printed small.
  bool ReadSmallNumbered(const Block& block) {
    const std::vector<Word> words = Words(block.text);
    if (words.size() < 2 || !words[0].number || words[0].folded.size() > 2) return false;
    const absl::string_view text = block.text;
    const absl::string_view mark =
        TrimBlanks(text.substr(words[0].end, words[1].begin - words[0].end));
    if (mark != "-" && mark != "." && mark != ")" && mark != "\xE2\x80\x93") return false;
    return AddListed(words[0].folded,
                     TextOf(block, std::string(TrimBlanks(text.substr(words[1].begin)))));
  }

  bool EnterNumberedObjective(const Block& block, const std::vector<std::string>& parts) {
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
    outline_.EnterObjective(axis, ref, TextOf(block, block.heading.title));
    listing_ = true;
    return true;
  }

  void AddMention(std::string ref, Text title) {
    Found& found = findings_.found.emplace_back();
    found.origin = Origin::kList;
    found.family = family_;
    found.action.ref = std::move(ref);
    found.action.title = std::move(title);
    found.action.axis_ref = outline_.axis();
    found.action.objective_ref = outline_.objective();
  }

  // --- Text ----------------------------------------------------------------------------------

  void ReadItem(const Block& block) {
    if (block.heading.kind != HeadingKind::kNone && ReadHeading(block)) return;
    if (!in_sheet_) {
      ReadSmallNumbered(block);
      return;
    }
    const LabelPiece label = ItemLabel(block);
    const bool label_here =
        label.role != LabelRole::kNone && label.value.empty() && (block.bold || Known(label.label));
    if (label_here) {
      OpenLabel(block, label);
      return;
    }
    if (form_ended_ && !SheetGoesOn()) return;
    AddText(block, block.text, block.lines, true);
  }

  void ReadText(const Block& block) {
    if (block.heading.kind != HeadingKind::kNone && ReadHeading(block)) return;
    if (ClosesPlan(block)) {
      EndSheet();
      listing_ = false;
      return;
    }
    if (!in_sheet_ && ReadSmallNumbered(block)) return;
    for (const LabelPiece& piece : SplitLabels(block)) {
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

  // « RÉCAPITULATIF DES INDICATEURS » in capitals on a new page opens another part of the document.
  bool ClosesPlan(const Block& block) const {
    if (block.kind != BlockKind::kHeading || block.heading.kind != HeadingKind::kNone) return false;
    return block.after_page && IsAllCaps(block.text) && !Known(block.text);
  }

  // « Fiche action n° 3 » has its title in the next line.
  bool TakeTitle(const Block& block, const LabelPiece& piece) {
    if (!sheet_.action.title.text.empty() || sheet_.action.ref.empty() || !builder_.empty()) {
      return false;
    }
    if (piece.value.size() > 300 || EndsSentence(piece.value)) return false;
    sheet_.action.title = TextOf(block, piece.value);
    return true;
  }

  // Opens a rubric of the sheet, or a sheet without a title. False when there is no sheet for it.
  bool OpenLabel(const Block& block, const LabelPiece& piece) {
    const LabelRole role = InContext(piece.role, piece.label, builder_.Role());
    if (!IsRubric(role)) return ReadField(block, piece);
    const bool titled =
        in_sheet_ && !(sheet_.action.ref.empty() && sheet_.action.title.text.empty());
    if (!in_sheet_ || (!titled && OpensUntitled(role)) ||
        (titled && !style_.action_word && OpensUntitled(role))) {
      if (!Known(piece.label)) return false;
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

  // « Intitulé : … », « Axe : … » of a sheet's head.
  bool ReadField(const Block& block, const LabelPiece& piece) {
    if (piece.value.empty()) return false;
    if (piece.role == LabelRole::kTitle && in_sheet_ && sheet_.action.title.text.empty()) {
      sheet_.action.title = TextOf(block, piece.value);
      return false;
    }
    if (piece.role == LabelRole::kRef && in_sheet_ && sheet_.action.ref.empty()) {
      sheet_.action.ref = CanonicalRef(piece.value);
      return false;
    }
    if (in_sheet_) {
      builder_.Open(LabelRole::kOther, TextOf(block, piece.label));
      return true;
    }
    return false;
  }

  void AddText(const Block& block, std::string text, Lines lines, bool item) {
    if (!HasWords(text) && text.find_first_of("/?") == std::string::npos) return;
    Entry entry;
    entry.part.item = item;
    entry.part.level = item ? block.level : 0;
    entry.part.marker = block.marker;
    entry.part.text = std::move(text);
    entry.lines = lines;
    builder_.Add(std::move(entry), false);
  }

  // --- Tables --------------------------------------------------------------------------------

  void ReadTable(const Block& block) {
    if (IsFacilityTable(block.rows)) {
      EndSheet();
      return;
    }
    if (IsForm(block.rows, in_sheet_)) {
      ReadForm(block);
      return;
    }
    Columns columns = FindColumns(block.rows);
    if (!columns.HasActions() && columns.heading_rows == 0 && !in_sheet_ &&
        last_columns_.HasActions() && last_columns_.roles.size() == columns.roles.size()) {
      columns = last_columns_;  // The table goes on after a page.
      columns.heading_rows = 0;
    }
    if (columns.HasActions() && (!in_sheet_ || NamesActions(block))) {
      EndSheet();
      TableReading reading =
          ReadActionTable(block.rows, columns, style_.scheme, vocabulary_, &outline_);
      ++family_;
      AddTable(std::move(reading), columns);
      last_columns_ = std::move(columns);
      return;
    }
    if (in_sheet_) ReadRowsOfSheet(block);
  }

  // Whether a table inside a sheet is a table of actions: most rows have a whole reference.
  static bool NamesActions(const Block& block) {
    std::size_t refs = 0;
    for (const Row& row : block.rows) {
      if (!row.cells.empty() && RefParts(row.cells[0].text).size() >= 2) ++refs;
    }
    return refs * 2 >= block.rows.size();
  }

  void AddTable(TableReading reading, const Columns& columns) {
    // Tables of one kind are one family, so that what they leave open is joined over all of them.
    std::string key;
    for (std::size_t i = 0; i < columns.roles.size(); ++i) {
      absl::StrAppend(&key, static_cast<int>(columns.roles[i]), columns.whens[i].empty() ? "" : "w",
                      ",");
    }
    const auto [at, added] = table_families_.try_emplace(key, family_);
    for (Found& found : reading.found) {
      found.family = at->second;
      findings_.found.push_back(std::move(found));
    }
    for (const Lines& lines : reading.labels) findings_.labels.push_back(lines);
  }

  void ReadRowsOfSheet(const Block& block) {
    const bool goes_on =
        !block.rows.empty() && !block.rows[0].cells.empty() && block.rows[0].cells[0].text.empty();
    for (const Row& row : block.rows) {
      if (goes_on) {
        for (const Cell& cell : row.cells) AddCell(cell);
        continue;
      }
      std::string text;
      for (const Cell& cell : row.cells) {
        if (cell.text.empty()) continue;
        absl::StrAppend(&text, text.empty() ? "" : " | ", cell.text);
      }
      builder_.AddRow(std::move(text), row.lines);
    }
  }

  void AddCell(const Cell& cell) {
    for (const Part& part : cell.parts) builder_.Add({part, cell.lines}, true);
  }

  // A form: rows of a label and its text.
  void ReadForm(const Block& block) {
    for (const Row& row : block.rows) ReadFormRow(block, row);
    form_ended_ = in_sheet_;
  }

  void ReadFormRow(const Block& block, const Row& row) {
    std::vector<const Cell*> cells;
    for (const Cell& cell : row.cells) {
      if (!cell.text.empty()) cells.push_back(&cell);
    }
    if (cells.empty()) return;
    const bool first_empty = row.cells[0].text.empty();
    const LabelRole role = first_empty ? LabelRole::kNone : WholeLabel(row.cells[0].text);
    if (first_empty) {
      if (!in_sheet_) return;
      for (const Cell* cell : cells) AddCell(*cell);
      return;
    }
    if (cells.size() == 1 && role == LabelRole::kNone && ReadRowHeading(block, *cells[0])) return;
    if (ReadFormField(row, cells, role)) return;
    if (role == LabelRole::kNone) {
      ReadUnlabelledRow(cells);
      return;
    }
    OpenFormRubric(row.cells[0], role);
    for (std::size_t i = 1; i < cells.size(); ++i) {
      // « Pilote | … | Partenaires | … »: a second label in the row.
      const LabelRole more = WholeLabel(cells[i]->text);
      if (i >= 2 && i + 1 < cells.size() && IsRubric(more)) {
        OpenFormRubric(*cells[i], more);
      } else {
        AddCell(*cells[i]);
      }
    }
  }

  void OpenFormRubric(const Cell& cell, LabelRole printed) {
    const LabelRole role = InContext(printed, cell.text, builder_.Role());
    if (!in_sheet_ || OpensNextForm(role)) StartSheet("", Text{});
    Text label;
    label.text = cell.text;
    label.source.lines.push_back(cell.lines);
    form_ended_ = false;
    builder_.Open(role, std::move(label));
  }

  // The form starts again: the sheets have no headings.
  bool OpensNextForm(LabelRole role) const {
    const bool untitled = sheet_.action.ref.empty() && sheet_.action.title.text.empty();
    return builder_.Rubrics() >= 3 && builder_.FirstRole() == role && builder_.Role() != role &&
           (untitled || !style_.action_word);
  }

  // A row of one cell: a heading, or text.
  bool ReadRowHeading(const Block& block, const Cell& cell) {
    Block row = block;
    row.rows.clear();
    row.kind = BlockKind::kHeading;
    row.text = cell.text;
    row.lines = cell.lines;
    row.heading = ParseHeading(cell.text);
    return row.heading.kind > HeadingKind::kNumbered && ReadHeading(row);
  }

  // « Fiche action n° 1 | Créer… », « Intitulé | … », « Axe | … ».
  bool ReadFormField(const Row& row, const std::vector<const Cell*>& cells, LabelRole role) {
    const Cell& first = row.cells[0];
    const bool action = ParseHeading(first.text).kind == HeadingKind::kAction;
    if (IsRubric(role) || (role == LabelRole::kNone && !action)) return false;
    if (cells.size() < 2) return role != LabelRole::kNone;
    const Cell& value = *cells[1];
    Text text;
    text.text = value.text;
    text.source.lines.push_back(value.lines);
    const bool fresh = in_sheet_ && builder_.empty();
    if (action || role == LabelRole::kTitle) {
      const Heading own = ParseHeading(first.text);
      Heading heading = ParseHeading(value.text);
      std::string ref = action ? CanonicalRef(own.number) : "";
      if (heading.kind == HeadingKind::kAction || heading.kind == HeadingKind::kNumbered) {
        if (ref.empty()) ref = CanonicalRef(heading.number);
        if (!heading.title.empty()) text.text = heading.title;
      }
      if (fresh && sheet_.action.title.text.empty()) {
        sheet_.action.title = std::move(text);
        if (sheet_.action.ref.empty()) sheet_.action.ref = ref;
      } else if (!fresh || Fold(sheet_.action.title.text) != Fold(text.text)) {
        if (fresh) {
          AddWording(std::move(text), &sheet_.action.title, &sheet_.action.aliases);
        } else {
          StartSheet(ref, std::move(text));
        }
      }
      return true;
    }
    if (role == LabelRole::kRef) {
      if (!fresh) StartSheet("", Text{});
      if (sheet_.action.ref.empty()) sheet_.action.ref = CanonicalRef(value.text);
      return true;
    }
    return ReadAxisField(first, value, std::move(text));
  }

  bool ReadAxisField(const Cell& first, const Cell& value, Text text) {
    const Heading heading = ParseHeading(value.text);
    if (!builder_.empty() && in_sheet_) StartSheet("", Text{});
    const bool numbered =
        heading.kind == HeadingKind::kAxis || heading.kind == HeadingKind::kNumbered;
    std::string ref = CanonicalRef(ParseHeading(first.text).number);
    if (ref.empty() && numbered) ref = CanonicalRef(heading.number);
    if (numbered && !heading.title.empty()) text.text = heading.title;
    for (const Axis& axis : outline_.axes()) {
      if (ref.empty() && Likeness(axis.title.text, text.text) > kSameTitle) ref = axis.ref;
    }
    if (ref.empty()) ref = absl::StrCat(outline_.axes().size() + 1);
    outline_.EnterAxis(ref, std::move(text));
    if (in_sheet_) sheet_.action.axis_ref = outline_.axis();
    return true;
  }

  // A label cut by a page goes on in small letters; anything else is a rubric of its own name.
  void ReadUnlabelledRow(const std::vector<const Cell*>& cells) {
    if (!in_sheet_) return;
    const Cell& first = *cells[0];
    if (cells.size() == 1) {
      if (StartsLower(first.text) && first.text.size() < 40) {
        builder_.ExtendLabel(first.text, first.lines);
      } else {
        AddCell(first);
      }
      return;
    }
    if (StartsLower(first.text)) {
      builder_.ExtendLabel(first.text, first.lines);
    } else {
      Text label;
      label.text = first.text;
      label.source.lines.push_back(first.lines);
      const LabelRole role = first.text.size() < 80 ? CellLabel(first.text) : LabelRole::kOther;
      builder_.Open(IsRubric(role) ? role : LabelRole::kOther, std::move(label));
    }
    for (std::size_t i = 1; i < cells.size(); ++i) AddCell(*cells[i]);
  }

  // --- Contents lists ------------------------------------------------------------------------

  void NoteContents(const Block& block) {
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
      found.action.ref = CanonicalRef(heading.number);
      found.action.title = TextOf(block, title);
    }
  }

  void AddContents() {
    for (auto& [ref, title] : contents_axes_) {
      if (outline_.HasAxis(ref)) outline_.EnterAxis(ref, std::move(title));
    }
    for (Found& found : contents_) findings_.found.push_back(std::move(found));
  }

  const std::vector<Block>& blocks_;
  const std::vector<Region>& regions_;
  const Vocabulary& vocabulary_;
  const PlanStyle style_;
  std::size_t at_ = 0;

  Outline outline_;
  PlanFindings findings_;
  bool listing_ = false;  // An axis or objective was opened: its actions may be listed.
  bool in_sheet_ = false;
  bool form_ended_ = false;  // The sheet's table is over: free text needs more of it to follow.
  Found sheet_;
  SheetBuilder builder_;
  uint32_t family_ = 1;
  Columns last_columns_;
  std::map<std::string, uint32_t> table_families_;
  std::vector<std::pair<std::string, Text>> contents_axes_;
  std::vector<Found> contents_;
};

}  // namespace

PlanFindings WalkPlan(const Blocks& blocks, const std::vector<Region>& regions,
                      const Vocabulary& vocabulary) {
  return PlanWalk(blocks, regions, vocabulary).Walk();
}

}  // namespace greffe::reader
