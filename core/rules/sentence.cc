#include "core/rules/sentence.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "core/base/utf8.h"

namespace greffe::rules {
namespace {

// Letters of French outside ASCII, and what they read as without accent.
constexpr struct {
  absl::string_view letter;
  absl::string_view plain;
} kLetters[] = {
    {"à", "a"}, {"â", "a"}, {"ä", "a"}, {"é", "e"}, {"è", "e"},  {"ê", "e"},  {"ë", "e"},
    {"î", "i"}, {"ï", "i"}, {"ô", "o"}, {"ö", "o"}, {"ù", "u"},  {"û", "u"},  {"ü", "u"},
    {"ç", "c"}, {"ÿ", "y"}, {"À", "a"}, {"Â", "a"}, {"É", "e"},  {"È", "e"},  {"Ê", "e"},
    {"Ë", "e"}, {"Î", "i"}, {"Ï", "i"}, {"Ô", "o"}, {"Ù", "u"},  {"Û", "u"},  {"Ü", "u"},
    {"Ç", "c"}, {"Ä", "a"}, {"Ö", "o"}, {"Ÿ", "y"}, {"œ", "oe"}, {"Œ", "oe"}, {"æ", "ae"},
};

// The letter at the start of `text`, without accent; empty when it is no letter.
absl::string_view LetterAt(absl::string_view text, std::size_t* bytes, char* lower) {
  const auto first = static_cast<unsigned char>(text.front());
  *bytes = 1;
  if (first < 0x80) {
    if (!absl::ascii_isalnum(first)) return "";
    *lower = absl::ascii_tolower(first);
    return absl::string_view(lower, 1);
  }
  while (*bytes < text.size() && ContinuesCharacter(text[*bytes])) {
    ++*bytes;
  }
  for (const auto& one : kLetters) {
    if (text.substr(0, *bytes) == one.letter) return one.plain;
  }
  return "";
}

bool IsEnd(char c) { return c == '.' || c == ';' || c == '!' || c == '?'; }

bool IsOneOf(absl::string_view word, absl::string_view alternatives) {
  for (absl::string_view one : absl::StrSplit(alternatives, '|')) {
    const bool stem = absl::ConsumeSuffix(&one, "*");
    if (stem ? absl::StartsWith(word, one) : word == one) return true;
  }
  return false;
}

bool MatchesFrom(std::span<const std::string> words, const WordPattern& pattern, std::size_t step,
                 std::size_t at) {
  if (step == pattern.steps.size()) return true;
  const std::size_t end = std::min(words.size(), at + pattern.gap + 1);
  for (std::size_t i = at; i < end; ++i) {
    if (IsOneOf(words[i], pattern.steps[step]) && MatchesFrom(words, pattern, step + 1, i + 1)) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<absl::string_view> Sentences(absl::string_view text) {
  std::vector<absl::string_view> out;
  const auto add = [&out](absl::string_view sentence) {
    sentence = absl::StripAsciiWhitespace(sentence);
    if (!sentence.empty()) out.push_back(sentence);
  };
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool last = i + 1 == text.size();
    if (text[i] != '\n' && !(IsEnd(text[i]) && (last || absl::ascii_isspace(text[i + 1])))) {
      continue;
    }
    add(text.substr(start, i + 1 - start));
    start = i + 1;
  }
  add(text.substr(start));
  return out;
}

std::vector<std::string> FoldedWords(absl::string_view sentence) {
  std::vector<std::string> out;
  bool inside = false;
  while (!sentence.empty()) {
    std::size_t bytes = 0;
    char lower = 0;
    const absl::string_view letter = LetterAt(sentence, &bytes, &lower);
    if (!letter.empty()) {
      if (!inside) out.emplace_back();
      out.back().append(letter.data(), letter.size());
    }
    // « n° » is a number, not the « n' » of a negation.
    if (inside && out.back() == "n" && absl::StartsWith(sentence, "°")) out.back() = "numero";
    inside = !letter.empty();
    sentence.remove_prefix(bytes);
  }
  return out;
}

bool Matches(std::span<const std::string> words, const WordPattern& pattern) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (IsOneOf(words[i], pattern.steps[0]) && MatchesFrom(words, pattern, 1, i + 1)) {
      return true;
    }
  }
  return false;
}

bool HasWord(std::span<const std::string> words, absl::string_view alternatives) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return IsOneOf(word, alternatives); });
}

}  // namespace greffe::rules
