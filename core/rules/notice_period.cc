#include "core/rules/notice_period.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/utf8.h"
#include "core/rules/number_words.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

// As long as a contract period may be (deadline.cc).
constexpr int kNoticeMonthsMax = 120;
constexpr std::size_t kNoticeQuotesMax = 3;
// A sentence is quoted whole or, when some program wrote it, up to here.
constexpr std::size_t kNoticeQuoteBytesMax = 600;

constexpr char kOfDenunciation[] = "denonc*";
constexpr char kOfBreach[] = "demeure|infructueu*|manque*|enfrei*|infraction*";
// Words that say so where no other does.
constexpr char kOfNotice[] = "preavis|prevenance|prevenant|prevenir|previent";
constexpr char kOfTermination[] = "resili*|effet";
constexpr char kRegistered[] = "recommande|recommandee|recommandes|recommandees|lrar";
constexpr char kLetter[] = "lettre*|envoi*|pli|plis|courrier*|lrar";
constexpr char kOfChange[] = "modif*|chang*";
constexpr char kOfAvenant[] = "avenant|avenants";

enum class About { kNothing, kBreach, kDenunciation };

// A period of time in a sentence, at that word of it.
struct Period {
  std::size_t at = 0;
  int months = 0;
  bool whole = true;
  // Its last word: « un an et six mois » is one period.
  std::size_t last = 0;
};

// Days and weeks are no number of months: rounded up, and not whole.
std::optional<Period> PeriodAt(std::span<const std::string> words, std::size_t at) {
  // Most words are none of these: seen at their first letter.
  if (words[at].find_first_of("majs") != 0) return std::nullopt;
  const auto is = [&](absl::string_view unit) { return HasWord({&words[at], 1}, unit); };
  Period out{.at = at, .last = at};
  const bool weeks = is("semaine|semaines");
  if (weeks || is("jour|jours")) {
    const std::optional<int> number = NumberBefore(words, at);
    if (!number.has_value() || *number == 0) return std::nullopt;
    out.months = (*number * (weeks ? 7 : 1) + 29) / 30;
    out.whole = false;
  } else {
    const std::optional<MonthsSaid> said = MonthsAt(words, at);
    if (!said.has_value()) return std::nullopt;
    out.months = said->months;
    out.whole = said->whole;
    out.last = said->last;
  }
  out.whole = out.whole && out.months <= kNoticeMonthsMax;
  out.months = std::min(out.months, kNoticeMonthsMax);
  return out;
}

// One sentence, with where its words of each kind stand: each is looked at once, whoever wrote it.
class Sentence {
 public:
  explicit Sentence(absl::string_view text) : words_(FoldedWords(text)) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const auto period = PeriodAt(words_, i);
      if (!period.has_value()) continue;
      periods_.push_back(*period);
      i = period->last;
    }
    of_denunciation_ = HasWord(words_, kOfDenunciation);
    of_breach_ = HasWord(words_, kOfBreach);
    if (periods_.empty()) return;
    denunciation_ = Places(kOfDenunciation);
    breach_ = Places(kOfBreach);
    notice_ = Places(kOfNotice);
    for (const std::size_t place : notice_) FindNearest(place);
  }

  const std::vector<Period>& periods() const { return periods_; }
  bool SpeaksOfDenunciation() const { return of_denunciation_; }
  bool SpeaksOfBreach() const { return of_breach_; }
  bool AsksForRegisteredLetter() const {
    return HasWord(words_, kRegistered) && HasWord(words_, kLetter);
  }
  bool EndsWithoutNotice() const {
    return HasWord(words_, kOfChange) && HasWord(words_, kOfAvenant);
  }
  // One period, and words of both kinds: it may be of either.
  bool IsOfEither() const {
    return periods_.size() == 1 && !denunciation_.empty() && !breach_.empty();
  }
  // The words around it say; where none does, « préavis », then those of an article on a breach.
  About Of(const Period& period, bool breach_in_article) const {
    const std::size_t denunciation = Distance(denunciation_, period.at);
    const std::size_t breach = Distance(breach_, period.at);
    if (denunciation != breach) {
      return denunciation < breach ? About::kDenunciation : About::kBreach;
    }
    if (!notice_.empty()) return About::kDenunciation;
    return breach_in_article && HasWord(words_, kOfTermination) ? About::kBreach : About::kNothing;
  }
  // Of several periods, those that stand nearest to a « préavis »; any, without that word.
  bool IsOfNotice(const Period& period) const {
    return notice_.empty() || nearest_.count(period.at) != 0;
  }

 private:
  std::vector<std::size_t> Places(absl::string_view alternatives) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (HasWord({&words_[i], 1}, alternatives)) out.push_back(i);
    }
    return out;
  }
  // The period just before the word and the one just after it: the nearer, or both.
  void FindNearest(std::size_t place) {
    const auto above =
        std::lower_bound(periods_.begin(), periods_.end(), place,
                         [](const Period& one, std::size_t at) { return one.at < at; });
    const bool after = above != periods_.end();
    const bool before = above != periods_.begin();
    const std::size_t to_after = after ? above->at - place : words_.size();
    const std::size_t to_before = before ? place - std::prev(above)->at : words_.size();
    if (after && to_after <= to_before) nearest_.insert(above->at);
    if (before && to_before <= to_after) nearest_.insert(std::prev(above)->at);
  }
  std::size_t Distance(const std::vector<std::size_t>& places, std::size_t from) const {
    const auto above = std::lower_bound(places.begin(), places.end(), from);
    std::size_t out = words_.size();
    if (above != places.end()) out = *above - from;
    if (above != places.begin()) out = std::min(out, from - *std::prev(above));
    return out;
  }

  std::vector<std::string> words_;
  std::vector<Period> periods_;
  bool of_denunciation_ = false;
  bool of_breach_ = false;
  std::vector<std::size_t> denunciation_;
  std::vector<std::size_t> breach_;
  std::vector<std::size_t> notice_;
  std::set<std::size_t> nearest_;
};

std::string Quoted(absl::string_view sentence) { return Shortened(sentence, kNoticeQuoteBytesMax); }

// What the sentences say of one kind of notice.
class Gathered {
 public:
  // A sentence with the words of this notice.
  void Hear(const Sentence& sentence, absl::string_view text) {
    spoken_of_ = true;
    if (registered_.empty() && sentence.AsksForRegisteredLetter()) registered_ = Quoted(text);
  }
  void Add(const Period& period, absl::string_view sentence) {
    if (!quotes_.empty() && period.months != months_) clear_ = false;
    clear_ = clear_ && period.whole;
    months_ = std::max(months_, period.months);
    Quote(sentence);
  }
  // A sentence of which one cannot say that it speaks of this notice, or of its period alone.
  void Doubt(const Period& period, absl::string_view sentence) {
    Add(period, sentence);
    clear_ = false;
  }
  void Doubt() { clear_ = false; }
  void Quote(absl::string_view sentence) {
    std::string quote = Quoted(sentence);
    const bool known = std::find(quotes_.begin(), quotes_.end(), quote) != quotes_.end();
    if (!known && quotes_.size() < kNoticeQuotesMax) quotes_.push_back(std::move(quote));
  }
  bool silent() const { return quotes_.empty(); }

  NoticePeriod Take(int common) {
    if (silent()) return Heard({.months = common});
    return Heard({.months = clear_ ? months_ : std::max(months_, common),
                  .quotes = std::move(quotes_),
                  .unclear = !clear_});
  }
  // For quotes that speak of a period, and not of which notice.
  NoticePeriod Unread(int common) {
    return Heard({.months = common, .quotes = std::move(quotes_), .unclear = true});
  }

 private:
  NoticePeriod Heard(NoticePeriod out) {
    out.spoken_of = spoken_of_;
    out.registered = std::move(registered_);
    return out;
  }

  int months_ = 0;
  bool clear_ = true;
  std::vector<std::string> quotes_;
  bool spoken_of_ = false;
  std::string registered_;
};

}  // namespace

const NoticePeriod& NoticePeriods::Of(v1::NoticeKind kind) const {
  const bool denounced = kind == v1::NOTICE_KIND_DENUNCIATION && IsOn(Rule::kDenunciation);
  return denounced ? denunciation : formal;
}

NoticePeriods ReadNoticePeriods(std::span<const absl::string_view> articles) {
  Gathered breach;
  Gathered denunciation;
  bool without_notice = false;
  std::vector<absl::string_view> others;
  for (const absl::string_view article : articles) {
    const bool of_breach = HasWord(FoldedWords(article), kOfBreach);
    for (const absl::string_view text : Sentences(article)) {
      const Sentence sentence(text);
      if (sentence.SpeaksOfBreach()) breach.Hear(sentence, text);
      if (sentence.SpeaksOfDenunciation()) denunciation.Hear(sentence, text);
      without_notice = without_notice || sentence.EndsWithoutNotice();
      if (sentence.IsOfEither()) {
        breach.Doubt(sentence.periods().front(), text);
        denunciation.Doubt(sentence.periods().front(), text);
        continue;
      }
      for (const Period& period : sentence.periods()) {
        switch (sentence.Of(period, of_breach)) {
          case About::kBreach:
            breach.Add(period, text);
            break;
          case About::kDenunciation:
            // « conclue pour quatre ans, dénoncée avec un préavis de six mois ».
            if (sentence.IsOfNotice(period)) {
              denunciation.Add(period, text);
            } else {
              denunciation.Doubt();
            }
            break;
          case About::kNothing:
            if (others.empty() || others.back() != text) others.push_back(text);
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
  out.without_notice = without_notice;
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

Words AssumedOf(const NoticePeriod& period) {
  if (!period.quotes.empty()) return {};
  return {absl::StrCat("La convention ne dit pas ce délai : ", period.months,
                       " mois, comme il est d'usage, sont supposés ; à vérifier."),
          absl::StrCat("The convention does not say this period: ",
                       Counted(static_cast<std::uint64_t>(period.months), "month", "months"),
                       " assumed, as is usual; to be checked.")};
}

}  // namespace greffe::rules
