// Labels that a document makes up itself: « Ce que nous ferons : … » in each of its sheets.
//
// Pure and thread safe once made. A label that no lexicon has is learned where it recurs in sheet
// after sheet; what stands under it is told by its words, else by what it holds: dated steps are a
// schedule, « Nombre de … » are indicators.
#ifndef GREFFE_CORE_READER_LEARNED_LABELS_H_
#define GREFFE_CORE_READER_LEARNED_LABELS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/labels.h"
#include "core/reader/plan_region.h"

namespace greffe::reader {

class LearnedLabels {
 public:
  LearnedLabels() = default;
  LearnedLabels(const std::vector<Block>& blocks, const std::vector<Region>& regions);

  // The role of a label without its colon, numbered or not; kNone when it was not learned.
  LabelRole RoleOf(absl::string_view label) const;
  // The role of a whole text by lexicon, else as learned.
  LabelRole Label(absl::string_view text) const;
  // « • Pilote : … »: the sheets print this label as an item of a list.
  bool IsItemLabel(absl::string_view label) const;

 private:
  std::map<std::string, LabelRole> roles_;  // By the folded label.
  std::set<std::string> item_labels_;
};

// The role that the words of a label tell; kNone when they tell nothing.
LabelRole RoleByWords(absl::string_view label);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_LEARNED_LABELS_H_
