#include "core/reader/glue.h"

#include <algorithm>

#include "core/reader/fold.h"

namespace greffe::reader {
namespace {

constexpr absl::string_view kStarters[] = {
#include "core/reader/lexicon/starters.inc"
};
constexpr absl::string_view kFunctionWords[] = {
#include "core/reader/lexicon/function_words.inc"
};
constexpr absl::string_view kInstitutionWords[] = {
#include "core/reader/lexicon/institution_words.inc"
};

template <std::size_t kSize>
bool In(const absl::string_view (&words)[kSize], absl::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Depth of brackets and quotation marks before each word: nothing is cut inside them. A mark that
// never closes does not count.
class Brackets {
 public:
  explicit Brackets(absl::string_view text) {
    static constexpr absl::string_view kPairs[][2] = {
        {"(", ")"}, {"\xC2\xAB", "\xC2\xBB"}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"[", "]"}};
    for (const auto& pair : kPairs) {
      std::size_t at = 0;
      while ((at = text.find(pair[0], at)) != absl::string_view::npos) {
        const std::size_t close = text.find(pair[1], at);
        if (close == absl::string_view::npos) break;
        ranges_.push_back({at, close});
        at = close;
      }
    }
  }
  bool Holds(std::size_t at) const {
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [&](const auto& range) { return range.first < at && at < range.second; });
  }

 private:
  std::vector<std::pair<std::size_t, std::size_t>> ranges_;
};

// What stands between two words: a space only, the end of a sentence, or something that binds.
enum class Gap { kBinds, kSpace, kSentence };

Gap GapOf(absl::string_view between) {
  bool space = false;
  bool sentence = false;
  static constexpr absl::string_view kCloses[] = {
      ")", "]", "\"", "\xC2\xBB", "\xE2\x80\x9D", "%", "\xE2\x82\xAC"};
  static constexpr absl::string_view kOpens[] = {"\xC2\xAB", "\"", "\xE2\x80\x9C"};
  while (!between.empty()) {
    std::size_t size = 0;
    if (between[0] == ' ') {
      space = true;
      size = 1;
    } else if (between.substr(0, 2) == "\xC2\xA0") {
      space = true;
      size = 2;
    } else if (between[0] == '.' || between[0] == ';' || between[0] == '!' || between[0] == '?') {
      sentence = true;
      size = 1;
    }
    for (const absl::string_view mark : kCloses) {
      if (size == 0 && !space && between.substr(0, mark.size()) == mark) size = mark.size();
    }
    for (const absl::string_view mark : kCloses) {  // « (…) » with a space before it.
      if (size == 0 && between.substr(0, mark.size()) == mark) size = mark.size();
    }
    for (const absl::string_view mark : kOpens) {
      if (size == 0 && space && between.substr(0, mark.size()) == mark) size = mark.size();
    }
    if (size == 0) return Gap::kBinds;
    between.remove_prefix(size);
  }
  if (!space) return Gap::kBinds;
  return sentence ? Gap::kSentence : Gap::kSpace;
}

bool IsInfinitive(absl::string_view folded) {
  if (folded.size() < 5) return false;
  const absl::string_view end = folded.substr(folded.size() - 2);
  return end == "er" || end == "ir" || end == "re";
}

bool CutsBefore(const std::vector<Word>& words, std::size_t at, Gap gap,
                const Vocabulary& vocabulary, Cutting cutting) {
  const Word& word = words[at];
  const Word& before = words[at - 1];
  if (!word.capital || word.all_capital || word.number || gap == Gap::kBinds) return false;
  if (gap == Gap::kSpace && (In(kFunctionWords, before.folded) || before.number)) return false;
  if (gap == Gap::kSentence && before.folded.size() == 1 && before.capital) return false;
  const bool next_small = at + 1 >= words.size() || !words[at + 1].capital;
  if (In(kStarters, word.folded)) return next_small || gap == Gap::kSentence;
  if (gap == Gap::kSentence) return true;
  if (cutting == Cutting::kStarters || !next_small || at + 1 >= words.size()) return false;
  if (before.capital && !before.all_capital) return false;
  if (In(kInstitutionWords, word.folded)) return false;
  return IsInfinitive(word.folded) || vocabulary.PrintsSmall(word.folded);
}

}  // namespace

Vocabulary::Vocabulary(const std::vector<Document>& documents) {
  for (const Document& document : documents) {
    for (const std::string& line : document.lines) {
      for (Word& word : Words(line)) {
        if (!word.capital && !word.number) small_.insert(std::move(word.folded));
      }
    }
  }
}

namespace {

// « nombre de contacts ; nombre d'ateliers »: a semicolon between items, outside brackets.
std::vector<absl::string_view> CutAtSemicolons(absl::string_view text) {
  const Brackets brackets(text);
  std::vector<absl::string_view> items;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && (text[at] != ';' || brackets.Holds(at))) continue;
    const absl::string_view item = TrimBlanks(text.substr(begin, at - begin));
    if (!item.empty()) items.push_back(item);
    begin = at + 1;
  }
  return items;
}

std::vector<std::string> CutAtCapitals(absl::string_view text, const Vocabulary& vocabulary,
                                       Cutting cutting) {
  std::vector<std::string> items;
  const std::vector<Word> words = Words(text);
  const Brackets brackets(text);
  std::size_t begin = 0;
  const auto close = [&](std::size_t end) {
    const absl::string_view item = TrimBlanks(text.substr(begin, end - begin));
    if (!item.empty()) items.emplace_back(item);
    begin = end;
  };
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t from = words[i - 1].end;
    if (brackets.Holds(words[i].begin)) continue;
    const Gap gap = GapOf(text.substr(from, words[i].begin - from));
    if (!CutsBefore(words, i, gap, vocabulary, cutting)) continue;
    // An opening quotation mark goes with what it opens: cut at the last space.
    std::size_t cut = words[i].begin;
    while (cut > from && text[cut - 1] != ' ') --cut;
    close(cut);
  }
  close(text.size());
  return items;
}

}  // namespace

std::vector<std::string> CutGlued(absl::string_view text, const Vocabulary& vocabulary,
                                  Cutting cutting) {
  std::vector<std::string> items;
  for (const absl::string_view part : CutAtSemicolons(text)) {
    for (std::string& item : CutAtCapitals(part, vocabulary, cutting)) {
      items.push_back(std::move(item));
    }
  }
  return items;
}

}  // namespace greffe::reader
