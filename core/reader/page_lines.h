// The forms of lines that pages add: page numbers, parts of transmission stamps.
//
// All functions take plain text (letters.h). Pure and thread safe.
#ifndef GREFFE_CORE_READER_PAGE_LINES_H_
#define GREFFE_CORE_READER_PAGE_LINES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// Without « page 3 », « 3/12 », « p. 3 sur 12 » at its end; a year stays.
std::string WithoutPageNumber(std::string plain);

// « 3 », « - 3 - », « page 3 sur 12 », « 3/12 »: the number, 0 for any other line. `certain` when
// the line can be nothing else.
int PageNumberOf(absl::string_view plain, bool* certain);

// What a line is in a stamp of transmission: a strong part makes the weak ones near it count.
enum class StampPart { kNone, kWeak, kStrong };
StampPart StampPartOf(absl::string_view plain);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PAGE_LINES_H_
