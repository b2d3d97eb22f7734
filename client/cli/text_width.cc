#include "client/cli/text_width.h"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace greffe::cli {
namespace {

constexpr int kWidthDefault = 80;
constexpr int kWidthMin = 40;
constexpr char kReplacement[] = "\xEF\xBF\xBD";

// The code point at `at`, which moves past it; negative for broken bytes.
UChar32 Next(absl::string_view text, std::int32_t& at) {
  UChar32 c = 0;
  U8_NEXT(text.data(), at, static_cast<std::int32_t>(text.size()), c);
  return c;
}

int WidthOf(UChar32 c) {
  if (c < 0) return 1;
  const auto type = static_cast<UCharCategory>(u_charType(c));
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
}

// Characters that reorder what stands around them: a text could pass for another.
bool ChangesDirection(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

std::string Clean(absl::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    const std::int32_t start = at;
    const UChar32 c = Next(text, at);
    if (c < 0 || ChangesDirection(c)) {
      out += kReplacement;
    } else if (c == '\n' && keep_lines) {
      out += '\n';
    } else if (u_iscntrl(c)) {
      out += ' ';
    } else {
      out.append(text.data() + start, static_cast<std::size_t>(at - start));
    }
  }
  return out;
}

// Bytes of the longest prefix of at most `width` columns.
std::size_t PrefixBytes(absl::string_view text, int width) {
  int used = 0;
  std::int32_t at = 0;
  while (at < static_cast<std::int32_t>(text.size())) {
    std::int32_t after = at;
    used += WidthOf(Next(text, after));
    if (used > width) break;
    at = after;
  }
  return static_cast<std::size_t>(at);
}

// French typography sets a space inside « » and before : ; ! ? — no line ends there, even where the
// author typed a plain space.
bool MayBreakAt(absl::string_view line, std::size_t space) {
  const absl::string_view after = line.substr(space + 1);
  for (const char* closing : {"»", ":", ";", "!", "?"}) {
    if (absl::StartsWith(after, closing)) return false;
  }
  return !absl::EndsWith(line.substr(0, space), "«");
}

// The last space of the first `bytes` + 1 bytes where the line may end, else the first one after;
// npos when there is none. Never one of the leading spaces.
std::size_t BreakOf(absl::string_view line, std::size_t lead, std::size_t bytes) {
  for (std::size_t at = line.substr(0, bytes + 1).rfind(' ');
       at != absl::string_view::npos && at > lead; at = line.substr(0, at).rfind(' ')) {
    if (MayBreakAt(line, at)) return at;
  }
  for (std::size_t at = line.find(' ', std::max(lead, bytes)); at != absl::string_view::npos;
       at = line.find(' ', at + 1)) {
    if (MayBreakAt(line, at)) return at;
  }
  return absl::string_view::npos;
}

// Where the rest of a line goes on: under its second column (two spaces part columns) when that
// leaves half of the width, else two more than its own indent.
std::size_t HangOf(absl::string_view line, std::size_t lead, std::size_t width) {
  const std::size_t gap = line.find("  ", lead);
  if (gap != absl::string_view::npos) {
    const std::size_t column = std::min(line.find_first_not_of(' ', gap), line.size());
    const auto columns = static_cast<std::size_t>(DisplayWidth(line.substr(0, column)));
    if (columns <= width / 2) return columns;
  }
  return std::min(lead + 2, width / 2);
}

void FitLine(absl::string_view line, int width, std::string* out) {
  const std::size_t lead = std::min(line.find_first_not_of(' '), line.size());
  const std::string hang(HangOf(line, lead, static_cast<std::size_t>(width)), ' ');
  std::string rest(line);
  std::size_t indent = lead;
  while (DisplayWidth(rest) > width) {
    const std::size_t at = BreakOf(rest, indent, PrefixBytes(rest, width));
    if (at == absl::string_view::npos) break;
    const std::size_t end = rest.find_last_not_of(' ', at);
    absl::StrAppend(out, rest.substr(0, end + 1), "\n");
    const std::size_t next = rest.find_first_not_of(' ', at);
    if (next == std::string::npos) return;
    rest = absl::StrCat(hang, rest.substr(next));
    indent = hang.size();
  }
  *out += rest;
}

}  // namespace

std::string Printable(absl::string_view text) { return Clean(text, true); }

std::string PrintableLine(absl::string_view text) { return Clean(text, false); }

std::size_t FirstNotUtf8(absl::string_view text) {
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    const std::int32_t start = at;
    if (Next(text, at) < 0) return static_cast<std::size_t>(start);
  }
  return absl::string_view::npos;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(text.size());) {
    width += WidthOf(Next(text, at));
  }
  return width;
}

std::string Ellipsize(absl::string_view text, int width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  return absl::StrCat(text.substr(0, PrefixBytes(text, std::max(width - 1, 0))), "…");
}

std::vector<std::string> Wrap(absl::string_view text, int width) {
  width = std::max(width, 2);
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    absl::string_view line = text.substr(0, newline);
    std::size_t taken = line.size();
    if (DisplayWidth(line) > width) {
      taken = PrefixBytes(line, width);
      // A line that ends just before a space is whole; otherwise go back to the last one.
      std::size_t space = line.substr(0, taken + 1).rfind(' ');
      while (space != absl::string_view::npos && space > 0 && !MayBreakAt(line, space)) {
        space = line.substr(0, space).rfind(' ');
      }
      if (space != absl::string_view::npos && space > 0) taken = space;
    }
    lines.emplace_back(line.substr(0, taken));
    text.remove_prefix(taken);
    if (!text.empty() && text.front() == '\n') {
      text.remove_prefix(1);
    } else {
      while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    }
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

std::string FitLines(absl::string_view text, int width) {
  std::string out;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    FitLine(text.substr(0, newline), width, &out);
    if (newline == absl::string_view::npos) break;
    out += '\n';
    text.remove_prefix(newline + 1);
  }
  return out;
}

std::string PadRight(absl::string_view text, int width) {
  return absl::StrCat(text, std::string(std::max(width - DisplayWidth(text), 0), ' '));
}

std::string PadLeft(absl::string_view text, int width) {
  return absl::StrCat(std::string(std::max(width - DisplayWidth(text), 0), ' '), text);
}

int TerminalWidth(int fd) {
  winsize size{};
  if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::max<int>(size.ws_col, kWidthMin);
  }
  int columns = 0;
  const char* given = std::getenv("COLUMNS");
  if (given == nullptr || !absl::SimpleAtoi(given, &columns) || columns <= 0) return kWidthDefault;
  return std::clamp(columns, kWidthMin, 1000);
}

}  // namespace greffe::cli
