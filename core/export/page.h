#ifndef GREFFE_CORE_EXPORT_PAGE_H_
#define GREFFE_CORE_EXPORT_PAGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/element.pb.h"

// One self-contained HTML page in French that reads well on a screen, printed, and by ear (RGAA):
// no script, nothing fetched, headings without a gap, a way past the contents. Private to
// core/export. One thread.
namespace greffe {

class ExportPage final {
 public:
  // `title` as in documents. The page says `lang="fr"`: everything in it is French.
  explicit ExportPage(absl::string_view title) : title_(title) {}

  // Markup that is ours.
  void Put(absl::string_view html) { body_.append(html.data(), html.size()); }
  // Text of documents, escaped.
  void Text(absl::string_view text);
  // <p class="..."> with escaped text; no class when it is empty. Nothing for an empty text.
  void Paragraph(absl::string_view css_class, absl::string_view text);
  // Heading of `level` 2 to 6, or less where that would leave a gap below the last one. `id` may be
  // empty. Those of level 2 are listed in the contents.
  void Heading(std::size_t level, absl::string_view id, absl::string_view text);
  // A table with caption and column headers; rows follow, then EndTable.
  void BeginTable(absl::string_view caption, const std::vector<absl::string_view>& columns);
  // The first cell is the row's header. Cells are escaped.
  void Row(const std::vector<std::string>& cells);
  void EndTable();
  // Lines as they are, paragraphs parted by empty ones. Escaped.
  void Alineas(absl::string_view text);
  // Content of an element, without its heading.
  void Element(const v1::Element& element);

  // The whole page: head, `banner` (markup under the title), contents, all that was put, `footer`.
  std::string Finish(absl::string_view banner, absl::string_view footer) const;

 private:
  struct Entry {
    std::string id;
    std::string text;
  };

  const std::string title_;
  std::string body_;
  std::vector<Entry> contents_;
  std::size_t last_level_ = 1;
  std::size_t headings_ = 0;
};

// What the replica warns of, as markup under the title; empty without banners.
std::string BannersHtml(const std::vector<std::string>& banners);

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_PAGE_H_
