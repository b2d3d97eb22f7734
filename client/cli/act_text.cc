// How an avenant reads: `greffe act text`.

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct TextArgs {
  std::string act, convention;
  ReadOptions at;
  bool markdown = false;
};

std::string InLanguage(const Context& context, const std::string& fr, const std::string& en) {
  return context.lang() == Lang::kFrench || en.empty() ? fr : en;
}

// A cell of a Markdown table: on one line, without marks of its own.
std::string Cell(absl::string_view text) {
  return absl::StrReplaceAll(Printable(text), {{"\\", "\\\\"},
                                               {"|", "\\|"},
                                               {"\n", "<br>"},
                                               {"*", "\\*"},
                                               {"_", "\\_"},
                                               {"<", "&lt;"},
                                               {"[", "\\["}});
}

void PrintOperations(Context& context, const v1::InstrumentView& view) {
  Table table({{"#", Fit::kKeep, true},
               {context.T({"Cl.", "Cl."})},
               {context.T({"Avant", "Before"}), Fit::kWrap},
               {context.T({"Après", "After"}), Fit::kWrap}});
  int number = 0;
  for (const v1::Operation& one : view.operations()) {
    table.AddRow({absl::StrCat(++number), LabelOf(one.change_class()), one.before(), one.after()});
  }
  context.out() << '\n' << context.T({"Avant et après", "Before and after"}) << '\n';
  table.Print(context.out(), context.width());
  context.out() << '\n' << context.T({"Pourquoi cette classe", "Why this class"}) << '\n';
  number = 0;
  Facts facts;
  for (const v1::Operation& one : view.operations()) {
    std::string why = InLanguage(context, one.why(), one.why_en());
    if (!one.quote().empty())
      absl::StrAppend(&why, " « ", one.quote(), " » (", one.clause_id(), ")");
    facts.Add(absl::StrCat(LabelOf(one.change_class()), " – ", ++number), why);
  }
  facts.Print(context.out(), context.width());
}

void PrintCoverage(Context& context, const v1::InstrumentView& view) {
  Table table({{context.T({"Partie", "Party"}), Fit::kWrap},
               {context.T({"Mandat", "Mandate"})},
               {context.T({"Pourquoi", "Why"}), Fit::kWrap}});
  for (const v1::PartyCoverage& one : view.coverage()) {
    std::string why = InLanguage(context, one.why(), one.why_en());
    if (!one.quote().empty()) absl::StrAppend(&why, " « ", one.quote(), " »");
    table.AddRow({one.name(), LabelOf(context.lang(), one.coverage()), why});
  }
  context.out() << '\n' << context.T({"Mandats", "Mandates"}) << '\n';
  table.Print(context.out(), context.width());
}

void PrintProof(Context& context, const v1::InstrumentView& view) {
  Facts facts;
  facts.Add(context.T({"Classe de l'acte", "Class of the act"}), LabelOf(view.change_class()));
  facts.Add(context.T({"Base", "Base"}), view.base_digest());
  facts.Add(context.T({"Base ⊕ opérations", "Base ⊕ operations"}), view.applied_digest());
  facts.Add(context.T({"Texte consolidé", "Consolidated text"}), view.consolidated_digest());
  facts.Add(context.T({"Prouvé", "Proved"}),
            context.T(view.proved() ? Message{"oui : les deux empreintes sont égales",
                                              "yes: both digests are equal"}
                                    : Message{"NON (CHK-24)", "NO (CHK-24)"}));
  for (const v1::EventView& one : view.consultations()) {
    facts.Add(context.T({"Comité", "Committee"}), one.summary());
  }
  facts.Add(context.T({"Jeton", "Token"}), view.cut());
  context.out() << '\n';
  facts.Print(context.out(), context.width());
  if (!view.rebase().empty()) {
    context.out() << '\n'
                  << context.T({"Changé depuis par d'autres actes : à reprendre",
                                "Changed since by other acts: to be taken up"})
                  << '\n';
    PrintDiff(context, view.rebase());
  }
  if (!view.findings().empty()) {
    context.out() << '\n';
    PrintFindings(context, view.findings());
  }
}

void PrintMarkdown(Context& context, const v1::InstrumentView& view) {
  const std::vector<std::string> lines = absl::StrSplit(view.heading(), '\n');
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = Cell(lines[i]);
    const bool article = i > 0 && lines[i - 1].empty() && absl::StartsWith(line, "Article ");
    context.out() << (i == 0 ? "# " : article ? "## " : "") << line << '\n';
    if (i < 2 || article) context.out() << '\n';
  }
  context.out() << "## Avant et après\n\n| # | classe | place | avant | après |\n"
                << "|---|---|---|---|---|\n";
  int number = 0;
  for (const v1::Operation& one : view.operations()) {
    context.out() << "| " << ++number << " | " << LabelOf(one.change_class()) << " | "
                  << Cell(one.place()) << " | " << Cell(one.before()) << " | " << Cell(one.after())
                  << " |\n";
  }
  context.out() << "\n## Mandats\n\n| partie | mandat | pourquoi |\n|---|---|---|\n";
  for (const v1::PartyCoverage& one : view.coverage()) {
    context.out() << "| " << Cell(one.name()) << " | " << LabelOf(Lang::kFrench, one.coverage())
                  << " | " << Cell(one.why())
                  << (one.quote().empty() ? "" : absl::StrCat(" « ", Cell(one.quote()), " »"))
                  << " |\n";
  }
  context.out() << "\n## Preuve\n\n- base : `" << view.base_digest() << "`\n- base ⊕ opérations : `"
                << view.applied_digest() << "`\n- texte consolidé : `" << view.consolidated_digest()
                << "`\n- "
                << (view.proved() ? "prouvé : les deux dernières empreintes sont égales"
                                  : "NON prouvé (CHK-24)")
                << '\n';
}

CommandResult ShowText(Context& context, const TextArgs& args) {
  ASSIGN_OR_RETURN(const v1::ReadAt at, ParseReadAt(args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, at));
  v1::GetInstrumentRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  *request.mutable_at() = at;
  ASSIGN_OR_RETURN(const v1::GetInstrumentResponse answer, client->GetInstrument(request));
  context.Show(answer, [&] {
    if (args.markdown) return PrintMarkdown(context, answer.view());
    for (const std::string& line : Wrap(Printable(answer.view().heading()), context.width())) {
      context.out() << line << '\n';
    }
    PrintOperations(context, answer.view());
    PrintCoverage(context, answer.view());
    PrintProof(context, answer.view());
  });
  return kDone;
}

}  // namespace

void AddActTextCommand(CommandLine& line) {
  const auto text = std::make_shared<TextArgs>();
  line.Add("act", group::kAct, "text",
           {"Un avenant tel qu'il s'écrit : articles, avant et après, mandats, preuve",
            "An avenant as it reads: articles, before and after, mandates, proof"})
      .Argument("ACT", &text->act, help::kAct)
      .Flag("--markdown", &text->markdown,
            {"Écrit l'avenant en Markdown, prêt à imprimer",
             "Writes the avenant as Markdown, ready to print"})
      .ReadAt(&text->at)
      .Convention(&text->convention)
      .Examples({"  greffe act text 8c41d0 --markdown > avenant.md",
                 "  greffe act text 8c41d0 --markdown > avenant.md"})
      .Run([text](Context& context) { return ShowText(context, *text); });
}

}  // namespace greffe::cli
