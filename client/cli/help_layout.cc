#include "client/cli/help_layout.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "client/cli/text_width.h"

namespace greffe::cli {
namespace {

constexpr int kNamesMax = 34;

bool IsExample(absl::string_view line) { return absl::StartsWith(line, " "); }

bool EndsParagraph(absl::string_view line) {
  return line.empty() || absl::EndsWith(line, ".") || absl::EndsWith(line, ":") ||
         absl::EndsWith(line, "?");
}

void Fill(std::string* paragraph, int width, std::string* out) {
  if (paragraph->empty()) return;
  for (const std::string& line : Wrap(*paragraph, width)) absl::StrAppend(out, line, "\n");
  paragraph->clear();
}

}  // namespace

std::string HelpEntry(absl::string_view name, absl::string_view text, int width) {
  // The text keeps more than half of a narrow terminal.
  const int names = std::min(kNamesMax, width * 2 / 5);
  std::string lead = PadRight(absl::StrCat("  ", name, "  "), names);
  std::string out;
  for (const std::string& line : Wrap(absl::StrReplaceAll(text, {{"\n", " "}}), width - names)) {
    if (DisplayWidth(lead) > names) {
      absl::StrAppend(&out, lead.substr(0, lead.find_last_not_of(' ') + 1), "\n");
      lead = std::string(static_cast<std::size_t>(names), ' ');
    }
    absl::StrAppend(&out, lead, line, "\n");
    lead = std::string(static_cast<std::size_t>(names), ' ');
  }
  return out;
}

std::string HelpText(absl::string_view text, int width) {
  std::string out, paragraph;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (line.empty() || IsExample(line)) {
      Fill(&paragraph, width, &out);
      absl::StrAppend(&out, line, "\n");
      continue;
    }
    absl::StrAppend(&paragraph, paragraph.empty() ? "" : " ", line);
    if (EndsParagraph(line)) Fill(&paragraph, width, &out);
  }
  Fill(&paragraph, width, &out);
  return out;
}

}  // namespace greffe::cli
