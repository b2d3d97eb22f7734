// Action sheets: rubrics in, the fields of an action out.
//
// Pure. A sheet is filled label by label in printed order, then finished once.
#ifndef GREFFE_CORE_READER_SHEET_H_
#define GREFFE_CORE_READER_SHEET_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/glue.h"
#include "core/reader/labels.h"
#include "core/reader/model.h"
#include "core/reader/schedule.h"
#include "core/reader/table.h"

namespace greffe::reader {

// What a text under a heading says about its being filled: « / » and « néant » none, « ? » and
// « à définir » open, nothing blank, anything else filled.
v1::FilledState StateOf(const std::vector<Entry>& entries);

class SheetBuilder {
 public:
  // Opens a rubric; what is added goes there. A rubric that was opened without a label (text
  // before any) and says the same takes the label.
  void Open(LabelRole role, Text label);
  // More words of the last label, cut by a page.
  void ExtendLabel(absl::string_view text, Lines lines);
  // More words of the last text, cut by the same row; false where that text had ended.
  bool ExtendText(const Cell& cell);
  // Adds to the open rubric; without one, to a context without a label (confidence 60).
  void Add(Entry entry, bool from_cell);
  // Closes the open rubric: text that follows needs a label.
  void Close() { open_ = false; }
  // Rows of a table that is no form, kept as printed.
  void AddRow(std::string text, Lines lines);

  bool IsOpen() const { return open_; }
  LabelRole Role() const { return open_ ? rubrics_.back().role : LabelRole::kNone; }
  bool Has(LabelRole role) const;
  LabelRole FirstRole() const;
  std::size_t Rubrics() const { return rubrics_.size(); }
  bool empty() const { return rubrics_.empty(); }

  // Moves everything into `action`, after what it has.
  void Finish(const Vocabulary& vocabulary, Action* action);

 private:
  struct OpenRubric {
    LabelRole role = LabelRole::kNone;
    Text label;
    std::vector<Entry> entries;
    bool from_cell = false;
  };
  // Whether the names of kinds sort the indicators of the rubric at `at`.
  bool SortsByKind(std::size_t at) const;
  void GiveBackIndicators();

  std::vector<OpenRubric> rubrics_;
  bool open_ = false;
};

// Indicators of a rubric's entries; `kind` is that of its label. Kinds printed among the entries
// hold for what follows them.
std::vector<Indicator> ReadIndicators(const std::vector<Entry>& entries, v1::IndicatorKind kind,
                                      bool from_cell, const Vocabulary& vocabulary);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_SHEET_H_
