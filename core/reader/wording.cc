#include "core/reader/wording.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/reader/letters.h"

namespace greffe::reader {
namespace {

// A document of a thousand sheets names its axis in each; of more, the first say enough.
constexpr std::size_t kPlacesMost = 2'000;
constexpr std::size_t kWordingsMost = 100;  // Of one title.

}  // namespace

Text MakeText(std::string text, Lines lines, uint32_t confidence) {
  Text made;
  made.text = std::move(text);
  made.source.lines.push_back(lines);
  made.source.confidence = confidence;
  return made;
}

void AddBelow(absl::string_view text, const std::vector<Lines>& lines, Text* to) {
  absl::StrAppend(&to->text, to->text.empty() ? "" : "\n", text);
  to->source.lines.insert(to->source.lines.end(), lines.begin(), lines.end());
}

void AddLines(const Source& from, Source* to) {
  for (const Lines& lines : from.lines) {
    if (to->lines.size() >= kPlacesMost) return;
    if (std::find(to->lines.begin(), to->lines.end(), lines) == to->lines.end()) {
      to->lines.push_back(lines);
    }
  }
}

void AddWording(Text again, Text* title, std::vector<Text>* aliases) {
  if (again.text.empty()) return;
  if (title->text.empty()) {
    *title = std::move(again);
    return;
  }
  // Word by word: « 2ème » and « 2 ème » are two wordings, each traced to its place.
  const std::vector<std::string> words = PlainWords(again.text);
  if (words == PlainWords(title->text)) {
    AddLines(again.source, &title->source);
    return;
  }
  for (Text& alias : *aliases) {
    if (PlainWords(alias.text) != words) continue;
    AddLines(again.source, &alias.source);
    return;
  }
  if (aliases->size() < kWordingsMost) aliases->push_back(std::move(again));
}

}  // namespace greffe::reader
