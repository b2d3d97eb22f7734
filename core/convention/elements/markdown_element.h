#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_MARKDOWN_ELEMENT_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_MARKDOWN_ELEMENT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "greffe/v1/element.pb.h"

// How single elements read in Markdown. Private to core/convention and core/export.
namespace greffe {

// Text of a convention so that Markdown shows it as it was written: its own signs are escaped,
// line breaks kept.
std::string MarkdownText(absl::string_view text);
// The same on one line, for headings and lists.
std::string MarkdownLine(absl::string_view text);
// The same for a cell of a table.
std::string MarkdownCell(absl::string_view text);

// Heading at `level` (1 to 6) and content of an element that stands alone: everything but parties,
// facilities and indicators, which read better together.
std::string MarkdownElement(const v1::Element& element, std::size_t level);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_MARKDOWN_ELEMENT_H_
