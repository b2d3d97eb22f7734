#include "core/reader/report_html.h"

#include "core/reader/report_page.h"

namespace greffe::reader {

std::size_t LineCounts::UnreadPerMille() const {
  return full == 0 ? 0 : (unread * 1000 + full - 1) / full;
}

LineCounts CountLines(const Reading& reading) {
  LineCounts counts;
  for (const auto& uses : reading.uses) {
    for (const LineUse use : uses) {
      if (use == LineUse::kBlank) continue;
      ++counts.full;
      if (use == LineUse::kRead) {
        ++counts.read;
      } else if (use == LineUse::kUnread) {
        ++counts.unread;
      } else {
        ++counts.set_aside;
      }
    }
  }
  return counts;
}

std::string ReportHtml(const Reading& reading, const std::vector<DocumentFile>& files,
                       const Draft& draft, const std::vector<v1::DraftProblem>& problems) {
  ReportPage page(reading, files, draft, problems);
  PutHead(page);
  page.Put("<main id=\"contenu\" tabindex=\"-1\">\n");
  PutLists(page);
  page.Put(
      "<section aria-labelledby=\"h-lecture\"><h2 id=\"h-lecture\">Source et ébauche</h2>\n"
      "<p>Chaque ligne de la source renvoie à l'élément qui la cite, chaque élément à ses "
      "lignes.</p>\n<div class=\"sides\">\n");
  PutSides(page);
  page.Put(
      "</div></section>\n</main>\n<footer><p>Rapport de « greffe import ». Il contient des "
      "noms de personnes : ne le publiez pas.</p></footer>\n</body>\n</html>\n");
  return page.Take();
}

}  // namespace greffe::reader
