#include "core/reader/funding.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "core/reader/amount.h"
#include "core/reader/fold.h"
#include "core/reader/letters.h"
#include "core/reader/sheet.h"

namespace greffe::reader {
namespace {

constexpr absl::string_view kFundingWords[] = {
#include "core/reader/lexicon/funding_words.inc"
};

bool SpeaksOfMoney(const std::vector<Word>& words) {
  return std::any_of(words.begin(), words.end(), [](const Word& word) {
    return std::find(std::begin(kFundingWords), std::end(kFundingWords), word.folded) !=
           std::end(kFundingWords);
  });
}

// Who pays: « Financement CAF : 24 K€ » names the Caf.
std::string PayerOf(absl::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == absl::string_view::npos) return "";
  const absl::string_view head = text.substr(0, colon);
  const std::vector<Word> words = Words(head);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (words[i].folded != "financement" && words[i].folded != "subvention" &&
        words[i].folded != "participation" && words[i].folded != "aide") {
      continue;
    }
    std::size_t at = i + 1;
    while (at + 1 < words.size() && words[at].folded.size() <= 3 && !words[at].capital) ++at;
    if (words[at].capital) return std::string(TrimBlanks(head.substr(words[at].begin)));
  }
  return "";
}

std::string ConditionOf(absl::string_view text) {
  const std::vector<Word> words = Words(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const absl::string_view phrase : {"sous reserve", "sous condition*", "en fonction",
                                           "a condition", "dans la limite", "selon"}) {
      if (MatchPhrase(phrase, words, i) > 0) return std::string(text.substr(words[i].begin));
    }
  }
  return "";
}

v1::FilledState StateOfItem(absl::string_view text) {
  const std::size_t colon = text.find(':');
  Entry entry;
  const absl::string_view value =
      colon == absl::string_view::npos ? text : TrimBlanks(text.substr(colon + 1));
  if (!value.empty() && value.back() == '?') return v1::FILLED_STATE_OPEN;
  if (colon == absl::string_view::npos) return v1::FILLED_STATE_FILLED;
  if (value.empty()) return v1::FILLED_STATE_BLANK;
  entry.part.text = std::string(value);
  return StateOf({entry});
}

}  // namespace

std::vector<FundingLine> ReadFunding(const std::vector<Action>& actions) {
  std::vector<FundingLine> lines;
  for (const Action& action : actions) {
    for (const Rubric& rubric : action.rubrics) {
      if (rubric.kind != v1::RUBRIC_KIND_MEANS) continue;
      for (const RubricEntry& item : rubric.items) {
        const std::string plain = Plain(item.text.text);
        const std::vector<FoundAmount> amounts = FindAmounts(plain);
        if (amounts.empty() && !SpeaksOfMoney(Words(item.text.text))) continue;
        FundingLine line;
        line.text = item.text;
        line.action_ref = action.ref;
        line.payer = item.text;
        line.payer.text = PayerOf(item.text.text);
        line.condition = item.text;
        line.condition.text = ConditionOf(item.text.text);
        line.state = StateOfItem(item.text.text);
        if (!amounts.empty()) {
          line.has_amount = true;
          line.amount_cents = amounts[0].cents;
        }
        if (line.payer.text.empty()) line.payer = Text{};
        if (line.condition.text.empty()) line.condition = Text{};
        lines.push_back(std::move(line));
      }
    }
  }
  return lines;
}

}  // namespace greffe::reader
