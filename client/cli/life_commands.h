#ifndef GREFFE_CLIENT_CLI_LIFE_COMMANDS_H_
#define GREFFE_CLIENT_CLI_LIFE_COMMANDS_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/life_args.h"
#include "greffe/v1/life.pb.h"

// Commands that record one fact of a convention's life: a table, one row a command. Private to
// client/cli.
namespace greffe::cli {

// What stands after CONVENTION, and what it becomes.
enum class LifeTarget {
  // Nothing: the whole convention.
  kWhole,
  // What the fact is about.
  kElement,
  kParty,
  // The same, the whole convention without it.
  kElementOrWhole,
  kActionOrWhole,
  // What the fact answers: a fact, a deliberation, the frozen revision of an act.
  kFact,
  kDeliberation,
  kRevision,
  // A fact of the same kind that it answers, about the same act and element.
  kSameKind,
  // A fact of the same kind that it corrects; what the options leave out stays as it was.
  kOwnFact,
  // The act that the payload names, as a whole or in one of its elements.
  kAct,
  kActElement,
};

// An option that fills a field of the payload: text, a list of texts, one word of an enum (the
// value's name in lower case, such as `fruitless-notice`), or true and false.
struct LifeOption {
  const char* name = nullptr;
  // Placeholder in help; unused for true and false.
  const char* kind = "";
  const char* field = "";
  Message help = {"", ""};
  bool required = false;
  // The option that says false; one of both is required then.
  const char* otherwise = nullptr;
  Message otherwise_help = {"", ""};
};
inline constexpr std::size_t kLifeOptionsMax = 4;

// Shows what a fact brings about and asks; `answered` is the fact that it answers, or null.
using AskBefore = absl::Status (*)(Context& context, Client& client, const std::string& convention,
                                   const v1::LifeRecorded& fact, const v1::LifeFactView* answered);

struct LifeCommand {
  // Empty for a command of its own, such as `terminate`.
  const char* group;
  Message group_about;
  const char* name;
  Message about;
  v1::LifeRecorded::FactCase fact;
  LifeTarget target;
  LifeOption options[kLifeOptionsMax] = {};
  Message examples = {"", ""};
  // The fact says nothing without --text.
  bool wants_text = false;
  AskBefore ask = nullptr;
};

// What ends or endangers a convention: notices, terminations, disputes, clauses, renewal.
std::span<const LifeCommand> EndingRows();
// What partners do while it lives: evaluations, data, comments, reviews, parties, corrections.
std::span<const LifeCommand> LivingRows();

// What was typed for one option.
struct LifeOptionValue {
  std::string text;
  std::vector<std::string> list;
  bool yes = false;
  bool no = false;
};
// The field that an option fills.
const google::protobuf::FieldDescriptor* LifeField(const LifeCommand& row,
                                                   const LifeOption& option);
// Puts what was typed into it: a text or a word in the place of what is there, a list after it. An
// empty text leaves it alone; true and false are always set, false for a flag that was not typed. A
// usage error for a word that is none of an enum's, and for two opposite flags of which not exactly
// one was typed.
absl::Status FillLifeOption(const LifeOption& option, const LifeOptionValue& value,
                            const google::protobuf::FieldDescriptor& field,
                            google::protobuf::Message* payload);

// Names the convention, its parties, what the termination answers and its day of effect, then asks.
absl::Status AskToTerminate(Context& context, Client& client, const std::string& convention,
                            const v1::LifeRecorded& fact, const v1::LifeFactView* answered);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_LIFE_COMMANDS_H_
