#include "core/reader/plan_columns.h"

#include <algorithm>

#include "core/reader/fold.h"
#include "core/reader/heading.h"
#include "core/reader/letters.h"
#include "core/reader/plan_label.h"
#include "core/reader/plan_ref.h"
#include "core/reader/when.h"
#include "core/reader/wording.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kHeadingRows = 3;

}  // namespace

bool IsTick(absl::string_view text) {
  const std::string fold = Fold(text);
  return fold.empty() ? text.find('?') == absl::string_view::npos
                      : fold == "x" || fold == "xx" || fold == "xxx" || fold == "oui";
}

std::size_t FilledCells(const Row& row) {
  return static_cast<std::size_t>(std::count_if(
      row.cells.begin(), row.cells.end(), [](const Cell& cell) { return !cell.text.empty(); }));
}

HeadingRow LookAtRow(const Row& row) {
  HeadingRow look;
  std::size_t names = 0;
  std::size_t others = 0;  // Cells beside the first that name nothing.
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const Cell& cell = row.cells[i];
    if (cell.text.empty()) continue;
    if (WholeLabel(cell.text) != LabelRole::kNone || IsWhen(cell.text)) {
      ++names;
      continue;
    }
    look.only = false;
    others += i == 0 ? 0 : 1;
    const HeadingKind kind = ParseHeading(cell.text).kind;
    look.structure = look.structure ||
                     (i == 0 && (kind == HeadingKind::kNumbered || kind == HeadingKind::kAxis ||
                                 kind == HeadingKind::kObjective));
  }
  look.any = others == 0 && (names >= 2 || (names == 1 && (look.structure || look.only)));
  return look;
}

namespace {

// « Action | Indicateurs | Source »: a first row that names most columns, the others in few words.
bool NamesMostColumns(const Row& row) {
  constexpr std::size_t kNameBytes = 40;
  std::size_t names = 0;
  std::size_t others = 0;
  for (const Cell& cell : row.cells) {
    if (cell.text.size() > kNameBytes || EndsSentence(cell.text)) return false;
    const bool names_column = WholeLabel(cell.text) != LabelRole::kNone || IsWhen(cell.text);
    (names_column ? names : others) += 1;
  }
  return names >= 2 && others < names && FilledCells(row) == row.cells.size();
}

}  // namespace

bool Columns::HasActions() const {
  return std::any_of(roles.begin(), roles.end(), [](LabelRole role) {
    return role == LabelRole::kTitle || role == LabelRole::kRef;
  });
}

Columns FindColumns(const std::vector<Row>& rows) {
  Columns columns;
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.cells.size());
  columns.roles.assign(width, LabelRole::kNone);
  columns.whens.assign(width, "");
  columns.labels.assign(width, Text{});
  for (std::size_t r = 0; r < std::min(kHeadingRows, rows.size()); ++r) {
    const HeadingRow look = LookAtRow(rows[r]);
    const bool most = r == 0 && rows.size() > 2 && NamesMostColumns(rows[r]);
    if (!most && (!look.any || (!look.only && !look.structure))) {
      if (look.structure) continue;  // « A- … » between the heading and the first action.
      break;
    }
    for (std::size_t i = 0; i < rows[r].cells.size(); ++i) {
      const Cell& cell = rows[r].cells[i];
      if (cell.text.empty()) continue;
      const LabelRole role = WholeLabel(cell.text);
      if (role == LabelRole::kNone && !IsWhen(cell.text)) continue;
      columns.roles[i] = role;
      columns.whens[i] = role == LabelRole::kNone ? cell.text : "";
      columns.labels[i] = MakeText(cell.text, cell.lines);
    }
    columns.heading_rows = r + 1;
  }
  if (std::count(columns.roles.begin(), columns.roles.end(), LabelRole::kTitle) == 0) {
    for (std::size_t i = 0; i < width; ++i) {  // « Actions » over a column names them.
      if (columns.roles[i] != LabelRole::kContent) continue;
      if (Fold(columns.labels[i].text).substr(0, 6) != "action") continue;
      columns.roles[i] = LabelRole::kTitle;
      break;
    }
  }
  // « Action | Intitulé »: the second names, the first counts.
  const bool named =
      std::any_of(columns.labels.begin(), columns.labels.end(), [](const Text& label) {
        const std::string fold = Fold(label.text);
        return fold.substr(0, 8) == "intitule" || fold.substr(0, 5) == "titre";
      });
  for (std::size_t i = 0; named && i < width; ++i) {
    const std::string fold = Fold(columns.labels[i].text);
    if (columns.roles[i] == LabelRole::kTitle && (fold == "action" || fold == "fiche action")) {
      columns.roles[i] = LabelRole::kRef;
    }
  }
  // References printed whole in the first column name it and the next one.
  std::size_t refs = 0;
  for (const Row& row : rows) {
    if (!row.cells.empty() && RefParts(row.cells[0].text).size() >= 2) ++refs;
  }
  if (refs >= 2 || (refs == 1 && rows.size() <= 2 + columns.heading_rows)) {
    if (columns.roles[0] == LabelRole::kNone) columns.roles[0] = LabelRole::kRef;
    const bool titled =
        std::count(columns.roles.begin(), columns.roles.end(), LabelRole::kTitle) > 0;
    if (!titled && width > 1 && columns.roles[1] == LabelRole::kNone && columns.whens[1].empty()) {
      columns.roles[1] = LabelRole::kTitle;
    }
  }
  return columns;
}

bool IsForm(const std::vector<Row>& rows, bool in_sheet, const LearnedLabels& learned) {
  std::size_t labels = 0;
  std::size_t others = 0;
  for (const Row& row : rows) {
    if (row.cells.empty() || row.cells[0].text.empty()) continue;
    const LabelRole role = learned.Label(row.cells[0].text);
    if (IsRubric(role) || IsRubric(CellPair(row.cells[0], learned).role)) {
      ++labels;
    } else if (ParseHeading(row.cells[0].text).kind == HeadingKind::kAction) {
      continue;  // « Fiche 3 | Créer… » heads the rows below.
    } else if (row.cells.size() >= 2 && !row.cells[1].text.empty() &&
               !StartsLower(row.cells[0].text)) {
      ++others;
    }
  }
  if (labels == 0) return false;
  if (FindColumns(rows).HasActions() && LookAtRow(rows[0]).only && FilledCells(rows[0]) > 1)
    return false;
  return labels >= (in_sheet ? 1 : 2) && labels >= others;
}

}  // namespace greffe::reader
