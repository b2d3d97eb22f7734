// Takes apart the remains of Markdown and HTML that conversion leaves in a text.
//
// Pure and thread safe. Tags may be unclosed, crossed or nested to any depth: nothing recurses.
#ifndef GREFFE_CORE_READER_MARKUP_H_
#define GREFFE_CORE_READER_MARKUP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/bullets.h"

namespace greffe::reader {

// Bytes [begin, end) of a text.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A paragraph or an item of a list, without markup.
struct Part {
  bool item = false;
  uint32_t level = 0;  // Depth of an item, 0 for a top one.
  std::string marker;  // The bullet as printed, "-" for an item of `<li>` without one.
  std::string text;    // One-spaced, without its bullet.
  // What was underlined or bold, such as the « Dès 2025 » of a schedule. In order, disjoint.
  std::vector<Range> marked;
};

// The paragraphs and items of `raw`, in order; parts without words are left out. Breaks at block
// tags and <br>, at bullets, and inside a list at « - » where an item can start.
std::vector<Part> ParseMarkup(absl::string_view raw);

// `raw` as one paragraph: markup gone, entities and `^{er}` resolved, one-spaced; bullets stay.
std::string PlainText(absl::string_view raw);

// Whether `raw` holds a block tag: <p>, <ul>, <li>, <div>, <br>, <h1>…
bool HasBlockTag(absl::string_view raw);

// The parts' texts joined by spaces.
std::string JoinParts(const std::vector<Part>& parts);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_MARKUP_H_
