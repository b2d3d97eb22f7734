#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/status_groups.h"
#include "client/cli/status_party.h"
#include "client/cli/status_wide.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

bool HoldsUp(const v1::PartyStanding& party) { return !party.next_step().empty(); }

std::string StepOf(const Context& context, const v1::PartyStanding& party) {
  return context.Completed(Words(context, party.next_step(), party.next_step_en()));
}

// What looks done may not hold: a finding says why.
bool IsMarked(const v1::PartyStanding& party, v1::ChainStep step) {
  return std::any_of(party.marks().begin(), party.marks().end(),
                     [&](const v1::ChainMark& one) { return one.step() == step; });
}

// Four marks, one under the other down the column: vote, publication, receipt, executory.
std::string ChainMarks(const v1::PartyStanding& party) {
  const auto mark = [&](v1::ChainStep step, bool there) {
    return IsMarked(party, step) ? "!" : there ? "✓" : "–";
  };
  switch (party.stage()) {
    case v1::AUTHORITY_STAGE_NOT_REQUIRED:
      return "·";
    case v1::AUTHORITY_STAGE_UNSPECIFIED:
    case v1::AUTHORITY_STAGE_PENDING:
      return party.deliberates() ? "–" : "·";
    default:
      break;
  }
  return absl::StrCat(
      party.stage() == v1::AUTHORITY_STAGE_NO_MANDATE ? "✗" : mark(v1::CHAIN_STEP_VOTE, true),
      mark(v1::CHAIN_STEP_PUBLICATION, !party.published_on().empty()),
      mark(v1::CHAIN_STEP_RECEIPT, !party.received_on().empty()),
      mark(v1::CHAIN_STEP_EXECUTORY, !party.executory_on().empty()));
}

std::string SignMark(const v1::PartyStanding& party) {
  if (party.offices() == 0) return "·";
  // The three kinds are told apart on every screen.
  return absl::StrCat(party.signed_(), "/", party.offices(), party.signed_() > 0 ? " " : "",
                      party.electronic() > 0 ? "G" : "", party.paper() > 0 ? "p" : "",
                      party.outside() > 0 ? "f" : "",
                      IsMarked(party, v1::CHAIN_STEP_SIGNATURE) ? "!" : "");
}

constexpr Message kMarked = {
    "! : une observation met l'étape en cause ; greffe convention status $0 --party PARTENAIRE",
    "!: a finding calls the step into question; greffe convention status $0 --party PARTNER"};

// Told where some party is marked.
void PrintMarked(Context& context, const v1::StatusView& view) {
  const bool any = std::any_of(view.parties().begin(), view.parties().end(),
                               [](const auto& party) { return !party.marks().empty(); });
  if (!any) return;
  PrintText(context, "", context.F(kMarked, ShortHash(view.convention_id())), 0);
}

constexpr Message kSigned = {
    "Signé : G dans Greffe, p sur papier, f fichier externe non vérifié par Greffe.",
    "Signed: G in Greffe, p on paper, f outside file not verified by Greffe."};

constexpr Message kForNobody = {"On n'attend personne.", "Waiting for nobody."};

// From how many on parties that have the same thing to do are told together.
constexpr std::size_t kFew = 20;

// A few parties with their whole names; many two a line where the terminal is wide enough.
void PrintParties(Context& context, const std::vector<const v1::PartyStanding*>& parties) {
  int name = 12, sign = 7;
  for (const auto* party : parties) {
    name = std::max(name, DisplayWidth(party->name()));
    sign = std::max(sign, DisplayWidth(SignMark(*party)));
  }
  const int marks = 2 + 4 + 2 + sign;  // Gaps, vote, signatures.
  const int columns = parties.size() > kFew && context.width() >= 2 * (20 + marks) + 2 ? 2 : 1;
  name = std::min(name, (context.width() - 2 * (columns - 1)) / columns - marks);
  const auto cell = [&](absl::string_view who, absl::string_view vote, absl::string_view signs) {
    return absl::StrCat(PadRight(Ellipsize(PrintableLine(who), name), name), "  ",
                        PadRight(vote, 4), "  ", PadRight(signs, sign));
  };
  const std::string head = cell(context.T({"Partie", "Party"}), context.T({"Vote", "Vote"}),
                                context.T({"Signé", "Signed"}));
  std::string heads = columns == 2 ? absl::StrCat(head, "  ", head) : head;
  heads.erase(heads.find_last_not_of(' ') + 1);
  context.out() << heads << '\n';
  const std::size_t rows = (parties.size() + columns - 1) / columns;
  for (std::size_t row = 0; row < rows; ++row) {
    std::string line;
    for (std::size_t i = row; i < parties.size(); i += rows) {
      if (i != row) line += "  ";
      line += cell(parties[i]->name(), ChainMarks(*parties[i]), SignMark(*parties[i]));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    context.out() << line << '\n';
  }
  constexpr Message kChain = {
      "Vote, publication, réception, exécutoire : ✓ oui, – pas encore, ✗ sans mandat, · sans "
      "objet.",
      "Vote, publication, receipt, exécutoire: ✓ yes, – not yet, ✗ no mandate, · not needed."};
  for (const Message& legend : {kChain, kSigned}) {
    for (const std::string& part : Wrap(context.T(legend), context.width())) {
      context.out() << part << '\n';
    }
  }
}

// The act that the board is about; null when there is none yet.
const v1::ActView* ActOfBoard(const v1::StatusView& view, const std::string& asked) {
  for (const v1::ActView& act : view.acts()) {
    if (!asked.empty() && absl::StartsWith(act.act_id(), asked)) return &act;
    for (const v1::RevisionView& revision : act.revisions()) {
      if (asked.empty() && revision.revision() == view.revision().revision()) return &act;
    }
  }
  return nullptr;
}

// Of which act this board is, where somebody might take it for that of another.
std::string SayWhichAct(Context& context, const v1::StatusView& view, const std::string& asked) {
  const v1::ActView* const act = ActOfBoard(view, asked);
  if (act == nullptr) return "";
  const auto is_pending = [](const v1::ActView& one) {
    return one.standing() == v1::ACT_STANDING_FROZEN;
  };
  const auto pending = std::count_if(view.acts().begin(), view.acts().end(), is_pending);
  const auto other = std::find_if(
      view.acts().begin(), view.acts().end(),
      [&](const v1::ActView& one) { return is_pending(one) && one.act_id() != act->act_id(); });
  std::string out;
  if (!asked.empty()) {
    constexpr Message kAsked = {"Tableau de l'acte $0, « $1 » ($2).",
                                "Board of act $0, “$1” ($2)."};
    out = context.F(kAsked, ShortHash(act->act_id()), PrintableLine(act->title()),
                    LabelOf(context.lang(), act->standing()));
    if (view.revision().revision().empty()) {
      out += context.T({" Rien n'en est figé encore.", " Nothing of it is frozen yet."});
    }
  } else if (other != view.acts().end()) {
    constexpr Message kOf = {"Tableau de l'acte $0, « $1 », figé le dernier.",
                             "Board of act $0, “$1”, the last frozen."};
    out = context.F(kOf, ShortHash(act->act_id()), PrintableLine(act->title()));
  }
  if (other != view.acts().end()) {
    constexpr Message kOther = {
        " $0 acte(s) en attente de signatures ; un autre : greffe convention status $1 --act $2",
        " $0 act(s) waiting for signatures; another: greffe convention status $1 --act $2"};
    out += context.F(kOther, pending, ShortHash(view.convention_id()), ShortHash(other->act_id()));
  }
  return out;
}

// Why parties of a committee decision have nothing to sign, once for all of them.
void PrintWhoDecides(Context& context, const std::vector<const v1::PartyStanding*>& parties) {
  for (const auto* party : parties) {
    if (party->offices() > 0 || party->stage() != v1::AUTHORITY_STAGE_NOT_REQUIRED ||
        party->why().empty()) {
      continue;
    }
    PrintText(context, "", Words(context, party->why(), party->why_en()), 0);
    return;
  }
}

// The convention and the revision that the board is about.
void PrintHead(Context& context, const v1::StatusView& view, const std::string& asked) {
  const Lang lang = context.lang();
  std::vector<std::string> lines = {PrintableLine(view.title())};
  constexpr Message kTerm = {"$0 ; du $1 au $2", "$0; from $1 to $2"};
  lines.push_back(context.F(kTerm, LabelOf(lang, view.standing()),
                            LongDate(lang, view.start_date()), LongDate(lang, view.end_date())));
  if (EndsOtherwise(view.force(), view.end_date())) {
    absl::StrAppend(&lines.back(), context.T({" (texte de ce jour)", " (text of that day)"}));
  }
  if (!view.in_force_since().empty()) {
    const bool now = view.standing() == v1::CONVENTION_STANDING_IN_FORCE &&
                     view.in_force_since() <= view.in_force_on();
    absl::StrAppend(&lines.back(),
                    now ? context.T({" ; en vigueur depuis le ", "; in force since "})
                        : context.T({" ; conclue le ", "; concluded on "}),
                    LongDate(lang, view.in_force_since()));
  }
  if (view.in_force_on() != view.clock_date()) {
    constexpr Message kAsked = {"Au $0 ; ce qui est à venir ou en retard : au $1.",
                                "On $0; what is to come or late: on $1."};
    lines.push_back(
        context.F(kAsked, LongDate(lang, view.in_force_on()), LongDate(lang, view.clock_date())));
  }
  if (std::string which = SayWhichAct(context, view, asked); !which.empty()) {
    lines.push_back(std::move(which));
  }
  if (!view.revision().revision().empty()) {
    constexpr Message kRevision = {"$0 [$1] : $2, $3 délibération(s) sur $4",
                                   "$0 [$1]: $2, $3 deliberation(s) of $4"};
    lines.push_back(context.F(kRevision, PrintableLine(view.revision().label()),
                              ShortHash(view.revision().revision()),
                              SaySignatures(context, view.revision()), view.deliberations(),
                              view.deliberating_parties()));
  }
  if (view.revision().has_on_paper()) {
    const v1::PaperView& paper = view.revision().on_paper();
    lines.push_back(PrintableLine(Words(context, paper.text(), paper.text_en())));
  }
  if (view.has_force()) {
    lines.push_back(Words(context, view.force().text(), view.force().text_en()));
  }
  for (const std::string& line : lines) {
    for (const std::string& part : Wrap(line, context.width())) context.out() << part << '\n';
  }
}

std::vector<const v1::PartyStanding*> InOrder(const v1::StatusView& view) {
  std::vector<const v1::PartyStanding*> out;
  for (const auto& party : view.parties()) out.push_back(&party);
  const FrenchOrder order;
  std::sort(out.begin(), out.end(),
            [&](const auto* a, const auto* b) { return order.Compare(a->name(), b->name()) < 0; });
  return out;
}

// Who holds things up, and what each has to do next.
void PrintWaiting(Context& context, const std::vector<const v1::PartyStanding*>& parties,
                  std::size_t shown_max) {
  std::vector<const v1::PartyStanding*> waiting;
  for (const auto* party : parties) {
    if (HoldsUp(*party)) waiting.push_back(party);
  }
  if (waiting.empty()) return;
  constexpr Message kWaiting = {"\nOn attend $0 partie(s) :", "\nWaiting for $0 party(ies):"};
  context.out() << context.F(kWaiting, waiting.size()) << '\n';
  for (std::size_t i = 0; i < std::min(waiting.size(), shown_max); ++i) {
    PrintText(context, "",
              absl::StrCat(waiting[i]->name(), waiting[i]->marks().empty() ? "" : " !", " : ",
                           StepOf(context, *waiting[i])),
              2);
  }
  if (waiting.size() > shown_max) {
    constexpr Message kMore = {"  … et $0 autres (--blocking pour toutes)",
                               "  … and $0 more (--blocking for all)"};
    context.out() << context.F(kMore, waiting.size() - shown_max) << '\n';
  }
}

// Who signed how, where somebody did: « (1/2 G) », « (p) » of one who is done.
std::string SignedHow(const v1::PartyStanding& party) {
  if (party.signed_() == 0) return "";
  const std::string mark = SignMark(party);
  const std::size_t kinds = mark.find(' ');
  if (HoldsUp(party)) return absl::StrCat(" (", mark, ")");
  return kinds == std::string::npos ? "" : absl::StrCat(" (", mark.substr(kinds + 1), ")");
}

// Of many parties, those that have the same thing to do together: 49 of them fit a screen.
void PrintGroups(Context& context, const std::vector<const v1::PartyStanding*>& parties) {
  constexpr std::size_t kLines = 24;
  std::vector<BoardParty> shown;
  bool any_signed = false;
  for (const auto* party : parties) {
    // A mark on the signature stands beside how it was given.
    const bool of_vote =
        std::any_of(party->marks().begin(), party->marks().end(),
                    [](const auto& one) { return one.step() != v1::CHAIN_STEP_SIGNATURE; });
    shown.push_back({absl::StrCat(party->name(), of_vote ? " !" : "", SignedHow(*party)),
                     StepOf(context, *party), party->stage()});
    any_signed = any_signed || party->signed_() > 0;
  }
  constexpr Message kWaiting = {"On attend $0 partie(s) sur $1 :", "Waiting for $0 of $1 parties:"};
  const auto waiting = std::count_if(parties.begin(), parties.end(),
                                     [](const auto* party) { return HoldsUp(*party); });
  context.out() << (waiting == 0 ? context.T(kForNobody)
                                 : context.F(kWaiting, waiting, parties.size()))
                << '\n';
  for (const std::string& line : GroupLines(context.lang(), shown, context.width(), kLines)) {
    context.out() << line << '\n';
  }
  if (any_signed) context.out() << context.T(kSigned) << '\n';
}

struct StatusArgs {
  std::string convention, party, act;
  bool blocking = false;
  bool all = false;
  bool wide = false;
  ReadOptions at;
};

void PrintBoard(Context& context, const v1::StatusView& view, const StatusArgs& args) {
  const Lang lang = context.lang();
  PrintHead(context, view, args.act);
  const std::vector<const v1::PartyStanding*> parties = InOrder(view);
  context.out() << '\n';
  if (args.wide) {
    PrintWide(context, parties);
    context.out() << context.T(kSigned) << '\n';
  } else if (parties.size() > kFew && !args.all) {
    PrintGroups(context, parties);
  } else {
    PrintParties(context, parties);
    PrintWaiting(context, parties, args.all ? parties.size() : 8);
  }
  PrintMarked(context, view);
  PrintWhoDecides(context, parties);
  for (const auto& act : view.acts()) {
    if (act.standing() == v1::ACT_STANDING_CONCLUDED) continue;
    PrintText(context, context.T({"Acte ", "Act "}),
              absl::StrCat(ShortHash(act.act_id()), " : ", PrintableLine(act.title()), ", ",
                           LabelOf(lang, act.standing())),
              0);
  }
  PrintFindings(context, view.findings());
}

// Only those that the act waits for, every one with its next step.
void PrintBlocking(Context& context, const v1::StatusView& view, const std::string& asked) {
  PrintHead(context, view, asked);
  if (view.parties().empty()) {
    context.out() << '\n' << context.T(kForNobody) << '\n';
    return;
  }
  PrintWaiting(context, InOrder(view), view.parties().size());
  PrintMarked(context, view);
}

CommandResult Status(Context& context, const StatusArgs& args) {
  v1::GetStatusRequest request;
  request.set_convention_id(args.convention);
  request.set_blocking(args.blocking);
  request.set_act_id(args.act);
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetStatusResponse answer, client->GetStatus(request));
  if (const v1::ActView* const act = ActOfBoard(answer.view(), args.act); act != nullptr) {
    context.known["ACT"] = ShortHash(act->act_id());
  }
  if (!args.party.empty()) return ShowParty(context, *client, answer, args.party);
  context.Show(answer, [&] {
    if (args.blocking) {
      PrintBlocking(context, answer.view(), args.act);
    } else {
      PrintBoard(context, answer.view(), args);
    }
  });
  return kDone;
}

}  // namespace

void AddStatusCommand(CommandLine& line) {
  const auto args = std::make_shared<StatusArgs>();
  line.Add("convention", group::kConvention, "status",
           {"Qui a voté, qui a signé, qui l'on attend", "Who voted, who signed, who holds it up"})
      .Argument("CONVENTION", &args->convention, help::kConvention)
      .Flag("--blocking", &args->blocking,
            {"Seulement celles que l'on attend", "Only those that hold things up"})
      .Flag("--all", &args->all,
            {"Chaque partie, même s'il y en a beaucoup", "Each party, even where there are many"})
      .Flag("--wide", &args->wide,
            {"Une ligne par partie : séance, voix, mandat, signataires",
             "A line for each party: sitting, votes, mandate, who signs"})
      .Option("--act", "ACT", &args->act,
              {"Le tableau de cet acte, et non du dernier qui attend des signatures",
               "The board of this act, not of the last that waits for signatures"})
      .Option("--party", "PARTNER", &args->party,
              {"Le chemin d'une partie, de la séance à la signature",
               "The way of one party, from the sitting to the signature"})
      .ReadAt(&args->at)
      .Examples({"  greffe convention status 3f9a2c\n"
                 "  greffe convention status 3f9a2c --blocking   ce que chacune doit faire\n"
                 "  greffe convention status 3f9a2c --act 8c41d0 --party commune-boe",
                 "  greffe convention status 3f9a2c\n"
                 "  greffe convention status 3f9a2c --blocking   what each has to do\n"
                 "  greffe convention status 3f9a2c --act 8c41d0 --party commune-boe"})
      .Run([args](Context& context) { return Status(context, *args); });
}

}  // namespace greffe::cli
