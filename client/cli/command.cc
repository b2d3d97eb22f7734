#include "client/cli/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "client/cli/help.h"
#include "client/cli/help_layout.h"
#include "client/cli/text_width.h"
#include "client/status.h"

namespace greffe::cli {
namespace {

constexpr char kVersion[] = "greffe 0.1.0";

// The library's layout counts bytes; this one counts columns, wraps, and writes French colons.
class LocalFormatter final : public CLI::Formatter {
 public:
  LocalFormatter(Lang lang, int width) : lang_(lang), width_(width) {
    for (const auto& [name, text] : help::kLabels) label(name, Say(lang, text));
  }

  std::string make_description(const CLI::App* app) const override {
    return absl::StrCat(HelpText(app->get_description(), width_), "\n");
  }
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    std::string out = Heading(group);
    for (const CLI::Option* option : options) out += make_option(option, is_positional);
    return out;
  }
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return HelpEntry(
        absl::StrCat(make_option_name(option, is_positional), make_option_opts(option)),
        make_option_desc(option), width_);
  }
  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode) const override {
    const auto commands = app->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty()) return "";
    std::string out = Heading(Say(lang_, help::kCommandsGroup));
    for (const CLI::App* command : commands) {
      out += HelpEntry(command->get_name(), command->get_description(), width_);
    }
    return out;
  }
  std::string make_footer(const CLI::App* app) const override {
    return HelpText(app->get_footer(), width_);
  }

 private:
  std::string Heading(const std::string& text) const {
    return absl::StrCat("\n", text, lang_ == Lang::kFrench ? " :\n" : ":\n");
  }

  const Lang lang_;
  const int width_;
};

absl::Status Wrong(const Message& text, const std::string& what, const std::string& command) {
  const std::string shown = PrintableLine(what);
  return UsageError({.fr = Fill(Lang::kFrench, text, shown),
                     .en = Fill(Lang::kEnglish, text, shown),
                     .next_fr = Fill(Lang::kFrench, msg::kSeeHelp, command),
                     .next_en = Fill(Lang::kEnglish, msg::kSeeHelp, command)});
}

absl::Status UnknownCommand(const CLI::App& app, const std::string& word,
                            const std::string& command) {
  std::vector<std::string> known;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
    known.push_back(one->get_name());
  }
  const std::string list = absl::StrJoin(known, ", ");
  const std::string shown = PrintableLine(word);
  return UsageError({.fr = Fill(Lang::kFrench, msg::kUnknownCommand, shown, list),
                     .en = Fill(Lang::kEnglish, msg::kUnknownCommand, shown, list),
                     .next_fr = Fill(Lang::kFrench, msg::kSeeHelp, command),
                     .next_en = Fill(Lang::kEnglish, msg::kSeeHelp, command)});
}

// The first word that stands where the name of a command or group is wanted: no option, and no
// value of one.
std::string FirstWord(const CLI::App& root, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (!absl::StartsWith(word, "-")) return word;
    const CLI::Option* option = root.get_option_no_throw(word);
    if (option != nullptr && option->get_items_expected_max() > 0) ++i;
  }
  return "";
}

// A word where a command is wanted; none when nothing was typed there.
absl::Status WrongCommand(const CLI::App& root, int argc, const char* const* argv,
                          const std::string& command) {
  // What follows a group that is not there may be the name of another: `bundle export`.
  const std::string first = FirstWord(root, argc, argv);
  const auto named =
      root.get_subcommands([&first](const CLI::App* one) { return one->get_name() == first; });
  if (!first.empty() && named.empty()) {
    return UnknownCommand(root, first, root.get_name());
  }
  const CLI::App* app = &root;
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  for (const std::string& word : root.remaining(true)) {
    if (!absl::StartsWith(word, "-")) return UnknownCommand(*app, word, command);
  }
  return Wrong(msg::kMissingCommand, "", command);
}

// The library's words are English and for programmers.
absl::Status Explain(const CLI::ParseError& error, const CLI::App& app, int argc,
                     const char* const* argv, const std::string& command) {
  std::string what = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (absl::StrContains(what, "subcommand")) return WrongCommand(app, argc, argv, command);
    return Wrong(msg::kMissing, std::string(absl::StripSuffix(what, " is required")), command);
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::size_t colon = what.find(": ");
    return Wrong(msg::kUnknownArgument, colon == std::string::npos ? what : what.substr(colon + 2),
                 command);
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return Wrong(msg::kOneValue, what.substr(0, what.find(':')), command);
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
    return Wrong(msg::kNotANumber, std::string(absl::StripPrefix(what, "Could not convert: ")),
                 command);
  }
  // « --lang: xx not in {fr,en} ».
  const std::pair<std::string, std::string> sides = absl::StrSplit(what, " not in ");
  const std::size_t colon = sides.first.find(": ");
  if (sides.second.empty() || colon == std::string::npos) {
    return Wrong(msg::kBadArgument, what, command);
  }
  constexpr Message kNotAmong = {"$0 n'admet pas « $1 » ; au choix : $2.",
                                 "$0 does not take “$1”; one of: $2."};
  const auto said = [&](Lang lang) {
    return Fill(lang, kNotAmong, sides.first.substr(0, colon),
                PrintableLine(sides.first.substr(colon + 2)), sides.second);
  };
  return UsageError({.fr = said(Lang::kFrench),
                     .en = said(Lang::kEnglish),
                     .next_fr = Fill(Lang::kFrench, msg::kSeeHelp, command),
                     .next_en = Fill(Lang::kEnglish, msg::kSeeHelp, command)});
}

// `greffe act sign`, from the commands that were recognised.
std::string NameOf(const CLI::App* app) {
  std::string name = "greffe";
  while (!app->get_subcommands().empty()) {
    app = app->get_subcommands().front();
    absl::StrAppend(&name, " ", app->get_name());
  }
  return name;
}

// What names a hash, by the word that stands for it in help and in docs/cli.md.
bool IsHash(absl::string_view kind) {
  constexpr absl::string_view kHashes[] = {
      "ACT", "CONFLICT", "CONVENTION", "DELIBERATION", "EVENT", "FACT", "HEX", "LEAF", "SHA256"};
  return std::find(std::begin(kHashes), std::end(kHashes), kind) != std::end(kHashes);
}

// Replicas write hashes in lower case; what other programs print, and people paste, may be upper.
void TakeEitherCase(CLI::Option* option) {
  option->transform([](const std::string& text) {
    const bool hex = std::all_of(text.begin(), text.end(), absl::ascii_isxdigit);
    return hex ? absl::AsciiStrToLower(text) : text;
  });
}

template <typename Wanted>
std::vector<std::string> NamesOf(const CLI::App& app, const Wanted& wanted) {
  std::vector<std::string> out;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_lnames().empty() && wanted(*option)) out.push_back(option->get_name());
  }
  return out;
}

}  // namespace

CommandLine::CommandLine(Lang lang, Globals* globals, int width)
    : lang_(lang), app_(std::make_unique<CLI::App>(Say(lang, help::kGreffe), "greffe")) {
  CLI::App& app = *app_;
  app.formatter(std::make_shared<LocalFormatter>(lang, width));
  app.set_help_flag("-h,--help", Say(lang, help::kHelp));
  app.set_version_flag("--version", kVersion, Say(lang, help::kVersion))
      ->group(Say(lang, help::kGlobalGroup));
  app.require_subcommand(1);
  // Options of every command stand before or after its name.
  app.fallthrough();
  app.footer(Say(lang, help::kGreffeExamples));
  const std::string group = Say(lang, help::kGlobalGroup);
  app.option_defaults()->group(group);
  app.get_help_ptr()->group(group);
  const auto text = [&](const char* name, const char* kind, std::string* into,
                        const Message& about) {
    app.add_option(name, *into, Say(lang, about))->type_name(kind)->group(group);
  };
  text("--home", "DIR", &globals->home, help::kHome);
  text("--server", "HOST:PORT", &globals->server, help::kServer);
  text("--server-cert", "FILE", &globals->server_cert, help::kServerCert);
  text("--token-file", "FILE", &globals->token_file, help::kTokenFile);
  app.add_flag("--json", globals->json, Say(lang, help::kJson))->group(group);
  app.add_option("--lang", globals->lang, Say(lang, help::kLang))
      ->type_name("fr|en")
      ->group(group)
      ->check(CLI::IsMember({"fr", "en"}).description(""));
  text("--timeout", "DURATION", &globals->timeout, help::kTimeout);
  app.add_flag("--yes", globals->yes, Say(lang, help::kYes))->group(group);
  text("--request-id", "HEX", &globals->request_id, help::kRequestId);
}

CommandLine::~CommandLine() = default;

Command CommandLine::Add(const char* group, const Message& group_about, const char* name,
                         const Message& about) {
  CLI::App* parent = app_.get();
  const std::string commands = Say(lang_, help::kCommandsGroup);
  if (*group != '\0') {
    const auto same =
        app_->get_subcommands([&](CLI::App* app) { return app->get_name() == group; });
    if (!same.empty()) {
      parent = same.front();
    } else {
      parent = app_->add_subcommand(group, Say(lang_, group_about));
      parent->group(commands);
      parent->require_subcommand(1);
      parent->footer(Say(lang_, help::kMoreHelp));
    }
  }
  CLI::App* leaf = parent->add_subcommand(name, Say(lang_, about));
  leaf->group(commands);
  leaf->footer(Say(lang_, help::kMoreOptions));
  leaf->option_defaults()->group(Say(lang_, help::kOptionsGroup));
  leaf->get_help_ptr()->group(Say(lang_, help::kOptionsGroup));
  leaf->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  return Command(this, leaf);
}

absl::StatusOr<std::function<CommandResult(Context&)>> CommandLine::Parse(int argc,
                                                                          const char* const* argv,
                                                                          std::string* help) {
  chosen_ = nullptr;
  try {
    app_->parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    // It finds the command asked about by itself.
    *help = absl::StrReplaceAll(app_->help(), {{"\n\n\n", "\n\n"}});
    return std::function<CommandResult(Context&)>();
  } catch (const CLI::CallForVersion&) {
    *help = absl::StrCat(kVersion, "\n");
    return std::function<CommandResult(Context&)>();
  } catch (const CLI::ParseError& error) {
    return Explain(error, *app_, argc, argv, NameOf(app_.get()));
  }
  return std::move(chosen_);
}

std::vector<std::string> CommandLine::Commands() const {
  std::vector<std::string> out;
  for (const CLI::App* group : app_->get_subcommands({})) {
    const auto leaves = group->get_subcommands({});
    if (leaves.empty()) out.push_back(group->get_name());
    for (const CLI::App* leaf : leaves) {
      out.push_back(absl::StrCat(group->get_name(), " ", leaf->get_name()));
    }
  }
  return out;
}

std::vector<CommandShape> CommandLine::Shapes() const {
  std::vector<CommandShape> out;
  const auto add = [&](std::string name, const CLI::App& app) {
    CommandShape& shape = out.emplace_back();
    shape.name = std::move(name);
    for (const CLI::Option* option : app.get_options()) {
      if (!option->get_required()) continue;
      if (option->get_positional()) {
        shape.arguments.push_back(option->get_name(true));
      } else {
        shape.options.emplace_back(option->get_name(), option->get_type_name());
      }
    }
  };
  for (const CLI::App* group : app_->get_subcommands({})) {
    const auto leaves = group->get_subcommands({});
    if (leaves.empty()) add(group->get_name(), *group);
    for (const CLI::App* leaf : leaves) {
      add(absl::StrCat(group->get_name(), " ", leaf->get_name()), *leaf);
    }
  }
  return out;
}

std::map<std::string, std::string> CommandLine::Named() const {
  std::map<std::string, std::string> out;
  const CLI::App* app = app_.get();
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  for (const CLI::Option* option : app->get_options()) {
    const std::string name =
        option->get_positional() ? option->get_name(true) : option->get_type_name();
    if ((name != "ACT" && name != "CONVENTION") || option->count() == 0) continue;
    out.emplace(name, option->results().front());
  }
  return out;
}

CLI::Option* Command::Add(const char* name, const char* kind, std::string* into,
                          const Message& help) {
  CLI::Option* const option = app_->add_option(name, *into, Say(line_->lang_, help));
  // An argument is called what it is.
  if (IsHash(*kind == '\0' ? name : kind)) TakeEitherCase(option);
  return option->type_name(kind);
}

CLI::Option* Command::Add(const char* name, const char* kind, std::vector<std::string>* into,
                          const Message& help) {
  CLI::Option* const option = app_->add_option(name, *into, Say(line_->lang_, help));
  if (IsHash(*kind == '\0' ? name : kind)) TakeEitherCase(option);
  return option->type_name(kind)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Command& Command::Argument(const char* name, std::string* into, const Message& help) {
  Add(name, "", into, help)->required();
  return *this;
}

Command& Command::Arguments(const char* name, std::vector<std::string>* into, const Message& help) {
  Add(name, "", into, help)->required()->expected(1, CLI::detail::expected_max_vector_size);
  return *this;
}

Command& Command::OptionalArgument(const char* name, std::string* into, const Message& help) {
  Add(name, "", into, help);
  return *this;
}

Command& Command::Option(const char* name, const char* kind, std::string* into,
                         const Message& help) {
  Add(name, kind, into, help);
  return *this;
}

Command& Command::RequiredOption(const char* name, const char* kind, std::string* into,
                                 const Message& help) {
  Add(name, kind, into, help)->required();
  return *this;
}

Command& Command::List(const char* name, const char* kind, std::vector<std::string>* into,
                       const Message& help) {
  Add(name, kind, into, help)->expected(1);
  return *this;
}

Command& Command::Number(const char* name, std::optional<std::uint32_t>* into,
                         const Message& help) {
  app_->add_option_function<std::uint32_t>(
          name, [into](const std::uint32_t& value) { *into = value; }, Say(line_->lang_, help))
      ->type_name("N");
  return *this;
}

Command& Command::Flag(const char* name, bool* into, const Message& help) {
  app_->add_flag(name, *into, Say(line_->lang_, help));
  return *this;
}

Command& Command::Flag(const char* name, std::optional<bool>* into, const Message& help) {
  // Counted: each mention one more, each `=false` one less.
  app_->add_flag_function(
      name, [into](std::int64_t count) { *into = count > 0; }, Say(line_->lang_, help));
  return *this;
}

Command& Command::ReadAt(ReadOptions* into) {
  Option("--in-force-on", "DATE", &into->in_force_on, help::kInForceOn);
  Option("--known-at", "INSTANT|CUT", &into->known_at, help::kKnownAt);
  Option("--recorded-by", "INSTANT", &into->recorded_by, help::kRecordedBy);
  return Option("--clock-date", "DATE", &into->clock_date, help::kClockDate);
}

Command& Command::Convention(std::string* into) {
  return Option("--convention", "CONVENTION", into, help::kConventionOption);
}

Command& Command::Examples(const Message& examples) {
  app_->footer(absl::StrCat(Say(line_->lang_, help::kExamples), "\n", Say(line_->lang_, examples),
                            "\n\n", Say(line_->lang_, help::kMoreOptions)));
  return *this;
}

std::vector<std::string> Command::OptionNames() const {
  return NamesOf(*app_, [](const CLI::Option&) { return true; });
}

std::function<std::vector<std::string>()> Command::OptionsGiven() const {
  return [app = app_] {
    return NamesOf(*app, [](const CLI::Option& option) { return option.count() > 0; });
  };
}

std::function<std::vector<std::string>()> Command::OptionsEmptied() const {
  return [app = app_] {
    return NamesOf(*app, [](const CLI::Option& option) {
      const std::vector<std::string> typed =
          option.count() > 0 ? option.results() : std::vector<std::string>();
      return !typed.empty() && std::all_of(typed.begin(), typed.end(),
                                           [](const std::string& one) { return one.empty(); });
    });
  };
}

void Command::Run(std::function<CommandResult(Context&)> run) {
  app_->callback([line = line_, run = std::move(run)] { line->chosen_ = run; });
}

}  // namespace greffe::cli
