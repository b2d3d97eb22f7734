#include "client/cli/complete.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace greffe::cli {
namespace {

constexpr absl::string_view kGreffe = "greffe ";
// In French a narrow or a plain space goes before these; a command ends at any of them.
constexpr absl::string_view kEnds = ".,;:)(»”\"\n";

bool IsWordEnd(absl::string_view rest) {
  return rest.empty() || rest.front() == ' ' || absl::StrContains(kEnds, rest.substr(0, 1)) ||
         absl::StartsWith(rest, "»") || absl::StartsWith(rest, "”");
}

// The longest command that the text begins with; null for none.
const CommandShape* CommandAt(absl::string_view text, const std::vector<CommandShape>& shapes) {
  const CommandShape* found = nullptr;
  for (const CommandShape& one : shapes) {
    if (!absl::StartsWith(text, one.name) || !IsWordEnd(text.substr(one.name.size()))) continue;
    if (found == nullptr || one.name.size() > found->name.size()) found = &one;
  }
  return found;
}

// Whether an argument follows: a placeholder in capitals, an id, something quoted or left out.
bool IsArgument(absl::string_view word) {
  if (word.empty()) return false;
  if (absl::StartsWith(word, "…") || word.front() == '"' || word.front() == '\'') return true;
  const bool capital =
      absl::ascii_isupper(static_cast<unsigned char>(word[0])) || absl::StartsWith(word, "É");
  if (capital) return true;
  return std::any_of(word.begin(), word.end(), absl::ascii_isdigit);
}

// The command's own line: up to the end of the clause.
absl::string_view ClauseOf(absl::string_view rest) {
  return rest.substr(0, std::min(rest.find_first_of(";)\n"), rest.size()));
}

std::string Missing(const CommandShape& command, absl::string_view rest,
                    const std::map<std::string, std::string>& known) {
  absl::string_view next = rest;
  if (!next.empty() && next.front() == ' ') next.remove_prefix(1);
  const absl::string_view word = next.substr(0, std::min(next.find(' '), next.size()));
  if (absl::StartsWith(word, "--help")) return "";
  const bool options = absl::StartsWith(word, "--");
  // With its arguments it was meant as it stands.
  if (!options && rest != next && IsArgument(word)) return "";
  const auto value = [&](const std::string& placeholder) {
    const auto found = known.find(placeholder);
    return found == known.end() ? placeholder : found->second;
  };
  std::string out;
  for (const std::string& one : command.arguments) absl::StrAppend(&out, " ", value(one));
  for (const auto& [name, kind] : command.options) {
    if (options && absl::StrContains(ClauseOf(rest), name)) continue;
    absl::StrAppend(&out, " ", name, " ", value(kind));
  }
  return out;
}

}  // namespace

std::string CompleteCommands(absl::string_view text, const std::vector<CommandShape>& shapes,
                             const std::map<std::string, std::string>& known) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = text.find(kGreffe);
    if (at == absl::string_view::npos) break;
    absl::StrAppend(&out, text.substr(0, at + kGreffe.size()));
    text.remove_prefix(at + kGreffe.size());
    const CommandShape* const command = CommandAt(text, shapes);
    if (command == nullptr) continue;
    text.remove_prefix(command->name.size());
    absl::StrAppend(&out, command->name, Missing(*command, text, known));
  }
  return absl::StrCat(out, text);
}

}  // namespace greffe::cli
