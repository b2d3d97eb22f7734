#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "client/cli/commands.h"
#include "client/cli/document.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/history.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "client/status.h"
#include "core/base/status_macros.h"
#include "core/convention/elements/element_text.h"
#include "core/convention/views/annexed_words.h"
#include "greffe/v1/event.pb.h"

namespace greffe::cli {
namespace {

struct ReadArgs {
  std::string convention, element;
  ReadOptions at;
  DocumentOptions document;
};

std::string Term(const Context& context, const std::string& start, const std::string& end) {
  if (start.empty() && end.empty()) return "";
  constexpr Message kTerm = {"du $0 au $1", "from $0 to $1"};
  return context.F(kTerm, LongDate(context.lang(), start), LongDate(context.lang(), end));
}

void PrintHead(Context& context, const v1::ConventionView& view) {
  const Lang lang = context.lang();
  context.out() << PrintableLine(view.title()) << "\n\n";
  Facts facts;
  facts.Add("Convention", view.convention_id());
  facts.Add(
      context.T({"État", "Standing"}),
      absl::StrCat(LabelOf(lang, view.standing()),
                   view.project() ? context.T({" (texte en préparation)", " (draft text)"}) : ""));
  if (view.has_on_paper()) {
    facts.Add(context.T({"Papier", "Paper"}),
              Words(context, view.on_paper().text(), view.on_paper().text_en()));
  }
  facts.Add(context.T({"Texte au", "Text on"}), LongDate(lang, view.in_force_on()));
  facts.Add(EndsOtherwise(view.force(), view.end_date())
                ? context.T({"Durée de ce texte", "Term of this text"})
                : context.T({"Durée", "Term"}),
            Term(context, view.start_date(), view.end_date()));
  if (!view.in_force_since().empty()) {
    const bool now = view.standing() == v1::CONVENTION_STANDING_IN_FORCE &&
                     view.in_force_since() <= view.in_force_on();
    facts.Add(now ? context.T({"En vigueur depuis", "In force since"})
                  : context.T({"Conclue le", "Concluded on"}),
              LongDate(lang, view.in_force_since()));
    if (view.in_force_on() < view.in_force_since()) {
      constexpr Message kBackdated = {"conclue le $0, effet depuis le $1",
                                      "concluded on $0, effective from $1"};
      facts.Add(context.T({"Effet rétroactif", "Backdated"}),
                context.F(kBackdated, LongDate(lang, view.in_force_since()),
                          LongDate(lang, view.start_date())));
    }
  }
  if (view.has_force()) {
    facts.Add(context.T({"À cette date", "On that date"}),
              Words(context, view.force().text(), view.force().text_en()));
  }
  const auto& counts = view.counts();
  constexpr Message kCounts = {
      "parties $0 · signataires $1 · articles $2 · axes $3 · actions $4 · indicateurs $5 · "
      "équipements $6 · instances $7",
      "parties $0 · signatories $1 · articles $2 · axes $3 · actions $4 · indicators $5 · "
      "facilities $6 · bodies $7"};
  facts.Add(
      context.T({"Contenu", "Content"}),
      context.F(kCounts, counts.parties(), counts.signatories(), counts.articles(), counts.axes(),
                counts.actions(), counts.indicators(), counts.facilities(), counts.bodies()));
  facts.Add(context.T({"Empreinte du texte", "Digest of the text"}), view.text_digest());
  facts.Print(context.out(), context.width());
}

// True when the token says that nothing of the convention had arrived.
bool IsBeforeAll(absl::string_view text) {
  std::string bytes;
  v1::Cut cut;
  return absl::ConsumePrefix(&text, "gt1.") && absl::WebSafeBase64Unescape(text, &bytes) &&
         cut.ParseFromString(bytes) && cut.points().empty();
}

// Details of actions would hide the outline; --element shows them.
bool InOutline(const v1::Element& element) {
  return !element.has_rubric() && !element.has_schedule() && !element.has_indicator() &&
         !element.has_reference();
}

// Where the wording was read, so that it can be traced to the document kept beside it.
void PrintSources(Context& context, const v1::Element& element, int indent) {
  constexpr Message kPlace = {"lu : document $0, lignes $1 à $2, confiance $3 %",
                              "read: document $0, lines $1 to $2, confidence $3 %"};
  for (const v1::SourcePlace& place : element.sources()) {
    context.out() << std::string(indent, ' ')
                  << context.F(kPlace, PrintableLine(ShortHash(place.document_sha256())),
                               place.first_line(), place.last_line(), place.confidence())
                  << (place.recovered().empty() ? "" : ", ~" + PrintableLine(place.recovered()))
                  << '\n';
  }
}

// The element that concluded acts do not agree on, by what any of them calls it.
std::string NameOfClash(const v1::Clash& clash) {
  for (const auto& side : clash.sides()) {
    if (!side.has_element()) continue;
    return absl::StrCat(PrintableLine(ElementTitle(side.element())), " (",
                        PrintableLine(clash.element_id()), ")");
  }
  return PrintableLine(clash.element_id());
}

void PrintView(Context& context, const v1::ConventionView& view, bool one_element) {
  PrintHead(context, view);
  context.out() << '\n';
  bool left_out = false;
  for (const auto& placed : view.elements()) {
    if (!one_element && !InOutline(placed.element())) {
      left_out = true;
      continue;
    }
    const int indent = 2 * static_cast<int>(placed.depth());
    const std::string title = PrintableLine(ElementTitle(placed.element()));
    const std::string id = absl::StrCat("  ", placed.element().id());
    const int room = std::max(context.width() - indent - DisplayWidth(id), 20);
    context.out() << std::string(indent, ' ') << Ellipsize(title, room) << id << '\n';
    if (one_element) {
      PrintElementFields(context, placed.element(), indent + 4);
      PrintSources(context, placed.element(), indent + 4);
      for (const rules::Words& each : SayAnnexedAll(placed)) {
        PrintText(context, "", Words(context, each.fr, each.en), indent + 4);
      }
      if (!placed.origin().label().empty()) {
        context.out() << std::string(indent + 4, ' ') << context.T({"par : ", "by: "})
                      << SayOrigin(context, placed.origin())
                      << context.T({", effet au ", ", effective "})
                      << LongDate(context.lang(), placed.origin().effective_from()) << '\n';
      }
    }
    for (const auto& follow_up : view.follow_up()) {
      if (follow_up.element_id() == placed.element().id()) {
        PrintFollowUp(context, follow_up, indent + 4);
      }
    }
  }
  for (const auto& clash : view.clashes()) {
    constexpr Message kClash = {"\nActes conclus qui se contredisent sur « $0 » :",
                                "\nConcluded acts that clash on “$0”:"};
    constexpr Message kDrafts = {"\nRédactions du projet à départager sur « $0 » :",
                                 "\nWordings of the draft to settle on “$0”:"};
    context.out() << context.F(view.project() ? kDrafts : kClash, NameOfClash(clash)) << '\n';
    for (const auto& side : clash.sides()) {
      const std::string act = view.project() ? "" : SayOrigin(context, side.origin()) + " : ";
      context.out() << "  " << act
                    << (side.has_element() ? PrintableLine(ElementTitle(side.element()))
                                           : context.T({"retiré", "removed"}))
                    << '\n';
    }
  }
  PrintFindings(context, view.findings());
  if (left_out) {
    context.Note(context.T({"Détail : --element ID, ou le texte entier : --markdown",
                            "Detail: --element ID, or the whole text: --markdown"}));
  }
}

absl::Status NotYet(const std::string& convention) {
  constexpr Message kNotYet = {"La convention n'existait pas encore ici à ce moment.",
                               "The convention did not exist here yet at that time."};
  constexpr Message kNotYetNext = {
      "prenez un instant plus récent ; son histoire : "
      "greffe convention history $0",
      "take a later instant; its history: "
      "greffe convention history $0"};
  return Context::RefuseBy("not-yet", absl::StatusCode::kNotFound, kNotYet, kNotYetNext,
                           convention);
}

CommandResult ShowDocument(Context& context, const ReadArgs& args) {
  v1::ExportDocumentRequest request;
  request.set_convention_id(args.convention);
  v1::TextDocument& text = *request.mutable_text();
  text.set_form(FormOf(args.document));
  text.set_element_id(args.element);
  ASSIGN_OR_RETURN(*text.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ExportDocumentResponse answer, client->ExportDocument(request));
  if (IsBeforeAll(answer.cut())) return NotYet(args.convention);
  RETURN_IF_ERROR(PutExported(context, args.document.output, answer));
  return kDone;
}

CommandResult Show(Context& context, const ReadArgs& args) {
  RETURN_IF_ERROR(CheckDocumentOptions(context, args.document));
  if (args.document.any()) return ShowDocument(context, args);
  v1::GetConventionRequest request;
  request.set_convention_id(args.convention);
  request.set_element_id(args.element);
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetConventionResponse answer, client->GetConvention(request));
  if (IsBeforeAll(answer.view().cut())) return NotYet(args.convention);
  context.Show(answer, [&] { PrintView(context, answer.view(), !args.element.empty()); });
  return kDone;
}

struct DiffArgs {
  std::string convention, from, to;
  DocumentOptions document;
};

CommandResult DiffDocument(Context& context, const DiffArgs& args) {
  v1::ExportDocumentRequest request;
  request.set_convention_id(args.convention);
  v1::RedlineDocument& redline = *request.mutable_redline();
  redline.set_form(FormOf(args.document));
  ASSIGN_OR_RETURN(*redline.mutable_from(), ParseDatedPoint(args.from, "--from"));
  ASSIGN_OR_RETURN(*redline.mutable_to(), ParseDatedPoint(args.to, "--to"));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ExportDocumentResponse answer, client->ExportDocument(request));
  RETURN_IF_ERROR(PutExported(context, args.document.output, answer));
  return kDone;
}

CommandResult Diff(Context& context, const DiffArgs& args) {
  RETURN_IF_ERROR(CheckDocumentOptions(context, args.document));
  if (args.document.any()) return DiffDocument(context, args);
  v1::DiffConventionRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(*request.mutable_from(), ParseDatedPoint(args.from, "--from"));
  ASSIGN_OR_RETURN(*request.mutable_to(), ParseDatedPoint(args.to, "--to"));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::DiffConventionResponse answer, client->DiffConvention(request));
  context.Show(answer, [&] {
    const v1::DiffView& view = answer.view();
    constexpr Message kBetween = {"Du $0 au $1 : $2 élément(s) changé(s)",
                                  "From $0 to $1: $2 element(s) changed"};
    context.out() << context.F(kBetween, LongDate(context.lang(), view.from_in_force_on()),
                               LongDate(context.lang(), view.to_in_force_on()), view.entries_size())
                  << "\n\n";
    PrintDiff(context, view.entries());
  });
  return kDone;
}

}  // namespace

void AddReadCommands(CommandLine& line) {
  const auto show = std::make_shared<ReadArgs>();
  line.Add("convention", group::kConvention, "show",
           {"Le texte consolidé à une date, tel qu'il était connu",
            "The consolidated text on a date, as it was known"})
      .Argument("CONVENTION", &show->convention, help::kConvention)
      .ReadAt(&show->at)
      .Option("--element", "ELEMENT", &show->element,
              {"Cet élément et ce qu'il contient", "This element and what is below it"})
      .Flag("--markdown", &show->document.markdown,
            {"Le texte entier, bon à imprimer et à signer", "The whole text, fit to print"})
      .Flag("--html", &show->document.html,
            {"Le même en une page HTML seule, avec l'acte d'origine de chaque clause",
             "The same as one HTML page of its own, with the act behind each clause"})
      .Option("--output", "FILE", &show->document.output,
              {"Fichier à écrire, avec --markdown ou --html (la sortie)",
               "File to write, with --markdown or --html (stdout)"})
      .Examples({"  greffe convention show 3f9a2c --in-force-on 2026-06-30\n"
                 "  greffe convention show 3f9a2c --known-at 2026-03-01T09:00:00Z\n"
                 "  greffe convention show 3f9a2c --markdown > convention.md\n"
                 "  greffe convention show 3f9a2c --html --output convention.html",
                 "  greffe convention show 3f9a2c --in-force-on 2026-06-30\n"
                 "  greffe convention show 3f9a2c --known-at 2026-03-01T09:00:00Z\n"
                 "  greffe convention show 3f9a2c --markdown > convention.md\n"
                 "  greffe convention show 3f9a2c --html --output convention.html"})
      .Run([show](Context& context) { return Show(context, *show); });

  const auto diff = std::make_shared<DiffArgs>();
  line.Add("convention", group::kConvention, "diff",
           {"Ce qui change entre deux dates", "What differs between two dates"})
      .Argument("CONVENTION", &diff->convention, help::kConvention)
      .RequiredOption("--from", "DATE[@CUT]", &diff->from,
                      {"Date, et ce qu'on savait : jeton ou instant",
                       "Date, and what was known: token or instant"})
      .RequiredOption("--to", "DATE[@CUT]", &diff->to,
                      {"Date, et ce qu'on savait : jeton ou instant",
                       "Date, and what was known: token or instant"})
      .Flag("--markdown", &diff->document.markdown,
            {"Mot à mot, avec l'acte derrière chaque changement",
             "Word by word, with the act behind each change"})
      .Flag("--html", &diff->document.html,
            {"Le même en une page HTML seule", "The same as one HTML page of its own"})
      .Option("--output", "FILE", &diff->document.output,
              {"Fichier à écrire, avec --markdown ou --html (la sortie)",
               "File to write, with --markdown or --html (stdout)"})
      .Examples({"  greffe convention diff 3f9a2c --from 2026-06-30 --to 2026-07-01\n"
                 "  greffe convention diff 3f9a2c --from 2026-06-30 --to 2026-07-01 \\\n"
                 "    --html --output avenant.html",
                 "  greffe convention diff 3f9a2c --from 2026-06-30 --to 2026-07-01\n"
                 "  greffe convention diff 3f9a2c --from 2026-06-30 --to 2026-07-01 \\\n"
                 "    --html --output avenant.html"})
      .Run([diff](Context& context) { return Diff(context, *diff); });

  AddHistoryCommand(line);
}

}  // namespace greffe::cli
