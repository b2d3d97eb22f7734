// Printed wordings with their places: made, and merged where a document prints one again.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_WORDING_H_
#define GREFFE_CORE_READER_WORDING_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/model.h"

namespace greffe::reader {

// `text` as these lines print it.
Text MakeText(std::string text, Lines lines, uint32_t confidence = 100);

// Adds `text` to `to` as a line of its own, with the places that print it.
void AddBelow(absl::string_view text, const std::vector<Lines>& lines, Text* to);

// Adds to `to` the lines of `from` that it lacks, up to 2,000 places.
void AddLines(const Source& from, Source* to);

// Notes that `title` is printed again as `again`: the same words add their lines, others an alias,
// up to a hundred: more lines stay unread, and become text of their own.
void AddWording(Text again, Text* title, std::vector<Text>* aliases);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_WORDING_H_
