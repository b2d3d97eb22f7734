#include "core/rules/slip.h"

#include <algorithm>
#include <array>
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
constexpr std::size_t kSlipBytes = 80;

constexpr struct {
  absl::string_view word;
  int number;
} kNumbers[] = {
#include "core/rules/lexicon/numbers.inc"
};

// Of a word that makes numbers; 0 of any other.
int NumberOf(absl::string_view word) {
  const auto* const found = std::find_if(std::begin(kNumbers), std::end(kNumbers),
                                         [&](const auto& one) { return one.word == word; });
  return found == std::end(kNumbers) ? 0 : found->number;
}

// Marks that are read as words: « 30 % » is not 30.
constexpr std::array<std::pair<absl::string_view, absl::string_view>, 8> kMarks{{
    {"%", " pourcent "},
    {"‰", " pourmille "},
    {"²", " carre "},
    {"³", " cube "},
    {"€", " euro "},
    {"+", " plus "},
    {"−", " moins "},
    {"±", " environ "},
}};

// Between two digits, what parts them is read too: « 2,5 » is neither 25 nor 2/5.
absl::string_view WordBetweenDigits(char mark) {
  switch (mark) {
    case ',':
      return " virgule ";
    case '.':
      return " point ";
    case '/':
      return " sur ";
    case '-':
      return " jusque ";
    case ':':
      return " contre ";
    default:
      return "";
  }
}

std::vector<std::string> WordsOf(absl::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between =
        i > 0 && i + 1 < text.size() && IsDigit(text[i - 1]) && IsDigit(text[i + 1]);
    const absl::string_view word = between ? WordBetweenDigits(text[i]) : "";
    absl::StrAppend(&out, word.empty() ? text.substr(i, 1) : word);
  }
  return FoldedWords(absl::StrReplaceAll(out, kMarks));
}

bool IsOneOf(const std::string& word, absl::string_view alternatives) {
  return HasWord({&word, 1}, alternatives);
}

bool IsLittle(const std::string& word) {
  return IsOneOf(word, "le|la|les|l|de|du|des|d|a|au|aux|en");
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

// What a number counts (L-30): another number of them is another commitment.
constexpr absl::string_view kUnits =
#include "core/rules/lexicon/units.inc"
    ;

// The figure at `at` is a number of something, with its unit or decimals: « 0,8 », « 12 places »,
// and no date, no reference and no postcode.
bool IsQuantity(WordList words, std::size_t at) {
  std::size_t from = at;
  std::size_t to = at + 1;
  const auto joint = [&](std::size_t i) { return IsOneOf(words[i], "virgule|point"); };
  const auto figure = [&](std::size_t i) { return IsDigit(words[i][0]); };
  while (from >= 2 && joint(from - 1) && figure(from - 2)) from -= 2;
  while (to + 1 < words.size() && joint(to) && figure(to + 1)) to += 2;
  // « 20.06.2025 » has two marks, « article 6.2 » has no comma.
  if (to - from == 3 && words[from + 1] == "virgule") return true;
  // « 24 000 euros »: groups of three figures are one number.
  while (to < words.size() && words[to].size() == 3 && figure(to)) ++to;
  return to < words.size() && IsOneOf(words[to], kUnits);
}

// Both are one word, of which at least one was written wrong.
bool IsSlip(const std::string& a, const std::string& b) {
  if (a == b) return true;
  constexpr char kJoints[] = "virgule|point";
  if (IsOneOf(a, kJoints) && IsOneOf(b, kJoints)) return true;
  // As durations are counted.
  if (IsOneOf(a, "an|ans|annee|annees") && IsOneOf(b, "an|ans|annee|annees")) return true;
  constexpr char kNegations[] = "ne|n|pas|ni|non|sans|sauf|aucun|aucune|jamais";
  if (IsOneOf(a, kNegations) || IsOneOf(b, kNegations)) return false;
  // « un », « une » are one number, and « cent », « cents ».
  if (NumberOf(a) != NumberOf(b) && NumberOf(a) > 0 && NumberOf(b) > 0) return false;
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer > kLettersCompared) return false;
  if (IsDigit(a[0]) || IsDigit(b[0])) return a.size() == b.size() && Slips(a, b, 1) <= 1;
  if (longer - std::min(a.size(), b.size()) > 1 && (absl::EndsWith(a, b) || absl::EndsWith(b, a))) {
    return false;
  }
  const std::size_t most = std::max<std::size_t>(1, longer / 5);
  return Slips(a, b, most) <= most;
}

// A word that may be there or not: a little one, or one that the word before it has said. The first
// of the two stays: a word written twice is not one that was never written.
bool IsSpare(WordList words, std::size_t at) {
  return IsLittle(words[at]) || (at > 0 && words[at - 1] == words[at]);
}

// Both words written together. Figures are not: « 2 » and « 5 » are no 25.
bool Together(const std::string& first, const std::string& second, const std::string& both) {
  return !(IsDigit(first[0]) && IsDigit(second[0])) && absl::StrCat(first, second) == both;
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
      const bool counted = a[i] != b[j] && IsDigit(a[i][0]) && IsDigit(b[j][0]) &&
                           (IsQuantity(a, i) || IsQuantity(b, j));
      if (!counted && IsSlip(a[i], b[j])) reached[i + 1][j + 1] = true;
      // Written together, or apart.
      if (i + 1 < a.size() && Together(a[i], a[i + 1], b[j])) reached[i + 2][j + 1] = true;
      if (j + 1 < b.size() && Together(b[j], b[j + 1], a[i])) reached[i + 1][j + 2] = true;
    }
  }
  return reached[a.size()][b.size()];
}

// On each side of the words that differ: tells a word written twice, and what a figure is a part
// of.
constexpr std::size_t kAround = 3;

// The words that differ, with those around them.
std::pair<WordList, WordList> Differing(WordList a, WordList b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t head = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  head -= std::min(head, kAround);
  tail -= std::min(tail, kAround);
  return {a.subspan(head, a.size() - head - tail), b.subspan(head, b.size() - head - tail)};
}

}  // namespace

bool ReadsTheSame(absl::string_view text, absl::string_view wrong, absl::string_view right) {
  return absl::StripAsciiWhitespace(wrong) == absl::StripAsciiWhitespace(right) &&
         FoldedWords(text) == FoldedWords(absl::StrReplaceAll(text, {{wrong, right}}));
}

std::optional<Oddity> CheckSlip(absl::string_view before, absl::string_view after) {
  if (!IsOn(Rule::kAmendment)) return std::nullopt;
  const std::vector<std::string> was = WordsOf(before);
  const std::vector<std::string> becomes = WordsOf(after);
  const auto [a, b] = Differing(was, becomes);
  const bool few = std::max(a.size(), b.size()) <= kWordsCompared + 2 * kAround;
  if (few && AreSlips(a, b)) return std::nullopt;
  const std::string old_words = Shortened(before, kSlipBytes);
  const std::string new_words = Shortened(after, kSlipBytes);
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
    // What is counted: « 12 » of « 12 places ».
    if (to < text.size() && IsDigit(text[to - 1]) && text[to] == ' ') {
      ++to;
      while (to < text.size() && to - end < kContextBytes && !blank(to)) ++to;
    }
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
