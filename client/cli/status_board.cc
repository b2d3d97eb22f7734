#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"
#include "core/convention/mandate.h"

namespace greffe::cli {
namespace {

bool HoldsUp(const v1::PartyStanding& party) { return !party.next_step().empty(); }

// One mark says what a person looks for down the column.
std::string VoteMark(const v1::PartyStanding& party) {
  if (!party.deliberates()) return "·";
  if (party.deliberations().empty()) return "–";
  for (const auto& vote : party.deliberations()) {
    if (GivesMandate(vote.deliberation())) return "✓";
  }
  return "✗";
}

std::string SignMark(const v1::PartyStanding& party) {
  if (party.offices() == 0) return "·";
  std::string out = absl::StrCat(party.signed_(), "/", party.offices());
  // Electronic and paper signatures are told apart on every screen.
  if (party.electronic() > 0) out += " é";
  if (party.paper() > 0) out += " p";
  return out;
}

// Two parties a line where the terminal is wide enough: 49 of them fit a screen.
void PrintParties(Context& context, const std::vector<const v1::PartyStanding*>& parties) {
  int name = 12;
  for (const auto* party : parties) name = std::max(name, DisplayWidth(party->name()));
  constexpr int kMarks = 2 + 4 + 2 + 7;  // Gaps, vote, signatures.
  const int columns = context.width() >= 2 * (20 + kMarks) + 2 ? 2 : 1;
  name = std::min(name, (context.width() - 2 * (columns - 1)) / columns - kMarks);
  const auto cell = [&](absl::string_view who, absl::string_view vote, absl::string_view signs) {
    return absl::StrCat(PadRight(Ellipsize(PrintableLine(who), name), name), "  ",
                        PadRight(vote, 4), "  ", PadRight(signs, 7));
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
      line += cell(parties[i]->name(), VoteMark(*parties[i]), SignMark(*parties[i]));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    context.out() << line << '\n';
  }
  context.out() << context.T({
      "✓ voté   ✗ rejetée   – à voter   · sans objet   é électronique   p papier\n",
      "✓ voted   ✗ rejected   – to vote   · not needed   é electronic   p paper\n"});
}

// The convention and the revision that the board is about.
void PrintHead(Context& context, const v1::StatusView& view) {
  const Lang lang = context.lang();
  std::vector<std::string> lines = {PrintableLine(view.title())};
  constexpr Message kTerm = {"$0 ; du $1 au $2", "$0; from $1 to $2"};
  lines.push_back(context.F(kTerm, LabelOf(lang, view.standing()),
                            LongDate(lang, view.start_date()), LongDate(lang, view.end_date())));
  if (!view.in_force_since().empty()) {
    absl::StrAppend(&lines.back(), context.T({" ; en vigueur depuis le ", "; in force since "}),
                    LongDate(lang, view.in_force_since()));
  }
  if (!view.revision().revision().empty()) {
    constexpr Message kRevision = {"$0 [$1] : $2, $3 délibération(s) sur $4",
                                   "$0 [$1]: $2, $3 deliberation(s) of $4"};
    lines.push_back(context.F(kRevision, PrintableLine(view.revision().label()),
                              ShortHash(view.revision().revision()),
                              SaySignatures(context, view.revision()), view.deliberations(),
                              view.deliberating_parties()));
  }
  for (const std::string& line : lines) {
    for (const std::string& part : Wrap(line, context.width())) context.out() << part << '\n';
  }
}

void PrintBoard(Context& context, const v1::StatusView& view) {
  const Lang lang = context.lang();
  PrintHead(context, view);
  std::vector<const v1::PartyStanding*> parties;
  for (const auto& party : view.parties()) parties.push_back(&party);
  const FrenchOrder order;
  std::sort(parties.begin(), parties.end(),
            [&](const auto* a, const auto* b) { return order.Compare(a->name(), b->name()) < 0; });
  context.out() << '\n';
  PrintParties(context, parties);

  std::vector<const v1::PartyStanding*> waiting;
  for (const auto* party : parties) {
    if (HoldsUp(*party)) waiting.push_back(party);
  }
  if (!waiting.empty()) {
    constexpr Message kWaiting = {"\nOn attend $0 partie(s) :", "\nWaiting for $0 party(ies):"};
    context.out() << context.F(kWaiting, waiting.size()) << '\n';
    constexpr std::size_t kShown = 8;
    for (std::size_t i = 0; i < std::min(waiting.size(), kShown); ++i) {
      const std::string line =
          absl::StrCat("  ", waiting[i]->name(), " : ", waiting[i]->next_step());
      context.out() << Ellipsize(PrintableLine(line), context.width()) << '\n';
    }
    if (waiting.size() > kShown) {
      constexpr Message kMore = {"  … et $0 autres (--json pour toutes)",
                                 "  … and $0 more (--json for all)"};
      context.out() << context.F(kMore, waiting.size() - kShown) << '\n';
    }
  }
  for (const auto& act : view.acts()) {
    if (act.standing() == v1::ACT_STANDING_CONCLUDED) continue;
    context.out() << context.T({"Acte ", "Act "}) << ShortHash(act.act_id()) << " : "
                  << PrintableLine(act.title()) << ", " << LabelOf(lang, act.standing()) << '\n';
  }
  PrintFindings(context, view.findings());
}

struct StatusArgs {
  std::string convention;
  ReadOptions at;
};

CommandResult Status(Context& context, const StatusArgs& args) {
  v1::GetStatusRequest request;
  request.set_convention_id(args.convention);
  ASSIGN_OR_RETURN(*request.mutable_at(), ParseReadAt(args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetStatusResponse answer, client->GetStatus(request));
  context.Show(answer, [&] { PrintBoard(context, answer.view()); });
  return kDone;
}

}  // namespace

void AddStatusCommand(CommandLine& line) {
  const auto args = std::make_shared<StatusArgs>();
  line.Add("convention", group::kConvention, "status",
           {"Qui a voté, qui a signé, qui l'on attend", "Who voted, who signed, who holds it up"})
      .Argument("CONVENTION", &args->convention, help::kConvention)
      .ReadAt(&args->at)
      .Run([args](Context& context) { return Status(context, *args); });
}

}  // namespace greffe::cli
