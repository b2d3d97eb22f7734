#include "core/reader/report_html.h"

#include <cstdint>
#include <set>

#include "core/reader/report_page.h"

namespace greffe::reader {

namespace {

std::size_t PerMille(std::size_t part, std::size_t full) {
  return full == 0 ? 0 : (part * 1000 + full - 1) / full;
}

// Lines that are read, of `text`.
void AddRead(const Reading& reading, const Text& text, std::set<Lines>* out) {
  for (const Lines& lines : text.source.lines) {
    if (lines.document >= reading.uses.size()) continue;
    const std::vector<LineUse>& uses = reading.uses[lines.document];
    for (std::uint32_t i = lines.first; i <= lines.last && i <= uses.size(); ++i) {
      if (i > 0 && uses[i - 1] == LineUse::kRead) out->insert({lines.document, i, i});
    }
  }
}

std::set<Lines> PlainLines(const Reading& reading) {
  std::set<Lines> out;
  for (const Section& section : reading.convention.sections) {
    for (const Text* text : {&section.title, &section.body}) {
      if (text->source.confidence < kSureConfidence) AddRead(reading, *text, &out);
    }
  }
  // Facilities, actions and bodies that an annex holds are pieces of their own: its body is the
  // rest.
  for (const Annex& annex : reading.convention.annexes) AddRead(reading, annex.body, &out);
  return out;
}

}  // namespace

std::size_t LineCounts::UnreadPerMille() const { return PerMille(unread, full); }
std::size_t LineCounts::PlainPerMille() const { return PerMille(plain, full); }

std::vector<Lines> PlainPassages(const Reading& reading) {
  std::vector<Lines> out;
  for (const Lines& line : PlainLines(reading)) {
    bool touches = !out.empty() && out.back().document == line.document;
    for (std::uint32_t i = touches ? out.back().last + 1 : 0; touches && i < line.first; ++i) {
      touches = reading.uses[line.document][i - 1] == LineUse::kBlank;
    }
    if (touches) {
      out.back().last = line.last;
    } else {
      out.push_back(line);
    }
  }
  return out;
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
  counts.plain = PlainLines(reading).size();
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
