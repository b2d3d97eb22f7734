#include "core/reader/segments.h"

#include "absl/strings/str_cat.h"
#include "core/base/utf8.h"
#include "core/reader/bullets.h"
#include "core/reader/letters.h"
#include "core/reader/markup.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kGap = 2;               // Spaces that hold two columns apart.
constexpr std::size_t kSegmentBytes = 4'000;  // A longer line is prose.

}  // namespace

std::vector<Segment> SegmentsOf(absl::string_view line) {
  std::vector<Segment> segments;
  if (line.size() > kSegmentBytes || line.find_first_of("\t|") != line.npos || HasBlockTag(line))
    return segments;
  std::size_t place = 0;
  std::size_t spaces = kGap;
  for (std::size_t byte = 0; byte < line.size(); ++byte) {
    const char c = line[byte];
    if (c == ' ') {
      ++spaces;
      ++place;
      continue;
    }
    // A bullet belongs to what follows it.
    const bool bullet = spaces >= kGap && !segments.empty() && !HasWords(segments.back().text) &&
                        BulletHere(line.substr(byte)).empty() &&
                        BulletOf(absl::StrCat(segments.back().text, " ")).bytes > 0;
    if (segments.empty() || (spaces >= kGap && !bullet)) {
      segments.push_back({.place = place, .end = place, .text = {}});
    } else if (spaces > 0) {
      segments.back().text += ' ';
    }
    segments.back().text += c;
    spaces = 0;
    place += ContinuesCharacter(c) ? 0 : 1;
    segments.back().end = place;
  }
  return segments;
}

}  // namespace greffe::reader
