#include "client/cli/import_show.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/labels.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "core/convention/decide.h"
#include "core/convention/elements/element_text.h"
#include "core/reader/draft_paper.h"
#include "core/reader/facts.h"
#include "core/reader/report_html.h"

namespace greffe::cli {
namespace {

// More would hide the first figure; the report has them all.
constexpr int kRowsShown = 15;

const char* WordOf(reader::Severity severity) {
  switch (severity) {
    case reader::Severity::kError:
      return "error";
    case reader::Severity::kWarning:
      return "warning";
    case reader::Severity::kInfo:
      return "info";
  }
  return "";
}

Message LabelOf(v1::ImportChangeKind kind) {
  switch (kind) {
    case v1::IMPORT_CHANGE_KIND_ADDED:
      return {"ajouté", "added"};
    case v1::IMPORT_CHANGE_KIND_REMOVED:
      return {"retiré", "removed"};
    case v1::IMPORT_CHANGE_KIND_CHANGED:
      return {"changé", "changed"};
    case v1::IMPORT_CHANGE_KIND_CORRECTION_KEPT:
      return {"correction gardée", "correction kept"};
    case v1::IMPORT_CHANGE_KIND_BOTH:
      return {"changé et corrigé : correction gardée", "changed and corrected: correction kept"};
    default:
      return {"", ""};
  }
}

v1::ConventionCounts Count(const v1::ConventionDraft& draft) {
  v1::ConventionCounts counts;
  for (const v1::Element& element : draft.elements()) {
    counts.set_elements(counts.elements() + 1);
    if (element.has_party()) {
      counts.set_parties(counts.parties() + 1);
      counts.set_signatories(counts.signatories() +
                             static_cast<std::uint32_t>(element.party().signing_offices_size()));
    }
    counts.set_articles(counts.articles() + (element.has_article() ? 1 : 0));
    counts.set_annexes(counts.annexes() + (element.has_annex() ? 1 : 0));
    counts.set_axes(counts.axes() + (element.has_axis() ? 1 : 0));
    counts.set_objectives(counts.objectives() + (element.has_objective() ? 1 : 0));
    counts.set_actions(counts.actions() + (element.has_action() ? 1 : 0));
    counts.set_indicators(counts.indicators() + (element.has_indicator() ? 1 : 0));
    counts.set_facilities(counts.facilities() + (element.has_facility() ? 1 : 0));
    counts.set_bodies(counts.bodies() + (element.has_body() ? 1 : 0));
  }
  return counts;
}

void FillPaper(const reader::Reading& reading, const reader::Draft& draft, v1::ImportPaper& paper) {
  paper.set_on_paper(draft.draft.has_on_paper());
  paper.set_text(draft.paper.fr);
  paper.set_text_en(draft.paper.en);
  for (const reader::Lines& one : draft.paper.lines) {
    paper.add_lines(reader::SourceText(reading, {.lines = {one}}));
  }
  for (const reader::DraftNote& note : reader::MissingPaper(draft.draft)) {
    v1::ImportNote& out = *paper.add_missing();
    out.set_element_id(note.element_id);
    out.set_text(note.fr);
    out.set_text_en(note.en);
  }
}

void PrintMore(Context& context, int all) {
  constexpr Message kMore = {"  … et $0 de plus : voir --report ou --json.",
                             "  … and $0 more: see --report or --json."};
  if (all > kRowsShown) context.out() << context.F(kMore, all - kRowsShown) << '\n';
}

void PrintFindings(Context& context, const v1::ImportReport& report) {
  if (report.findings().empty()) return;
  context.out() << '\n';
  Table table({{context.T({"Règle", "Rule"})},
               {context.T({"Constat", "Finding"}), Fit::kWrap},
               {context.T({"Lignes", "Lines"}), Fit::kWrap}});
  for (int i = 0; i < report.findings_size() && i < kRowsShown; ++i) {
    const v1::ImportFinding& finding = report.findings(i);
    table.AddRow({finding.rule(),
                  context.lang() == Lang::kEnglish ? finding.text_en() : finding.text(),
                  absl::StrJoin(finding.lines(), ", ")});
  }
  table.Print(context.out(), context.width());
  PrintMore(context, report.findings_size());
}

void PrintPlain(Context& context, const v1::ImportReport& report) {
  if (report.plain_passages().empty()) return;
  constexpr Message kWhere = {"Gardés comme simple texte, à relire en premier :",
                              "Kept as plain text, to read again first:"};
  context.out() << '\n' << context.T(kWhere) << '\n';
  Table table({{context.T({"Lignes", "Lines"}), Fit::kWrap}});
  for (int i = 0; i < report.plain_passages_size() && i < kRowsShown; ++i) {
    table.AddRow({report.plain_passages(i)});
  }
  table.Print(context.out(), context.width());
  PrintMore(context, report.plain_passages_size());
}

// « Commune d'Agen (partie-agen) », of an element of the draft.
std::string NameInDraft(const v1::ConventionDraft& draft, const std::string& id) {
  for (const v1::Element& element : draft.elements()) {
    if (element.id() == id) return absl::StrCat(ElementTitle(element), " (", id, ")");
  }
  return id;
}

void PrintPaper(Context& context, const v1::ImportReport& report,
                const v1::ConventionDraft& draft) {
  const v1::ImportPaper& paper = report.paper();
  const bool english = context.lang() == Lang::kEnglish;
  context.out() << '\n' << (english ? paper.text_en() : paper.text());
  if (!paper.lines().empty()) context.out() << " (" << absl::StrJoin(paper.lines(), ", ") << ")";
  context.out() << '\n';
  if (paper.missing().empty()) return;
  context.out() << context.T({"Preuves qui manquent :", "Missing evidence:"}) << '\n';
  for (int i = 0; i < paper.missing_size() && i < kRowsShown; ++i) {
    const v1::ImportNote& note = paper.missing(i);
    PrintText(context, "", NameInDraft(draft, note.element_id()), 2);
    PrintText(context, "", english ? note.text_en() : note.text(), 6);
  }
  PrintMore(context, paper.missing_size());
}

void PrintChanges(Context& context, const v1::ImportReport& report) {
  if (report.changes().empty()) return;
  context.out() << '\n' << context.T({"Depuis l'ébauche :", "Since the draft:"}) << '\n';
  Table table({{context.T({"Quoi", "What"}), Fit::kWrap},
               {context.T({"Élément", "Element"})},
               {context.T({"Intitulé", "Title"}), Fit::kWrap}});
  for (int i = 0; i < report.changes_size() && i < kRowsShown; ++i) {
    const v1::ImportChange& change = report.changes(i);
    table.AddRow({context.T(LabelOf(change.kind())), change.element_id(), change.title()});
  }
  table.Print(context.out(), context.width());
  PrintMore(context, report.changes_size());
}

// What holds for the whole draft: how many names of persons were replaced.
void PrintNotes(Context& context, const v1::ImportReport& report) {
  for (const v1::ImportNote& note : report.notes()) {
    if (!note.element_id().empty()) continue;
    context.out() << '\n'
                  << (context.lang() == Lang::kEnglish ? note.text_en() : note.text()) << '\n';
  }
}

void PrintLacks(Context& context, const v1::ImportReport& report) {
  context.out() << '\n';
  if (report.problems().empty()) {
    context.out()
        << context.T({"L'ébauche est prête pour « greffe convention new --file », chez l'une de "
                      "ses parties.",
                      "The draft is ready for “greffe convention new --file”, at one of "
                      "its parties."})
        << '\n';
    return;
  }
  constexpr Message kLacks = {"À compléter dans l'ébauche ($0) :",
                              "To complete in the draft ($0):"};
  context.out() << context.F(kLacks, report.problems_size()) << '\n';
  Table table({{context.T({"Élément", "Element"})},
               {context.T({"Problème", "Problem"}), Fit::kWrap},
               {context.T({"Champ", "Field"}), Fit::kWrap}});
  for (int i = 0; i < report.problems_size() && i < kRowsShown; ++i) {
    const v1::DraftProblem& problem = report.problems(i);
    table.AddRow({problem.element_id(), WordsOf(context, problem),
                  SayField(context.lang(), problem.field())});
  }
  table.Print(context.out(), context.width());
  PrintMore(context, report.problems_size());
}

}  // namespace

v1::ImportReport ReportOf(const reader::Reading& reading, const reader::Draft& draft) {
  v1::ImportReport report;
  const reader::LineCounts lines = reader::CountLines(reading);
  report.set_lines(static_cast<std::uint32_t>(lines.full));
  report.set_lines_read(static_cast<std::uint32_t>(lines.read));
  report.set_lines_set_aside(static_cast<std::uint32_t>(lines.set_aside));
  report.set_lines_unread(static_cast<std::uint32_t>(lines.unread));
  report.set_unread_per_mille(static_cast<std::uint32_t>(lines.UnreadPerMille()));
  report.set_lines_plain(static_cast<std::uint32_t>(lines.plain));
  report.set_plain_per_mille(static_cast<std::uint32_t>(lines.PlainPerMille()));
  for (const reader::Lines& one : reader::PlainPassages(reading)) {
    report.add_plain_passages(reader::SourceText(reading, {.lines = {one}}));
  }
  FillPaper(reading, draft, *report.mutable_paper());
  *report.mutable_documents() = draft.draft.documents();
  *report.mutable_counts() = Count(draft.draft);
  for (const reader::Finding& finding : reading.findings) {
    v1::ImportFinding& out = *report.add_findings();
    out.set_rule(finding.rule);
    out.set_severity(WordOf(finding.severity));
    out.set_text(finding.fr);
    out.set_text_en(finding.en);
    for (const reader::Lines& one : finding.lines) {
      out.add_lines(reader::SourceText(reading, {.lines = {one}}));
    }
  }
  for (const reader::DraftNote& note : draft.notes) {
    v1::ImportNote& out = *report.add_notes();
    out.set_element_id(note.element_id);
    out.set_text(note.fr);
    out.set_text_en(note.en);
  }
  for (v1::DraftProblem& problem : CheckDraft(draft.draft)) {
    *report.add_problems() = std::move(problem);
  }
  return report;
}

void PrintImport(Context& context, const v1::ImportReport& report,
                 const v1::ConventionDraft& draft) {
  constexpr Message kFirst = {"Lignes non lues : $0,$1 % ($2 sur $3 ; $4 lues, $5 mises de côté)",
                              "Unread lines: $0.$1 % ($2 of $3; $4 read, $5 set aside)"};
  context.out() << context.F(kFirst, report.unread_per_mille() / 10, report.unread_per_mille() % 10,
                             report.lines_unread(), report.lines(), report.lines_read(),
                             report.lines_set_aside())
                << '\n';
  constexpr Message kPlain = {
      "Gardées comme simple texte, rien n'en est compris : $0,$1 % ($2 sur $3)",
      "Kept as plain text, nothing of it understood: $0.$1 % ($2 of $3)"};
  context.out() << context.F(kPlain, report.plain_per_mille() / 10, report.plain_per_mille() % 10,
                             report.lines_plain(), report.lines())
                << '\n';
  const v1::ConventionCounts& counts = report.counts();
  constexpr Message kCounts = {
      "parties $0 · signataires $1 · articles $2 · annexes $3 · axes $4 · actions $5 · "
      "indicateurs $6 · équipements $7 · instances $8",
      "parties $0 · signatories $1 · articles $2 · annexes $3 · axes $4 · actions $5 · "
      "indicators $6 · facilities $7 · bodies $8"};
  context.out() << context.F(kCounts, counts.parties(), counts.signatories(), counts.articles(),
                             counts.annexes(), counts.axes(), counts.actions(), counts.indicators(),
                             counts.facilities(), counts.bodies())
                << '\n';
  PrintFindings(context, report);
  PrintPlain(context, report);
  PrintPaper(context, report, draft);
  PrintChanges(context, report);
  PrintNotes(context, report);
  PrintLacks(context, report);
  for (const std::string& path : report.written()) context.Note(context.F(msg::kWritten, path));
}

}  // namespace greffe::cli
