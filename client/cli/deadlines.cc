#include "client/cli/deadlines.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/alike.h"
#include "client/cli/commands.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

// What is late or near is told however much there is; of the rest as much as fits a screen.
constexpr std::size_t kDeadlineRows = 25;

struct DeadlineArgs {
  std::string convention, until, partner;
  std::optional<std::uint32_t> within;
  std::vector<std::string> rules;
  bool late = false, why = false, all = false;
  ReadOptions at;

  bool picks() const { return within.has_value() || late || !rules.empty(); }
};

const char* LabelOfState(Lang lang, v1::DeadlineState state) {
  switch (state) {
    case v1::DEADLINE_STATE_TO_COME:
      return Say(lang, {"à venir", "to come"});
    case v1::DEADLINE_STATE_DUE:
      return Say(lang, {"proche", "due"});
    case v1::DEADLINE_STATE_LATE:
      return Say(lang, {"en retard", "late"});
    case v1::DEADLINE_STATE_DONE:
      return Say(lang, {"faite", "done"});
    case v1::DEADLINE_STATE_PASSED:
      return Say(lang, {"passée", "passed"});
    case v1::DEADLINE_STATE_NOT_COMPUTABLE:
      return Say(lang, {"non calculable", "unknown"});
    default:
      return "?";
  }
}

// What people must act on first: what is late or comes, by day; then what nobody can compute, then
// what is over.
int UrgencyOf(v1::DeadlineState state) {
  switch (state) {
    case v1::DEADLINE_STATE_LATE:
      return 0;
    case v1::DEADLINE_STATE_DUE:
      return 1;
    case v1::DEADLINE_STATE_TO_COME:
      return 2;
    case v1::DEADLINE_STATE_NOT_COMPUTABLE:
      return 3;
    default:
      return 4;
  }
}

std::vector<const v1::Deadline*> ByUrgency(const v1::DeadlinesView& view) {
  std::vector<const v1::Deadline*> out;
  for (const v1::Deadline& one : view.deadlines()) out.push_back(&one);
  std::stable_sort(out.begin(), out.end(), [](const v1::Deadline* a, const v1::Deadline* b) {
    return std::pair(UrgencyOf(a->state()), absl::string_view(a->last_day())) <
           std::pair(UrgencyOf(b->state()), absl::string_view(b->last_day()));
  });
  return out;
}

std::string SayWhat(const Context& context, const v1::Deadline& one, bool why) {
  const std::string what = Words(context, one.text(), one.text_en());
  if (!why && one.state() != v1::DEADLINE_STATE_NOT_COMPUTABLE) return what;
  return absl::StrCat(what, " – ", Words(context, one.why(), one.why_en()));
}

void PrintDeadlines(Context& context, const v1::DeadlinesView& view, const DeadlineArgs& args) {
  const Lang lang = context.lang();
  const std::vector<const v1::Deadline*> all = ByUrgency(view);
  if (all.empty()) {
    context.out() << context.T({"Aucune échéance.", "No deadline."}) << '\n';
    return;
  }
  std::vector<Sentence> sentences;
  for (const v1::Deadline* const one : all) {
    sentences.push_back({absl::StrCat(one->last_day(), " ", one->state(), " ", one->rule()),
                         SayWhat(context, *one, args.why)});
  }
  Table table({{context.T({"Dernier jour", "Last day"})},
               {context.T({"État", "State"})},
               {context.T({"Règle", "Rule"})},
               {context.T({"Quoi", "What"}), Fit::kWrap}});
  std::size_t rows = 0;
  std::size_t left = 0;
  for (const Alike& told : TellTogether(sentences)) {
    const v1::Deadline& one = *all[told.first];
    const bool hurries = UrgencyOf(one.state()) < UrgencyOf(v1::DEADLINE_STATE_TO_COME);
    if (!args.all && !args.picks() && !hurries && rows >= kDeadlineRows) {
      left += std::max<std::size_t>(told.each.size(), 1);
      continue;
    }
    ++rows;
    constexpr Message kTimes = {"$0 fois : $1 – $2", "$0 times: $1 – $2"};
    table.AddRow(
        {one.last_day().empty() ? "–" : one.last_day(), LabelOfState(lang, one.state()), one.rule(),
         told.each.empty()
             ? told.shared
             : context.F(kTimes, told.each.size(), told.shared, absl::StrJoin(told.each, " ; "))});
  }
  table.Print(context.out(), context.width());
  if (left == 0) return;
  constexpr Message kMore = {"… et encore $0 échéance(s) (--all pour toutes)",
                             "… and $0 more deadline(s) (--all for all)"};
  context.out() << context.F(kMore, Count(lang, left)) << '\n';
}

CommandResult Deadlines(Context& context, const DeadlineArgs& args) {
  if (args.late && args.within.has_value()) {
    return UsageError({.field = "--late",
                       .fr = Fill(Lang::kFrench, msg::kNotBoth, "--late", "--within"),
                       .en = Fill(Lang::kEnglish, msg::kNotBoth, "--late", "--within")});
  }
  v1::GetDeadlinesRequest request;
  request.set_convention_id(args.convention);
  request.set_until(args.until);
  request.set_partner_id(args.partner);
  if (args.within.has_value()) request.set_within_days(*args.within);
  request.set_late(args.late);
  request.mutable_rules()->Add(args.rules.begin(), args.rules.end());
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetDeadlinesResponse answer, client->GetDeadlines(request));
  const v1::DeadlinesView& view = answer.view();
  context.Show(answer, [&] { PrintDeadlines(context, view, args); });
  if (args.picks() && !context.globals.json) {
    context.Note(context.F({"$0 échéance(s) sur $1.", "$0 deadline(s) of $1."},
                           Count(context.lang(), static_cast<std::uint64_t>(view.deadlines_size())),
                           Count(context.lang(), view.picked_from())));
  }
  return kDone;
}

}  // namespace

void AddDeadlinesCommand(CommandLine& line) {
  const auto due = std::make_shared<DeadlineArgs>();
  line.Add("", group::kNone, "deadlines",
           {"Ce qui vient à échéance, ce qui est proche, en retard ou passé",
            "What is to come, due, late and done"})
      .Argument("CONVENTION", &due->convention, help::kConvention)
      .Option("--until", "DATE", &due->until, {"Dernier jour regardé", "Last day looked at"})
      .Option("--partner", "PARTNER", &due->partner,
              {"Seulement ce que ce partenaire doit faire", "Only what this partner must do"})
      .Number("--within", &due->within,
              {"Seulement ce qui vient dans les N jours, ce qui est en retard et ce qui n'est pas "
               "calculable",
               "Only what comes within N days, what is late and what cannot be computed"})
      .Flag("--late", &due->late,
            {"Seulement ce qui est en retard et ce qui n'est pas calculable",
             "Only what is late and what cannot be computed"})
      .List("--rule", "RULE", &due->rules,
            {"Seulement celles de cette règle, comme L-21 ; à répéter",
             "Only those of this rule, such as L-21; repeat"})
      .Flag("--all", &due->all,
            {"Toutes, même s'il y en a beaucoup", "All of them, even where there are many"})
      .Flag("--why", &due->why, {"Avec le calcul de chacune", "With the arithmetic of each"})
      .ReadAt(&due->at)
      .Examples({"  greffe deadlines 3f9a2c --within 60\n"
                 "  greffe deadlines 3f9a2c --until 2026-12-31 --rule L-21 --rule L-23\n"
                 "  greffe deadlines 3f9a2c --partner caf-47 --why",
                 "  greffe deadlines 3f9a2c --within 60\n"
                 "  greffe deadlines 3f9a2c --until 2026-12-31 --rule L-21 --rule L-23\n"
                 "  greffe deadlines 3f9a2c --partner caf-47 --why"})
      .Run([due](Context& context) { return Deadlines(context, *due); });
}

}  // namespace greffe::cli
