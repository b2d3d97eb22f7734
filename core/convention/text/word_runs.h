#ifndef GREFFE_CORE_CONVENTION_TEXT_WORD_RUNS_H_
#define GREFFE_CORE_CONVENTION_TEXT_WORD_RUNS_H_

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

// Which words of a text an avenant replaces (domain.md section 7.6). Private to core/convention.
// Pure; thread safe.
namespace greffe {

// How many words two texts have in common at their beginnings, and at their ends after that.
struct SameEnds {
  std::size_t head = 0;
  std::size_t tail = 0;
};
SameEnds WordEnds(const std::vector<absl::string_view>& before,
                  const std::vector<absl::string_view>& after);

// Of two lists, [old_from, old_to) is replaced by [new_from, new_to); one of them may be empty.
struct Hunk {
  std::size_t old_from = 0;
  std::size_t old_to = 0;
  std::size_t new_from = 0;
  std::size_t new_to = 0;
};
// What is not in a longest common subsequence of the two, in order: time and memory are `rows`
// times `columns`. `same` tells whether the r-th of one is the c-th of the other.
std::vector<Hunk> HunksOf(std::size_t rows, std::size_t columns,
                          const std::function<bool(std::size_t, std::size_t)>& same);

// True where a word of `text` may begin or end: at a blank, at the ends, and between a word and the
// marks that close it, « an | . ».
bool IsWordEdge(absl::string_view text, std::size_t at);

struct WordRun {
  std::string old_text;
  // Empty: the words are taken out.
  std::string new_text;
};
struct WordRuns {
  // In the order of the text; empty when nothing is to be said by words.
  std::vector<WordRun> runs;
  // All words, or more than half of a long text: it reads better written anew.
  bool most = false;
};
// Runs of whole words that make `before` into `after` when each, which stands in `before` once, is
// replaced. One run holds all differences; `apart`, several do where enough words stand unchanged
// between them, when these are not too many to be read one by one.
WordRuns FindRuns(const std::string& before, const std::string& after, bool apart);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_WORD_RUNS_H_
