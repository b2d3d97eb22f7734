// A draft becomes a text to vote and to sign.

#include <cstdint>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/draft_file.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "client/status.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"

namespace greffe::cli {
namespace {

struct FreezeArgs {
  std::string act, convention, file, label, effective_from, confirmed;
  bool dry_run = false;
};

// Signatures of the texts that this freeze replaces: they do not hold for the new one.
void SayLeftBehind(Context& context, const v1::ActView& before, const std::string& revision) {
  std::uint32_t left = 0;
  for (const v1::RevisionView& one : before.revisions()) {
    if (one.revision() != revision && !one.withdrawn()) left += one.signed_();
  }
  if (left == 0) return;
  constexpr Message kLeft = {
      "Signatures restées sur le texte remplacé, à donner de nouveau : $0 (L-11).",
      "Signatures that stay on the text replaced, to be given anew: $0 (L-11)."};
  context.Note(context.F(kLeft, left));
}

// Freezes; what the replica wants confirmed (CHK-13, L-07, L-15…) is shown and asked at a
// terminal, and again when it is no longer what was shown. --yes answers what this run shows.
// Elsewhere the refusal tells how to confirm.
absl::StatusOr<v1::FreezeActResponse> FreezeOrAsk(Context& context, Client& client,
                                                  v1::FreezeActRequest request) {
  while (true) {
    absl::StatusOr<v1::FreezeActResponse> answer = client.FreezeAct(request);
    const Refusal refusal = RefusalOf(answer.status());
    if (answer.ok() || refusal.confirm.empty() || refusal.confirm == request.confirmed()) {
      return answer;
    }
    const auto shown = [&](const std::string& text) {
      return FitLines(Printable(text), context.width());
    };
    if (context.globals.yes) {
      context.Note(shown(context.lang() == Lang::kFrench ? refusal.fr : refusal.en));
    } else {
      // Within the question: where nobody is there to answer, the refusal says it.
      const std::string fr = absl::StrCat(shown(refusal.fr), "\nFiger ? [oui/non] ");
      const std::string en = absl::StrCat(shown(refusal.en), "\nFreeze? [yes/no] ");
      const absl::Status confirmed = context.Confirm({fr.c_str(), en.c_str()});
      // There is no terminal to ask at. Who answers no is refused by that.
      if (absl::IsFailedPrecondition(confirmed)) return answer;
      RETURN_IF_ERROR(confirmed);
    }
    request.set_confirmed(refusal.confirm);
  }
}

void PrintDryRun(Context& context, const v1::FreezeActResponse& answer) {
  for (const v1::DraftProblem& problem : answer.problems()) {
    PrintProblem(context,
                 context.T(answer.confirm().empty()
                               ? Message{"Serait refusé : ", "Would be refused: "}
                               : Message{"Serait à confirmer : ", "Would have to be confirmed: "}),
                 problem);
  }
  Facts facts;
  if (answer.problems().empty()) {
    facts.Add(context.T({"Serait figé", "Would be frozen"}), answer.label());
    facts.Add(context.T({"Signatures nécessaires", "Signatures needed"}),
              absl::StrCat(answer.needed()));
  } else if (!answer.confirm().empty()) {
    facts.Add("--confirmed", answer.confirm());
  }
  facts.Print(context.out(), context.width());
  context.Note(context.T({"Essai à blanc : rien n'a été figé.", "Dry run: nothing was frozen."}));
}

CommandResult Freeze(Context& context, const FreezeArgs& args) {
  v1::FreezeActRequest request;
  SourceMap map;
  if (!args.file.empty()) RETURN_IF_ERROR(LoadDraft(args.file, *request.mutable_on_paper(), map));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  request.set_label(args.label);
  request.set_effective_from(args.effective_from);
  request.set_confirmed(args.confirmed);
  request.set_dry_run(args.dry_run);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  absl::StatusOr<v1::FreezeActResponse> frozen = FreezeOrAsk(context, *client, request);
  if (!frozen.ok()) return WithLines(frozen.status(), map);
  PlaceProblems(frozen->mutable_problems(), map);
  context.Show(*frozen, [&] {
    if (args.dry_run) return PrintDryRun(context, *frozen);
    Facts facts;
    facts.Add(context.T({"Figé", "Frozen"}), frozen->label());
    facts.Add(context.T({"Révision à signer", "Revision to sign"}), frozen->revision());
    facts.Add(context.T({"Signatures nécessaires", "Signatures needed"}),
              absl::StrCat(frozen->needed()));
    facts.Print(context.out(), context.width());
    SayLeftBehind(context, found.answer.act(), frozen->revision());
  });
  return frozen->problems().empty() ? kDone : kRefused;
}

}  // namespace

void AddFreezeCommand(CommandLine& line) {
  const auto freeze = std::make_shared<FreezeArgs>();
  line.Add("act", group::kAct, "freeze",
           {"Fige le projet en une révision, qui se vote et se signe",
            "Freezes the draft into a revision that is voted and signed"})
      .Argument("ACT", &freeze->act, help::kAct)
      .Option("--label", "TEXT", &freeze->label,
              {"Nom dans la convention (« convention », ou « avenant n° N » suivant)",
               "Name within the convention (« convention », or the next « avenant n° N »)"})
      .Option("--effective-from", "DATE", &freeze->effective_from,
              {"Premier jour d'effet (début de la durée, pour l'original)",
               "First day of effect (start of the term, for an original)"})
      .Option("--on-paper", "FILE", &freeze->file,
              {"Signé sur papier, avec ces faits (greffe.v1.PaperSigning) : à attester, pas à "
               "signer",
               "Signed on paper, with these facts (greffe.v1.PaperSigning): to be attested, not "
               "signed"})
      .Flag("--dry-run", &freeze->dry_run,
            {"Montre ce qui serait figé, refusé ou à confirmer ; ne fige rien",
             "Shows what would be frozen, refused or asked; freezes nothing"})
      .Option("--confirmed", "TEXT", &freeze->confirmed,
              {"Confirme ce qu'un essai à blanc a montré, et cela seul : son champ confirm",
               "Confirms what a dry run showed, and that alone: its field confirm"})
      .Convention(&freeze->convention)
      .Examples(
          {"  greffe act freeze 8c41d0 --effective-from 2026-07-01\n"
           "  greffe act freeze 8c41d0 --effective-from 2026-07-01 --yes\n"
           "  greffe act freeze 8c41d0 --effective-from 2026-07-01 --dry-run --json\n\n"
           "Ce qui est à confirmer est montré d'un coup, chaque règle par son nom : renvois "
           "sans suite (CHK-13), assemblée qui délibère et n'est pas dite (L-07), durée écrite "
           "qui n'est pas celle des dates (L-15), échéancier au-delà du terme (CHK-18), effet "
           "rétroactif (CHK-16), diagnostic absent (L-01), "
           "coprésidence sans avis favorable (L-20). Une réponse vaut pour ce qui est "
           "montré : si le projet ou la question change entre-temps, elle est posée de "
           "nouveau. --yes répond à ce que cette commande montre ; sans terminal et sans "
           "--yes, rien n'est figé.",
           "  greffe act freeze 8c41d0 --effective-from 2026-07-01\n"
           "  greffe act freeze 8c41d0 --effective-from 2026-07-01 --yes\n"
           "  greffe act freeze 8c41d0 --effective-from 2026-07-01 --dry-run --json\n\n"
           "What is to be confirmed is shown at once, each rule by its name: references that "
           "lead nowhere (CHK-13), an assembly that votes and is not said to (L-07), a stated "
           "duration that the dates do not make (L-15), a schedule beyond the term (CHK-18), "
           "an effect before today (CHK-16), no diagnosis (L-01), no "
           "favourable review by the co-chairs (L-20). An answer is for what is shown: when "
           "the draft or the question changes meanwhile, it is asked again. --yes answers "
           "what this command shows; without a terminal and without --yes nothing is "
           "frozen."})
      .Run([freeze](Context& context) { return Freeze(context, *freeze); });
}

}  // namespace greffe::cli
