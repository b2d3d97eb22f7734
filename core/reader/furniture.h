// What pages add to a text: running headers, page numbers, stamps, watermarks, contents lists.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_FURNITURE_H_
#define GREFFE_CORE_READER_FURNITURE_H_

#include <vector>

#include "core/reader/model.h"

namespace greffe::reader {

// One use per line: kBlank (no letter, digit, « / » or « ? »), kPageHeader, kWatermark, kPageStamp,
// kContents, and kUnread for the text itself. A line is set aside only for what it is:
// - kPageHeader repeats at least three times, here or but for its page number, as a title of the
//   convention or between the halves of a sentence; its first occurrence stays text;
// - kWatermark stands alone on its line and is in the lexicon (« PROJET », « BROUILLON »);
// - kPageStamp has the form of a line of a transmission stamp or of a page number;
// - kContents stands under a heading of contents and has the form of an entry.
std::vector<LineUse> FindFurniture(const Document& document);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FURNITURE_H_
