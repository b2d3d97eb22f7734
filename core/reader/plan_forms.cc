#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/facility.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/plan_walk.h"
#include "core/reader/when.h"
#include "core/reader/wording.h"

namespace greffe::reader {

void PlanWalk::ReadTable(const Block& block) {
  if (GivesTitle(block)) {
    ReadForm(block);
    return;
  }
  if (IsFacilityTable(block.rows)) {
    EndSheet();
    return;
  }
  if (IsForm(block.rows, in_sheet_, style_.learned) || IsTitleRow(block)) {
    ReadForm(block);
    return;
  }
  if (in_sheet_ && ReadScheduleGrid(block, 0) > 0) return;
  Columns columns = FindColumns(block.rows);
  if (!columns.HasActions() && columns.heading_rows == 0 && !in_sheet_ &&
      last_columns_.HasActions() && last_columns_.roles.size() == columns.roles.size()) {
    columns = last_columns_;  // The table goes on after a page.
    columns.heading_rows = 0;
  }
  if (columns.HasActions() && (!in_sheet_ || NamesActions(block))) {
    columns.themes_are_axes = !style_.axis_word;
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

void PlanWalk::ReadTableElsewhere(const Block& block) {
  if (block.kind != BlockKind::kTable) return;
  const Columns columns = FindColumns(block.rows);
  const bool tells = std::any_of(columns.roles.begin(), columns.roles.end(),
                                 [](LabelRole role) {
                                   return role == LabelRole::kIndicators ||
                                          IndicatorKindOf(role) != v1::INDICATOR_KIND_UNSPECIFIED;
                                 }) ||
                     std::any_of(columns.whens.begin(), columns.whens.end(),
                                 [](const std::string& when) { return !when.empty(); });
  if (!columns.HasActions() || columns.heading_rows == 0 || !tells) return;
  Outline outline = outline_;  // Its axes are those of the plan.
  TableReading reading = ReadActionTable(block.rows, columns, style_.scheme, vocabulary_, &outline);
  ++family_;
  for (Found& found : reading.found) {
    found.origin = Origin::kElsewhere;
    found.family = family_;
    findings_.found.push_back(std::move(found));
  }
}

std::size_t PlanWalk::ReadScheduleGrid(const Block& block, std::size_t head) {
  const std::vector<Cell>& heads = block.rows[head].cells;
  const auto label =
      std::find_if(heads.begin(), heads.end(), [](const Cell& cell) { return !cell.text.empty(); });
  const auto whens =
      std::count_if(heads.begin(), heads.end(), [](const Cell& cell) { return IsWhen(cell.text); });
  if (label == heads.end() || whens < 2 || head + 1 >= block.rows.size()) return 0;
  const bool labelled = style_.learned.Label(label->text) == LabelRole::kSchedule;
  if (!labelled && !(IsWhen(label->text) && builder_.Role() == LabelRole::kSchedule)) return 0;
  if (labelled) builder_.Open(LabelRole::kSchedule, MakeText(label->text, label->lines));
  std::size_t r = head + 1;
  for (; r < block.rows.size() && !OpensFormRow(block.rows[r]); ++r) {
    AddGridRow(heads, block.rows[r].cells);
  }
  return r - head;
}

bool PlanWalk::OpensFormRow(const Row& row) const {
  return !row.cells.empty() && !row.cells[0].text.empty() &&
         (IsRubric(style_.learned.Label(row.cells[0].text)) ||
          ParseHeading(row.cells[0].text).kind > HeadingKind::kNumbered);
}

void PlanWalk::AddGridRow(const std::vector<Cell>& heads, const std::vector<Cell>& cells) {
  std::string step;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (cell.text.empty() && TrimBlanks(cell.raw).empty()) continue;
    if (i >= heads.size() || !IsWhen(heads[i].text)) {
      absl::StrAppend(&step, step.empty() ? "" : " ", cell.text);
      continue;
    }
    const std::string& said = IsTick(cell.text) ? step : cell.text;
    Entry entry;
    entry.part.text = absl::StrCat(heads[i].text, said.empty() ? "" : " : ", said);
    entry.part.item = true;
    entry.lines = cell.lines;
    builder_.Add(std::move(entry), false);
  }
}

bool PlanWalk::IsTitleRow(const Block& block) {
  if (block.rows.size() != 1 || FilledCells(block.rows[0]) != 2) return false;
  const Row& row = block.rows[0];
  const Heading heading = ParseHeading(row.cells[0].text);
  return heading.kind == HeadingKind::kAction && !heading.number.empty() && heading.title.empty();
}

// « Intitulé | Ouvrir… » under a heading that is only a number, its value on one line or more.
bool PlanWalk::GivesTitle(const Block& block) const {
  const bool awaited = in_sheet_ && !sheet_.action.ref.empty() &&
                       sheet_.action.title.text.empty() && builder_.empty();
  if (!awaited || FilledCells(block.rows[0]) != 2) return false;
  if (WholeLabel(block.rows[0].cells[0].text) != LabelRole::kTitle) return false;
  return std::all_of(block.rows.begin() + 1, block.rows.end(), [](const Row& row) {
    return !row.cells.empty() && row.cells[0].text.empty();
  });
}

bool PlanWalk::NamesActions(const Block& block) {
  std::size_t refs = 0;
  for (const Row& row : block.rows) {
    if (!row.cells.empty() && RefParts(row.cells[0].text).size() >= 2) ++refs;
  }
  return refs * 2 >= block.rows.size();
}

void PlanWalk::AddTable(TableReading reading, const Columns& columns) {
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

void PlanWalk::ReadRowsOfSheet(const Block& block) {
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

void PlanWalk::AddCell(const Cell& cell) {
  for (const Part& part : cell.parts) builder_.Add({part, cell.lines}, true);
}

void PlanWalk::ReadForm(const Block& block) {
  for (std::size_t r = 0; r < block.rows.size(); ++r) {
    const std::size_t grid = in_sheet_ ? ReadScheduleGrid(block, r) : 0;
    if (grid > 0) {
      r += grid - 1;
    } else {
      ReadFormRow(block, block.rows[r]);
    }
  }
  form_ended_ = in_sheet_;
}

void PlanWalk::ReadFormRow(const Block& block, const Row& row) {
  std::vector<const Cell*> cells;
  for (const Cell& cell : row.cells) {
    if (!cell.text.empty()) cells.push_back(&cell);
  }
  if (cells.empty()) return;
  // « Objectif n° 2 : … », set in from the margin above the form it heads.
  if (cells.size() == 1 && cells[0]->parts.size() == 1) {
    const Heading alone = ParseHeading(cells[0]->text);
    const bool heads = alone.kind == HeadingKind::kAxis || alone.kind == HeadingKind::kObjective;
    if (heads && !alone.number.empty() && ReadRowHeading(block, *cells[0])) return;
  }
  const bool first_empty = row.cells[0].text.empty();
  const LabelRole role = first_empty ? LabelRole::kNone : style_.learned.Label(row.cells[0].text);
  if (first_empty) {
    if (!in_sheet_) return;
    const bool title_goes_on = title_row_ && builder_.empty();
    for (const Cell* cell : cells) {
      if (title_goes_on) {
        absl::StrAppend(&sheet_.action.title.text, " ", cell->text);
        sheet_.action.title.source.lines.push_back(cell->lines);
      } else {
        AddCell(*cell);
      }
    }
    return;
  }
  title_row_ = false;
  // « Indicateurs | … lors d'un » over « qualitatifs | entretien annuel ».
  if (in_sheet_ && cells.size() == 2 && StartsLower(cells[0]->text) &&
      builder_.ExtendText(*cells[1])) {
    builder_.ExtendLabel(cells[0]->text, cells[0]->lines);
    return;
  }
  if (cells.size() == 1 && role == LabelRole::kNone && ReadRowHeading(block, *cells[0])) return;
  if (ReadFormField(row, cells, role)) return;
  if (role == LabelRole::kNone) {
    if (!ReadPairs(cells)) ReadUnlabelledRow(cells);
    return;
  }
  OpenFormRubric(row.cells[0], row.cells[0].text, role);
  for (std::size_t i = 1; i < cells.size(); ++i) {
    // « Pilote | … | Partenaires | … »: a second label in the row.
    const LabelRole more = style_.learned.Label(cells[i]->text);
    if (i >= 2 && i + 1 < cells.size() && IsRubric(more)) {
      OpenFormRubric(*cells[i], cells[i]->text, more);
    } else {
      AddCell(*cells[i]);
    }
  }
}

bool PlanWalk::ReadPairs(const std::vector<const Cell*>& cells) {
  std::vector<LabelPiece> pairs;
  for (const Cell* cell : cells) {
    pairs.push_back(CellPair(*cell, style_.learned));
    if (!IsRubric(pairs.back().role)) return false;
  }
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    OpenFormRubric(*cells[i], pairs[i].label, pairs[i].role);
    Entry entry;
    entry.part.text = std::move(pairs[i].value);
    entry.lines = cells[i]->lines;
    builder_.Add(std::move(entry), true);
  }
  return true;
}

void PlanWalk::OpenFormRubric(const Cell& cell, absl::string_view printed_label,
                              LabelRole printed) {
  const LabelRole role = InContext(printed, printed_label, builder_.Role());
  if (!in_sheet_ || OpensNextForm(role)) StartSheet("", Text{});
  Text label = MakeText(std::string(printed_label), cell.lines);
  form_ended_ = false;
  builder_.Open(role, std::move(label));
}

bool PlanWalk::OpensNextForm(LabelRole role) const {
  const bool untitled = sheet_.action.ref.empty() && sheet_.action.title.text.empty();
  return builder_.Rubrics() >= 3 && builder_.FirstRole() == role && builder_.Role() != role &&
         (untitled || !style_.action_word);
}

bool PlanWalk::ReadRowHeading(const Block& block, const Cell& cell) {
  Block row;  // Not a copy: a table has thousands of rows.
  row.level = block.level;
  row.after_page = block.after_page;
  row.kind = BlockKind::kHeading;
  row.text = cell.text;
  row.lines = cell.lines;
  row.heading = ParseHeading(cell.text);
  return row.heading.kind > HeadingKind::kNumbered && ReadHeading(row);
}

bool PlanWalk::ReadFormField(const Row& row, const std::vector<const Cell*>& cells,
                             LabelRole role) {
  const Cell& first = row.cells[0];
  const bool action = ParseHeading(first.text).kind == HeadingKind::kAction;
  if (IsRubric(role) || (role == LabelRole::kNone && !action)) return false;
  if (cells.size() < 2) return role != LabelRole::kNone;
  const Cell& value = *cells[1];
  Text text = MakeText(value.text, value.lines);
  const bool fresh = in_sheet_ && builder_.empty();
  if (action || role == LabelRole::kTitle) {
    const Heading own = ParseHeading(first.text);
    Heading heading = ParseHeading(value.text);
    std::string ref = action ? PrintedRef(own.number) : "";
    if (heading.kind == HeadingKind::kAction || heading.kind == HeadingKind::kNumbered) {
      if (ref.empty()) ref = PrintedRef(heading.number);
      if (!heading.title.empty()) text.text = heading.title;
    }
    const bool same = fresh && Fold(sheet_.action.title.text) == Fold(text.text);
    const bool first_title = fresh && sheet_.action.title.text.empty();
    if (first_title) {
      sheet_.action.title = std::move(text);
      if (sheet_.action.ref.empty()) sheet_.action.ref = ref;
    } else if (!fresh) {
      StartSheet(ref, std::move(text));
    } else if (!same) {
      AddWording(std::move(text), &sheet_.action.title, &sheet_.action.aliases);
    }
    title_row_ = !fresh || same || first_title;
    return true;
  }
  if (role == LabelRole::kRef) {
    if (!fresh) StartSheet("", Text{});
    if (sheet_.action.ref.empty()) sheet_.action.ref = PrintedRef(value.text);
    return true;
  }
  return ReadAxisField(first, value, std::move(text));
}

bool PlanWalk::ReadAxisField(const Cell& first, const Cell& value, Text text) {
  const Heading heading = ParseHeading(value.text);
  if (!builder_.empty() && in_sheet_) StartSheet("", Text{});
  const bool numbered =
      heading.kind == HeadingKind::kAxis || heading.kind == HeadingKind::kNumbered;
  std::string ref = CanonicalRef(ParseHeading(first.text).number);
  if (ref.empty() && numbered) ref = CanonicalRef(heading.number);
  if (numbered && !heading.title.empty()) text.text = heading.title;
  for (const Axis& axis : outline_.axes()) {
    if (ref.empty() && Likeness(axis.title.text, text.text) > kSameAxisTitle) ref = axis.ref;
  }
  if (ref.empty()) ref = absl::StrCat(outline_.axes().size() + 1);
  outline_.EnterAxis(ref, std::move(text));
  if (in_sheet_) sheet_.action.axis_ref = outline_.axis();
  return true;
}

void PlanWalk::ReadUnlabelledRow(const std::vector<const Cell*>& cells) {
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
    Text label = MakeText(first.text, first.lines);
    const LabelRole role = first.text.size() < 80 ? CellLabel(first.text) : LabelRole::kOther;
    builder_.Open(IsRubric(role) ? role : LabelRole::kOther, std::move(label));
  }
  for (std::size_t i = 1; i < cells.size(); ++i) AddCell(*cells[i]);
}

}  // namespace greffe::reader
