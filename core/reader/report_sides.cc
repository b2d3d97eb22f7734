// Source and draft side by side, linked both ways.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/base/html.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/elements/field_words.h"
#include "core/reader/report_page.h"

namespace greffe::reader {
namespace {

// Elements named beside one line.
constexpr std::size_t kCitingShown = 3;
// One element, escaped, takes less.
constexpr std::size_t kElementHtmlBytes = 1024 * 1024;

class SideWriter final {
 public:
  explicit SideWriter(ReportPage& page) : page_(page) {
    for (const Document& document : page_.reading().documents) {
      citing_.emplace_back(document.lines.size());
    }
    for (int i = 0; i < page_.draft().draft.elements_size(); ++i) NoteSources(i);
  }

  void Source() {
    page_.Put(
        "<div class=\"side\" id=\"source\" role=\"region\" aria-label=\"Source\" "
        "tabindex=\"0\">\n");
    for (std::uint32_t d = 0; d < page_.reading().documents.size(); ++d) {
      const Document& document = page_.reading().documents[d];
      page_.Put(absl::StrCat("<h3 id=\"d", d + 1, "\">"));
      page_.PutText(document.name);
      page_.Put("</h3>\n");
      for (std::uint32_t i = 0; i < document.lines.size(); ++i) {
        // Half of the page is the draft's.
        if (page_.size() > kReportBytes / 2) {
          page_.Put(absl::StrCat("<p class=\"check\">", document.lines.size() - i,
                                 " lignes de plus ne sont pas montrées ici.</p>\n"));
          break;
        }
        SourceLine(d, i);
      }
    }
    page_.Put("</div>\n");
  }

  void Elements() {
    page_.Put(
        "<div class=\"side\" id=\"ebauche\" role=\"region\" aria-label=\"Ébauche\" "
        "tabindex=\"0\">\n<h3>Ébauche</h3>\n");
    std::map<std::string, std::size_t> depths;
    int shown = 0;
    for (const v1::Element& element : page_.draft().draft.elements()) {
      if (page_.size() > kReportBytes - kElementHtmlBytes) {
        page_.Put(absl::StrCat("<p class=\"check\">", page_.draft().draft.elements_size() - shown,
                               " éléments de plus ne sont pas montrés ici.</p>\n"));
        break;
      }
      const auto parent = depths.find(element.parent_id());
      const std::size_t depth = parent == depths.end() ? 0 : parent->second + 1;
      depths[element.id()] = depth;
      ElementSection(element, depth);
      ++shown;
    }
    page_.Put("</div>\n");
  }

 private:
  static std::string ElementLink(const v1::Element& element) {
    return absl::StrCat("<a href=\"#e-", EscapeHtml(element.id()), "\">",
                        EscapeHtml(ElementKind(element)), " ", EscapeHtml(element.id()), "</a>");
  }

  void NoteSources(int index) {
    for (const v1::SourcePlace& place : page_.draft().draft.elements(index).sources()) {
      const int document = page_.DocumentOf(place.document_sha256());
      if (document < 0 || static_cast<std::size_t>(document) >= citing_.size()) continue;
      auto& lines = citing_[static_cast<std::size_t>(document)];
      for (std::size_t n = place.first_line(); n >= 1 && n <= place.last_line(); ++n) {
        if (n > lines.size() || steps_ == 0) break;
        --steps_;
        if (lines[n - 1].size() < kCitingShown) lines[n - 1].push_back(index);
      }
    }
  }

  void SourceLine(std::uint32_t d, std::uint32_t i) {
    const bool known = d < page_.reading().uses.size() && i < page_.reading().uses[d].size();
    const LineUse use = known ? page_.reading().uses[d][i] : LineUse::kUnread;
    const std::string id = ReportPage::LineId(d, i + 1);
    const char* look = use == LineUse::kUnread                           ? " unread"
                       : use == LineUse::kRead || use == LineUse::kBlank ? ""
                                                                         : " aside";
    page_.Put(absl::StrCat("<div class=\"line", look, "\" id=\"", id, "\"><a href=\"#", id, "\">",
                           i + 1, "</a><span class=\"t\">"));
    page_.PutText(page_.reading().documents[d].lines[i]);
    page_.Put("</span>");
    const std::vector<int>& citing = citing_[d][i];
    if (use != LineUse::kBlank && (use != LineUse::kRead || !citing.empty())) {
      page_.Put("<span class=\"w\">");
      if (use != LineUse::kRead) page_.Put(absl::StrCat("[", UseWord(use), "] "));
      for (const int element : citing) {
        page_.Put(absl::StrCat("→ ", ElementLink(page_.draft().draft.elements(element)), " "));
      }
      page_.Put("</span>");
    }
    page_.Put("</div>\n");
  }

  void ElementSection(const v1::Element& element, std::size_t depth) {
    const std::string heading = absl::StrCat("h", std::min<std::size_t>(4 + depth, 6));
    page_.Put(absl::StrCat("<div class=\"element d", std::min<std::size_t>(depth, 4), "\" id=\"e-",
                           EscapeHtml(element.id()), "\"><", heading, ">"));
    page_.PutText(absl::StrCat(ElementKind(element), " · ", ElementTitle(element)));
    page_.Put(
        absl::StrCat("</", heading, "><dl><dt>Id</dt><dd>", EscapeHtml(element.id()), "</dd>"));
    for (const ElementField& field : ElementFields(element)) {
      if (field.path == "parent_id") continue;
      page_.Put("<dt>");
      page_.PutText(FieldLabel(field.path));
      page_.Put("</dt><dd>");
      page_.PutText(FieldValue(field));
      page_.Put("</dd>");
    }
    page_.Put("</dl>\n");
    Sources(element);
    page_.Put("</div>\n");
  }

  void Sources(const v1::Element& element) {
    if (element.sources().empty()) {
      page_.Put("<p>Sans ligne de source.</p>");
      return;
    }
    std::vector<Lines> lines;
    for (const v1::SourcePlace& place : element.sources()) {
      const int document = page_.DocumentOf(place.document_sha256());
      if (document < 0) continue;
      lines.push_back(
          {static_cast<std::uint32_t>(document), place.first_line(), place.last_line()});
    }
    const v1::SourcePlace& first = element.sources(0);
    page_.Put(absl::StrCat("<p>Source : ", page_.LinesLinks(lines),
                           ". Confiance : ", first.confidence(), " %"));
    if (first.confidence() < kSureConfidence) page_.Put(" <span class=\"check\">à vérifier</span>");
    if (!first.recovered().empty()) {
      page_.Put(" <span class=\"check\">retrouvé (");
      page_.PutText(first.recovered());
      page_.Put("), non imprimé</span>");
    }
    page_.Put(".</p>\n");
  }

  ReportPage& page_;
  std::vector<std::vector<std::vector<int>>> citing_;  // Elements by document and line.
  // Lines that may still be walked: each of many elements may cite a whole document.
  std::size_t steps_ = 20'000'000;
};

}  // namespace

void PutSides(ReportPage& page) {
  SideWriter sides(page);
  sides.Source();
  sides.Elements();
}

}  // namespace greffe::reader
