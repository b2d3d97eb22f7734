// The walk over the blocks of a plan: what it is reading, and how each kind of block is read.
//
// Internal to plan_reader.cc (sheets), plan_headings.cc, plan_text.cc and plan_forms.cc.
// Not thread safe; one walk a reading.
#ifndef GREFFE_CORE_READER_PLAN_WALK_H_
#define GREFFE_CORE_READER_PLAN_WALK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/glue.h"
#include "core/reader/outline.h"
#include "core/reader/plan_contents.h"
#include "core/reader/plan_label.h"
#include "core/reader/plan_reader.h"
#include "core/reader/plan_region.h"
#include "core/reader/plan_style.h"
#include "core/reader/plan_table.h"
#include "core/reader/sheet.h"

namespace greffe::reader {

// A heading that names the axis known by its number has at least this likeness to its title.
inline constexpr double kSameAxisTitle = 0.4;

class PlanWalk {
 public:
  PlanWalk(const Blocks& blocks, const std::vector<Region>& regions, const Vocabulary& vocabulary);
  PlanFindings Walk();

 private:
  // Sheets.
  void StartSheet(std::string ref, Text title);
  // A heading without a sheet below is an entry of a list.
  void EndSheet();
  // Whether text after a form still belongs to the sheet: more of the form follows.
  bool SheetGoesOn() const;
  // Whether this item stands right below a form, as « TAB - item » under a rubric does.
  bool FollowsForm() const;
  bool Known(absl::string_view label) const;
  // The labels in the text of a block that the document repeats, worked out once: many places look
  // ahead at the same blocks.
  struct BlockLabels {
    bool read = false;
    LabelRole first = LabelRole::kNone;
    bool rubric = false;  // One of them opens a rubric.
  };
  const BlockLabels& LabelsOf(std::size_t at) const;
  // Whether this label begins the next of sheets that have no headings.
  bool OpensUntitled(LabelRole role) const;

  // Headings.
  // Axes, objectives and actions by word or by number; false when the block is something else.
  bool ReadHeading(const Block& block);
  bool EnterAxis(const Block& block, const std::string& ref);
  // « Fiche action 1 : … », then « Axe 1 : … » and « Objectif 1.1 : … », then its rubrics: the
  // lines between say where the sheet belongs and end nothing.
  bool InSheetHead() const;
  bool EnterObjective(const Block& block, const std::string& ref);
  bool EnterAction(const Block& block, const std::string& ref);
  bool EnterSubAction(const Block& block, const std::string& ref);
  // « 1.a … », « 1.b … » line by line, a cut title joined; the lines taken.
  std::size_t EnterSubActions(uint32_t document, const std::vector<BlockLine>& lines);
  void AddSubAction(std::string ref, Text title);
  bool ReadNumbered(const Block& block, const std::string& ref);
  // « I-1-a » under the content of the sheet « I-1 ».
  bool IsBelowSheet(const std::vector<std::string>& parts) const;
  // An action of the list below an axis or objective; false where no such list is open.
  bool AddListed(const std::string& number, Text title);
  // « 1- installation… » in a list of actions, printed small.
  bool ReadSmallNumbered(const Block& block);
  // « 2. Jeunesse » is an axis where « 2.1 … » follows at once.
  bool NumbersBelow(const std::string& ref) const;
  bool EnterNumberedObjective(const Block& block, const std::vector<std::string>& parts);
  void AddMention(std::string ref, Text title);

  // Text.
  void ReadItem(const Block& block);
  void ReadText(const Block& block);
  // « RÉCAPITULATIF DES INDICATEURS » in capitals on a new page opens another part of the document;
  // so does a heading after the last sheet, in capitals or of the level that the sheets have.
  bool ClosesPlan(const Block& block) const;
  bool ClosesLastSheet(const Block& block) const;
  // Whether a label that the document repeats stands below, before the next sheet.
  bool LabelsFollow() const;
  // « Fiche action n° 3 » has its title in the next line.
  bool TakeTitle(const Block& block, const LabelPiece& piece);
  // Opens a rubric of the sheet, or a sheet without a title. False when there is no sheet for it.
  bool OpenLabel(const Block& block, const LabelPiece& piece);
  // « Thématique : Petite enfance » over the next sheet, where no axis has a number: counted by
  // order.
  bool ReadUnnumberedAxis(const Block& block);
  // Whether the next heading is that of a sheet.
  bool ActionsFollow() const;
  // « Intitulé : … », « Axe : … » of a sheet's head.
  bool ReadField(const Block& block, const LabelPiece& piece);
  // Adds text to the open rubric. Where items are listed one a line without bullets, each line
  // that starts like an item is one.
  void AddText(const Block& block, std::string text, Lines lines, bool item);
  void AddEntry(const Block& block, std::string text, Lines lines, bool item);

  // Tables.
  void ReadTable(const Block& block);
  // Whether a table inside a sheet is a table of actions: most rows have a whole reference.
  static bool NamesActions(const Block& block);
  // « Calendrier | 2024 | 2025 » over rows of a step and its marks, or of marks alone; the rows
  // read, the head among them. 0 when row `head` is no such head.
  std::size_t ReadScheduleGrid(const Block& block, std::size_t head);
  void AddGridRow(const std::vector<Cell>& heads, const std::vector<Cell>& cells);
  bool OpensFormRow(const Row& row) const;
  // « Action | Indicateurs » in an annex that is no plan: what it says of actions known elsewhere.
  void ReadTableElsewhere(const Block& block);
  // « Action n° 1 | Créer… » alone, its form below a gap.
  static bool IsTitleRow(const Block& block);
  bool GivesTitle(const Block& block) const;
  void AddTable(TableReading reading, const Columns& columns);
  void ReadRowsOfSheet(const Block& block);
  void AddCell(const Cell& cell);
  // A form: rows of a label and its text.
  void ReadForm(const Block& block);
  void ReadFormRow(const Block& block, const Row& row);
  // « Pilote : commune | Partenaires : Caf »: each cell a label with its text.
  bool ReadPairs(const std::vector<const Cell*>& cells);
  void OpenFormRubric(const Cell& cell, absl::string_view printed_label, LabelRole printed);
  // The form starts again: the sheets have no headings.
  bool OpensNextForm(LabelRole role) const;
  // A row of one cell: a heading, or text.
  bool ReadRowHeading(const Block& block, const Cell& cell);
  // « Fiche action n° 1 | Créer… », « Intitulé | … », « Axe | … ».
  bool ReadFormField(const Row& row, const std::vector<const Cell*>& cells, LabelRole role);
  bool ReadAxisField(const Cell& first, const Cell& value, Text text);
  // A label cut by a page goes on in small letters; anything else is a rubric of its own name.
  void ReadUnlabelledRow(const std::vector<const Cell*>& cells);

  const std::vector<Block>& blocks_;
  const std::vector<Region>& regions_;
  const Vocabulary& vocabulary_;
  const PlanStyle style_;
  std::size_t at_ = 0;  // The block being read.
  mutable std::vector<BlockLabels> labels_;

  Outline outline_;
  PlanFindings findings_;
  bool listing_ = false;  // An axis or objective was opened: its actions may be listed.
  bool in_sheet_ = false;
  uint32_t sheet_level_ = 0;  // Number of # before the sheet's title, 0 without.
  bool title_row_ = false;    // The last row of the form that has a label gives the title.
  bool form_ended_ = false;   // The sheet's table is over: free text needs more of it to follow.
  Found sheet_;
  SheetBuilder builder_;
  uint32_t family_ = 1;
  Columns last_columns_;
  std::map<std::string, uint32_t> table_families_;
  PlanContents contents_;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_WALK_H_
