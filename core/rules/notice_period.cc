#include "core/rules/notice_period.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

// As long as a contract period may be (deadline.cc).
constexpr int kMonthsMax = 120;
constexpr std::size_t kQuotesMax = 3;
// A sentence is quoted whole or, when some program wrote it, up to here.
constexpr std::size_t kQuoteBytesMax = 600;

constexpr char kOfDenunciation[] = "denonc*";
constexpr char kOfBreach[] = "demeure|infructueu*|manque*|enfrei*|infraction*";
// Words that say so where no other does.
constexpr char kOfNotice[] = "preavis|prevenance|prevenant|prevenir|previent";
constexpr char kOfTermination[] = "resili*|effet";

enum class About { kNothing, kBreach, kDenunciation };

// A period of time in a sentence, at that word of it.
struct Period {
  std::size_t at = 0;
  int months = 0;
  bool whole = true;
};

// Days and weeks are no number of months: rounded up, and not whole.
std::optional<Period> PeriodAt(std::span<const std::string> words, std::size_t at) {
  const auto is = [&](absl::string_view unit) { return HasWord({&words[at], 1}, unit); };
  const bool months = is("mois");
  const bool years = is("an|ans|annee|annees");
  const bool weeks = is("semaine|semaines");
  if (!months && !years && !weeks && !is("jour|jours")) return std::nullopt;
  const std::optional<int> number = NumberBefore(words, at);
  if (!number.has_value() || *number == 0) return std::nullopt;
  // NumberBefore gives at most three digits.
  Period out{.at = at, .months = *number};
  if (years) out.months = *number * 12;
  if (!months && !years) {
    out.months = (*number * (weeks ? 7 : 1) + 29) / 30;
    out.whole = false;
  }
  out.whole = out.whole && out.months <= kMonthsMax;
  out.months = std::min(out.months, kMonthsMax);
  return out;
}

std::size_t Distance(std::span<const std::string> words, std::size_t from,
                     absl::string_view alternatives) {
  std::size_t out = words.size();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (HasWord({&words[i], 1}, alternatives)) out = std::min(out, i < from ? from - i : i - from);
  }
  return out;
}

About AboutOf(std::span<const std::string> words, std::size_t at) {
  const std::size_t denunciation = Distance(words, at, kOfDenunciation);
  const std::size_t breach = Distance(words, at, kOfBreach);
  if (denunciation != breach) {
    return denunciation < breach ? About::kDenunciation : About::kBreach;
  }
  if (HasWord(words, kOfNotice)) return About::kDenunciation;
  return HasWord(words, kOfTermination) ? About::kBreach : About::kNothing;
}

std::string Quoted(absl::string_view sentence) {
  if (sentence.size() <= kQuoteBytesMax) return std::string(sentence);
  std::size_t end = kQuoteBytesMax;
  while (end > 0 && (static_cast<unsigned char>(sentence[end]) & 0xC0) == 0x80) --end;
  return absl::StrCat(sentence.substr(0, end), "…");
}

// What the sentences say of one kind of notice.
class Gathered {
 public:
  void Add(const Period& period, absl::string_view sentence) {
    if (!quotes_.empty() && period.months != months_) clear_ = false;
    clear_ = clear_ && period.whole;
    months_ = std::max(months_, period.months);
    Quote(sentence);
  }
  void Quote(absl::string_view sentence) {
    std::string quote = Quoted(sentence);
    const bool known = std::find(quotes_.begin(), quotes_.end(), quote) != quotes_.end();
    if (!known && quotes_.size() < kQuotesMax) quotes_.push_back(std::move(quote));
  }
  bool silent() const { return quotes_.empty(); }

  NoticePeriod Take(int common) {
    if (silent()) return {.months = common};
    return {.months = clear_ ? months_ : std::max(months_, common),
            .quotes = std::move(quotes_),
            .unclear = !clear_};
  }
  // For quotes that speak of a period, and not of which notice.
  NoticePeriod Unread(int common) {
    return {.months = common, .quotes = std::move(quotes_), .unclear = true};
  }

 private:
  int months_ = 0;
  bool clear_ = true;
  std::vector<std::string> quotes_;
};

}  // namespace

const NoticePeriod& NoticePeriods::Of(v1::NoticeKind kind) const {
  const bool denounced = kind == v1::NOTICE_KIND_DENUNCIATION && IsOn(Rule::kDenunciation);
  return denounced ? denunciation : formal;
}

NoticePeriods ReadNoticePeriods(std::span<const absl::string_view> articles) {
  Gathered breach;
  Gathered denunciation;
  std::vector<absl::string_view> others;
  for (const absl::string_view article : articles) {
    for (const absl::string_view sentence : Sentences(article)) {
      const std::vector<std::string> words = FoldedWords(sentence);
      for (std::size_t i = 0; i < words.size(); ++i) {
        const std::optional<Period> period = PeriodAt(words, i);
        if (!period.has_value()) continue;
        switch (AboutOf(words, i)) {
          case About::kBreach:
            breach.Add(*period, sentence);
            break;
          case About::kDenunciation:
            denunciation.Add(*period, sentence);
            break;
          case About::kNothing:
            others.push_back(sentence);
        }
      }
    }
  }
  const NoticePeriods common;
  const auto take = [&](Gathered& said, const NoticePeriod& usual) {
    if (!said.silent() || others.empty()) return said.Take(usual.months);
    for (const absl::string_view sentence : others) said.Quote(sentence);
    return said.Unread(usual.months);
  };
  NoticePeriods out;
  out.formal = take(breach, common.formal);
  out.denunciation = take(denunciation, common.denunciation);
  return out;
}

Words SaidOf(const NoticePeriod& period) {
  if (period.quotes.empty()) return {};
  Words out{absl::StrCat("La convention dit : « ", absl::StrJoin(period.quotes, " » « "), " »."),
            absl::StrCat("The convention says: “", absl::StrJoin(period.quotes, "” “"), "”.")};
  if (!period.unclear) return out;
  absl::StrAppend(&out.fr, " Le délai en mois n'y est pas dit clairement : à vérifier ; ",
                  period.months, " mois sont comptés.");
  absl::StrAppend(&out.en, " It does not clearly say how many months: to be checked; ",
                  Counted(static_cast<std::uint64_t>(period.months), "month", "months"),
                  " counted.");
  return out;
}

}  // namespace greffe::rules
