#ifndef GREFFE_CLIENT_CLI_COMMAND_H_
#define GREFFE_CLIENT_CLI_COMMAND_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/cli/complete.h"
#include "client/cli/context.h"
#include "client/cli/messages.h"
#include "client/cli/parse.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace greffe::cli {

class CommandLine;

// One command being described: its arguments, options and what it does. The command-line library
// stays behind this class. Variables filled must outlive the run; they are filled before `run`.
class Command final {
 public:
  // Names as typed. `kind` is the placeholder shown in help, such as FILE, DATE, TEXT. What is
  // called a hash or an id of hexadecimal digits (HEX, LEAF, CONVENTION …) is taken in either case,
  // and filled in lower case.
  Command& Argument(const char* name, std::string* into, const Message& help);
  // One or more.
  Command& Arguments(const char* name, std::vector<std::string>* into, const Message& help);
  Command& OptionalArgument(const char* name, std::string* into, const Message& help);
  Command& Option(const char* name, const char* kind, std::string* into, const Message& help);
  Command& RequiredOption(const char* name, const char* kind, std::string* into,
                          const Message& help);
  // May be given several times.
  Command& List(const char* name, const char* kind, std::vector<std::string>* into,
                const Message& help);
  Command& Number(const char* name, std::optional<std::uint32_t>* into, const Message& help);
  Command& Flag(const char* name, bool* into, const Message& help);
  // `--name` is true, `--name=false` false; absent when it is not given.
  Command& Flag(const char* name, std::optional<bool>* into, const Message& help);
  // --in-force-on, --known-at, --recorded-by, --clock-date.
  Command& ReadAt(ReadOptions* into);
  // --convention, for commands that find it by themselves.
  Command& Convention(std::string* into);
  Command& Examples(const Message& examples);
  // Options described so far, as typed, such as `--value`.
  std::vector<std::string> OptionNames() const;
  // Those of them that were typed, in order of description: to be asked in `run`, while the command
  // line lives.
  std::function<std::vector<std::string>()> OptionsGiven() const;
  // Those given with nothing in them, such as `--text ""`.
  std::function<std::vector<std::string>()> OptionsEmptied() const;
  void Run(std::function<CommandResult(Context&)> run);

 private:
  friend class CommandLine;
  Command(CommandLine* line, CLI::App* app) : line_(line), app_(app) {}

  CLI::Option* Add(const char* name, const char* kind, std::string* into, const Message& help);
  CLI::Option* Add(const char* name, const char* kind, std::vector<std::string>* into,
                   const Message& help);

  CommandLine* line_;
  CLI::App* app_;
};

// The whole command line. One thread.
class CommandLine final {
 public:
  // `width`: columns of the terminal that shows help.
  CommandLine(Lang lang, Globals* globals, int width);
  ~CommandLine();

  // `group` empty: a command of its own, such as `sync`. The first command of a group makes it.
  Command Add(const char* group, const Message& group_about, const char* name,
              const Message& about);

  // Reads the arguments. A usage error, or: the command to run; or, when help or the version was
  // asked for, an empty function and the text in `help`.
  absl::StatusOr<std::function<CommandResult(Context&)>> Parse(int argc, const char* const* argv,
                                                               std::string* help);

  // Usage of every command, for tests that compare it with the documentation.
  std::vector<std::string> Commands() const;
  // What each of them cannot be without.
  std::vector<CommandShape> Shapes() const;
  // Of the command that was read: the act and the convention that it names, as typed, by `ACT` and
  // `CONVENTION`. A next step is about these; which other fact it means, only its text says.
  std::map<std::string, std::string> Named() const;

 private:
  friend class Command;
  const Lang lang_;
  std::unique_ptr<CLI::App> app_;
  std::function<CommandResult(Context&)> chosen_;
};

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_COMMAND_H_
