#include "core/reader/plan_ref.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "core/reader/fold.h"
#include "core/reader/heading.h"

namespace greffe::reader {
namespace {

constexpr std::size_t kRefLevels = 5;
constexpr std::size_t kRefBytes = 40;

bool IsOpening(absl::string_view word) {
  return word == "action" || word == "actions" || word == "fiche" || word == "axe" ||
         word == "objectif" || word == "n" || word == "no" || word == "orientation" ||
         word == "operationnel" || word == "strategique" || word == "numero" || word == "mesure";
}

}  // namespace

std::vector<std::string> RefParts(absl::string_view text) {
  if (text.size() > kRefBytes) return {};
  std::vector<Word> words = Words(text);
  std::size_t at = 0;
  while (at + 1 < words.size() && IsOpening(words[at].folded)) ++at;
  std::vector<std::string> parts;
  for (; at < words.size(); ++at) {
    if (parts.size() >= kRefLevels) return {};
    const Word& word = words[at];
    if (!parts.empty()) {
      const absl::string_view between =
          text.substr(words[at - 1].end, word.begin - words[at - 1].end);
      if (between.find_first_of(",;:/()") != absl::string_view::npos) return {};
      const bool suffix = between.empty() && word.folded.size() <= 3 && !word.number;
      if (suffix) {  // « 3a », « 3 bis »
        parts.back() += absl::AsciiStrToUpper(word.folded);
        continue;
      }
    }
    // « PE1 »: a code of capitals glued to its number is one element with it.
    const bool glued_next =
        at + 1 < words.size() && words[at + 1].number && words[at + 1].begin == word.end;
    if (word.all_capital && word.folded.size() <= 3 && glued_next && RomanValue(word.folded) == 0) {
      parts.push_back(absl::AsciiStrToUpper(word.folded) + words[at + 1].folded);
      ++at;
      continue;
    }
    const bool number = word.number && word.folded.size() <= 3;
    const bool letters = !word.number && (word.folded.size() == 1 || RomanValue(word.folded) > 0) &&
                         (word.capital || !parts.empty() || words.size() > 1);
    if (!number && !letters) return {};
    parts.push_back(absl::AsciiStrToUpper(word.folded));
  }
  return parts;
}

std::string PrintedRef(absl::string_view text) {
  if (RefParts(text).empty()) return {};
  const std::vector<Word> words = Words(text);
  std::size_t at = 0;
  while (at + 1 < words.size() && IsOpening(words[at].folded)) ++at;
  std::string printed;
  for (const char c : text.substr(words[at].begin, words.back().end - words[at].begin)) {
    if (c != ' ' && c != '\t') printed += c;
  }
  return absl::StrReplaceAll(printed, {{"\u00A0", ""}, {"\u202F", ""}});
}

std::string CanonicalRef(absl::string_view text) { return absl::StrJoin(RefParts(text), "."); }

Numbering NumberingOf(absl::string_view part) {
  if (part.empty()) return Numbering::kNone;
  if (absl::ascii_isdigit(static_cast<unsigned char>(part[0]))) return Numbering::kDigit;
  if (RomanValue(part) > 0) return Numbering::kRoman;
  return part.size() == 1 ? Numbering::kLetter : Numbering::kNone;
}

Numbering RefScheme::Level::Style() const {
  if (digit >= roman && digit >= letter) return Numbering::kDigit;
  return roman > 0 ? Numbering::kRoman : Numbering::kLetter;
}

void RefScheme::Learn(const std::vector<std::string>& parts) {
  if (parts.size() < 2) return;
  if (levels_.size() < parts.size()) levels_.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    switch (NumberingOf(parts[i])) {
      case Numbering::kDigit:
        ++levels_[i].digit;
        break;
      case Numbering::kRoman:  // « I » is a letter as well: sure Romans have two letters.
        (parts[i].size() > 1 ? levels_[i].roman : levels_[i].letter) += 1;
        break;
      case Numbering::kLetter:
        ++levels_[i].letter;
        break;
      case Numbering::kNone:
        break;
    }
  }
}

int RefScheme::LevelOf(const std::vector<std::string>& parts) const {
  if (parts.empty() || levels_.empty() || parts.size() > levels_.size()) return -1;
  if (parts.size() > 1) return static_cast<int>(parts.size()) - 1;
  const Numbering style = NumberingOf(parts[0]);
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    const Numbering want = levels_[level].Style();
    if (style == want) return static_cast<int>(level);
    // « I » and « V » stand for letters where a level has letters.
    if (want == Numbering::kLetter && style == Numbering::kRoman && parts[0].size() == 1) {
      const bool roman_above =
          std::any_of(levels_.begin(), levels_.begin() + static_cast<std::ptrdiff_t>(level),
                      [](const Level& each) { return each.Style() == Numbering::kRoman; });
      if (!roman_above) return static_cast<int>(level);
    }
  }
  return -1;
}

}  // namespace greffe::reader
