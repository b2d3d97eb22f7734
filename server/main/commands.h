#ifndef GREFFE_SERVER_MAIN_COMMANDS_H_
#define GREFFE_SERVER_MAIN_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "server/ops/language.h"

namespace greffe {

// What the command line asks for; returns what to end with.
using Chosen = std::function<int()>;

// Each adds its subcommand to `app` and sets `chosen` when it was typed. `app` and `chosen` outlive
// the parse.
void AddInitCommand(CLI::App& app, Language language, Chosen& chosen);
void AddRunCommand(CLI::App& app, Language language, Chosen& chosen);
void AddCheckCommand(CLI::App& app, Language language, Chosen& chosen);

// `fr` or `en`.
inline std::string Say(Language language, const char* fr, const char* en) {
  return language == Language::kFrench ? fr : en;
}

}  // namespace greffe

#endif  // GREFFE_SERVER_MAIN_COMMANDS_H_
