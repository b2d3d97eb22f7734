#include "core/reader/draft_text.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kSlugBytes = 40;

}  // namespace

std::string CleanText(absl::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      out.push_back('\n');
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
      continue;
    }
    // U+0080 to U+009F are controls of two bytes.
    if (c == '\xC2' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      ++i;
      continue;
    }
    // What turns the direction of writing (U+202A to U+202E, U+2066 to U+2069), of three bytes.
    const absl::string_view three = absl::string_view(text).substr(i, 3);
    if ((three >= "\xE2\x80\xAA" && three <= "\xE2\x80\xAE") ||
        (three >= "\xE2\x81\xA6" && three <= "\xE2\x81\xA9")) {
      i += 2;
      continue;
    }
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7F') continue;
    out.push_back(c);
  }
  return std::string(TrimBlanks(out));
}

std::string CleanLine(absl::string_view text) {
  const std::string clean = CleanText(text);
  std::string out;
  bool gap = false;
  for (const char c : clean) {
    if (c == ' ' || c == '\t' || c == '\n') {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    out.push_back(c);
  }
  return out;
}

std::string CutLine(absl::string_view text, std::size_t characters) {
  if (CountCodePoints(text) <= characters) return std::string(text);
  std::size_t end = 0;
  std::size_t last_space = 0;
  for (std::size_t count = 0; end < text.size() && count + 1 < characters; ++count) {
    if (text[end] == ' ') last_space = end;
    ++end;
    while (end < text.size() && ContinuesCharacter(text[end])) ++end;
  }
  if (last_space > end / 2) end = last_space;
  return absl::StrCat(text.substr(0, end), "…");
}

std::vector<std::string> SplitText(absl::string_view text, std::size_t bytes) {
  std::vector<std::string> pieces;
  while (text.size() > bytes) {
    const absl::string_view head = text.substr(0, bytes);
    std::size_t end = head.rfind('\n');
    if (end == head.npos || end < bytes / 2) end = head.rfind(' ');
    if (end == head.npos || end < bytes / 2) end = WholeCharacters(text, bytes);
    if (end == 0) end = bytes;  // No UTF-8; cut anyway, so that this ends.
    pieces.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    if (!text.empty() && (text[0] == '\n' || text[0] == ' ')) text.remove_prefix(1);
  }
  if (!text.empty() || pieces.empty()) pieces.emplace_back(text);
  return pieces;
}

std::string Slug(absl::string_view text, std::size_t words) {
  std::string out;
  std::size_t count = 0;
  for (const Word& word : Words(text.substr(0, 1000))) {
    if (count == words) break;
    if (out.size() + 1 + word.folded.size() > kSlugBytes) break;
    absl::StrAppend(&out, out.empty() ? "" : "-", word.folded);
    ++count;
  }
  return out;
}

std::string IdBook::Take(absl::string_view wanted) {
  constexpr std::size_t kRoomForNumber = 6;
  std::string base(wanted.substr(0, limits::kIdCharacters - kRoomForNumber));
  while (!base.empty() && base.back() == '-') base.pop_back();
  if (base.empty()) base = "x";
  std::string id = base;
  std::size_t& n = next_[base];
  // The counter spares a search among thousands of equal wordings.
  for (n = std::max<std::size_t>(n, 1); !taken_.insert(id).second;) {
    id = absl::StrCat(base, "-", ++n);
  }
  return id;
}

}  // namespace greffe::reader
