#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_ELEMENT_BLOCKS_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_ELEMENT_BLOCKS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "greffe/v1/element.pb.h"

// How single elements read in a printed text, whatever its format: Markdown and HTML render the
// same blocks. Pure functions; thread safe.
namespace greffe {

// No-break spaces of French typography: before « : » and inside « », and the narrow one before
// « ; », « ? » and « ! ».
inline constexpr char kNoBreak[] = "\u00a0";
inline constexpr char kNarrowNoBreak[] = "\u202f";

struct BlockItem {
  std::string text;
  // Depth below the list, 0 for a top item, at most 8.
  std::size_t level = 0;
};

// One piece of a printed element. Texts are as in the element: a renderer escapes them.
struct ElementBlock {
  enum class Kind {
    // `text`, of several lines; an empty line parts paragraphs.
    kParagraphs,
    // `label`, then `text` on the same line. The text may be empty.
    kLabelled,
    kList,
    // `text` that is not wording of the convention.
    kRemark,
  };
  Kind kind = Kind::kParagraphs;
  std::string label;
  std::string text;
  std::vector<BlockItem> items;
};

// True for an element that stands under its own heading (ElementTitle); others only have content.
bool HasHeading(const v1::Element& element);

// Content of an element that stands alone: everything but parties, facilities and indicators, which
// read better together (core/convention/views/document_parts.h). Empty parts are left out.
std::vector<ElementBlock> ElementBlocks(const v1::Element& element);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_ELEMENT_BLOCKS_H_
