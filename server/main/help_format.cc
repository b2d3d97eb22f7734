#include "server/main/help_format.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "core/base/utf8.h"

namespace greffe {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kNames = 30;

std::size_t Characters(absl::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !ContinuesCharacter(c); }));
}

// Lines of at most `width` characters, broken at blanks; a longer word stands alone. Line feeds of
// the text stay; a line that begins with a blank is for copying, and stays as it is.
std::vector<std::string> WrapWords(const std::string& text, std::size_t width) {
  std::vector<std::string> out;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty() || line.front() == ' ') {
      out.emplace_back(line);
      continue;
    }
    out.emplace_back();
    std::size_t used = 0;
    for (const absl::string_view word : absl::StrSplit(line, ' ')) {
      const std::size_t more = Characters(word);
      if (used > 0 && used + 1 + more > width) {
        out.emplace_back();
        used = 0;
      }
      absl::StrAppend(&out.back(), used > 0 ? " " : "", word);
      used += more + (used > 0 ? 1 : 0);
    }
  }
  return out;
}

std::string Paragraphs(const std::string& text) {
  std::string out;
  for (const std::string& line : WrapWords(text, kWidth)) absl::StrAppend(&out, line, "\n");
  return out;
}

// A name, and what it is in a second column, below it where it is long.
std::string Entry(const std::string& name, const std::string& text) {
  std::string out = absl::StrCat("  ", name);
  std::size_t used = Characters(out);
  if (used + 2 > kNames && !text.empty()) {
    out += "\n";
    used = 0;
  }
  for (const std::string& line : WrapWords(text, kWidth - kNames)) {
    absl::StrAppend(&out, std::string(kNames - used, ' '), line, "\n");
    used = 0;
  }
  return out;
}

}  // namespace

std::string HelpFormat::make_description(const CLI::App* app) const {
  return Paragraphs(app->get_description());
}

std::string HelpFormat::make_option(const CLI::Option* option, bool is_positional) const {
  return Entry(absl::StrCat(make_option_name(option, is_positional), make_option_opts(option)),
               make_option_desc(option));
}

std::string HelpFormat::make_subcommand(const CLI::App* command) const {
  return Entry(command->get_name(), command->get_description());
}

std::string HelpFormat::make_footer(const CLI::App* app) const {
  return Paragraphs(app->get_footer());
}

}  // namespace greffe
