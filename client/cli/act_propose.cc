#include <memory>
#include <string>

#include "client/cli/commands.h"
#include "client/cli/draft_file.h"
#include "client/cli/fact_search.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/problems.h"
#include "client/cli/show.h"
#include "client/cli/source_map.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct ProposeArgs {
  std::string convention, file, read_cut, evaluation;
  bool on_paper = false;
  bool dry_run = false;
};

CommandResult Propose(Context& context, const ProposeArgs& args) {
  v1::ProposeActRequest request;
  SourceMap map;
  RETURN_IF_ERROR(LoadDraft(args.file, *request.mutable_draft(), map, "act propose"));
  request.set_convention_id(args.convention);
  request.set_on_paper(args.on_paper);
  request.set_dry_run(args.dry_run);
  request.set_read_cut(args.read_cut);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  if (!args.evaluation.empty()) {
    ASSIGN_OR_RETURN(const Fact evaluation, FindFact(*client, args.evaluation, args.convention));
    request.set_prompted_by(evaluation.leaf);
  }
  auto proposed = client->ProposeAct(request);
  if (!proposed.ok()) return WithLines(proposed.status(), map);
  PlaceProblems(proposed->mutable_problems(), map);
  context.Show(*proposed, [&] {
    if (args.dry_run) return PrintProblems(context, args.file, proposed->problems());
    constexpr Message kProposed = {"Acte $0", "Act $0"};
    context.out() << context.F(kProposed, proposed->act_id()) << '\n';
    constexpr Message kNext = {
        "Ensuite : greffe act show $0, puis greffe act freeze $0 --effective-from DATE",
        "Next: greffe act show $0, then greffe act freeze $0 --effective-from DATE"};
    context.Note(context.F(kNext, ShortHash(proposed->act_id())));
  });
  return proposed->problems().empty() ? kDone : kRefused;
}

}  // namespace

void AddProposeCommand(CommandLine& line) {
  const auto propose = std::make_shared<ProposeArgs>();
  line.Add("act", group::kAct, "propose",
           {"Ouvre un acte : avenant, décision du comité, résiliation amiable",
            "Opens an act: avenant, décision du comité, résiliation amiable"})
      .Argument("CONVENTION", &propose->convention, help::kConvention)
      .RequiredOption("--file", "FILE", &propose->file,
                      {"L'acte (greffe.v1.ActDraft) : .json ou .txtpb",
                       "The act (greffe.v1.ActDraft): .json or .txtpb"})
      .Option("--after-evaluation", "FACT", &propose->evaluation,
              {"L'évaluation enregistrée qui y a conduit (L-33) : son empreinte, ou ses 6 premiers "
               "chiffres au moins",
               "The evaluation on record that led to it (L-33): its hash, or at least its first 6 "
               "digits"})
      .Flag("--on-paper", &propose->on_paper,
            {"L'acte est déjà signé sur papier : il se rédige même après la fin de la convention "
             "(L-36) ; act freeze --on-paper dit ensuite par qui et quand",
             "The act is signed on paper already: it is drafted even after the end of the "
             "convention (L-36); act freeze --on-paper then says by whom and when"})
      .Flag("--dry-run", &propose->dry_run,
            {"Vérifie seulement, et liste les problèmes par ligne",
             "Checks only, and lists problems by line"})
      .Option("--read-cut", "CUT", &propose->read_cut, help::kReadCut)
      .Examples(
          {"  greffe act propose 3f9a2c --file avenant.txtpb\n\n"
           "avenant.txtpb :\n"
           "  kind: ACT_KIND_AVENANT\n"
           "  title: \"Une crèche de plus\"\n"
           "  changes { put { id: \"equipement-9\" facility { type: \"EAJE\" name: \"…\" } } }\n"
           "  changes { remove: \"equipement-2\" }\n"
           "  old_texts { element_id: \"equipement-2\" words: \"Halte-garderie\" }\n\n"
           "Un article numéroté se place après le numéro qui le précède, un autre élément après le "
           "dernier de son genre ; parent_id le met dans un autre, position entre deux clés que "
           "montre convention show --json. act text dit où il est inséré.\n"
           "old_texts, facultatif : des mots de l'élément en vigueur. S'ils n'y sont pas, l'acte "
           "est refusé.\n"
           "ACT_KIND_COMMITTEE_DECISION : ce qu'une clause laisse à un comité ; ses coprésidents "
           "(co_chairs) décident.\n"
           "ACT_KIND_AGREED_TERMINATION : la résiliation amiable ; le terme (terms.end_date) y "
           "reçoit "
           "le nouveau dernier jour, plus tôt que l'ancien.",
           "  greffe act propose 3f9a2c --file avenant.txtpb\n\n"
           "avenant.txtpb:\n"
           "  kind: ACT_KIND_AVENANT\n"
           "  title: \"Une crèche de plus\"\n"
           "  changes { put { id: \"equipement-9\" facility { type: \"EAJE\" name: \"…\" } } }\n"
           "  changes { remove: \"equipement-2\" }\n"
           "  old_texts { element_id: \"equipement-2\" words: \"Halte-garderie\" }\n\n"
           "A numbered article is placed after the number before its own, another element after "
           "the "
           "last of its kind; parent_id puts it into another, position between two keys that "
           "convention show --json shows. act text says where it is inserted.\n"
           "old_texts, optional: words of the element in force. The act is refused when they are "
           "not there.\n"
           "ACT_KIND_COMMITTEE_DECISION: what a clause leaves to a committee; its co-chairs "
           "(co_chairs) decide.\n"
           "ACT_KIND_AGREED_TERMINATION: the résiliation amiable; the term (terms.end_date) gets "
           "its "
           "new last day there, before the old one."})
      .Run([propose](Context& context) { return Propose(context, *propose); });
}

}  // namespace greffe::cli
