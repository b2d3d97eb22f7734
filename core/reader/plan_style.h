// How a document prints its plan: which headings it spells out, how it numbers, which labels
// repeat.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PLAN_STYLE_H_
#define GREFFE_CORE_READER_PLAN_STYLE_H_

#include <map>
#include <string>
#include <vector>

#include "core/reader/blocks.h"
#include "core/reader/learned_labels.h"
#include "core/reader/plan_ref.h"
#include "core/reader/plan_region.h"

namespace greffe::reader {

// The headings that a document spells out, and how it numbers the rest.
struct PlanStyle {
  RefScheme scheme;
  bool axis_word = false;
  bool objective_word = false;
  bool action_word = false;
  bool action_rows = false;  // « Action 1.1 | Créer… » heads a form.
  LearnedLabels learned;
  std::map<std::string, int> labels;  // Folded standalone labels and how often they stand there.
};

PlanStyle LearnStyle(const Blocks& blocks, const std::vector<Region>& regions);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PLAN_STYLE_H_
