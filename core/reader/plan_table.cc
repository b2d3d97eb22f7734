#include "core/reader/plan_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/reader/fold.h"
#include "core/reader/heading.h"
#include "core/reader/letters.h"
#include "core/reader/sheet.h"
#include "core/reader/when.h"
#include "core/reader/wording.h"

namespace greffe::reader {

std::vector<Numbered> SplitNumbered(absl::string_view text) {
  std::vector<Numbered> items;
  const std::vector<Word> words = Words(text);
  std::vector<std::size_t> begins;
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (!words[i].number || words[i].folded.size() > 2) continue;
    const std::size_t value = static_cast<std::size_t>(std::stoul(words[i].folded));
    absl::string_view gap = text.substr(words[i].end, words[i + 1].begin - words[i].end);
    const bool mark = gap.find_first_of("-.)") == 0 || gap.substr(0, 3) == "\xE2\x80\x93" ||
                      gap.substr(0, 2) == " -" || gap.substr(0, 4) == " \xE2\x80\x93";
    if (!mark || !words[i + 1].capital || gap.find_first_of(",;:/") != absl::string_view::npos) {
      continue;
    }
    if (!items.empty() && value != next) continue;
    if (items.empty() && i != 0) continue;
    next = value + 1;
    items.push_back({words[i].folded, ""});
    begins.push_back(i);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::size_t from = words[begins[i]].end;
    const std::size_t to = i + 1 < items.size() ? words[begins[i + 1]].begin : text.size();
    absl::string_view item = TrimBlanks(text.substr(from, to - from));
    for (const absl::string_view mark : {"-", ".", ")", "\xE2\x80\x93"}) {
      if (item.substr(0, mark.size()) == mark) item.remove_prefix(mark.size());
    }
    items[i].text = std::string(TrimBlanks(item));
  }
  return items;
}

namespace {

// Reads the rows one after the other.
class ActionTable {
 public:
  ActionTable(const Columns& columns, const RefScheme& scheme, const Vocabulary& vocabulary,
              Outline* outline)
      : columns_(columns), scheme_(scheme), vocabulary_(vocabulary), outline_(outline) {}

  void Read(const std::vector<Row>& rows) {
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Row& row = rows[r];
      if (row.cells.empty() || FilledCells(row) == 0) continue;
      const HeadingRow look = LookAtRow(row);
      if (ReadStructure(row)) {
        KeepNames(row, 1);
        continue;
      }
      if (r < columns_.heading_rows || (look.any && look.only)) {
        KeepNames(row, 0);
        if (look.only) reading_.labels.push_back(row.lines);
        continue;
      }
      ReadData(row);
    }
    EndObjective("");
  }

  TableReading Take() { return std::move(reading_); }

 private:
  // Names of columns and legends, kept with the next action so that no word of their row is lost.
  void KeepNames(const Row& row, std::size_t from) {
    for (std::size_t i = from; i < row.cells.size(); ++i) {
      if (!row.cells[i].text.empty())
        names_.push_back(MakeText(row.cells[i].text, row.cells[i].lines));
    }
  }

  // « I – … », « A- … », « Axe 1 : … » over the whole row, names of columns beside it or not.
  bool ReadStructure(const Row& row) {
    // « AXE 1 : … » may stand in the column of titles, alone in its row.
    const auto only = std::find_if(row.cells.begin(), row.cells.end(),
                                   [](const Cell& cell) { return !cell.text.empty(); });
    const Cell& first = FilledCells(row) == 1 ? *only : row.cells[0];
    if (FilledCells(row) == 1 && &first != &row.cells[0] &&
        ParseHeading(first.text).kind <= HeadingKind::kNumbered) {
      return false;
    }
    for (std::size_t i = 1; i < row.cells.size(); ++i) {
      const std::string& text = row.cells[i].text;
      if (&row.cells[i] == &first) continue;
      const bool name = text.empty() || WholeLabel(text) != LabelRole::kNone || IsWhen(text) ||
                        (i >= 2 && row.cells[1].text.empty() && ParseRefOf(row).empty());
      if (!name) return false;
    }
    const Heading heading = ParseHeading(first.text);
    if (heading.kind == HeadingKind::kAxis && heading.title.empty() &&
        outline_->HasAxis(CanonicalRef(heading.number))) {
      outline_->Select(CanonicalRef(heading.number), "");
      return true;
    }
    if (heading.title.empty()) return false;
    const std::vector<std::string> parts = RefParts(heading.number);
    const int level = scheme_.LevelOf(parts);
    if (heading.kind == HeadingKind::kAxis ||
        (heading.kind == HeadingKind::kNumbered && level == 0 && scheme_.Depth() >= 2)) {
      EndObjective("");
      outline_->EnterAxis(CanonicalRef(heading.number), MakeText(heading.title, first.lines));
      return true;
    }
    if (heading.kind == HeadingKind::kObjective ||
        (heading.kind == HeadingKind::kNumbered && level == 1 && scheme_.Depth() >= 3)) {
      EndObjective("");
      objective_number_ = CanonicalRef(heading.number);
      objective_title_ = MakeText(heading.title, first.lines);
      return true;
    }
    return false;
  }

  static std::vector<std::string> ParseRefOf(const Row& row) { return RefParts(row.cells[0].text); }

  // An objective waits for the first reference below it, which tells its axis.
  void EndObjective(absl::string_view action_ref) {
    if (objective_title_.text.empty()) return;
    const std::vector<std::string> parts = RefParts(action_ref);
    const std::vector<std::string> own = RefParts(objective_number_);
    std::string axis = outline_->axis();
    std::string ref = objective_number_;
    if (own.size() == 1 && scheme_.Depth() >= 3) {
      if (parts.size() >= 3 && parts[1] == own[0]) axis = parts[0];
      ref = axis.empty() ? ref : absl::StrCat(axis, ".", own[0]);
    }
    outline_->EnterObjective(axis, ref, std::move(objective_title_));
    objective_title_ = Text{};
  }

  std::size_t ColumnOf(LabelRole role) const {
    const auto at = std::find(columns_.roles.begin(), columns_.roles.end(), role);
    return static_cast<std::size_t>(at - columns_.roles.begin());
  }
  const Cell* CellOf(const Row& row, LabelRole role) const {
    const std::size_t column = ColumnOf(role);
    return column < row.cells.size() && !row.cells[column].text.empty() ? &row.cells[column]
                                                                        : nullptr;
  }

  // « Thématique », « Champ d'intervention » over the column, in a document that spells out its
  // axes.
  bool IsTheme() const {
    const std::size_t column = ColumnOf(LabelRole::kAxis);
    if (columns_.themes_are_axes || column >= columns_.labels.size()) return false;
    const std::string label = Fold(columns_.labels[column].text);
    return label.substr(0, 3) != "axe" && label.substr(0, 11) != "orientation";
  }

  void ReadAxisCell(const Row& row) {
    const Cell* cell = CellOf(row, LabelRole::kAxis);
    if (cell == nullptr) return;
    const Heading heading = ParseHeading(cell->text);
    if (heading.kind == HeadingKind::kNone && IsTheme()) return;
    std::string ref = CanonicalRef(heading.number);
    std::string title = heading.title;
    const Cell* holder = cell;
    if (heading.kind == HeadingKind::kNone) {
      ref = CanonicalRef(cell->text);
      if (ref.empty()) title = cell->text;
    }
    if (title.empty()) {
      const std::size_t next = ColumnOf(LabelRole::kAxis) + 1;
      if (next < row.cells.size() && columns_.roles[next] == LabelRole::kNone) {
        holder = &row.cells[next];
        title = holder->text;
        axis_title_column_ = next;
      }
    }
    if (ref.empty() && !title.empty()) {
      const bool again = Fold(title) == Fold(outline_->AxisTitle(outline_->axis()));
      if (again) return;
      ref = absl::StrCat(outline_->axes().size() + 1);
    }
    outline_->EnterAxis(ref, MakeText(std::move(title), holder->lines));
  }

  void ReadObjectiveCell(const Row& row) {
    const Cell* cell = CellOf(row, LabelRole::kObjectives);
    if (cell == nullptr) return;
    const Heading heading = ParseHeading(cell->text);
    const bool numbered =
        heading.kind == HeadingKind::kObjective || heading.kind == HeadingKind::kNumbered;
    if (!numbered || heading.title.empty()) return;
    objective_column_ = true;
    outline_->EnterObjective("", CanonicalRef(heading.number),
                             MakeText(heading.title, cell->lines));
  }

  void ReadData(const Row& row) {
    ReadAxisCell(row);
    objective_column_ = false;
    ReadObjectiveCell(row);
    const Cell* ref_cell = CellOf(row, LabelRole::kRef);
    const Cell* title_cell = CellOf(row, LabelRole::kTitle);
    std::string ref = ref_cell == nullptr ? "" : PrintedRef(ref_cell->text);
    if (title_cell == nullptr && ref_cell != nullptr && ref.empty()) title_cell = ref_cell;
    EndObjective(ref);
    if (!ref.empty()) SelectByRef(ref);
    if (title_cell == nullptr) {
      GoOn(row);
      return;
    }
    const std::vector<Numbered> items = SplitNumbered(PlainText(title_cell->raw));
    if (ref.empty() && items.size() > 1) {
      for (const Numbered& item : items) Start(item.number, MakeText(item.text, title_cell->lines));
      return;
    }
    if (ref.empty() && title_cell->parts.size() > 1 && AllHeadings(*title_cell)) {
      for (const Part& part : title_cell->parts) {
        const Heading heading = ParseHeading(part.text);
        Start(PrintedRef(heading.number), MakeText(heading.title, title_cell->lines));
      }
      return;
    }
    std::string title = title_cell->text;
    if (ref.empty()) {
      const Heading heading = RowHeading(title);
      const bool action =
          heading.kind == HeadingKind::kAction || heading.kind == HeadingKind::kNumbered;
      if (action && !heading.title.empty()) {
        ref = PrintedRef(heading.number);
        title = heading.title;
      } else if (heading.kind == HeadingKind::kAction && !heading.number.empty()) {
        ref = PrintedRef(heading.number);  // « Action 3 » in a table of dates.
        title.clear();
      } else if (StartsLower(title) && !reading_.found.empty() && ref_cell == nullptr) {
        GoOn(row);
        return;
      }
    }
    Start(ref, MakeText(std::move(title), title_cell->lines));
    AddColumns(row, true, &reading_.found.back().action);
  }

  // « I-1 Ouvrir… »: in a row a composed number needs no mark behind it.
  static Heading RowHeading(absl::string_view title) {
    Heading heading = ParseHeading(title);
    if (heading.kind != HeadingKind::kNone) return heading;
    Numeral numeral = NumeralAt(title);
    const absl::string_view rest = TrimBlanks(title.substr(numeral.bytes));
    const bool spaced = numeral.bytes < title.size() && title[numeral.bytes] == ' ';
    if (RefParts(numeral.number).size() < 2 || !spaced || !StartsUpper(rest)) return heading;
    heading.kind = HeadingKind::kNumbered;
    heading.number = std::move(numeral.number);
    heading.title = std::string(rest);
    return heading;
  }

  static bool AllHeadings(const Cell& cell) {
    return std::all_of(cell.parts.begin(), cell.parts.end(), [](const Part& part) {
      const Heading heading = ParseHeading(part.text);
      return (heading.kind == HeadingKind::kAction || heading.kind == HeadingKind::kNumbered) &&
             !heading.title.empty();
    });
  }

  void SelectByRef(absl::string_view ref) {
    const std::vector<std::string> parts = RefParts(ref);
    if (parts.size() < 2 || !outline_->HasAxis(parts[0])) return;
    outline_->Select(
        parts[0], parts.size() > 2 ? absl::StrCat(parts[0], ".", parts[1]) : outline_->objective());
  }

  void Start(std::string ref, Text title) {
    Found& found = reading_.found.emplace_back();
    found.origin = Origin::kTable;
    found.action.ref = std::move(ref);
    found.action.title = std::move(title);
    found.action.axis_ref = outline_->axis();
    found.action.objective_ref = outline_->objective();
    found.action.labels = std::move(names_);
    names_.clear();
  }

  // A row cut by a page: what it says belongs to the action above.
  void GoOn(const Row& row) {
    if (reading_.found.empty()) return;
    Action& action = reading_.found.back().action;
    const Cell* title = CellOf(row, LabelRole::kTitle);
    if (title != nullptr) {
      absl::StrAppend(&action.title.text, " ", title->text);
      action.title.source.lines.push_back(title->lines);
    }
    AddColumns(row, false, &action);
  }

  void AddColumns(const Row& row, bool starts, Action* action) {
    SheetBuilder sheet;
    bool terms = false;
    for (std::size_t i = 0; i < row.cells.size() && i < columns_.roles.size(); ++i) {
      const Cell& cell = row.cells[i];
      if (!columns_.whens[i].empty()) {
        terms = true;
        AddTerm(cell, columns_.whens[i], action);
        continue;
      }
      LabelRole role = columns_.roles[i];
      if (cell.text.empty() && !(starts && LeavesBlank(role))) continue;
      if (role == LabelRole::kObjectives && objective_column_) continue;
      if (role == LabelRole::kPage) action->labels.push_back(MakeText(cell.text, cell.lines));
      if (role == LabelRole::kNone && i != axis_title_column_) role = LabelRole::kOther;
      if (role == LabelRole::kAxis && IsTheme()) role = LabelRole::kOther;
      if (!IsRubric(role)) continue;
      const bool indicators =
          role == LabelRole::kIndicators || IndicatorKindOf(role) != v1::INDICATOR_KIND_UNSPECIFIED;
      if (!starts && indicators && StartsLower(cell.text) && !action->indicators.empty()) {
        Text& last = action->indicators.back().text;  // Cut at the cell's edge.
        absl::StrAppend(&last.text, " ", cell.text);
        last.source.lines.push_back(cell.lines);
        continue;
      }
      sheet.Open(role, columns_.labels[i]);
      for (const Part& part : cell.parts) sheet.Add({part, cell.lines}, true);
    }
    if (terms && action->schedule_state == v1::FILLED_STATE_UNSPECIFIED) {
      action->schedule_state = v1::FILLED_STATE_BLANK;
    }
    sheet.Finish(vocabulary_, action);
  }

  // Whether an empty cell in a column of this role says that nothing was filled in.
  static bool LeavesBlank(LabelRole role) {
    return IsRubric(role) && role != LabelRole::kIndicators && role != LabelRole::kOther &&
           role != LabelRole::kObjectives &&
           IndicatorKindOf(role) == v1::INDICATOR_KIND_UNSPECIFIED;
  }

  static void AddTerm(const Cell& cell, const std::string& when, Action* action) {
    if (cell.text.empty() && Fold(cell.raw).empty() && TrimBlanks(cell.raw).empty()) return;
    const bool open = Fold(cell.text).empty() && cell.raw.find('?') != std::string::npos;
    ScheduleStep step;
    step.when = when;
    step.marked = true;
    step.text = MakeText(IsTick(cell.text) && !open ? "" : cell.text, cell.lines);
    action->schedule.push_back(std::move(step));
    if (action->schedule_state != v1::FILLED_STATE_FILLED) {
      action->schedule_state = open ? v1::FILLED_STATE_OPEN : v1::FILLED_STATE_FILLED;
    }
  }

  const Columns& columns_;
  const RefScheme& scheme_;
  const Vocabulary& vocabulary_;
  Outline* outline_;
  TableReading reading_;
  std::string objective_number_;
  Text objective_title_;
  bool objective_column_ = false;
  std::size_t axis_title_column_ = static_cast<std::size_t>(-1);
  std::vector<Text> names_;
};

}  // namespace

TableReading ReadActionTable(const std::vector<Row>& rows, const Columns& columns,
                             const RefScheme& scheme, const Vocabulary& vocabulary,
                             Outline* outline) {
  ActionTable table(columns, scheme, vocabulary, outline);
  table.Read(rows);
  return table.Take();
}

}  // namespace greffe::reader
