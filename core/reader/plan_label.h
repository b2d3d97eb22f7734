// Labels in running text: « Public cible », « Public cible : familles », « 2 - Objectifs ».
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PLAN_LABEL_H_
#define GREFFE_CORE_READER_PLAN_LABEL_H_

#include <string>
#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/labels.h"
#include "core/reader/learned_labels.h"

namespace greffe::reader {

// A stretch of a block: a label with what stands beside it, or text (role kNone).
struct LabelPiece {
  LabelRole role = LabelRole::kNone;
  std::string label;
  std::string value;  // Its lines as printed, '\n' between.
  Lines lines;
};

// The stretches of a paragraph or heading: each of its lines may be a label.
std::vector<LabelPiece> SplitLabels(const Block& block, const LearnedLabels& learned);

// The label that a list item is; role kNone for none.
LabelPiece ItemLabel(const Block& block, const LearnedLabels& learned);

// « Pilote : commune » in one cell; role kNone when the cell is not of this form.
LabelPiece CellPair(const Cell& cell, const LearnedLabels& learned);

// What a label means where it stands: a bare « Résultats » names results that are expected, unless
// indicators are being read.
LabelRole InContext(LabelRole role, absl::string_view label, LabelRole current);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_LABEL_H_
