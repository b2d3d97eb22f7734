// greffed: one replica of the registry.

#include <csignal>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include "server/main/commands.h"
#include "server/main/exit_code.h"
#include "server/main/help_format.h"
#include "server/main/usage_error.h"
#include "server/ops/protobuf_log.h"
#include "server/rpc/admin_commands.h"

namespace {

// --lang wherever it stands, before anything is said; the parser checks its value later.
greffe::Language LanguageOf(int argc, char** argv) {
  using greffe::Language;
  Language language = greffe::LanguageOfEnvironment();
  for (int i = 1; i < argc; ++i) {
    std::string value(argv[i]);
    if (value == "--lang" && i + 1 < argc) {
      value = argv[i + 1];
    } else if (value.rfind("--lang=", 0) == 0) {
      value = value.substr(7);
    } else {
      continue;
    }
    if (value == "fr") language = Language::kFrench;
    if (value == "en") language = Language::kEnglish;
  }
  return language;
}

// The words of the layout; what options and commands say of themselves is with them.
void SayHelpInFrench(CLI::FormatterBase& formatter) {
  for (const auto& [english, french] : {std::pair{"Usage", "Usage "},
                                        {"SUBCOMMAND", "COMMANDE"},
                                        {"REQUIRED", "(obligatoire)"},
                                        {"DIR", "DOSSIER"},
                                        {"TEXT", "TEXTE"},
                                        {"HOST:PORT", "HÔTE:PORT"},
                                        {"LOGIN", "IDENTIFIANT"}}) {
    formatter.label(english, french);
  }
}

}  // namespace

int main(int argc, char** argv) {
  using greffe::Language;
  using greffe::Say;
  // A file that may not grow is a write that fails, like a full disk.
  std::signal(SIGXFSZ, SIG_IGN);
  // protobuf writes a line of its own form for each malformed message, from peers and from files
  // alike; what matters is said by whoever reads it.
  greffe::QuietProtobuf();
  const Language language = LanguageOf(argc, argv);
  CLI::App app(Say(language,
                   "Greffe, le registre que tiennent ensemble les partenaires d'une convention : "
                   "une réplique.",
                   "Greffe, the registry that the partners of a convention keep together: one "
                   "replica."),
               "greffed");
  app.formatter(std::make_shared<greffe::HelpFormat>());
  // French puts a blank before the colon that follows.
  if (language == Language::kFrench) app.option_defaults()->group("Options ");
  app.set_version_flag("--version", std::string("greffed ") + greffe::kVersion,
                       Say(language, "Version de greffed", "Version of greffed"));
  app.set_help_flag("-h,--help", Say(language, "Cette aide", "This help"));
  if (language == Language::kFrench) SayHelpInFrench(*app.get_formatter());
  app.footer(
      Say(language,
          "Codes de sortie : 0 fait ; 1 refusé ; 2 mauvais usage ; 3 injoignable ; 4 intégrité.\n"
          "Pour commencer : greffed init --help",
          "Exit codes: 0 done; 1 refused; 2 wrong usage; 3 not reachable; 4 integrity.\n"
          "To start: greffed init --help"));
  std::string chosen_language;
  app.add_option("--lang", chosen_language,
                 Say(language, "Langue : fr ou en ; à défaut, celle de LC_ALL, LC_MESSAGES, LANG",
                     "Language: fr or en; by default that of LC_ALL, LC_MESSAGES, LANG"))
      ->type_name("fr|en")
      ->check(CLI::IsMember({"fr", "en"}).description(""));
  // Also after the name of the command.
  app.fallthrough();
  app.require_subcommand(1);
  greffe::Chosen chosen;
  greffe::AddInitCommand(app, language, chosen);
  greffe::AddRunCommand(app, language, chosen);
  greffe::AddCheckCommand(app, language, chosen);
  if (language == Language::kFrench) {
    for (CLI::App* const command : app.get_subcommands([](CLI::App*) { return true; })) {
      command->group("Commandes ");
      command->get_help_ptr()->group("Options ");
    }
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::fprintf(stderr, "greffed: %s\n", greffe::ExplainUsage(error, app, language).c_str());
    return greffe::kExitUsage;
  }
  return chosen();
}
