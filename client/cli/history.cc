#include "client/cli/history.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/life_show.h"
#include "client/cli/lookup.h"
#include "client/cli/parse.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/cli/text_width.h"
#include "core/base/status_macros.h"
#include "core/convention/elements/element_text.h"

namespace greffe::cli {
namespace {

struct HistoryArgs {
  std::string convention, element;
  ReadOptions at;
};

// What people call what the history names by ids.
struct HistoryNames {
  PartnerNames partners;
  LifeNames life;
};

// Facts of life have their names in the answer that is about them: asked for at the same cut.
HistoryNames NamesFor(Context& context, Client& client, const v1::GetHistoryResponse& history,
                      v1::ReadAt at) {
  HistoryNames names;
  const v1::HistoryView& view = history.view();
  if (!view.cut().empty()) at.set_cut(view.cut());
  names.partners = NamesOnBoard(client, view.convention_id(), at);
  const bool any = std::any_of(view.entries().begin(), view.entries().end(),
                               [](const v1::HistoryEntry& one) { return one.has_life(); });
  if (!any) return names;
  v1::GetLifeRequest request;
  request.set_convention_id(view.convention_id());
  *request.mutable_at() = std::move(at);
  // Without them ids are shown.
  if (const auto life = WholeLife(client, std::move(request)); life.ok()) {
    names.life = NamesIn(context, life->view().labels());
  }
  return names;
}

// Votes on another freeze of the text (L-11), or mandates given earlier (L-34).
bool IsOnAnother(const v1::HistoryEntry& entry, const v1::Deliberation& vote) {
  return !vote.revision().empty() &&
         absl::BytesToHexString(vote.revision()) != entry.origin().revision();
}

std::string SayVoteBehind(const Context& context, const v1::HistoryEntry& entry,
                          const v1::Deliberation& vote) {
  constexpr Message kVoted = {"délibération $0, $1 pour, $2 contre",
                              "deliberation $0, $1 for, $2 against"};
  constexpr Message kOther = {" ; sur la révision $0, et vaut pour celle-ci",
                              "; on revision $0, and holds for this one"};
  std::string out = context.F(kVoted, vote.number(), vote.votes_for(), vote.votes_against());
  if (IsOnAnother(entry, vote)) {
    absl::StrAppend(&out, context.F(kOther, ShortHash(absl::BytesToHexString(vote.revision()))));
  }
  return out;
}

enum class Backing { kCounted, kListed };

void PrintEntry(Context& context, const v1::HistoryEntry& entry, const HistoryNames& known,
                Backing backing) {
  const Lang lang = context.lang();
  const PartnerNames* const names = &known.partners;
  if (entry.has_follow_up()) {
    PrintText(context, "• ", DescribeValue(context, entry.follow_up(), names), 0);
    PrintText(context, absl::StrCat(ShortHash(entry.follow_up().event().leaf()), "  "),
              SaySummary(lang, entry.follow_up().event()), 4);
    return;
  }
  if (entry.has_life()) return PrintLifeEntry(context, entry, known.life);
  context.out() << SignOf(entry.kind()) << ' ' << SayOrigin(context, entry.origin());
  if (!entry.origin().effective_from().empty()) {
    context.out() << context.T({", effet au ", ", effective "})
                  << LongDate(lang, entry.origin().effective_from());
  }
  context.out() << (entry.concluded() ? context.T({", conclu", ", concluded"})
                                      : context.T({", pas conclu", ", not concluded"}))
                << '\n';
  if (entry.has_element()) {
    context.out() << "    "
                  << Ellipsize(PrintableLine(ElementTitle(entry.element())), context.width() - 4)
                  << '\n';
  }
  for (const auto& event : entry.events()) {
    PrintText(context, absl::StrCat(ShortHash(event.leaf()), "  "),
              absl::StrCat(SaySummary(lang, event), "  [", SayAuthor(lang, event, names), "]"), 4);
  }
  int given = 0;
  for (const auto& signatory : entry.signatures()) given += signatory.signatures_size() > 0;
  const auto& votes = entry.deliberations();
  const auto others = std::count_if(votes.begin(), votes.end(), [&](const auto& one) {
    return IsOnAnother(entry, one.deliberation());
  });
  constexpr Message kBehind = {"    $0 signature(s), $1 délibération(s)",
                               "    $0 signature(s), $1 deliberation(s)"};
  constexpr Message kOthers = {", dont $0 sur une autre révision, qui vaut pour celle-ci",
                               ", of which $0 on another revision, that holds for this one"};
  context.out() << context.F(kBehind, given, entry.deliberations_size())
                << (others > 0 ? context.F(kOthers, others) : "") << '\n';
  if (backing == Backing::kCounted) return;
  Table table({{context.T({"Pour", "For"}), Fit::kWrap},
               {context.T({"Fonction ou assemblée", "Office or assembly"}), Fit::kWrap},
               {context.T({"Le", "On"})},
               {context.T({"Comment", "How"}), Fit::kWrap},
               {context.T({"Événement", "Event"})}});
  for (const auto& signatory : entry.signatures()) {
    for (const auto& signature : signatory.signatures()) {
      table.AddRow(
          {names->Of(signatory.signatory().partner_id()), signatory.signatory().office(),
           signature.signed_on(),
           absl::StrCat(LabelOf(lang, signature.kind()),
                        signature.retracted() ? context.T({", reprise", ", taken back"}) : ""),
           ShortHash(signature.event().leaf())});
    }
  }
  for (const auto& vote : entry.deliberations()) {
    table.AddRow({names->Of(vote.deliberation().partner_id()), vote.deliberation().assembly(),
                  vote.deliberation().sitting_on(),
                  SayVoteBehind(context, entry, vote.deliberation()),
                  ShortHash(vote.event().leaf())});
  }
  if (!table.empty()) table.Print(context.out(), context.width());
}

CommandResult History(Context& context, const HistoryArgs& args) {
  v1::GetHistoryRequest request;
  request.set_convention_id(args.convention);
  request.set_element_id(args.element);
  ASSIGN_OR_RETURN(const v1::ReadAt at, ReadAtOf(context, args.at));
  *request.mutable_at() = at;
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetHistoryResponse all, WholeHistory(*client, std::move(request)));
  context.Show(all, [&] {
    const HistoryNames names = NamesFor(context, *client, all, at);
    for (const auto& entry : all.view().entries()) {
      PrintEntry(context, entry, names,
                 args.element.empty() ? Backing::kCounted : Backing::kListed);
    }
  });
  return kDone;
}

}  // namespace

void AddHistoryCommand(CommandLine& line) {
  const auto history = std::make_shared<HistoryArgs>();
  line.Add("convention", group::kConvention, "history",
           {"Qui a changé quoi, quand, par quel acte, signé de qui",
            "Who changed what, when, by which act, signed by whom"})
      .Argument("CONVENTION", &history->convention, help::kConvention)
      .Option("--element", "ELEMENT", &history->element,
              {"L'histoire de cet élément (celle des actes)",
               "The history of this element (that of the acts)"})
      .ReadAt(&history->at)
      .Run([history](Context& context) { return History(context, *history); });
}

}  // namespace greffe::cli
