#include "core/reader/gutter.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"
#include "core/base/utf8.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kBlanks = 2;          // Of the gutter, on every line.
constexpr std::size_t kBothLeast = 5;       // Lines that fill both columns.
constexpr std::size_t kStretchLines = 400;  // A longer stretch goes on as another one.
constexpr std::size_t kLineBytes = 2'000;   // A longer line has no layout.
constexpr std::size_t kLeftLeast = 20;      // Characters; a narrower left column is one of labels.
constexpr std::size_t kWordsLeast = 3;      // On average in a piece of prose.

// A line with the byte where each of its characters starts.
struct Layout {
  absl::string_view text;
  std::vector<uint32_t> at;  // One more than its characters: the end.
  bool usable = false;

  std::size_t Size() const { return at.size() - 1; }
  char CharAt(std::size_t column) const { return text[at[column]]; }
};

Layout LayoutOf(absl::string_view line) {
  Layout layout;
  line = absl::StripTrailingAsciiWhitespace(line);
  layout.text = line;
  layout.usable = line.size() <= kLineBytes && line.find_first_of("\t|<") == line.npos;
  if (layout.usable) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!ContinuesCharacter(line[i])) layout.at.push_back(static_cast<uint32_t>(i));
    }
  }
  layout.at.push_back(static_cast<uint32_t>(line.size()));
  return layout;
}

// What one line holds at a gutter that ends before column `right`.
enum class Fit { kNot, kBlank, kLeft, kRight, kBoth };

Fit FitOf(const Layout& line, std::size_t right) {
  if (line.text.empty()) return Fit::kBlank;
  if (!line.usable) return Fit::kNot;
  if (line.Size() + kBlanks <= right) return Fit::kLeft;
  if (line.Size() <= right) return Fit::kNot;
  for (std::size_t column = right - kBlanks; column < right; ++column) {
    if (line.CharAt(column) != ' ') return Fit::kNot;
  }
  const absl::string_view left = line.text.substr(0, line.at[right]);
  const bool filled = !absl::StripAsciiWhitespace(left).empty();
  if (!filled) return Fit::kRight;
  return Fit::kBoth;
}

// Where the right column may start: after the widest gap of the line.
std::size_t RightOf(const Layout& line) {
  if (!line.usable) return 0;
  std::size_t best = 0;
  std::size_t widest = 0;
  std::size_t gap = 0;
  bool words = false;
  for (std::size_t column = 0; column < line.Size(); ++column) {
    if (line.CharAt(column) == ' ') {
      ++gap;
      continue;
    }
    if (words && gap >= kBlanks && gap >= widest && column >= kLeftLeast) {
      widest = gap;
      best = column;
    }
    gap = 0;
    words = true;
  }
  return best;
}

// Pieces of one column: prose has words in each, and most go on with the one above.
struct Side {
  std::size_t pieces = 0;
  std::size_t words = 0;
  std::size_t small = 0;

  void Add(absl::string_view text) {
    ++pieces;
    words += Words(text).size();
    small += StartsLower(text) ? 1 : 0;
  }
  // Two lines in five start small: paragraphs, not cells.
  bool IsProse() const { return words >= pieces * kWordsLeast && small * 5 >= pieces * 2; }
};

class GutterFinder {
 public:
  GutterFinder(const Document& document, const std::vector<LineUse>& uses) : uses_(uses) {
    for (const std::string& line : document.lines) lines_.push_back(LayoutOf(line));
  }

  GutterRuns Find() const {
    GutterRuns runs;
    for (std::size_t at = 0; at < lines_.size();) {
      std::size_t looked = 0;
      GutterRun run = RunAt(at, &looked);
      if (run.end == 0) {
        // Half of a stretch that is no prose is left behind, so that the whole is looked at twice
        // at most, whatever the document holds.
        at += std::max<std::size_t>(1, looked / 2);
        continue;
      }
      const std::size_t end = run.end;
      runs.emplace(at, std::move(run));
      at = end;
    }
    return runs;
  }

 private:
  bool Free(std::size_t at) const {
    return uses_[at] == LineUse::kUnread || uses_[at] == LineUse::kBlank;
  }

  // The stretch that starts at a line with both columns, at its gutter. Where it is long enough but
  // no prose, `looked` is its number of lines.
  GutterRun RunAt(std::size_t at, std::size_t* looked) const {
    GutterRun run;
    if (uses_[at] != LineUse::kUnread) return run;
    const std::size_t right = RightOf(lines_[at]);
    if (right == 0 || FitOf(lines_[at], right) != Fit::kBoth) return run;
    std::size_t both = 0;
    Side left_side;
    Side right_side;
    std::size_t end = at;
    for (std::size_t i = at; i < lines_.size() && i < at + kStretchLines && Free(i); ++i) {
      const Layout& line = lines_[i];
      const Fit fit = FitOf(line, right);
      if (fit == Fit::kNot) break;
      const bool has_left = fit == Fit::kLeft || fit == Fit::kBoth;
      const bool has_right = fit == Fit::kRight || fit == Fit::kBoth;
      const std::size_t cut = has_right ? line.at[right] : line.text.size();
      run.left.push_back({i, has_left ? Piece(line.text.substr(0, cut)) : ""});
      run.right.push_back({i, has_right ? Piece(line.text.substr(cut)) : ""});
      if (fit == Fit::kBoth) {
        ++both;
        left_side.Add(run.left.back().text);
        right_side.Add(run.right.back().text);
        end = i + 1;
      } else if (has_right || (has_left && end == i)) {
        end = i + 1;  // One column ends before the other.
      }
    }
    if (both < kBothLeast) return {};
    if (!left_side.IsProse() || !right_side.IsProse()) {
      *looked = run.left.size();
      return {};
    }
    // What stands below a gap on the left only is of the page's width.
    while (!run.left.empty() && run.left.back().at >= end) {
      run.left.pop_back();
      run.right.pop_back();
    }
    run.end = end;
    return run;
  }

  static std::string Piece(absl::string_view text) {
    return std::string(absl::StripAsciiWhitespace(text));
  }

  const std::vector<LineUse>& uses_;
  std::vector<Layout> lines_;
};

}  // namespace

GutterRuns FindGutters(const Document& document, const std::vector<LineUse>& uses) {
  return GutterFinder(document, uses).Find();
}

}  // namespace greffe::reader
