#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/draft_file.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/life_args.h"
#include "client/cli/life_show.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "client/cli/table.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct ShowArgs {
  std::string convention, element;
  ReadOptions at;
};

struct DeadlineArgs {
  std::string convention, until, partner;
  std::optional<std::uint32_t> within;
  std::vector<std::string> rules;
  bool late = false, why = false;
  ReadOptions at;

  bool picks() const { return within.has_value() || late || !rules.empty(); }
};

struct FileArgs {
  LifeArgs life;
  std::string file;
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

// Answers by day, as they come; of one day what people say to each other in the order in which
// their clocks say that they said it.
std::vector<const v1::LifeFactView*> InOrder(const v1::LifeThread& thread) {
  std::vector<const v1::LifeFactView*> answers;
  for (const v1::LifeFactView& one : thread.answers()) answers.push_back(&one);
  std::stable_sort(answers.begin(), answers.end(),
                   [](const v1::LifeFactView* a, const v1::LifeFactView* b) {
                     const auto& first = a->event().recorded_at();
                     const auto& second = b->event().recorded_at();
                     return std::make_tuple(absl::string_view(a->fact().happened_on()),
                                            first.seconds(), first.nanos()) <
                            std::make_tuple(absl::string_view(b->fact().happened_on()),
                                            second.seconds(), second.nanos());
                   });
  return answers;
}

// « Clause : article 9 – Durée : « … » »; quoted where it is met first, then named alone.
void PrintClause(Context& context, const v1::LifeThread& thread, std::set<std::string>* cited) {
  if (!thread.has_clause()) return;
  const v1::CitedClause& clause = thread.clause();
  std::string said = clause.heading();
  if (cited->insert(absl::StrCat(clause.element_id(), " ", clause.sentence())).second) {
    absl::StrAppend(&said, context.T({" : « ", ": “"}), clause.sentence(), context.T({" »", "”"}));
  }
  PrintLed(context, context.T({"    Clause : ", "    Clause: "}), said);
}

CommandResult Show(Context& context, const ShowArgs& args) {
  v1::GetLifeRequest request;
  request.set_convention_id(args.convention);
  request.set_element_id(args.element);
  ASSIGN_OR_RETURN(*request.mutable_at(), ParseReadAt(args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetLifeResponse answer, WholeLife(*client, std::move(request)));
  context.Show(answer, [&] {
    if (answer.view().threads().empty()) {
      context.out() << context.T({"Aucun fait enregistré.", "No fact on record."}) << '\n';
    }
    const LifeNames names = NamesIn(context, answer.view().labels());
    std::set<std::string> cited;
    for (const v1::LifeThread& thread : answer.view().threads()) {
      PrintLifeFact(context, thread.opening(), "• ", names);
      for (const v1::LifeFactView* one : InOrder(thread)) {
        PrintLifeFact(context, *one, "    ↳ ", names);
      }
      PrintClause(context, thread, &cited);
      PrintLed(context, "    = ", Words(context, thread.text(), thread.text_en()));
      const std::string next = Words(context, thread.next_step(), thread.next_step_en());
      if (!next.empty()) PrintLed(context, context.T({"    À faire : ", "    To do: "}), next);
    }
    PrintFindings(context, answer.view().findings());
  });
  return kDone;
}

void PrintDeadlines(Context& context, const v1::DeadlinesView& view, bool why) {
  const Lang lang = context.lang();
  Table table({{context.T({"Dernier jour", "Last day"})},
               {context.T({"État", "State"})},
               {context.T({"Règle", "Rule"})},
               {context.T({"Quoi", "What"}), Fit::kWrap}});
  for (const v1::Deadline& one : view.deadlines()) {
    std::string what = Words(context, one.text(), one.text_en());
    const bool unknown = one.state() == v1::DEADLINE_STATE_NOT_COMPUTABLE;
    if (why || unknown) absl::StrAppend(&what, " – ", Words(context, one.why(), one.why_en()));
    table.AddRow({one.last_day().empty() ? "–" : one.last_day(), LabelOfState(lang, one.state()),
                  one.rule(), what});
  }
  if (table.empty()) {
    context.out() << context.T({"Aucune échéance.", "No deadline."}) << '\n';
    return;
  }
  table.Print(context.out(), context.width());
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
  ASSIGN_OR_RETURN(*request.mutable_at(), ParseReadAt(args.at));
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  ASSIGN_OR_RETURN(const v1::GetDeadlinesResponse answer, client->GetDeadlines(request));
  const v1::DeadlinesView& view = answer.view();
  context.Show(answer, [&] { PrintDeadlines(context, view, args.why); });
  if (args.picks() && !context.globals.json) {
    context.Note(context.F({"$0 échéance(s) sur $1.", "$0 deadline(s) of $1."},
                           Count(context.lang(), static_cast<std::uint64_t>(view.deadlines_size())),
                           Count(context.lang(), view.picked_from())));
  }
  return kDone;
}

CommandResult RecordFile(Context& context, FileArgs args) {
  v1::LifeRecorded fact;
  SourceMap map;
  RETURN_IF_ERROR(LoadDraft(args.file, fact, map, "life record"));
  RETURN_IF_ERROR(args.life.ReadEvidence());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  LifeFacts facts(*client, args.life.convention);
  RETURN_IF_ERROR(FillLife(args.life, facts, &fact));
  return SendLife(context, *client, args.life, std::move(fact), &map);
}

}  // namespace

void AddLifeCommands(CommandLine& line) {
  const auto show = std::make_shared<ShowArgs>();
  line.Add("life", group::kLife, "show",
           {"Les faits, ce qui leur répond, où ils en sont et ce qui reste à faire",
            "The facts, what answers them, where they stand and what is left to do"})
      .Argument("CONVENTION", &show->convention, help::kConvention)
      .Option("--element", "E", &show->element,
              {"Seulement ceux de cet élément", "Only those about this element"})
      .ReadAt(&show->at)
      .Examples({"  greffe life show 3f9a2c\n  greffe life show 3f9a2c --element action-1",
                 "  greffe life show 3f9a2c\n  greffe life show 3f9a2c --element action-1"})
      .Run([show](Context& context) { return Show(context, *show); });

  const auto file = std::make_shared<FileArgs>();
  Command record = line.Add(
      "life", group::kLife, "record",
      {"Enregistre un fait quelconque, lu d'un fichier", "Records any fact, read from a file"});
  file->life.AddConvention(record);
  record
      .RequiredOption("--file", "F", &file->file,
                      {"Un greffe.v1.LifeRecorded, en JSON ou en texte protobuf",
                       "A greffe.v1.LifeRecorded, in protobuf JSON or text"})
      .Option("--answers", "FACT", &file->life.fact,
              {"Le fait, la délibération ou la révision à quoi il répond",
               "The fact, deliberation or revision that it answers"})
      .Option("--element", "E", &file->life.element,
              {"L'élément dont il s'agit (terms : l'ensemble)",
               "The element that it is about (terms: the whole)"});
  file->life.AddOptions(record);
  record
      .Examples({"  fait.json : {\"element_id\": \"party-vallon\", \"party_succeeded\":\n"
                 "    {\"successor_name\": \"Commune nouvelle\",\n     \"successor_partner_id\": "
                 "\"commune-nouvelle\",\n     \"reference\": \"arrêté du 1er mai\"}}\n"
                 "  greffe life record 3f9a2c --file fait.json --on 2026-01-01",
                 "  fact.json: {\"element_id\": \"party-vallon\", \"party_succeeded\":\n"
                 "    {\"successor_name\": \"Commune nouvelle\",\n     \"successor_partner_id\": "
                 "\"commune-nouvelle\",\n     \"reference\": \"arrêté\"}}\n"
                 "  greffe life record 3f9a2c --file fact.json --on 2026-01-01"})
      .Run([file](Context& context) { return RecordFile(context, *file); });

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
