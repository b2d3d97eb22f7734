#include "client/cli/app.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/cli/arguments.h"
#include "client/cli/command.h"
#include "client/cli/commands.h"
#include "client/cli/output.h"
#include "client/cli/text_width.h"
#include "client/status.h"

namespace greffe::cli {
namespace {

constexpr Message kRepeatCommand = {
    "La commande a pu être faite ou non. Répétez-la sans risque avec :",
    "The command may have been done or not. Repeat it safely with:"};
constexpr Message kReadAgain = {
    "Pour revoir la même réponse sans que rien se fasse deux fois, répétez la commande avec :",
    "To read the same answer again without anything done twice, repeat the command with:"};
constexpr Message kUnwritten = {"La sortie n'a pas pris toute la réponse$0.",
                                "The output did not take the whole answer$0."};
constexpr Message kUnwrittenNext = {
    "faites de la place, ou choisissez une autre sortie. Ce que la commande devait faire est fait "
    "; "
    "seule sa réponse manque",
    "make room, or choose another output. What the command was to do is done; only its answer is "
    "missing"};
constexpr Message kTokenLost = {
    "L'utilisateur $1 existe, mais la sortie n'a pas pris son jeton$0, qui n'est montré qu'une "
    "fois.",
    "User $1 exists, but the output did not take the token$0, which is shown only once."};
constexpr Message kTokenLostNext = {
    "retirez-le (greffe user remove $1), puis ajoutez-le de nouveau (greffe user add $1 …) : un "
    "nouveau jeton vient alors",
    "remove the user (greffe user remove $1), then add the user again (greffe user add $1 …): that "
    "gives a new token"};

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

// Options are copied as they are: on a line of their own, never broken.
void PrintRepeatOptions(Context& context, const Message& what) {
  const std::string repeat = context.RepeatOptions();
  if (repeat.empty()) return;
  context.Note(absl::StrCat("  ", context.T(what)));
  context.err() << "    " << repeat << '\n';
}

int Fail(Context& context, const absl::Status& status) {
  context.err() << FitLines(RenderError(context.lang(), status, context.complete), context.width());
  if (FateUnknown(status)) PrintRepeatOptions(context, kRepeatCommand);
  return ExitCodeOf(status);
}

// An option that promises to repeat, and repeated nothing.
void TellOfUnusedRequestId(Context& context) {
  if (context.globals.request_id.empty() || !context.request_id().empty()) return;
  constexpr Message kUnused = {
      "--request-id n'a servi à rien : cette commande ne se répète pas par un identifiant.",
      "--request-id was of no use: this command is not repeated by an id."};
  context.Note(context.T(kUnused));
}

// 0 when stdout took everything; else the error of the write that failed, -1 where it is not known.
int Unwritten(Context& context) {
  if (context.Flush()) return 0;
  // What failed before the last flush may have been followed by calls that left another errno.
  for (const int error : {ENOSPC, EDQUOT, EFBIG, EIO, EBADF, EPIPE}) {
    if (context.output_error() == error) return error;
  }
  return -1;
}

// The exit code of a command that ended with `code`: an answer that nobody can read is not done.
int Finish(Context& context, int code) {
  const int error = Unwritten(context);
  if (error == 0) return code;
  const std::string& user = context.user_of_shown_token();
  const int failed = code == kDone ? kRefused : code;
  // Who reads through a pipe may stop when they have seen enough.
  if (error == EPIPE && user.empty()) return failed;
  const std::string why = error == -1 ? "" : absl::StrCat(" (", std::strerror(error), ")");
  const absl::Status status =
      user.empty() ? Context::RefuseBy("output", absl::StatusCode::kResourceExhausted, kUnwritten,
                                       kUnwrittenNext, why)
                   : Context::RefuseBy("output", absl::StatusCode::kResourceExhausted, kTokenLost,
                                       kTokenLostNext, why, user);
  context.err() << FitLines(RenderError(context.lang(), status), context.width());
  PrintRepeatOptions(context, kReadAgain);
  return failed;
}

}  // namespace

int Run(int argc, const char* const* argv, const Console& console) {
  const Lang lang = ChooseLang(LangFlag(argc, argv), std::getenv);
  Context context(console, lang);
  if (const absl::Status sound = CheckArguments(argc, argv); !sound.ok()) {
    return Fail(context, sound);
  }
  CommandLine line(lang, &context.globals, context.width());
  AddAllCommands(line);
  std::string help;
  const auto command = line.Parse(argc, argv, &help);
  if (!command.ok()) return Fail(context, command.status());
  if (*command == nullptr) {
    context.out() << help;
    return Finish(context, kDone);
  }
  context.complete = [&](absl::string_view text) {
    std::map<std::string, std::string> known = line.Named();
    known.insert(context.known.begin(), context.known.end());
    return CompleteCommands(text, line.Shapes(), known);
  };
  const CommandResult result = (*command)(context);
  if (result.ok()) {
    TellOfUnusedRequestId(context);
    return Finish(context, *result);
  }
  context.out().flush();
  return Fail(context, result.status());
}

}  // namespace greffe::cli
