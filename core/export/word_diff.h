#ifndef GREFFE_CORE_EXPORT_WORD_DIFF_H_
#define GREFFE_CORE_EXPORT_WORD_DIFF_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe {

// A stretch of text that both have, or one alone.
struct DiffRun {
  enum class Kind { kSame, kRemoved, kAdded };
  Kind kind = Kind::kSame;
  std::string text;

  friend bool operator==(const DiffRun&, const DiffRun&) = default;
};

// What turns `before` into `after`, in order: same and removed runs together are `before`, same and
// added ones `after`, byte for byte. Removed stands before added. Runs never split a word or a
// character.
//
// Words are compared by Myers' shortest edit in linear space. Its time grows with length times
// difference, so it has a budget (kWordDiffSteps); texts that need more are compared by alinéa, and
// where that is too much as well, the whole text counts as replaced. Memory is proportional to the
// texts.
//
// `budget`, when given, is what is left for several texts together: steps taken are counted off it.
std::vector<DiffRun> WordDiff(absl::string_view before, absl::string_view after,
                              long* budget = nullptr);

// Steps of the search for one text, about 0.1 s: enough for 64 KiB of text with some 2,000 changed
// words.
inline constexpr long kWordDiffSteps = 20'000'000;
// For all texts of one redline, about 1 s.
inline constexpr long kRedlineSteps = 10 * kWordDiffSteps;

}  // namespace greffe

#endif  // GREFFE_CORE_EXPORT_WORD_DIFF_H_
