#include "core/rules/clause.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "core/base/utf8.h"
#include "core/rules/sentence.h"

namespace greffe::rules {
namespace {

constexpr std::size_t kQuoteBytesMax = 400;
// « Par dénonciation. », « Résiliation de plein droit »: run-in titles.
constexpr std::size_t kWordsMin = 6;
constexpr std::size_t kQuotesMax = 8;
// The shortest passage that is taken for a sentence, not for the name of an element.
constexpr std::size_t kQuotedBytesMin = 30;

constexpr absl::string_view kOpening = "«";
constexpr absl::string_view kClosing = "»";
constexpr absl::string_view kEllipsis = "…";

// Without the blanks that French puts inside its quotation marks.
absl::string_view Trimmed(absl::string_view text) {
  constexpr absl::string_view kBlanks[] = {" ", "\u00a0", "\u202f"};
  for (bool more = true; more;) {
    more = false;
    for (const absl::string_view blank : kBlanks) {
      more = absl::ConsumePrefix(&text, blank) || more;
      more = absl::ConsumeSuffix(&text, blank) || more;
    }
  }
  return text;
}

}  // namespace

std::span<const ClauseWords> Clauses() {
  static const auto& rows = *new std::vector<ClauseWords>{
#include "core/rules/lexicon/clauses.inc"
  };
  return rows;
}

std::vector<const ClauseWords*> ClausesFor(absl::string_view rule, absl::string_view said) {
  std::vector<const ClauseWords*> out;
  // Few rules have cases.
  std::optional<std::vector<std::string>> words;
  for (const ClauseWords& row : Clauses()) {
    const std::vector<absl::string_view> ids = absl::StrSplit(row.rules, '|');
    if (std::find(ids.begin(), ids.end(), rule) == ids.end()) continue;
    if (!row.about.empty()) {
      if (!words.has_value()) words = FoldedWords(said);
      if (!HasWord(*words, row.about)) continue;
    }
    out.push_back(&row);
  }
  return out;
}

std::optional<std::string> SentenceOn(const ClauseWords& clause, absl::string_view body) {
  for (const absl::string_view sentence : Sentences(body)) {
    const std::vector<std::string> words = FoldedWords(sentence);
    if (words.size() < kWordsMin) continue;
    const bool says =
        std::all_of(clause.words.begin(), clause.words.end(),
                    [&](absl::string_view alternatives) { return HasWord(words, alternatives); });
    if (says) return Shortened(sentence, kQuoteBytesMax);
  }
  return std::nullopt;
}

std::vector<absl::string_view> QuotedIn(absl::string_view message) {
  std::vector<absl::string_view> out;
  while (out.size() < kQuotesMax) {
    const std::size_t open = message.find(kOpening);
    if (open == absl::string_view::npos) break;
    message.remove_prefix(open + kOpening.size());
    const std::size_t close = message.find(kClosing);
    if (close == absl::string_view::npos) break;
    const absl::string_view quote = Trimmed(message.substr(0, close));
    if (quote.size() >= kQuotedBytesMin) out.push_back(quote);
    message.remove_prefix(close + kClosing.size());
  }
  return out;
}

bool HasSentence(absl::string_view body, std::span<const absl::string_view> quotes) {
  if (quotes.empty()) return false;
  const std::vector<absl::string_view> sentences = Sentences(body);
  return std::any_of(quotes.begin(), quotes.end(), [&](absl::string_view quote) {
    const bool cut = absl::ConsumeSuffix(&quote, kEllipsis);
    return std::any_of(sentences.begin(), sentences.end(), [&](absl::string_view sentence) {
      return cut ? absl::StartsWith(sentence, quote) : sentence == quote;
    });
  });
}

}  // namespace greffe::rules
