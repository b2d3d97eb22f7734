#include "core/convention/text/word_runs.h"

#include <cstdint>

#include "absl/strings/str_join.h"
#include "core/base/amount_words.h"
#include "core/base/digits.h"

namespace greffe {
namespace {

using Tokens = std::vector<absl::string_view>;

// Beyond this a comparison word by word costs more than it tells: one run holds all.
constexpr std::size_t kComparedWords = 10000;
// Words added to a run until it stands in its alinéa once; beyond, the alinéa is named as a whole.
// Bounds the work on texts made of one word.
constexpr int kExtensions = 64;
// A run of more than half an alinéa of some length reads better as a new alinéa.
constexpr std::size_t kLongRun = 12;
// Words that stand between two changes, each said by itself. With fewer, one sentence reads better.
constexpr std::size_t kWordsApart = 3;
// Of one alinéa; with more, nobody sees any more what it becomes.
constexpr std::size_t kRunsApart = 4;

bool IsBlankByte(char c) { return c == ' ' || c == '\t'; }

// Marks that stand against the word before them.
bool IsClosing(char c) { return absl::string_view(".,;:!?)").find(c) != absl::string_view::npos; }

bool HasWord(absl::string_view text) {
  return !std::all_of(text.begin(), text.end(),
                      [](char c) { return IsBlankByte(c) || IsClosing(c); });
}

// A word, or an amount, with the blanks before it; each mark that closes it by itself.
Tokens TokensOf(absl::string_view text) {
  Tokens out;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t word = start;
    while (word < text.size() && IsBlankByte(text[word])) ++word;
    const std::size_t end = WordEnd(text, word, " \t");
    std::size_t marks = end;
    while (marks > word && IsClosing(text[marks - 1])) --marks;
    if (marks == word) marks = end;
    out.push_back(text.substr(start, marks - start));
    for (; marks < end; ++marks) out.push_back(text.substr(marks, 1));
    start = end;
  }
  return out;
}

std::string Joined(const Tokens& tokens, std::size_t from, std::size_t to) {
  const std::string all = absl::StrJoin(tokens.begin() + static_cast<std::ptrdiff_t>(from),
                                        tokens.begin() + static_cast<std::ptrdiff_t>(to), "");
  return all.substr(std::min(all.size(), all.find_first_not_of(" \t")));
}

// True when the words stand in the text once, as whole words.
bool StandsOnce(const std::string& text, const std::string& words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
    if (IsWordEdge(text, at) && IsWordEdge(text, at + words.size())) ++count;
  }
  return count == 1;
}

// Two texts in words, of which hunks become runs.
class RunFinder final {
 public:
  RunFinder(const std::string& before, const std::string& after)
      : text_(before), before_(TokensOf(before)), after_(TokensOf(after)) {}

  // All differences in one.
  Hunk Whole() const {
    const SameEnds ends = WordEnds(before_, after_);
    return {ends.head, before_.size() - ends.tail, ends.head, after_.size() - ends.tail};
  }

  // Differences that enough words stand between; Whole() alone when they cost too much to tell.
  std::vector<Hunk> Apart() const {
    const Hunk whole = Whole();
    const std::size_t rows = whole.old_to - whole.old_from;
    const std::size_t columns = whole.new_to - whole.new_from;
    if (rows * columns > kComparedWords) return {whole};
    std::vector<Hunk> out;
    for (Hunk one : HunksOf(rows, columns, [&](std::size_t r, std::size_t c) {
           return before_[whole.old_from + r] == after_[whole.new_from + c];
         })) {
      one = {one.old_from + whole.old_from, one.old_to + whole.old_from,
             one.new_from + whole.new_from, one.new_to + whole.new_from};
      if (!out.empty() && WordsIn(out.back().old_to, one.old_from) < kWordsApart) {
        out.back().old_to = one.old_to;
        out.back().new_to = one.new_to;
      } else {
        out.push_back(one);
      }
    }
    return out;
  }

  // Makes each hunk readable and plain to find, by words before it, else after it; those that meet
  // become one. False when one cannot be.
  bool Settle(std::vector<Hunk>* hunks) const {
    std::vector<Hunk> out;
    int extensions = 0;
    for (std::size_t i = 0; i < hunks->size(); ++i) {
      Hunk one = (*hunks)[i];
      const std::size_t limit = i + 1 < hunks->size() ? (*hunks)[i + 1].old_from : before_.size();
      while (!IsReadable(one)) {
        if (++extensions > kExtensions) return false;
        if (!out.empty() && out.back().old_to == one.old_from) {
          one.old_from = out.back().old_from;
          one.new_from = out.back().new_from;
          out.pop_back();
        } else if (one.old_from > 0) {
          --one.old_from;
          --one.new_from;
        } else if (one.old_to < limit) {
          ++one.old_to;
          ++one.new_to;
        } else {
          return false;
        }
      }
      out.push_back(one);
    }
    *hunks = std::move(out);
    return true;
  }

  WordRun RunOf(const Hunk& hunk) const {
    return {Joined(before_, hunk.old_from, hunk.old_to),
            Joined(after_, hunk.new_from, hunk.new_to)};
  }

  bool IsMost(const std::vector<Hunk>& hunks) const {
    std::size_t changed = 0;
    for (const Hunk& one : hunks) changed += WordsIn(one.old_from, one.old_to);
    const std::size_t all = WordsIn(0, before_.size());
    return changed == all || (changed > kLongRun && 2 * changed > all);
  }

 private:
  std::size_t WordsIn(std::size_t from, std::size_t to) const {
    return static_cast<std::size_t>(
        std::count_if(before_.begin() + static_cast<std::ptrdiff_t>(from),
                      before_.begin() + static_cast<std::ptrdiff_t>(to), HasWord));
  }

  // At a blank or at the beginning: a mark does not leave its word, nor come to another.
  static bool Begins(const Tokens& tokens, std::size_t from, std::size_t to) {
    return from == 0 || from == to || IsBlankByte(tokens[from].front());
  }

  bool IsReadable(const Hunk& hunk) const {
    if (!Begins(before_, hunk.old_from, hunk.old_to)) return false;
    if (!Begins(after_, hunk.new_from, hunk.new_to)) return false;
    const WordRun run = RunOf(hunk);
    if (!HasWord(run.old_text)) return false;
    // « l'annexe 2 »: a bare number says nothing.
    if (hunk.old_from > 0 && AllDigits(run.old_text)) return false;
    return StandsOnce(text_, run.old_text);
  }

  const std::string& text_;
  Tokens before_;
  Tokens after_;
};

}  // namespace

SameEnds WordEnds(const std::vector<absl::string_view>& before,
                  const std::vector<absl::string_view>& after) {
  const std::size_t shorter = std::min(before.size(), after.size());
  SameEnds out;
  while (out.head < shorter && before[out.head] == after[out.head]) ++out.head;
  while (out.tail < shorter - out.head &&
         before[before.size() - 1 - out.tail] == after[after.size() - 1 - out.tail]) {
    ++out.tail;
  }
  return out;
}

std::vector<Hunk> HunksOf(std::size_t rows, std::size_t columns,
                          const std::function<bool(std::size_t, std::size_t)>& same) {
  // kept(r, c): how many are common to the rest from there.
  const std::size_t width = columns + 1;
  std::vector<std::uint32_t> kept((rows + 1) * width);
  for (std::size_t r = rows; r-- > 0;) {
    for (std::size_t c = columns; c-- > 0;) {
      kept[r * width + c] = same(r, c)
                                ? kept[(r + 1) * width + c + 1] + 1
                                : std::max(kept[(r + 1) * width + c], kept[r * width + c + 1]);
    }
  }
  std::vector<Hunk> out;
  std::size_t r = 0;
  std::size_t c = 0;
  while (r < rows || c < columns) {
    if (r < rows && c < columns && same(r, c)) {
      ++r;
      ++c;
      continue;
    }
    Hunk& hunk = out.emplace_back(Hunk{r, r, c, c});
    while ((r < rows || c < columns) && !(r < rows && c < columns && same(r, c))) {
      const bool drop =
          c == columns || (r < rows && kept[(r + 1) * width + c] >= kept[r * width + c + 1]);
      drop ? ++r : ++c;
    }
    hunk.old_to = r;
    hunk.new_to = c;
  }
  return out;
}

bool IsWordEdge(absl::string_view text, std::size_t at) {
  if (at == 0 || at == text.size() || IsBlankByte(text[at - 1]) || IsBlankByte(text[at])) {
    return true;
  }
  while (at < text.size() && IsClosing(text[at])) ++at;
  return at == text.size() || IsBlankByte(text[at]);
}

WordRuns FindRuns(const std::string& before, const std::string& after, bool apart) {
  const RunFinder finder(before, after);
  std::vector<Hunk> hunks;
  if (apart) hunks = finder.Apart();
  if (hunks.size() < 2 || hunks.size() > kRunsApart || !finder.Settle(&hunks)) {
    hunks = {finder.Whole()};
    if (!finder.Settle(&hunks)) return {};
  }
  WordRuns out;
  out.most = finder.IsMost(hunks);
  for (const Hunk& one : hunks) out.runs.push_back(finder.RunOf(one));
  return out;
}

}  // namespace greffe
