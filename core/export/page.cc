#include "core/export/page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/base/html.h"
#include "core/convention/elements/element_blocks.h"

namespace greffe {
namespace {

constexpr char kStyle[] =
#include "core/export/page_style.inc"
    ;

// Nested lists. A level that skips one is taken as the next.
std::string List(const std::vector<BlockItem>& items) {
  std::string out;
  std::size_t open = 0;
  for (const BlockItem& item : items) {
    const std::size_t level = std::min(item.level + 1, open + 1);
    if (level > open) {
      out += "<ul>";
      ++open;
    } else {
      out += "</li>";
      for (; open > level; --open) out += "</ul></li>";
    }
    absl::StrAppend(&out, "\n<li>", EscapeHtml(item.text));
  }
  for (; open > 0; --open) out += "</li></ul>";
  return absl::StrCat(out, "\n");
}

}  // namespace

void ExportPage::Text(absl::string_view text) { body_ += EscapeHtml(text); }

void ExportPage::Paragraph(absl::string_view css_class, absl::string_view text) {
  if (text.empty()) return;
  if (css_class.empty()) {
    Put("<p>");
  } else {
    Put(absl::StrCat("<p class=\"", css_class, "\">"));
  }
  Text(text);
  Put("</p>\n");
}

void ExportPage::Heading(std::size_t level, absl::string_view id, absl::string_view text) {
  level = std::clamp<std::size_t>(level, 2, std::min<std::size_t>(last_level_ + 1, 6));
  last_level_ = level;
  const std::string anchor = id.empty() ? absl::StrCat("h-", ++headings_) : EscapeHtml(id);
  if (level == 2) contents_.push_back({anchor, std::string(text)});
  Put(absl::StrCat("<h", level, " id=\"", anchor, "\">", EscapeHtml(text), "</h", level, ">\n"));
}

void ExportPage::BeginTable(absl::string_view caption,
                            const std::vector<absl::string_view>& columns) {
  Put("<table>\n<caption>");
  Text(caption);
  Put("</caption>\n<thead><tr>");
  for (const absl::string_view column : columns) {
    Put("<th scope=\"col\">");
    Text(column);
    Put("</th>");
  }
  Put("</tr></thead>\n<tbody>\n");
}

void ExportPage::Row(const std::vector<std::string>& cells) {
  Put("<tr>");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Put(i == 0 ? "<th scope=\"row\">" : "<td>");
    Text(cells[i]);
    Put(i == 0 ? "</th>" : "</td>");
  }
  Put("</tr>\n");
}

void ExportPage::EndTable() { Put("</tbody>\n</table>\n"); }

void ExportPage::Alineas(absl::string_view text) {
  bool open = false;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty()) {
      if (open) Put("</p>\n");
      open = false;
      continue;
    }
    Put(open ? "<br>\n" : "<p>");
    Text(line);
    open = true;
  }
  if (open) Put("</p>\n");
}

void ExportPage::Element(const v1::Element& element) {
  for (const ElementBlock& block : ElementBlocks(element)) {
    switch (block.kind) {
      case ElementBlock::Kind::kParagraphs:
        Alineas(block.text);
        break;
      case ElementBlock::Kind::kLabelled:
        Put("<p><strong>");
        Text(block.label);
        Put(absl::StrCat(kNoBreak, ":</strong>", block.text.empty() ? "" : " "));
        Text(block.text);
        Put("</p>\n");
        break;
      case ElementBlock::Kind::kList:
        Put(List(block.items));
        break;
      case ElementBlock::Kind::kRemark:
        Paragraph("remark", block.text);
        break;
    }
  }
}

std::string ExportPage::Finish(absl::string_view banner, absl::string_view footer) const {
  std::string out = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>",
      EscapeHtml(title_), "</title>\n<style>", kStyle,
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#texte\">Aller au texte</a>\n"
      "<header>\n<h1>",
      EscapeHtml(title_), "</h1>\n", banner, "</header>\n");
  if (!contents_.empty()) {
    absl::StrAppend(&out, "<nav aria-label=\"Sommaire\">\n<ul>\n");
    for (const Entry& entry : contents_) {
      absl::StrAppend(&out, "<li><a href=\"#", entry.id, "\">", EscapeHtml(entry.text),
                      "</a></li>\n");
    }
    absl::StrAppend(&out, "</ul>\n</nav>\n");
  }
  absl::StrAppend(&out, "<main id=\"texte\" tabindex=\"-1\">\n", body_, "</main>\n<footer>\n",
                  footer, "</footer>\n</body>\n</html>\n");
  return out;
}

std::string BannersHtml(const std::vector<std::string>& banners) {
  if (banners.empty()) return "";
  std::string out =
      "<div class=\"notice\" role=\"note\">\n<p><strong>Avertissements de la réplique "
      "interrogée</strong></p>\n<ul>\n";
  for (const std::string& banner : banners) {
    absl::StrAppend(&out, "<li>", EscapeHtml(banner), "</li>\n");
  }
  return absl::StrCat(out, "</ul>\n</div>\n");
}

}  // namespace greffe
