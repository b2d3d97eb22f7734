#ifndef GREFFE_CLIENT_CLI_COMPLETE_H_
#define GREFFE_CLIENT_CLI_COMPLETE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

// Next steps name commands (« greffe act freeze »); who reads them pastes them, so they must say
// all that the command cannot be without. Pure.
namespace greffe::cli {

// What a command cannot be without.
struct CommandShape {
  // As typed after « greffe »: `act freeze`, `sync`.
  std::string name;
  // Placeholders of its arguments, such as `ACT`.
  std::vector<std::string> arguments;
  // Required options with the placeholder of each: `--reason`, `TEXT`.
  std::vector<std::pair<std::string, std::string>> options;
};

// The text with every command of `shapes` that stands in it without its arguments completed: by the
// value that `known` has for a placeholder, else by the placeholder. Arguments and options that the
// text gives stay as they are; what is no command, too.
std::string CompleteCommands(absl::string_view text, const std::vector<CommandShape>& shapes,
                             const std::map<std::string, std::string>& known);

}  // namespace greffe::cli

#endif  // GREFFE_CLIENT_CLI_COMPLETE_H_
