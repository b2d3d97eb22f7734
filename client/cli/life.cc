#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/deadlines.h"
#include "client/cli/draft_file.h"
#include "client/cli/format.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/life_args.h"
#include "client/cli/life_show.h"
#include "client/cli/lookup.h"
#include "client/cli/show.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

struct ShowArgs {
  std::string convention, element;
  ReadOptions at;
};

struct FileArgs {
  LifeArgs life;
  std::string file;
};

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
  ASSIGN_OR_RETURN(*request.mutable_at(), ReadAtOf(context, args.at));
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
      // What comes next answers the fact that opened the thread.
      context.known["FACT"] = ShortHash(thread.opening().event().leaf());
      const std::string next =
          context.Completed(Words(context, thread.next_step(), thread.next_step_en()));
      if (!next.empty()) PrintLed(context, context.T({"    À faire : ", "    To do: "}), next);
    }
    PrintFindings(context, answer.view().findings());
  });
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

  AddDeadlinesCommand(line);
}

}  // namespace greffe::cli
