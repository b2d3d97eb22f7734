#include "client/cli/arguments.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/messages.h"
#include "client/cli/text_width.h"
#include "client/status.h"

namespace greffe::cli {
namespace {

constexpr Message kNext = {
    "mettez le terminal et la session en UTF-8 (LANG=fr_FR.UTF-8) et retapez la commande",
    "set the terminal and the session to UTF-8 (LANG=fr_FR.UTF-8) and type the command again"};

bool NamesAFile(absl::string_view value) {
  std::error_code ignored;
  return std::filesystem::exists(std::string(value), ignored);
}

absl::Status Refuse(absl::string_view option, absl::string_view value, const Message& text) {
  const std::string shown = PrintableLine(value);
  return UsageError({.rule = "utf-8",
                     .field = std::string(option),
                     .fr = Fill(Lang::kFrench, text, option, shown),
                     .en = Fill(Lang::kEnglish, text, option, shown),
                     .next_fr = kNext.fr,
                     .next_en = kNext.en});
}

}  // namespace

absl::Status CheckArguments(int argc, const char* const* argv) {
  constexpr Message kAfter = {"Ce qui suit « $0 » n'est pas de l'UTF-8 : « $1 ».",
                              "What follows “$0” is not UTF-8: “$1”."};
  constexpr Message kAlone = {"Cet argument n'est pas de l'UTF-8 : « $1 ».",
                              "This argument is not UTF-8: “$1”."};
  for (int i = 1; i < argc; ++i) {
    const absl::string_view argument = argv[i];
    if (FirstNotUtf8(argument) == absl::string_view::npos) continue;
    const std::size_t equals = argument.find('=');
    if (absl::StartsWith(argument, "-") && equals < FirstNotUtf8(argument)) {
      const absl::string_view value = argument.substr(equals + 1);
      if (NamesAFile(value)) continue;
      return Refuse(argument.substr(0, equals), value, kAfter);
    }
    if (NamesAFile(argument)) continue;
    const absl::string_view before = i > 1 ? argv[i - 1] : "";
    if (absl::StartsWith(before, "-")) return Refuse(before, argument, kAfter);
    return Refuse("", argument, kAlone);
  }
  return absl::OkStatus();
}

}  // namespace greffe::cli
