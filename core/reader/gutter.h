// Prose in two newspaper columns, as text with its layout prints it: each line holds a piece of
// the left column, a gutter of blanks, and a piece of the right one.
//
// Pure and thread safe. Tables and forms are left alone: in prose most lines of both columns go on
// in the middle of a sentence.
#ifndef GREFFE_CORE_READER_GUTTER_H_
#define GREFFE_CORE_READER_GUTTER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// A stretch of lines in two columns: the lines of the left one from top to bottom, then those of
// the right one. A blank text is a line that the column leaves empty.
struct GutterRun {
  struct Line {
    std::size_t at = 0;  // Index of the source line.
    std::string text;
  };
  std::size_t end = 0;  // Index after its last line.
  std::vector<Line> left;
  std::vector<Line> right;
};

// By the index of the first line of each stretch.
using GutterRuns = std::map<std::size_t, GutterRun>;

GutterRuns FindGutters(const Document& document, const std::vector<LineUse>& uses);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_GUTTER_H_
