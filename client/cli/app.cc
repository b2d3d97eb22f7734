#include "client/cli/app.h"

#include <cstdlib>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/cli/command.h"
#include "client/cli/commands.h"
#include "client/cli/output.h"
#include "client/cli/text_width.h"
#include "client/status.h"

namespace greffe::cli {
namespace {

// Help and usage errors need the language before the arguments are read.
std::string LangFlag(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (argument == "--") break;
    if (argument == "--lang" && i + 1 < argc) return argv[i + 1];
    if (absl::ConsumePrefix(&argument, "--lang=")) return std::string(argument);
  }
  return "";
}

int Fail(Context& context, const absl::Status& status) {
  context.err() << FitLines(RenderError(context.lang(), status), context.width());
  const bool uncertain = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
  const std::string repeat = context.RepeatOptions();
  if (uncertain && !repeat.empty()) {
    // The options are copied as they are: on a line of their own, never broken.
    context.Note(absl::StrCat("  ", context.F(msg::kRepeatCommand, ":")));
    context.err() << "    " << repeat << '\n';
  }
  return ExitCodeOf(status);
}

}  // namespace

int Run(int argc, const char* const* argv, const Console& console) {
  const Lang lang = ChooseLang(LangFlag(argc, argv), std::getenv);
  Context context(console, lang);
  CommandLine line(lang, &context.globals);
  AddAllCommands(line);
  std::string help;
  const auto command = line.Parse(argc, argv, &help);
  if (!command.ok()) return Fail(context, command.status());
  if (*command == nullptr) {
    context.out() << FitLines(help, context.width());
    return kDone;
  }
  const CommandResult result = (*command)(context);
  context.out().flush();
  return result.ok() ? *result : Fail(context, result.status());
}

}  // namespace greffe::cli
