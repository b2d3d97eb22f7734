// The pieces of a line that wide gaps hold apart.
//
// Pure and thread safe. Linear in the line.
#ifndef GREFFE_CORE_READER_SEGMENTS_H_
#define GREFFE_CORE_READER_SEGMENTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// Words of a line without a wide gap between them. Places count characters, not bytes.
struct Segment {
  std::size_t place = 0;
  std::size_t end = 0;
  std::string text;
};

// Of a line that tabs, pipes or tags make a row of, or that is too long for columns: none.
std::vector<Segment> SegmentsOf(absl::string_view line);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_SEGMENTS_H_
