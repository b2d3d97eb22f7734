// How an avenant reads: `greffe act text`.

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/document.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"
#include "core/convention/elements/french.h"
#include "core/export/instrument_document.h"

namespace greffe::cli {
namespace {

struct TextArgs {
  std::string act, convention;
  ReadOptions at;
  DocumentOptions document;
};

std::string InLanguage(const Context& context, const std::string& fr, const std::string& en) {
  return context.lang() == Lang::kFrench || en.empty() ? fr : en;
}

// One operation after the other: two texts side by side leave neither room to be read.
void PrintOperations(Context& context, const v1::InstrumentView& view) {
  context.out() << '\n' << context.T({"Avant et après", "Before and after"}) << '\n';
  int number = 0;
  for (const v1::Operation& one : view.operations()) {
    constexpr Message kHead = {"$0. $1 – classe $2", "$0. $1 – class $2"};
    PrintText(
        context, "",
        context.F(kHead, ++number, PrintableLine(one.place()), ClassLetter(one.change_class())), 0);
    if (!one.before().empty()) PrintText(context, "- ", one.before(), 3);
    if (!one.after().empty()) PrintText(context, "+ ", one.after(), 3);
    std::string why = InLanguage(context, one.why(), one.why_en());
    if (!one.quote().empty()) {
      absl::StrAppend(&why, " « ", one.quote(), " » (", one.clause_id(), ")");
    }
    PrintText(context, context.T({"Classe : ", "Class: "}), why, 3);
  }
}

void PrintCoverage(Context& context, const v1::InstrumentView& view) {
  Table table({{context.T({"Partie", "Party"}), Fit::kWrap},
               {context.T({"Mandat", "Mandate"})},
               {context.T({"Pourquoi", "Why"}), Fit::kWrap}});
  for (const v1::PartyCoverage& one : view.coverage()) {
    std::string why = InLanguage(context, one.why(), one.why_en());
    if (!one.quote().empty()) absl::StrAppend(&why, " « ", one.quote(), " »");
    table.AddRow(
        {one.name(),
         context.lang() == Lang::kFrench ? FrenchName(one.coverage()) : EnglishName(one.coverage()),
         why});
  }
  context.out() << '\n' << context.T({"Mandats", "Mandates"}) << '\n';
  table.Print(context.out(), context.width());
}

void PrintProof(Context& context, const v1::InstrumentView& view) {
  Facts facts;
  facts.Add(context.T({"Classe de l'acte", "Class of the act"}), ClassLetter(view.change_class()));
  facts.Add(context.T({"Base", "Base"}), view.base_digest());
  facts.Add(context.T({"Base ⊕ opérations", "Base ⊕ operations"}), view.applied_digest());
  facts.Add(context.T({"Texte consolidé", "Consolidated text"}), view.consolidated_digest());
  facts.Add(context.T({"Prouvé", "Proved"}),
            context.T(view.proved() ? Message{"oui : les deux empreintes sont égales",
                                              "yes: both digests are equal"}
                                    : Message{"NON (CHK-24)", "NO (CHK-24)"}));
  for (const v1::EventView& one : view.consultations()) {
    facts.Add(context.T({"Comité", "Committee"}), SaySummary(context.lang(), one));
  }
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

CommandResult ShowText(Context& context, const TextArgs& args) {
  RETURN_IF_ERROR(CheckDocumentOptions(context, args.document));
  ASSIGN_OR_RETURN(const v1::ReadAt at, ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, at));
  v1::GetInstrumentRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  *request.mutable_at() = at;
  ASSIGN_OR_RETURN(const v1::GetInstrumentResponse answer, client->GetInstrument(request));
  if (args.document.any() && !context.globals.json) {
    const auto& banners = answer.context().banners();
    RETURN_IF_ERROR(PutDocument(
        context, args.document.output,
        args.document.html
            ? RenderInstrumentHtml(answer.view(),
                                   std::vector<std::string>(banners.begin(), banners.end()))
            : Printable(RenderInstrumentMarkdown(answer.view())),
        answer.context()));
    return kDone;
  }
  context.Show(answer, [&] {
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
      .Flag("--markdown", &text->document.markdown,
            {"L'avenant en Markdown : parties, visas, articles, places de signature",
             "The avenant as Markdown: parties, visas, articles, places of signature"})
      .Flag("--html", &text->document.html,
            {"Le même en une page HTML seule, prête à imprimer",
             "The same as one HTML page of its own, ready to print"})
      .Option("--output", "FILE", &text->document.output,
              {"Fichier à écrire, avec --markdown ou --html (la sortie)",
               "File to write, with --markdown or --html (stdout)"})
      .ReadAt(&text->at)
      .Convention(&text->convention)
      .Examples({"  greffe act text 8c41d0\n"
                 "  greffe act text 8c41d0 --html --output avenant.html",
                 "  greffe act text 8c41d0\n"
                 "  greffe act text 8c41d0 --html --output avenant.html"})
      .Run([text](Context& context) { return ShowText(context, *text); });
}

}  // namespace greffe::cli
