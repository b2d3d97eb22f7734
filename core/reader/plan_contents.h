// What the contents lists of a document say of its plan: axes and actions with their titles.
//
// Pure. Not thread safe; filled line by line in printed order.
#ifndef GREFFE_CORE_READER_PLAN_CONTENTS_H_
#define GREFFE_CORE_READER_PLAN_CONTENTS_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/model.h"
#include "core/reader/outline.h"
#include "core/reader/plan_table.h"

namespace greffe::reader {

class PlanContents {
 public:
  // Another document begins: it may have a list of its own.
  void EnterDocument() { over_ = false; }
  // Whether `block`, which looks like a line of the list, comes after it: a heading on a new page
  // that the list has named before, and every heading from there on.
  bool EndsAt(const Block& block);
  // Notes the axis or the action that a line of the list names.
  void Add(const Block& block);
  // Adds other wordings of the axes that the outline has, and every action as a mention.
  void AddTo(Outline* outline, std::vector<Found>* found) &&;

 private:
  std::vector<std::pair<std::string, Text>> axes_;     // By canonical reference.
  std::set<std::pair<std::string, std::string>> met_;  // The same with folded titles.
  std::vector<Found> actions_;
  bool over_ = false;
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_CONTENTS_H_
