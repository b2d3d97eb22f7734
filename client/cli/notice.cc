// Notices and what ends a convention; evaluations; requests for data.

#include <memory>
#include <string>
#include <vector>

#include "client/cli/commands.h"
#include "client/cli/help.h"
#include "client/cli/life_args.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

using Life = v1::LifeRecorded;

struct SendArgs {
  LifeArgs life;
  std::string kind, letter;
  std::vector<std::string> to;
};

struct EndArgs {
  LifeArgs life;
  std::string ground;
};

struct EvaluationArgs {
  LifeArgs life;
  std::string kind, year, body;
};

struct DataArgs {
  LifeArgs life;
  std::string holder, purpose, reference;
  bool yes = false;
  bool no = false;
};

// A fact that says no more than its kind.
Life Plain(Life::FactCase kind) {
  Life fact;
  fact.GetReflection()->MutableMessage(
      &fact, Life::descriptor()->FindFieldByNumber(static_cast<int>(kind)));
  return fact;
}

// Exactly one of two flags.
absl::StatusOr<bool> OneOf(bool yes, bool no, const char* names) {
  if (yes != no) return yes;
  return UsageError({.field = names,
                     .fr = Fill(Lang::kFrench, msg::kNeedOneOf, names),
                     .en = Fill(Lang::kEnglish, msg::kNeedOneOf, names)});
}

CommandResult Send(Context& context, const SendArgs& args) {
  Life fact;
  ASSIGN_OR_RETURN(const v1::NoticeKind kind, ParseNoticeKind(args.kind));
  fact.mutable_notice_sent()->set_kind(kind);
  fact.mutable_notice_sent()->set_letter_number(args.letter);
  for (const std::string& to : args.to) fact.mutable_notice_sent()->add_to_partners(to);
  return RecordLife(context, args.life, std::move(fact));
}

CommandResult Terminate(Context& context, const EndArgs& args) {
  Life fact;
  ASSIGN_OR_RETURN(const v1::TerminationGround ground, ParseTerminationGround(args.ground));
  fact.mutable_termination_declared()->set_ground(ground);
  constexpr Message kAsk = {
      "Résilier met fin à la convention pour toutes les parties. Continuer ? "
      "[oui/non] ",
      "Terminating ends the convention for all parties. Go on? [yes/no] "};
  RETURN_IF_ERROR(context.Confirm(kAsk));
  return RecordLife(context, args.life, std::move(fact));
}

CommandResult Report(Context& context, const EvaluationArgs& args) {
  Life fact;
  ASSIGN_OR_RETURN(const v1::EvaluationKind kind, ParseEvaluationKind(args.kind));
  fact.mutable_evaluation_reported()->set_kind(kind);
  fact.mutable_evaluation_reported()->set_year(args.year);
  return RecordLife(context, args.life, std::move(fact));
}

void AddNotices(CommandLine& line) {
  const auto send = std::make_shared<SendArgs>();
  Command command =
      line.Add("notice", group::kNotice, "send",
               {"Un envoi recommandé : mise en demeure (L-50, L-51) ou dénonciation (L-53)",
                "A registered letter: mise en demeure (L-50, L-51) or dénonciation (L-53)"});
  send->life.AddConvention(command);
  command
      .RequiredOption("--kind", "KIND", &send->kind,
                      {"breach, law (la CAF seule) ou denunciation",
                       "breach, law (the CAF alone) or denunciation"})
      .List("--to", "PARTNER", &send->to, {"À quelle partie", "To which party"})
      .Option("--letter", "TEXT", &send->letter,
              {"Numéro du recommandé", "Number of the registered letter"});
  send->life.AddOptions(command);
  command
      .Examples({"  greffe notice send 3f9a2c --kind breach --to commune-vallon --on 2025-10-31 "
                 "\\\n    --letter 1A0000 --evidence preuve-de-depot.pdf",
                 "  greffe notice send 3f9a2c --kind breach --to commune-vallon --on 2025-10-31 "
                 "\\\n    --letter 1A0000 --evidence preuve-de-depot.pdf"})
      .Run([send](Context& context) { return Send(context, *send); });

  struct Answer {
    const char* name;
    Life::FactCase kind;
    Message about;
  };
  const Answer answers[] = {
      {"received", Life::kNoticeReceived, {"L'envoi est reçu", "The letter is received"}},
      {"cured", Life::kNoticeCured, {"Le manquement est réparé", "The breach is cured"}},
      {"fruitless",
       Life::kNoticeFruitless,
       {"La mise en demeure est restée sans effet, une fois son mois échu",
        "The mise en demeure had no effect, once its month has run"}},
      {"retract",
       Life::kDenunciationRetracted,
       {"La dénonciation est retirée par son auteur", "The dénonciation is taken back"}},
  };
  for (const Answer& answer : answers) {
    const auto args = std::make_shared<LifeArgs>();
    command = line.Add("notice", group::kNotice, answer.name, answer.about);
    args->AddConvention(command);
    args->AddAnswered(command);
    args->AddOptions(command);
    command.Run([args, kind = answer.kind](Context& context) {
      return RecordLife(context, *args, Plain(kind));
    });
  }

  const auto end = std::make_shared<EndArgs>();
  command = line.Add("", group::kNone, "terminate",
                     {"Résilie la convention : après une mise en demeure restée sans effet, ou "
                      "sans préavis par la CAF seule (L-52)",
                      "Ends the convention: after a mise en demeure without effect, or without "
                      "notice by the CAF alone (L-52)"});
  end->life.AddConvention(command);
  end->life.AddAnswered(command);
  command.RequiredOption(
      "--ground", "GROUND", &end->ground,
      {"fruitless-notice ou unsigned-modification", "fruitless-notice or unsigned-modification"});
  end->life.AddOptions(command);
  command
      .Examples({"  greffe terminate 3f9a2c 8c41d0 --ground fruitless-notice --on 2025-12-05",
                 "  greffe terminate 3f9a2c 8c41d0 --ground fruitless-notice --on 2025-12-05"})
      .Run([end](Context& context) { return Terminate(context, *end); });
}

void AddEvaluations(CommandLine& line) {
  const auto report = std::make_shared<EvaluationArgs>();
  Command command = line.Add("evaluation", group::kEvaluation, "report",
                             {"Une évaluation rendue : de l'ensemble, ou d'une action",
                              "An evaluation reported: of the whole, or of an action"});
  report->life.AddConvention(command);
  command
      .OptionalArgument("ACTION", &report->life.element,
                        {"Identifiant de l'action (l'ensemble)", "Id of the action (the whole)"})
      .RequiredOption("--kind", "KIND", &report->kind,
                      {"annual, mid-term ou final", "annual, mid-term or final"})
      .Option("--year", "YYYY", &report->year,
              {"Année évaluée, d'une évaluation annuelle", "Year of an annual evaluation"});
  report->life.AddOptions(command);
  command
      .Examples({"  greffe evaluation report 3f9a2c action-1 --kind annual --year 2025",
                 "  greffe evaluation report 3f9a2c action-1 --kind annual --year 2025"})
      .Run([report](Context& context) { return Report(context, *report); });

  const auto validate = std::make_shared<EvaluationArgs>();
  command =
      line.Add("evaluation", group::kEvaluation, "validate",
               {"Le comité valide ses conclusions", "The committee validates its conclusions"});
  validate->life.AddConvention(command);
  validate->life.AddAnswered(command);
  command.RequiredOption("--body", "BODY", &validate->body,
                         {"Identifiant de l'instance", "Id of the body"});
  validate->life.AddOptions(command);
  command.Run([validate](Context& context) {
    Life fact;
    fact.mutable_evaluation_validated()->set_body_id(validate->body);
    return RecordLife(context, validate->life, std::move(fact));
  });
}

void AddData(CommandLine& line) {
  const auto ask = std::make_shared<DataArgs>();
  Command command = line.Add("data", group::kData, "request",
                             {"Demande des données personnelles à une autre partie (L-24)",
                              "Asks another party for personal data (L-24)"});
  ask->life.AddConvention(command);
  command
      .OptionalArgument(
          "ACTION", &ask->life.element,
          {"L'action qu'elles servent (l'ensemble)", "The action that they serve (the whole)"})
      .RequiredOption("--holder", "PARTNER", &ask->holder,
                      {"Qui détient les données", "Who holds the data"})
      .RequiredOption("--purpose", "TEXT", &ask->purpose,
                      {"Lesquelles, et pour quoi", "Which, and for what"});
  ask->life.AddOptions(command);
  command.Run([ask](Context& context) {
    Life fact;
    fact.mutable_data_exchange_requested()->set_holder_partner_id(ask->holder);
    fact.mutable_data_exchange_requested()->set_purpose(ask->purpose);
    return RecordLife(context, ask->life, std::move(fact));
  });

  const auto opinion = std::make_shared<DataArgs>();
  command = line.Add("data", group::kData, "opinion",
                     {"L'avis du délégué à la protection des données du détenteur",
                      "The opinion of the holder's data protection officer"});
  opinion->life.AddConvention(command);
  opinion->life.AddAnswered(command);
  command.Flag("--favourable", &opinion->yes, {"Avis favorable", "Favourable"})
      .Flag("--unfavourable", &opinion->no, {"Avis défavorable", "Unfavourable"});
  opinion->life.AddOptions(command);
  command.Run([opinion](Context& context) -> CommandResult {
    Life fact;
    ASSIGN_OR_RETURN(const bool yes,
                     OneOf(opinion->yes, opinion->no, "--favourable, --unfavourable"));
    fact.mutable_dpo_opinion_given()->set_favourable(yes);
    return RecordLife(context, opinion->life, std::move(fact));
  });

  const auto decide = std::make_shared<DataArgs>();
  command =
      line.Add("data", group::kData, "decide",
               {"Le détenteur décide, après l'avis", "The holder decides, after the opinion"});
  decide->life.AddConvention(command);
  decide->life.AddAnswered(command);
  command.Flag("--accept", &decide->yes, {"Accepte", "Accepts"})
      .Flag("--refuse", &decide->no, {"Refuse", "Refuses"})
      .Option("--register", "TEXT", &decide->reference,
              {"Entrée du registre des traitements", "Entry in the register of processing"});
  decide->life.AddOptions(command);
  command.Run([decide](Context& context) -> CommandResult {
    Life fact;
    ASSIGN_OR_RETURN(const bool yes, OneOf(decide->yes, decide->no, "--accept, --refuse"));
    fact.mutable_data_exchange_decided()->set_accepted(yes);
    fact.mutable_data_exchange_decided()->set_register_reference(decide->reference);
    return RecordLife(context, decide->life, std::move(fact));
  });
}

}  // namespace

void AddNoticeCommands(CommandLine& line) {
  AddNotices(line);
  AddEvaluations(line);
  AddData(line);
}

}  // namespace greffe::cli
