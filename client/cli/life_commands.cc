#include "client/cli/life_commands.h"

#include <google/protobuf/message.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "client/cli/commands.h"
#include "client/cli/help.h"
#include "client/cli/labels.h"
#include "client/cli/lookup.h"
#include "client/status.h"
#include "core/base/status_macros.h"

namespace greffe::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using PayloadMessage = google::protobuf::Message;

constexpr std::size_t kActBytes = 16;

struct LifeRun {
  LifeArgs life;
  // ACT or DELIBERATION.
  std::string target;
  std::string revision;
  std::array<LifeOptionValue, kLifeOptionsMax> values;
};

const FieldDescriptor* PayloadField(const LifeCommand& row) {
  return v1::LifeRecorded::descriptor()->FindFieldByNumber(static_cast<int>(row.fact));
}

// NOTICE_KIND_BREACH is `breach`: what follows the name that the values share.
absl::StatusOr<int> ParseEnum(const char* option, const EnumDescriptor& type,
                              const std::string& word) {
  const std::size_t prefix = type.value(0)->name().size() - std::string("UNSPECIFIED").size();
  std::vector<std::string> words;
  for (int i = 1; i < type.value_count(); ++i) {
    std::string name = absl::AsciiStrToLower(type.value(i)->name().substr(prefix));
    name = absl::StrReplaceAll(name, {{"_", "-"}});
    if (word == name) return type.value(i)->number();
    words.push_back(std::move(name));
  }
  const std::string all = absl::StrJoin(words, ", ");
  return UsageError({.field = option,
                     .fr = Fill(Lang::kFrench, msg::kBadChoice, word, all),
                     .en = Fill(Lang::kEnglish, msg::kBadChoice, word, all)});
}

// Of two opposite flags exactly one.
absl::StatusOr<bool> ParseFlags(const LifeOption& option, const LifeOptionValue& value) {
  if (option.otherwise == nullptr || value.yes != value.no) return value.yes;
  const std::string names = absl::StrCat(option.name, ", ", option.otherwise);
  return UsageError({.field = names,
                     .fr = Fill(Lang::kFrench, msg::kNeedOneOf, names),
                     .en = Fill(Lang::kEnglish, msg::kNeedOneOf, names)});
}

absl::Status FillOptions(const LifeCommand& row, const LifeRun& run, v1::LifeRecorded* fact) {
  PayloadMessage* const payload = fact->GetReflection()->MutableMessage(fact, PayloadField(row));
  for (std::size_t i = 0; i < kLifeOptionsMax && row.options[i].name != nullptr; ++i) {
    RETURN_IF_ERROR(
        FillLifeOption(row.options[i], run.values[i], *LifeField(row, row.options[i]), payload));
  }
  return absl::OkStatus();
}

void SetAct(const LifeCommand& row, const std::string& act_id, v1::LifeRecorded* fact) {
  PayloadMessage* const payload = fact->GetReflection()->MutableMessage(fact, PayloadField(row));
  payload->GetReflection()->SetString(payload, payload->GetDescriptor()->FindFieldByName("act_id"),
                                      act_id);
}

// A fact that is there, of the kind of the row.
absl::StatusOr<const v1::LifeFactView*> FindOfKind(const LifeCommand& row, const LifeRun& run,
                                                   LifeFacts& facts) {
  ASSIGN_OR_RETURN(const v1::LifeFactView* const found, facts.Find(run.life.fact));
  if (found->fact().fact_case() == row.fact) return found;
  constexpr Message kOther = {"« $0 » est un fait d'une autre nature : $1",
                              "“$0” is a fact of another kind: $3"};
  constexpr Message kLook = {"Cherchez le bon : greffe life show $2",
                             "Look for the right one: greffe life show $2"};
  return Context::RefuseBy("fact-kind", absl::StatusCode::kInvalidArgument, kOther, kLook,
                           run.life.fact, SaySummary(Lang::kFrench, found->event()),
                           run.life.convention, SaySummary(Lang::kEnglish, found->event()));
}

// What the target says beside what the options say; `fact` bears the options already.
absl::Status FillTarget(const LifeCommand& row, Client& client, LifeFacts& facts, LifeRun* run,
                        v1::LifeRecorded* fact) {
  switch (row.target) {
    case LifeTarget::kRevision: {
      ASSIGN_OR_RETURN(const FoundAct act, FindAct(client, run->target, run->life.convention, {}));
      ASSIGN_OR_RETURN(run->life.fact, RevisionToDecideOn(act, run->revision));
      return absl::OkStatus();
    }
    case LifeTarget::kDeliberation: {
      ASSIGN_OR_RETURN(run->life.fact, FindDeliberation(client, run->life.convention, run->target));
      return absl::OkStatus();
    }
    case LifeTarget::kAct:
    case LifeTarget::kActElement: {
      ASSIGN_OR_RETURN(const FoundAct act, FindAct(client, run->target, run->life.convention, {}));
      ASSIGN_OR_RETURN(const std::string id, ParseHex(act.answer.act().act_id(), kActBytes, "ACT"));
      SetAct(row, id, fact);
      return absl::OkStatus();
    }
    case LifeTarget::kSameKind: {
      ASSIGN_OR_RETURN(const v1::LifeFactView* const found, FindOfKind(row, *run, facts));
      *fact = found->fact();
      fact->clear_replaces();
      fact->clear_happened_on();
      fact->clear_text();
      fact->clear_evidence_digest();
      fact->clear_reason();
      return absl::OkStatus();
    }
    case LifeTarget::kOwnFact: {
      ASSIGN_OR_RETURN(const v1::LifeFactView* const found, FindOfKind(row, *run, facts));
      v1::LifeRecorded said = std::move(*fact);
      *fact = found->fact();
      fact->clear_replaces();
      fact->clear_reason();
      fact->MergeFrom(said);
      run->life.replaces.push_back(std::move(run->life.fact));
      run->life.fact.clear();
      return absl::OkStatus();
    }
    default:
      return absl::OkStatus();
  }
}

CommandResult Record(Context& context, const LifeCommand& row, LifeRun run) {
  if (row.wants_text) RETURN_IF_ERROR(NeedOption("--text", run.life.text));
  v1::LifeRecorded fact;
  RETURN_IF_ERROR(FillOptions(row, run, &fact));
  RETURN_IF_ERROR(run.life.ReadEvidence());
  ASSIGN_OR_RETURN(Client* const client, context.Connect());
  LifeFacts facts(*client, run.life.convention);
  RETURN_IF_ERROR(FillTarget(row, *client, facts, &run, &fact));
  RETURN_IF_ERROR(FillLife(run.life, facts, &fact));
  if (row.ask != nullptr && !run.life.dry_run && (!context.globals.json || !context.globals.yes)) {
    const v1::LifeFactView* answered = nullptr;
    if (!run.life.fact.empty()) {
      ASSIGN_OR_RETURN(answered, facts.Find(run.life.fact));
    }
    RETURN_IF_ERROR(row.ask(context, *client, run.life.convention, fact, answered));
  }
  return SendLife(context, *client, run.life, std::move(fact));
}

void AddTarget(const LifeCommand& row, Command& command, LifeRun* run) {
  constexpr Message kActOnly = {"L'acte, par ses 6 premiers chiffres au moins",
                                "The act, by at least its first 6 digits"};
  switch (row.target) {
    case LifeTarget::kWhole:
      return;
    case LifeTarget::kElement:
      command.Argument("ELEMENT", &run->life.element,
                       {"Identifiant de l'élément (greffe convention show)",
                        "Id of the element (greffe convention show)"});
      return;
    case LifeTarget::kParty:
      command.Argument("PARTY", &run->life.element,
                       {"Identifiant de la partie dans le texte (greffe convention show)",
                        "Id of the party in the text (greffe convention show)"});
      return;
    case LifeTarget::kElementOrWhole:
      command.OptionalArgument(
          "ELEMENT", &run->life.element,
          {"Identifiant de la clause (l'ensemble)", "Id of the clause (the whole)"});
      return;
    case LifeTarget::kActionOrWhole:
      command.OptionalArgument(
          "ACTION", &run->life.element,
          {"Identifiant de l'action (l'ensemble)", "Id of the action (the whole)"});
      return;
    case LifeTarget::kFact:
    case LifeTarget::kSameKind:
    case LifeTarget::kOwnFact:
      run->life.AddAnswered(command);
      return;
    case LifeTarget::kDeliberation:
      command.Argument("DELIBERATION", &run->target,
                       {"Empreinte de la délibération, ou ses 6 premiers chiffres (greffe audit "
                        "events)",
                        "Hash of the deliberation, or its first 6 digits (greffe audit events)"});
      return;
    case LifeTarget::kRevision:
      command.Argument("ACT", &run->target, kActOnly)
          .Option("--revision", "HEX", &run->revision, help::kRevision);
      return;
    case LifeTarget::kActElement:
      command.Argument("ACT", &run->target, kActOnly)
          .OptionalArgument("ELEMENT", &run->life.element,
                            {"L'élément dont il s'agit (l'ensemble)",
                             "The element that it is about (the whole)"});
      return;
    case LifeTarget::kAct:
      command.Argument("ACT", &run->target, kActOnly);
      return;
  }
}

void AddOption(const LifeCommand& row, const LifeOption& option, Command& command,
               LifeOptionValue* value) {
  const FieldDescriptor* const field = LifeField(row, option);
  if (field->is_repeated()) {
    command.List(option.name, option.kind, &value->list, option.help);
  } else if (field->type() == FieldDescriptor::TYPE_BOOL) {
    command.Flag(option.name, &value->yes, option.help);
    if (option.otherwise != nullptr) {
      command.Flag(option.otherwise, &value->no, option.otherwise_help);
    }
  } else if (option.required) {
    command.RequiredOption(option.name, option.kind, &value->text, option.help);
  } else {
    command.Option(option.name, option.kind, &value->text, option.help);
  }
}

void AddRow(CommandLine& line, const LifeCommand& row) {
  const auto run = std::make_shared<LifeRun>();
  Command command = line.Add(row.group, row.group_about, row.name, row.about);
  run->life.AddConvention(command);
  AddTarget(row, command, run.get());
  for (std::size_t i = 0; i < kLifeOptionsMax && row.options[i].name != nullptr; ++i) {
    AddOption(row, row.options[i], command, &run->values[i]);
  }
  run->life.AddOptions(command);
  command.Examples(row.examples);
  command.Run([&row, run](Context& context) { return Record(context, row, *run); });
}

}  // namespace

const FieldDescriptor* LifeField(const LifeCommand& row, const LifeOption& option) {
  return PayloadField(row)->message_type()->FindFieldByName(option.field);
}

absl::Status FillLifeOption(const LifeOption& option, const LifeOptionValue& value,
                            const FieldDescriptor& field, PayloadMessage* payload) {
  const auto* reflection = payload->GetReflection();
  if (field.is_repeated()) {
    for (const std::string& one : value.list) reflection->AddString(payload, &field, one);
  } else if (field.type() == FieldDescriptor::TYPE_BOOL) {
    ASSIGN_OR_RETURN(const bool yes, ParseFlags(option, value));
    reflection->SetBool(payload, &field, yes);
  } else if (value.text.empty()) {
    return absl::OkStatus();
  } else if (field.type() == FieldDescriptor::TYPE_ENUM) {
    ASSIGN_OR_RETURN(const int number, ParseEnum(option.name, *field.enum_type(), value.text));
    reflection->SetEnumValue(payload, &field, number);
  } else {
    reflection->SetString(payload, &field, value.text);
  }
  return absl::OkStatus();
}

void AddLifeFactCommands(CommandLine& line) {
  for (const LifeCommand& row : EndingRows()) AddRow(line, row);
  for (const LifeCommand& row : LivingRows()) AddRow(line, row);
}

}  // namespace greffe::cli
