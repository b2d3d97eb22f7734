#include "core/export/instrument_document.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/base/html.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/markdown_element.h"
#include "core/convention/views/printed_avenant.h"
#include "core/export/page.h"

namespace greffe {
namespace {

constexpr char kProved[] = "prouvé\u00a0: les deux dernières empreintes sont égales";
constexpr char kNotProved[] = "NON prouvé (CHK-24)";

// Letters of the classes, explained under the table.
constexpr char kClasses[] =
    "Classe A\u00a0: un avenant est nécessaire. Classe B\u00a0: une clause laisse ce changement à "
    "un comité. Classe C\u00a0: suivi.";

std::string Why(const v1::PartyCoverage& one) {
  return one.quote().empty() ? one.why() : absl::StrCat(one.why(), " « ", one.quote(), " »");
}

// « Pour la Ville de Rodez – Maire » and what follows: the date, written or to be written.
struct Place {
  std::string who;
  std::string when;
};
Place PlaceOf(const std::string& line) {
  const std::size_t colon = line.rfind(" : ");
  if (colon == std::string::npos) return {line, ""};
  return {line.substr(0, colon), line.substr(colon + 3)};
}

// A cell keeps the lines of its text.
std::string Cell(absl::string_view text) {
  std::vector<std::string> lines;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    lines.push_back(MarkdownCell(line));
  }
  return absl::StrJoin(lines, "<br>");
}

std::string MarkdownBlock(const PrintedBlock& block) {
  std::string out = absl::StrCat("## ", MarkdownLine(block.heading), "\n\n");
  if (!HoldsSignatures(block)) {
    return absl::StrCat(out, MarkdownText(absl::StrJoin(block.lines, "\n")), "\n\n");
  }
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    if (i == 0) {
      absl::StrAppend(&out, MarkdownLine(block.lines[i]),
                      "\n\n| Signataire | Date | Signature |\n| --- | --- | --- |\n");
      continue;
    }
    const Place place = PlaceOf(block.lines[i]);
    absl::StrAppend(&out, "| ", MarkdownCell(place.who), " | ", MarkdownCell(place.when),
                    " | <br><br><br> |\n");
  }
  return absl::StrCat(out, "\n");
}

// A list whose items do not leave their last sign alone on a line.
void PutItems(ExportPage* page, const std::vector<std::string>& lines) {
  bool open = false;
  for (const std::string& line : lines) {
    if (!absl::StartsWith(line, "– ") && !absl::EndsWith(line, " ;")) {
      page->Put(open ? "</ul>\n" : "");
      open = false;
      page->Paragraph("", line);
      continue;
    }
    page->Put(open ? "<li>" : "<ul class=\"lines\">\n<li>");
    open = true;
    page->Text(absl::StrReplaceAll(line, {{" ;", "\u00a0;"}, {" :", "\u00a0:"}}));
    page->Put("</li>\n");
  }
  page->Put(open ? "</ul>\n" : "");
}

void PutBlock(ExportPage* page, const PrintedBlock& block) {
  page->Heading(2, "", block.heading);
  if (HoldsItems(block)) {
    PutItems(page, block.lines);
    return;
  }
  if (!HoldsSignatures(block)) {
    page->Alineas(absl::StrJoin(block.lines, "\n"));
    return;
  }
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    if (i == 0) {
      page->Paragraph("", block.lines[i]);
      page->Put("<div class=\"sign\">\n");
      page->BeginTable("Places de signature", {"Signataire", "Date", "Signature"});
      continue;
    }
    const Place place = PlaceOf(block.lines[i]);
    page->Row({place.who, place.when, ""});
  }
  page->EndTable();
  page->Put("</div>\n");
}

}  // namespace

std::string RenderInstrumentMarkdown(const v1::InstrumentView& view) {
  const std::vector<PrintedBlock> blocks = BlocksOfAvenant(view.heading());
  std::string out;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0) {
      absl::StrAppend(&out, MarkdownBlock(blocks[i]));
      continue;
    }
    absl::StrAppend(&out, "# ", MarkdownLine(blocks[i].heading), "\n\n",
                    MarkdownLine(absl::StrJoin(blocks[i].lines, " ")), "\n\n");
  }
  absl::StrAppend(&out,
                  "---\n\n*Ce qui suit aide à relire l'acte et n'en fait pas partie.*\n\n"
                  "## Avant et après\n\n| N° | Classe | Place | Avant | Après |\n"
                  "| --- | --- | --- | --- | --- |\n");
  int number = 0;
  for (const v1::Operation& one : view.operations()) {
    absl::StrAppend(&out, "| ", ++number, " | ", ClassLetter(one.change_class()), " | ",
                    Cell(one.place()), " | ", Cell(one.before()), " | ", Cell(one.after()), " |\n");
  }
  absl::StrAppend(&out, "\n", kClasses,
                  "\n\n## Mandats\n\n| Partie | Mandat | Pourquoi |\n| --- | --- | --- |\n");
  for (const v1::PartyCoverage& one : view.coverage()) {
    absl::StrAppend(&out, "| ", Cell(one.name()), " | ", FrenchName(one.coverage()), " | ",
                    Cell(Why(one)), " |\n");
  }
  return absl::StrCat(out, "\n## Preuve\n\n- base", kNoBreak, ": `", view.base_digest(),
                      "`\n- base ⊕ opérations", kNoBreak, ": `", view.applied_digest(),
                      "`\n- texte consolidé", kNoBreak, ": `", view.consolidated_digest(), "`\n- ",
                      view.proved() ? kProved : kNotProved, "\n- relevé", kNoBreak, ": `",
                      view.cut(), "`\n");
}

std::string RenderInstrumentHtml(const v1::InstrumentView& view,
                                 const std::vector<std::string>& banners) {
  const std::vector<PrintedBlock> blocks = BlocksOfAvenant(view.heading());
  ExportPage page(blocks.empty() ? "Avenant" : blocks.front().heading);
  std::string banner;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i > 0) {
      PutBlock(&page, blocks[i]);
      continue;
    }
    banner = absl::StrCat("<p class=\"version\">", EscapeHtml(absl::StrJoin(blocks[i].lines, " ")),
                          "</p>\n");
  }
  page.Put("<div class=\"aside\">\n");
  page.Heading(2, "", "Pour relire l'acte");
  page.Paragraph("remark", "Cette partie aide à relire l'acte et n'en fait pas partie.");
  page.BeginTable("Avant et après", {"N°", "Classe", "Place", "Avant", "Après"});
  int number = 0;
  for (const v1::Operation& one : view.operations()) {
    page.Row({absl::StrCat(++number), ClassLetter(one.change_class()), one.place(), one.before(),
              one.after()});
  }
  page.EndTable();
  page.Paragraph("remark", kClasses);
  page.BeginTable("Mandats", {"Partie", "Mandat", "Pourquoi"});
  for (const v1::PartyCoverage& one : view.coverage()) {
    page.Row({one.name(), FrenchName(one.coverage()), Why(one)});
  }
  page.EndTable();
  page.Put("</div>\n");
  const auto foot = [](absl::string_view label, const std::string& value) {
    return absl::StrCat("<p>", label, kNoBreak, ": <code>", EscapeHtml(value), "</code></p>\n");
  };
  return page.Finish(
      absl::StrCat(banner, BannersHtml(banners)),
      absl::StrCat(foot("Base", view.base_digest()),
                   foot("Base ⊕ opérations", view.applied_digest()),
                   foot("Texte consolidé", view.consolidated_digest()), "<p>",
                   view.proved() ? kProved : kNotProved, "</p>\n", foot("Relevé", view.cut())));
}

}  // namespace greffe
