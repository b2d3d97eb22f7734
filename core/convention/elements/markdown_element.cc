#include "core/convention/elements/markdown_element.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/element_text.h"

namespace greffe {
namespace {

std::string EscapeInline(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"},
                                    {"`", "\\`"},
                                    {"*", "\\*"},
                                    {"_", "\\_"},
                                    {"[", "\\["},
                                    {"<", "\\<"},
                                    {"~", "\\~"}});
}

// What would make a heading, a quote or a rule only at the start of a line.
std::string EscapeLine(absl::string_view line) {
  const bool marks = !line.empty() && (line[0] == '#' || line[0] == '>' || line[0] == '=' ||
                                       line.substr(0, 3) == "---");
  return absl::StrCat(marks ? "\\" : "", EscapeInline(line));
}

// One block, ending with an empty line.
void AppendBlock(std::string* out, const ElementBlock& block) {
  switch (block.kind) {
    case ElementBlock::Kind::kParagraphs:
      absl::StrAppend(out, MarkdownText(block.text));
      break;
    case ElementBlock::Kind::kLabelled:
      absl::StrAppend(out, "**", MarkdownLine(block.label), kNoBreak, ":**",
                      block.text.empty() ? "" : " ", MarkdownLine(block.text));
      break;
    case ElementBlock::Kind::kList:
      for (const BlockItem& item : block.items) {
        absl::StrAppend(out, std::string(2 * item.level, ' '), "- ", MarkdownLine(item.text), "\n");
      }
      absl::StrAppend(out, "\n");
      return;
    case ElementBlock::Kind::kRemark:
      absl::StrAppend(out, "*", MarkdownLine(block.text), "*");
      break;
  }
  absl::StrAppend(out, "\n\n");
}

}  // namespace

std::string MarkdownText(absl::string_view text) {
  std::string out;
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    absl::StrAppend(&out, EscapeLine(lines[i]));
    if (i + 1 == lines.size()) break;
    // Two spaces keep a break inside a paragraph.
    const bool inside = !lines[i].empty() && !lines[i + 1].empty();
    absl::StrAppend(&out, inside ? "  \n" : "\n");
  }
  return out;
}

std::string MarkdownLine(absl::string_view text) {
  return EscapeInline(absl::StrReplaceAll(text, {{"\n", " "}}));
}

std::string MarkdownCell(absl::string_view text) {
  return absl::StrReplaceAll(MarkdownLine(text), {{"|", "\\|"}});
}

std::string MarkdownElement(const v1::Element& element, std::size_t level) {
  std::string out;
  if (HasHeading(element)) {
    absl::StrAppend(&out, std::string(std::clamp<std::size_t>(level, 1, 6), '#'), " ",
                    MarkdownLine(ElementTitle(element)), "\n\n");
  }
  for (const ElementBlock& block : ElementBlocks(element)) AppendBlock(&out, block);
  return out;
}

}  // namespace greffe
