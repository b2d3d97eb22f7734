#include <memory>
#include <set>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/draft_file.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/problems.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/status_macros.h"
#include "core/base/text.h"
#include "core/convention/elements/element_text.h"

namespace greffe::cli {
namespace {

struct ActArgs {
  std::string act, convention, file, read_cut, revision, reason;
  ReadOptions at;
  bool dry_run = false;
};

// A revision changes elements: what else the file says of the act must be as it is, since nothing
// would come of it.
absl::Status CheckSameAct(const v1::ActDraft& draft, const v1::ActView& act) {
  constexpr Message kTitle = {
      "Le fichier intitule l'acte « $0 » ; c'est « $1 ». Une révision n'en change que les "
      "éléments.",
      "The file names the act “$0”; it is “$1”. A revision changes its elements alone."};
  constexpr Message kKind = {
      "Le genre que donne le fichier n'est pas celui de l'acte « $0 ». Une révision n'en change "
      "que les éléments.",
      "The kind in the file is not that of the act “$0”. A revision changes its elements alone."};
  constexpr Message kNext = {
      "ôtez title et kind du fichier, ou proposez un autre acte : greffe act propose",
      "leave title and kind out of the file, or propose another act: greffe act propose"};
  const auto refuse = [&](std::string fr, std::string en) {
    return UsageError({.field = "--file",
                       .fr = std::move(fr),
                       .en = std::move(en),
                       .next_fr = kNext.fr,
                       .next_en = kNext.en});
  };
  // As the act's own was when it was stored.
  ASSIGN_OR_RETURN(const std::string title,
                   NormaliseText(draft.title(), "title", draft.title().size()));
  if (!title.empty() && title != act.title()) {
    return refuse(Fill(Lang::kFrench, kTitle, title, act.title()),
                  Fill(Lang::kEnglish, kTitle, title, act.title()));
  }
  if (draft.kind() != v1::ACT_KIND_UNSPECIFIED && draft.kind() != act.kind()) {
    return refuse(Fill(Lang::kFrench, kKind, act.title()),
                  Fill(Lang::kEnglish, kKind, act.title()));
  }
  return absl::OkStatus();
}

// A revision replaces what its author saw: without a token, what the act holds now.
CommandResult Revise(Context& context, const ActArgs& args) {
  v1::ActDraft draft;
  SourceMap map;
  RETURN_IF_ERROR(LoadDraft(args.file, draft, map, "act revise"));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  RETURN_IF_ERROR(CheckSameAct(draft, found.answer.act()));
  v1::ReviseActRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  *request.mutable_changes() = draft.changes();
  *request.mutable_old_texts() = draft.old_texts();
  request.set_read_cut(args.read_cut.empty() ? found.answer.cut() : args.read_cut);
  request.set_dry_run(args.dry_run);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  auto revised = client->ReviseAct(request);
  if (!revised.ok()) return WithLines(revised.status(), map);
  PlaceProblems(revised->mutable_problems(), map);
  context.Show(*revised, [&] {
    if (args.dry_run) return PrintProblems(context, args.file, revised->problems());
    constexpr Message kRevised = {"$0 changement(s) dans l'acte $1", "$0 change(s) in act $1"};
    context.out() << context.F(kRevised, draft.changes_size(),
                               ShortHash(found.answer.act().act_id()))
                  << '\n';
  });
  return revised->problems().empty() ? kDone : kRefused;
}

CommandResult List(Context& context, const ActArgs& args) {
  v1::ListActsRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::ListActsResponse acts, client->ListActs(request));
  context.Show(acts, [&] {
    Table table({{context.T({"Acte", "Act"})},
                 {context.T({"Genre", "Kind"}), Fit::kWrap},
                 {context.T({"Intitulé", "Title"}), Fit::kWrap},
                 {context.T({"État", "Standing"}), Fit::kWrap},
                 {context.T({"Révision", "Revision"})},
                 {context.T({"Signé", "Signed"}), Fit::kKeep, true}});
    for (const auto& act : acts.acts()) {
      const v1::RevisionView* latest = LatestRevision(act);
      table.AddRow(
          {ShortHash(act.act_id()), LabelOf(context.lang(), act.kind()), act.title(),
           LabelOf(context.lang(), act.standing()),
           latest == nullptr ? "–" : ShortHash(latest->revision()),
           latest == nullptr ? "" : absl::StrCat(latest->signed_(), "/", latest->needed())});
    }
    table.Print(context.out(), context.width());
  });
  return kDone;
}

// What was read on paper of an office's signature, which its partner has not attested yet.
std::string Declared(const Context& context, const v1::RevisionView& revision,
                     const std::string& office) {
  std::string out;
  for (const v1::PaperPartyView& party : revision.on_paper().parties()) {
    for (const v1::PaperOfficeView& one : party.offices()) {
      if (one.signatory().id() != office) continue;
      for (const v1::PaperSignature& stated : one.stated()) {
        if (stated.signed_on().empty()) continue;
        absl::StrAppend(&out, out.empty() ? "" : " ; ", context.T({"déclarée ", "declared "}),
                        stated.signed_on());
        if (!stated.capacity().empty()) absl::StrAppend(&out, " (", stated.capacity(), ")");
      }
    }
  }
  return out;
}

// Votes on the revision, and on other freezes of its text, which count as much (L-11).
void PrintVotes(Context& context, const v1::StatusView& board, const PartnerNames& names) {
  Table table({{context.T({"Vote", "Vote"}), Fit::kWrap},
               {context.T({"Séance", "Sitting"})},
               {context.T({"Résultat", "Result"}), Fit::kWrap},
               {context.T({"Événement", "Event"})}});
  std::set<std::string> known;
  for (const v1::PartyStanding& party : board.parties()) {
    for (const v1::DeliberationView& one : party.deliberations()) {
      // Of a place that two hold by law, each has it.
      if (!known.insert(one.event().leaf()).second) continue;
      const v1::Deliberation& vote = one.deliberation();
      constexpr Message kResult = {"$0 pour, $1 contre", "$0 for, $1 against"};
      constexpr Message kSameText = {" ; sur la révision $0, du même texte : il vaut",
                                     "; on revision $0, of the same text: it holds"};
      const std::string on = absl::BytesToHexString(vote.revision());
      const bool same = on.empty() || on == board.revision().revision();
      table.AddRow({names.Of(vote.partner_id()), vote.sitting_on(),
                    absl::StrCat(context.F(kResult, vote.votes_for(), vote.votes_against()),
                                 same ? "" : context.F(kSameText, ShortHash(on))),
                    ShortHash(one.event().leaf())});
    }
  }
  if (!table.empty()) table.Print(context.out(), context.width());
}

void PrintRevision(Context& context, const v1::RevisionView& revision, const PartnerNames& names) {
  const Lang lang = context.lang();
  Facts facts;
  facts.Add(context.T({"Révision", "Revision"}), revision.revision());
  facts.Add(context.T({"Libellé", "Label"}), revision.label());
  facts.Add(context.T({"Effet", "Effective"}), LongDate(lang, revision.effective_from()));
  facts.Add(context.T({"Changements", "Changes"}), absl::StrCat(revision.changes()));
  facts.Add(context.T({"Signatures", "Signatures"}), SaySignatures(context, revision));
  if (revision.has_on_paper()) {
    facts.Add(context.T({"Papier", "Paper"}),
              Words(context, revision.on_paper().text(), revision.on_paper().text_en()));
  }
  if (revision.concluded()) {
    facts.Add(context.T({"Conclu le", "Concluded on"}), LongDate(lang, revision.concluded_on()));
  }
  if (revision.withdrawn()) facts.Add(context.T({"Retirée", "Withdrawn"}), context.T(msg::kYes));
  facts.Print(context.out(), context.width());
  // Ids are copied by hand: whole.
  Table table({{context.T({"Signataire", "Signatory"})},
               {context.T({"Fonction", "Office"}), Fit::kWrap},
               {context.T({"Pour", "For"}), Fit::kWrap},
               {context.T({"Signature", "Signature"}), Fit::kWrap}});
  for (const auto& signatory : revision.signatories()) {
    std::string signs;
    for (const auto& signature : signatory.signatures()) {
      absl::StrAppend(&signs, signs.empty() ? "" : " ; ", LabelOf(lang, signature.kind()), " ",
                      signature.signed_on(), signature.capacity().empty() ? "" : ", ",
                      signature.capacity(),
                      signature.retracted() ? context.T({" (reprise)", " (taken back)"}) : "");
    }
    if (!signatory.refusals().empty()) {
      absl::StrAppend(&signs, signs.empty() ? "" : " ; ", context.T({"refus", "refused"}));
    }
    if (signs.empty()) signs = Declared(context, revision, signatory.signatory().id());
    table.AddRow({signatory.signatory().id(), signatory.signatory().office(),
                  names.Of(signatory.signatory().partner_id()), signs.empty() ? "–" : signs});
  }
  table.Print(context.out(), context.width());
}

CommandResult ShowAct(Context& context, const ActArgs& args) {
  ASSIGN_OR_RETURN(const v1::ReadAt at, ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, at));
  const v1::GetActResponse& answer = found.answer;
  context.Show(answer, [&] {
    const v1::ActView& act = answer.act();
    v1::GetStatusRequest of_act;
    of_act.set_convention_id(found.convention_id);
    of_act.set_act_id(act.act_id());
    *of_act.mutable_at() = at;
    of_act.mutable_at()->set_cut(answer.cut());
    // Without it ids are shown, and no votes.
    const auto board = client->GetStatus(of_act);
    PartnerNames names;
    if (board.ok()) names.Add(board->view());
    Facts facts;
    facts.Add(context.T({"Acte", "Act"}), act.act_id());
    facts.Add("Convention", found.convention_id);
    facts.Add(context.T({"Intitulé", "Title"}), act.title());
    facts.Add(context.T({"Genre", "Kind"}), LabelOf(context.lang(), act.kind()));
    facts.Add(context.T({"État", "Standing"}), LabelOf(context.lang(), act.standing()));
    facts.Add(context.T({"Ouvert par", "Opened by"}),
              SayAuthor(context.lang(), act.opened(), &names));
    if (!act.prompted_by().empty()) {
      facts.Add(context.T({"À l'origine", "Led to by"}),
                absl::StrCat(SaySummary(context.lang(), act.opened()), " [",
                             ShortHash(act.prompted_by()), "]"));
    }
    if (act.draft_changes() > 0) {
      facts.Add(context.T({"Pas encore figés", "Not frozen yet"}),
                absl::StrCat(act.draft_changes()));
    }
    facts.Print(context.out(), context.width());
    for (const auto& revision : act.revisions()) {
      context.out() << '\n';
      PrintRevision(context, revision, names);
      if (board.ok() && board->view().revision().revision() == revision.revision()) {
        PrintVotes(context, board->view(), names);
      }
    }
    if (!answer.redline().empty()) {
      context.out() << '\n' << context.T({"Ce que l'acte change", "What the act changes"}) << '\n';
      // Of an original everything is new: its text is for `convention show`.
      PrintDiff(context, answer.redline(),
                act.kind() == v1::ACT_KIND_ORIGINAL ? Detail::kTitles : Detail::kFields);
    }
  });
  return kDone;
}

CommandResult Withdraw(Context& context, const ActArgs& args) {
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const FoundAct found, FindAct(*client, args.act, args.convention, {}));
  v1::WithdrawActRequest request;
  request.set_convention_id(found.convention_id);
  request.set_act_id(found.answer.act().act_id());
  const bool draft = args.revision.empty() && found.answer.act().revisions().empty();
  if (!draft) {
    ASSIGN_OR_RETURN(*request.mutable_revision(), RevisionToDecideOn(found, args.revision));
  }
  request.set_reason(args.reason);
  ASSIGN_OR_RETURN(*request.mutable_request_id(), context.RequestId());
  ASSIGN_OR_RETURN(const v1::WithdrawActResponse withdrawn, client->WithdrawAct(request));
  context.Show(withdrawn, [&] {
    constexpr Message kWithdrawn = {"La révision $0 est retirée.", "Revision $0 is withdrawn."};
    constexpr Message kDraft = {
        "Le projet $0 est retiré. Pour le reprendre : greffe act revise $0 --file FICHIER",
        "Draft $0 is withdrawn. To take it up again: greffe act revise $0 --file FILE"};
    context.out() << (draft ? context.F(kDraft, ShortHash(request.act_id()))
                            : context.F(kWithdrawn, ShortHash(request.revision())))
                  << '\n';
  });
  return kDone;
}

}  // namespace

void AddActCommands(CommandLine& line) {
  constexpr Message kFile = {"L'acte (greffe.v1.ActDraft) : .json ou .txtpb",
                             "The act (greffe.v1.ActDraft): .json or .txtpb"};
  constexpr Message kDryRun = {"Vérifie seulement, et liste les problèmes par ligne",
                               "Checks only, and lists problems by line"};
  const auto list = std::make_shared<ActArgs>();
  line.Add("act", group::kAct, "list", {"Les actes d'une convention", "A convention's acts"})
      .Argument("CONVENTION", &list->convention, help::kConvention)
      .ReadAt(&list->at)
      .Run([list](Context& context) { return List(context, *list); });

  const auto show = std::make_shared<ActArgs>();
  line.Add("act", group::kAct, "show",
           {"Un acte : révisions, signatures, ce qu'il change",
            "One act: revisions, signatures, what it changes"})
      .Argument("ACT", &show->act, help::kAct)
      .ReadAt(&show->at)
      .Convention(&show->convention)
      .Run([show](Context& context) { return ShowAct(context, *show); });

  const auto revise = std::make_shared<ActArgs>();
  line.Add("act", group::kAct, "revise",
           {"Change le projet d'un acte", "Changes the draft of an act"})
      .Argument("ACT", &revise->act, help::kAct)
      .RequiredOption("--file", "FILE", &revise->file, kFile)
      .Flag("--dry-run", &revise->dry_run, kDryRun)
      .Option("--read-cut", "CUT", &revise->read_cut, help::kReadCut)
      .Convention(&revise->convention)
      .Examples(
          {"  greffe act revise 8c41d0 --file avenant.txtpb\n\n"
           "avenant.txtpb :\n"
           "  changes { put { id: \"article-7\" article { title: \"…\" body: \"…\" } } }\n"
           "  changes { remove: \"equipement-2\" }\n"
           "  changes { remove: \"article-1\" drop: true }\n\n"
           "Ce que le fichier ne nomme pas reste dans l'acte. remove supprime l'élément de la "
           "convention ; avec drop: true, il ôte de l'acte le changement de cet élément.",
           "  greffe act revise 8c41d0 --file avenant.txtpb\n\n"
           "avenant.txtpb:\n"
           "  changes { put { id: \"article-7\" article { title: \"…\" body: \"…\" } } }\n"
           "  changes { remove: \"equipement-2\" }\n"
           "  changes { remove: \"article-1\" drop: true }\n\n"
           "What the file does not name stays in the act. remove takes the element out of the "
           "convention; with drop: true it takes the change of that element out of the act."})
      .Run([revise](Context& context) { return Revise(context, *revise); });

  AddFreezeCommand(line);

  const auto withdraw = std::make_shared<ActArgs>();
  line.Add("act", group::kAct, "withdraw",
           {"Retire un texte figé qui n'est pas conclu, ou un projet",
            "Withdraws a frozen text that is not concluded, or a draft"})
      .Argument("ACT", &withdraw->act, help::kAct)
      .Option("--reason", "TEXT", &withdraw->reason, help::kReason)
      .Option("--revision", "HEX", &withdraw->revision, help::kRevision)
      .Convention(&withdraw->convention)
      .Run([withdraw](Context& context) { return Withdraw(context, *withdraw); });
}

}  // namespace greffe::cli
