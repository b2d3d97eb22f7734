#include "core/reader/label_lines.h"

#include <algorithm>
#include <cstddef>

#include "core/reader/fold.h"
#include "core/reader/labels.h"
#include "core/reader/letters.h"
#include "core/reader/markup.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kLabelLineBytes = 70;
constexpr std::size_t kLabelLineWords = 9;
constexpr int kTimesLeast = 3;

// The label before the first colon; empty when the line has none that looks like one.
absl::string_view LabelOf(absl::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == absl::string_view::npos || colon == 0 || colon > kLabelLineBytes ||
      !StartsUpper(text))
    return {};
  const absl::string_view label = TrimBlanks(text.substr(0, colon));
  const std::vector<Word> words = Words(label);
  const bool numbers =
      std::any_of(words.begin(), words.end(), [](const Word& word) { return word.number; });
  return words.empty() || words.size() > kLabelLineWords || numbers ? absl::string_view() : label;
}

}  // namespace

LabelLines::LabelLines(const Document& document, const std::vector<LineUse>& uses) {
  for (std::size_t at = 0; at < document.lines.size(); ++at) {
    const std::string& raw = document.lines[at];
    if (uses[at] != LineUse::kUnread || raw.find(':') == std::string::npos) continue;
    const std::string text = PlainText(absl::string_view(raw).substr(0, 4 * kLabelLineBytes));
    const absl::string_view label = LabelOf(text);
    if (!label.empty()) ++times_[Fold(label)];
  }
}

bool LabelLines::Opens(absl::string_view text) const {
  if (!StartsUpper(text)) return false;
  if (text.size() <= kLabelLineBytes && IsRubric(WholeLabel(text))) return true;
  const absl::string_view label = LabelOf(text);
  if (label.empty()) return false;
  if (TrimBlanks(text).back() == ':' || IsRubric(WholeLabel(label))) return true;
  const auto at = times_.find(Fold(label));
  return at != times_.end() && at->second >= kTimesLeast;
}

}  // namespace greffe::reader
