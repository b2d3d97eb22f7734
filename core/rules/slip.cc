#include "core/rules/slip.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "core/base/digits.h"
#include "core/base/utf8.h"
#include "core/rules/sentence.h"

namespace greffe::rules {
namespace {

using WordList = std::span<const std::string>;

constexpr std::size_t kWordsCompared = 32;
// A longer word is compared whole.
constexpr std::size_t kLettersCompared = 40;
// What is taken of a word around the part that is changed.
constexpr std::size_t kContextBytes = 80;
constexpr std::size_t kQuoteBytes = 80;

constexpr struct {
  absl::string_view word;
  int number;
} kNumbers[] = {
#include "core/rules/lexicon/numbers.inc"
};

bool IsNumberWord(absl::string_view word) {
  return std::any_of(std::begin(kNumbers), std::end(kNumbers),
                     [&](const auto& one) { return one.word == word; });
}

bool IsOneOf(const std::string& word, absl::string_view alternatives) {
  return HasWord({&word, 1}, alternatives);
}

bool IsLittle(const std::string& word) {
  return IsOneOf(word, "le|la|les|l|de|du|des|d|a|au|aux|en|que|qu");
}

// Letters that are other, missing, too many or changed places with the next, up to `most` + 1.
std::size_t Slips(absl::string_view a, absl::string_view b, std::size_t most) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > most) return most + 1;
  // Rows of the usual table: before last, last, this.
  std::vector<std::size_t> rows[3];
  for (auto& row : rows) row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[1][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    rows[2][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t put = std::min(rows[1][j], rows[2][j - 1]) + 1;
      rows[2][j] = std::min(put, rows[1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
      }
    }
    std::swap(rows[0], rows[1]);
    std::swap(rows[1], rows[2]);
  }
  return rows[1][b.size()];
}

// Both are one word, of which at least one was written wrong.
bool IsSlip(const std::string& a, const std::string& b) {
  if (a == b) return true;
  // As durations are counted.
  if (IsOneOf(a, "an|ans|annee|annees") && IsOneOf(b, "an|ans|annee|annees")) return true;
  constexpr char kNegations[] = "ne|n|pas|ni|non|sans|sauf|aucun|aucune|jamais";
  if (IsOneOf(a, kNegations) || IsOneOf(b, kNegations)) return false;
  if (IsNumberWord(a) && IsNumberWord(b)) return false;
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer > kLettersCompared) return false;
  if (IsDigit(a[0]) || IsDigit(b[0])) return a.size() == b.size() && Slips(a, b, 1) <= 1;
  if (longer - std::min(a.size(), b.size()) > 1 && (absl::EndsWith(a, b) || absl::EndsWith(b, a))) {
    return false;
  }
  const std::size_t most = std::max<std::size_t>(1, longer / 5);
  return Slips(a, b, most) <= most;
}

// A word that may be there or not: a little one, or one that its neighbour says again.
bool IsSpare(WordList words, std::size_t at) {
  return IsLittle(words[at]) || (at > 0 && words[at - 1] == words[at]) ||
         (at + 1 < words.size() && words[at + 1] == words[at]);
}

// Whether the words are the same ones but for slips. `a` and `b` at most kWordsCompared words.
bool AreSlips(WordList a, WordList b) {
  // reached[i][j]: the first i words of a are the first j of b.
  std::vector<std::vector<bool>> reached(a.size() + 1, std::vector<bool>(b.size() + 1, false));
  reached[0][0] = true;
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (!reached[i][j]) continue;
      if (i < a.size() && IsSpare(a, i)) reached[i + 1][j] = true;
      if (j < b.size() && IsSpare(b, j)) reached[i][j + 1] = true;
      if (i == a.size() || j == b.size()) continue;
      if (IsSlip(a[i], b[j])) reached[i + 1][j + 1] = true;
      // Written together, or apart.
      if (i + 1 < a.size() && absl::StrCat(a[i], a[i + 1]) == b[j]) reached[i + 2][j + 1] = true;
      if (j + 1 < b.size() && absl::StrCat(b[j], b[j + 1]) == a[i]) reached[i + 1][j + 2] = true;
    }
  }
  return reached[a.size()][b.size()];
}

// The words that differ, with one on each side, which tells a word written twice.
std::pair<WordList, WordList> Differing(WordList a, WordList b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t head = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  head -= std::min<std::size_t>(head, 1);
  tail -= std::min<std::size_t>(tail, 1);
  return {a.subspan(head, a.size() - head - tail), b.subspan(head, b.size() - head - tail)};
}

}  // namespace

bool ReadsTheSame(absl::string_view text, absl::string_view wrong, absl::string_view right) {
  return absl::StripAsciiWhitespace(wrong) == absl::StripAsciiWhitespace(right) &&
         FoldedWords(text) == FoldedWords(absl::StrReplaceAll(text, {{wrong, right}}));
}

std::optional<Oddity> CheckSlip(absl::string_view before, absl::string_view after) {
  if (!IsOn(Rule::kAmendment)) return std::nullopt;
  const std::vector<std::string> was = FoldedWords(before);
  const std::vector<std::string> becomes = FoldedWords(after);
  const auto [a, b] = Differing(was, becomes);
  const bool few = std::max(a.size(), b.size()) <= kWordsCompared + 2;
  if (few && AreSlips(a, b)) return std::nullopt;
  const std::string old_words = Shortened(before, kQuoteBytes);
  const std::string new_words = Shortened(after, kQuoteBytes);
  return Oddity{
      Rule::kAmendment,
      "correction-of-words",
      FindingSeverityOf(RowOf(Rule::kAmendment).severity),
      {absl::StrCat("« ", new_words, " » dit autre chose que « ", old_words,
                    " » mal écrit : ce n'est pas une erreur matérielle, c'est un avenant."),
       absl::StrCat("“", new_words, "” says something else than “", old_words,
                    "” misspelt: that is no clerical error, it is an avenant.")}};
}

std::optional<Oddity> CheckSlipIn(absl::string_view text, absl::string_view wrong,
                                  absl::string_view right) {
  if (wrong.empty()) return std::nullopt;
  const auto blank = [&](std::size_t at) { return absl::ascii_isspace(text[at]); };
  // What stands around it, as often as it is the same.
  std::set<std::pair<absl::string_view, absl::string_view>> around;
  for (std::size_t at = text.find(wrong); at != absl::string_view::npos;
       at = text.find(wrong, at + wrong.size())) {
    std::size_t from = at;
    while (from > 0 && at - from < kContextBytes && !blank(from - 1)) --from;
    while (from < at && ContinuesCharacter(text[from])) ++from;
    const std::size_t end = at + wrong.size();
    std::size_t to = end;
    while (to < text.size() && to - end < kContextBytes && !blank(to)) ++to;
    while (to < text.size() && to > end && ContinuesCharacter(text[to])) --to;
    around.emplace(text.substr(from, at - from), text.substr(end, to - end));
  }
  for (const auto& [before, after] : around) {
    auto odd = CheckSlip(absl::StrCat(before, wrong, after), absl::StrCat(before, right, after));
    if (odd.has_value()) return odd;
  }
  return std::nullopt;
}

}  // namespace greffe::rules
