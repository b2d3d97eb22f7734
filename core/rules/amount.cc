#include "core/rules/amount.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/base/digits.h"
#include "core/base/word_byte.h"
#include "core/rules/sentence.h"

namespace greffe::rules {
namespace {

constexpr absl::string_view kEuro = "€";

enum class Kind : std::uint8_t { kWord, kBetween, kNumber, kMoney, kStop };

struct Token {
  Kind kind;
  std::string text;
};

struct Stem {
  std::string start;
  Kind kind;
};
struct Lexicon {
  std::map<std::string, Kind, std::less<>> words;
  std::vector<Stem> stems;
};
const Lexicon& Known() {
  static const auto& lexicon = *[] {
    auto* const out = new Lexicon;
    const auto add = [out](Kind kind, absl::string_view all) {
      for (absl::string_view one : absl::StrSplit(all, '|')) {
        if (absl::ConsumeSuffix(&one, "*")) {
          out->stems.push_back({std::string(one), kind});
        } else {
          out->words.emplace(one, kind);
        }
      }
    };
#define X(kind, all) add(Kind::kind, all);
#include "core/rules/lexicon/amounts.inc"
#undef X
    return out;
  }();
  return lexicon;
}

Kind KindOf(const std::string& word) {
  const auto found = Known().words.find(word);
  if (found != Known().words.end()) return found->second;
  for (const Stem& stem : Known().stems) {
    if (absl::StartsWith(word, stem.start)) return stem.kind;
  }
  return Kind::kWord;
}

// Characters above ASCII that are no letters: blanks, quotes and dashes of French typography.
std::size_t MarkAt(absl::string_view text) {
  for (const absl::string_view one :
       {"\u00a0", "\u202f", "\u2009", "«", "»", "“", "”", "’", "–", "—", "‑", "…", "·", "•", "×"}) {
    if (absl::StartsWith(text, one)) return one.size();
  }
  return 0;
}

// Ends a phrase: but not the comma or the point of « 1 500,50 ».
bool Stops(absl::string_view text) {
  switch (text.front()) {
    case '\n':
    case ';':
    case '!':
    case '?':
      return true;
    case ',':
    case '.':
      return text.size() < 2 || !IsDigit(text[1]);
    default:
      return false;
  }
}

// The figures at the start of `text` with their commas and points.
std::size_t FiguresAt(absl::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (IsDigit(text[end]) || (end > 0 && !Stops(text.substr(end)) &&
                                                      (text[end] == ',' || text[end] == '.')))) {
    ++end;
  }
  return end;
}

std::size_t WordAt(absl::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && IsWordByte(text[end]) && !IsDigit(text[end]) &&
         !absl::StartsWith(text.substr(end), kEuro) && MarkAt(text.substr(end)) == 0) {
    ++end;
  }
  return end;
}

Token WordToken(absl::string_view word) {
  const std::vector<std::string> folded = FoldedWords(word);
  // Of no French letter: what it is counts.
  if (folded.size() != 1) return {Kind::kWord, std::string(word)};
  const Kind kind = KindOf(folded[0]);
  const bool euro = kind == Kind::kMoney && absl::StartsWith(folded[0], "eur");
  return {kind, euro ? std::string(kEuro) : folded[0]};
}

// One pass: whoever writes an event chooses the text.
std::vector<Token> TokensOf(absl::string_view text) {
  std::vector<Token> out;
  while (!text.empty()) {
    std::size_t bytes = 1;
    if (absl::StartsWith(text, kEuro)) {
      bytes = kEuro.size();
      // Of « k€ » and « M€ » the letter is the word beside it.
      out.push_back({Kind::kMoney, std::string(kEuro)});
    } else if (const std::size_t figures = FiguresAt(text); figures > 0) {
      bytes = figures;
      out.push_back({Kind::kNumber, std::string(text.substr(0, figures))});
    } else if (const std::size_t mark = MarkAt(text); mark > 0) {
      bytes = mark;
    } else if (const std::size_t word = WordAt(text); word > 0) {
      bytes = word;
      out.push_back(WordToken(text.substr(0, word)));
    } else if (Stops(text)) {
      out.push_back({Kind::kStop, ""});
    }
    text.remove_prefix(bytes);
  }
  return out;
}

bool Ends(const Token& token) { return token.kind == Kind::kStop || token.kind == Kind::kMoney; }

// How many tokens from the one beside a word of money, in the order given, belong to its amount:
// the first word and the numbers there, with what stands between them.
template <typename Iterator>
std::size_t Reach(Iterator first, Iterator last) {
  std::size_t reach = 0;
  bool beside = true;
  for (Iterator it = first; it != last && !Ends(*it); ++it) {
    const auto here = static_cast<std::size_t>(it - first) + 1;
    if (it->kind == Kind::kBetween) continue;
    if (it->kind != Kind::kNumber && !beside) break;
    reach = here;
    beside = false;
  }
  return reach;
}

// Figures parted by blanks are one number.
std::string Joined(const Token* from, const Token* to) {
  std::string out;
  for (const Token* one = from; one != to; ++one) {
    const bool goes_on = one != from && IsDigit(one->text.front()) && IsDigit(out.back());
    absl::StrAppend(&out, out.empty() || goes_on ? "" : " ", one->text);
  }
  return out;
}

}  // namespace

std::vector<std::string> AmountsIn(absl::string_view text) {
  const std::vector<Token> tokens = TokensOf(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::kMoney) continue;
    const auto here = tokens.begin() + static_cast<std::ptrdiff_t>(i);
    const std::size_t before = Reach(std::make_reverse_iterator(here), tokens.rend());
    const std::size_t after = Reach(here + 1, tokens.end());
    const Token* const money = tokens.data() + i;
    out.push_back(absl::StrCat(Joined(money - before, money), " ", money->text, " ",
                               Joined(money + 1, money + 1 + after)));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace greffe::rules
