// Lines that open with a label: « Pilote : commune », « Les étapes : », « Indicateurs ».
//
// Pure and thread safe once made. Below the items of a list such a line does not go on with the
// last item.
#ifndef GREFFE_CORE_READER_LABEL_LINES_H_
#define GREFFE_CORE_READER_LABEL_LINES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/model.h"

namespace greffe::reader {

class LabelLines {
 public:
  // Learns the labels that the lines of the document repeat.
  LabelLines(const Document& document, const std::vector<LineUse>& uses);

  // Whether `text`, a line without markup, opens with a label: one of the lexicon, one with its
  // colon at the end of the line, or one that the document repeats with text behind its colon.
  bool Opens(absl::string_view text) const;

 private:
  std::map<std::string, int> times_;  // By the folded label.
};

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_LABEL_LINES_H_
