#include "core/export/redline.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "core/base/html.h"
#include "core/convention/elements/element_blocks.h"
#include "core/convention/elements/french.h"
#include "core/convention/elements/markdown_element.h"
#include "core/export/page.h"
#include "core/export/redline_text.h"

namespace greffe {
namespace {

constexpr char kAdded[] = "ajouté\u00a0:";
constexpr char kRemoved[] = "supprimé\u00a0:";

// How one form writes texts and marks.
struct Form {
  // A piece of text within a line, escaped.
  std::string (*text)(absl::string_view);
  // Text between two marks.
  std::string (*marked)(absl::string_view element, absl::string_view word, absl::string_view text);
  const char* line_end;
};

std::string HtmlMarked(absl::string_view element, absl::string_view word, absl::string_view text) {
  return absl::StrCat("<", element, "><span class=\"mark\">[", word, " </span>", EscapeHtml(text),
                      "<span class=\"mark\">]</span></", element, ">");
}

// Line starts have no meaning inside a line of ours: it begins with a mark or is a list item.
std::string MarkdownPiece(absl::string_view text) {
  return absl::StrReplaceAll(MarkdownLine(text), {{"#", "\\#"}, {">", "\\>"}, {"&", "&amp;"}});
}

std::string MarkdownMarked(absl::string_view element, absl::string_view word,
                           absl::string_view text) {
  return absl::StrCat("<", element, ">\\[", word, " ", MarkdownPiece(text), "\\]</", element, ">");
}

constexpr Form kHtml = {EscapeHtml, HtmlMarked, "<br>\n"};
constexpr Form kMarkdown = {MarkdownPiece, MarkdownMarked, "  \n"};

// Marks hold within one line: a reader who meets one line of a long change hears that it is one.
std::string Runs(const Form& form, const std::vector<DiffRun>& runs) {
  std::string out;
  for (const DiffRun& run : runs) {
    const std::vector<absl::string_view> lines = absl::StrSplit(run.text, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) absl::StrAppend(&out, form.line_end);
      if (lines[i].empty()) continue;
      switch (run.kind) {
        case DiffRun::Kind::kSame:
          absl::StrAppend(&out, form.text(lines[i]));
          break;
        case DiffRun::Kind::kRemoved:
          absl::StrAppend(&out, form.marked("del", kRemoved, lines[i]));
          break;
        case DiffRun::Kind::kAdded:
          absl::StrAppend(&out, form.marked("ins", kAdded, lines[i]));
          break;
      }
    }
  }
  // Each line of an element ends with one break; the last has nothing to part.
  const absl::string_view end = form.line_end;
  while (out.size() >= end.size() &&
         out.compare(out.size() - end.size(), end.size(), end.data()) == 0) {
    out.resize(out.size() - end.size());
  }
  return out;
}

std::string FieldText(const Form& form, const RedlineField& field) {
  std::string out = absl::StrCat(form.text(field.label), kNoBreak, ":");
  if (field.before.empty() && field.after.empty()) return absl::StrCat(out, " changé");
  if (!field.before.empty()) {
    absl::StrAppend(&out, " ", form.marked("del", kRemoved, field.before));
  }
  if (!field.after.empty()) absl::StrAppend(&out, " ", form.marked("ins", kAdded, field.after));
  return out;
}

constexpr char kLegend[] =
    "Le texte ajouté est souligné et noté [ajouté\u00a0: …]\u202f; le texte supprimé est barré et "
    "noté [supprimé\u00a0: …].";

}  // namespace

std::string RenderRedlineHtml(const v1::DiffView& view, const PartnerNames& names) {
  ExportPage page(RedlineTitle(view));
  for (const RedlineEntry& entry : RedlineEntries(view, names)) {
    page.Heading(2, "", entry.place);
    page.Paragraph("origin", entry.act);
    if (!entry.text.empty()) page.Put(absl::StrCat("<p>", Runs(kHtml, entry.text), "</p>\n"));
    if (entry.fields.empty()) continue;
    page.Put("<ul>\n");
    for (const RedlineField& field : entry.fields) {
      page.Put(absl::StrCat("<li>", FieldText(kHtml, field), "</li>\n"));
    }
    page.Put("</ul>\n");
  }
  if (view.entries().empty()) page.Paragraph("", "Rien n'a changé.");
  const auto foot = [](absl::string_view label, const std::string& value) {
    return absl::StrCat("<p>", label, kNoBreak, ": <code>", EscapeHtml(value), "</code></p>\n");
  };
  return page.Finish(absl::StrCat("<p class=\"version\">", EscapeHtml(RedlineCounts(view)),
                                  "</p>\n<p>", EscapeHtml(kLegend), "</p>\n"),
                     absl::StrCat(foot("Convention", view.convention_id()),
                                  foot("Relevé de départ", view.from_cut()),
                                  foot("Relevé d'arrivée", view.to_cut())));
}

std::string RenderRedlineMarkdown(const v1::DiffView& view, const PartnerNames& names) {
  std::string out = absl::StrCat("# ", MarkdownLine(RedlineTitle(view)), "\n\n**",
                                 RedlineCounts(view), "**\n\n", MarkdownLine(kLegend), "\n\n");
  for (const RedlineEntry& entry : RedlineEntries(view, names)) {
    absl::StrAppend(&out, "## ", MarkdownPiece(entry.place), "\n\n*", MarkdownPiece(entry.act),
                    "*\n\n");
    // A quote: wording apart from what is said about it.
    if (!entry.text.empty()) {
      absl::StrAppend(&out, "> ",
                      absl::StrReplaceAll(Runs(kMarkdown, entry.text), {{"\n", "\n> "}}), "\n\n");
    }
    for (const RedlineField& field : entry.fields) {
      absl::StrAppend(&out, "- ", FieldText(kMarkdown, field), "\n");
    }
    if (!entry.fields.empty()) absl::StrAppend(&out, "\n");
  }
  if (view.entries().empty()) absl::StrAppend(&out, "Rien n'a changé.\n\n");
  absl::StrAppend(&out, "---\n\nConvention", kNoBreak, ": `", view.convention_id(),
                  "`  \nRelevé de départ", kNoBreak, ": `", view.from_cut(),
                  "`  \nRelevé d'arrivée", kNoBreak, ": `", view.to_cut(), "`\n");
  return out;
}

}  // namespace greffe
