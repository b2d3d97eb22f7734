#include "server/main/usage_error.h"

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace greffe {
namespace {

struct Words {
  std::string fr;
  std::string en;
};

// What stands behind the first ": ", or all of it.
std::string Behind(const std::string& what) {
  const std::size_t colon = what.find(": ");
  return colon == std::string::npos ? what : what.substr(colon + 2);
}

Words Unknown(const std::string& argument) {
  return {absl::StrCat("« ", argument, " » n'est ni une option ni une commande de greffed."),
          absl::StrCat("\"", argument, "\" is no option or command of greffed.")};
}

Words WordsOf(const CLI::ParseError& error, const CLI::App& app) {
  const std::string what = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (absl::StrContains(what, "subcommand")) {
      const std::vector<std::string> unknown = app.remaining();
      if (!unknown.empty()) return Unknown(unknown.front());
      return {"il manque une commande : init, run ou check.",
              "a command is missing: init, run or check."};
    }
    const std::string option(absl::StripSuffix(what, " is required"));
    return {absl::StrCat("il manque ", option, "."), absl::StrCat(option, " is missing.")};
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return Unknown(Behind(what));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string option = what.substr(0, what.find(':'));
    return {absl::StrCat(option, " demande une valeur, et une seule."),
            absl::StrCat(option, " takes one value.")};
  }
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) {
    // "--lang: de not in {fr,en}"
    const std::pair<std::string, std::string> sides = absl::StrSplit(Behind(what), " not in ");
    const std::string option = what.substr(0, what.find(':'));
    return {absl::StrCat(option, " n'admet pas « ", sides.first, " » ; au choix : ", sides.second),
            absl::StrCat(option, " does not take \"", sides.first, "\"; one of: ", sides.second)};
  }
  return {what, what};
}

}  // namespace

std::string ExplainUsage(const CLI::ParseError& error, const CLI::App& app, Language language) {
  const Words words = WordsOf(error, app);
  const auto typed = app.get_subcommands();
  const std::string command =
      typed.empty() ? "greffed" : absl::StrCat("greffed ", typed.front()->get_name());
  return language == Language::kFrench
             ? absl::StrCat("Ligne de commande refusée : ", words.fr, "\nVoyez : ", command,
                            " --help")
             : absl::StrCat("Command line refused: ", words.en, "\nSee: ", command, " --help");
}

}  // namespace greffe
