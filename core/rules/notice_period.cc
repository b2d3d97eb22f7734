#include "core/rules/notice_period.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/base/utf8.h"
#include "core/rules/sentence.h"
#include "core/rules/words.h"

namespace greffe::rules {
namespace {

constexpr std::size_t kNoticeQuotesMax = 3;
// A sentence is quoted whole or, when some program wrote it, up to here.
constexpr std::size_t kNoticeQuoteBytesMax = 600;

void QuoteOnce(absl::string_view sentence, std::vector<std::string>* quotes) {
  std::string quote = Shortened(sentence, kNoticeQuoteBytesMax);
  const bool known = std::find(quotes->begin(), quotes->end(), quote) != quotes->end();
  if (!known && quotes->size() < kNoticeQuotesMax) quotes->push_back(std::move(quote));
}

// Compares lengths of either unit; which of 30 days and a month is longer matters to nothing.
int RoughDays(int months, int days) { return months * 30 + days; }

// What the sentences say of one kind of notice: each part once, or it is not clear.
class Gathered {
 public:
  // A sentence with the words of this notice.
  void Hear(const NoticeSentence& sentence, absl::string_view text) {
    spoken_of_ = true;
    HearForm(sentence, text);
    if (sentence.vague()) {
      clear_ = false;
      Quote(text);
    }
  }
  // A sentence that may say how it is given, and to whom.
  void HearForm(const NoticeSentence& sentence, absl::string_view text) {
    const bool letter = sentence.AsksForRegisteredLetter();
    const bool delivery = sentence.AsksForDelivery();
    if (said_.form.empty() && (letter || delivery)) {
      said_.form = Shortened(text, kNoticeQuoteBytesMax);
    }
    said_.by_registered_letter = said_.by_registered_letter || letter;
    said_.by_delivery = said_.by_delivery || delivery;
    if (said_.to_all.empty() && sentence.TellsAll()) {
      said_.to_all = Shortened(text, kNoticeQuoteBytesMax);
    }
  }
  void Add(const SaidLength& length, const SaidStart& start, absl::string_view text) {
    if (length_.has_value()) {
      clear_ = clear_ && length.months == length_->months && length.days == length_->days;
      // « deux mois avant le 31 décembre », and elsewhere « deux mois ».
      if (length.before != SaidLength::Before::kNothing) length_->before = length.before;
    } else {
      length_ = length;
    }
    clear_ = clear_ && length.sure && length.before != SaidLength::Before::kUnsure;
    if (RoughDays(length.months, length.days) > RoughDays(months_, days_)) {
      months_ = length.months;
      days_ = length.days;
    }
    Start(start);
    Quote(text);
  }
  void Start(const SaidStart& start) {
    clear_ = clear_ && start.sure;
    if (start.from == CountedFrom::kUnsaid) return;
    clear_ = clear_ && (from_ == CountedFrom::kUnsaid || from_ == start.from);
    from_ = start.from;
  }
  void Add(const SaidDay& day, absl::string_view text) {
    const bool end = day.role == SaidDay::Role::kEnd;
    std::optional<YearDay>& place = end ? ends_on_ : given_before_;
    clear_ = clear_ && day.role != SaidDay::Role::kUnsure && (!place || *place == day.day);
    place = day.day;
    if (day.role == SaidDay::Role::kLatest) day_included_ = true;
    Quote(text);
  }
  // A sentence of which one cannot say that it speaks of this notice, or of its period alone.
  void Doubt() { clear_ = false; }
  void Quote(absl::string_view text) { QuoteOnce(text, &quotes_); }
  bool silent() const { return quotes_.empty(); }
  const std::vector<std::string>& quotes() const { return quotes_; }

  NoticePeriod Take(const NoticePeriod& common) const {
    NoticePeriod out = Heard(common);
    if (silent()) return out;
    out.quotes = quotes_;
    if (!clear_ || !Settle(&out)) {
      out = Unread(common);
      if (RoughDays(months_, days_) <= RoughDays(out.months, out.days)) return out;
      out.months = months_;
      out.days = days_;
    }
    return out;
  }
  // For quotes that speak of a period, and not of which notice.
  NoticePeriod Unread(const NoticePeriod& common) const {
    NoticePeriod out = Heard(common);
    out.quotes = quotes_;
    out.unclear = true;
    return out;
  }

 private:
  // False where the parts are no period that one can count.
  bool Settle(NoticePeriod* out) const {
    const bool to_term = length_.has_value() && length_->before == SaidLength::Before::kTerm;
    if (to_term && ends_on_.has_value()) return false;
    if (given_before_.has_value() && (!ends_on_.has_value() || length_.has_value())) return false;
    if (!given_before_.has_value() && !length_.has_value()) return false;
    out->months = length_.has_value() ? length_->months : 0;
    out->days = length_.has_value() ? length_->days : 0;
    out->from = from_;
    out->ends_on = ends_on_;
    out->given_before = given_before_;
    out->day_included = day_included_;
    out->to_term = to_term;
    return true;
  }
  NoticePeriod Heard(const NoticePeriod& common) const {
    NoticePeriod out = said_;
    out.months = common.months;
    out.spoken_of = spoken_of_;
    return out;
  }

  bool clear_ = true;
  std::optional<SaidLength> length_;
  // The longest.
  int months_ = 0;
  int days_ = 0;
  CountedFrom from_ = CountedFrom::kUnsaid;
  std::optional<YearDay> ends_on_;
  std::optional<YearDay> given_before_;
  bool day_included_ = false;
  std::vector<std::string> quotes_;
  bool spoken_of_ = false;
  // How it is given, and to whom.
  NoticePeriod said_;
};

// Reads articles sentence by sentence.
class PeriodReader {
 public:
  void Read(absl::string_view article) {
    of_breach_ = NoticeSentence(article).SpeaksOfBreach();
    kinds_ = {&breach_};
    last_ = {};
    spoken_ = {};
    bool leaving = false;
    for (const absl::string_view text : Sentences(article)) {
      const NoticeSentence sentence(text);
      if (sentence.SettlesExit(leaving)) QuoteOnce(text, &exit_);
      leaving = sentence.SpeaksOfDenunciation();
      One(sentence, text);
    }
  }

  NoticePeriods Take() {
    const NoticePeriods common;
    NoticePeriods out;
    const NoticePeriod law = law_.Take(common.law);
    const bool own = !law_.silent();
    out.denunciation = Taken(&denunciation_, common.denunciation);
    // What is said of the law alone may be meant of the convention as well.
    if (breach_.silent())
      others_.insert(others_.begin(), law_.quotes().begin(), law_.quotes().end());
    out.formal = Taken(&breach_, common.formal);
    out.law = own ? law : out.formal;
    out.law.spoken_of = law.spoken_of || out.formal.spoken_of;
    const NoticePeriod& form = law.form.empty() ? out.formal : law;
    out.law.form = form.form;
    out.law.by_registered_letter = form.by_registered_letter;
    out.law.by_delivery = form.by_delivery;
    out.law.to_all = law.to_all.empty() ? out.formal.to_all : law.to_all;
    out.without_notice = without_notice_;
    out.exit = std::move(exit_);
    return out;
  }

 private:
  void One(const NoticeSentence& sentence, absl::string_view text) {
    without_notice_ = without_notice_ || sentence.EndsWithoutNotice();
    if (sentence.SpeaksOfBreach()) {
      kinds_.clear();
      if (sentence.SpeaksOfContract()) kinds_.push_back(&breach_);
      if (sentence.SpeaksOfLaw()) kinds_.push_back(&law_);
      for (Gathered* kind : kinds_) kind->Hear(sentence, text);
    }
    if (sentence.SpeaksOfDenunciation()) denunciation_.Hear(sentence, text);
    HearForm(sentence, text);
    if (sentence.IsOfEither()) return Either(sentence.lengths().front(), text);
    if (sentence.GoesOn()) {
      for (Gathered* kind : last_) kind->Start(sentence.Start());
    }
    for (const SaidLength& length : sentence.lengths()) OfLength(sentence, length, text);
    if (!sentence.SpeaksOfDenunciation()) return;
    for (const SaidDay& day : sentence.days()) denunciation_.Add(day, text);
  }

  // « Elle est adressée par lettre recommandée. »
  void HearForm(const NoticeSentence& sentence, absl::string_view text) {
    const bool breach = sentence.SpeaksOfBreach();
    const bool denunciation = sentence.SpeaksOfDenunciation();
    if (breach || denunciation) {
      spoken_ = breach ? kinds_ : std::vector<Gathered*>();
      if (denunciation) spoken_.push_back(&denunciation_);
      return;
    }
    const bool of_each = spoken_.empty() || sentence.IsOfEveryNotice();
    const std::vector<Gathered*> each = {&breach_, &law_, &denunciation_};
    for (Gathered* kind : of_each ? each : spoken_) kind->HearForm(sentence, text);
  }

  void Either(const SaidLength& length, absl::string_view text) {
    for (Gathered* kind : {&breach_, &denunciation_}) {
      kind->Add(length, {}, text);
      kind->Doubt();
    }
  }

  void OfLength(const NoticeSentence& sentence, const SaidLength& length, absl::string_view text) {
    switch (sentence.Of(length, of_breach_)) {
      case NoticeSentence::About::kBreach:
        for (Gathered* kind : kinds_) {
          kind->Add(length, sentence.StartOf(length), text);
          // What is to be cured is cured from the letter on, whenever the convention ends.
          if (length.before == SaidLength::Before::kTerm) kind->Doubt();
        }
        last_ = kinds_;
        return;
      case NoticeSentence::About::kDenunciation:
        // « conclue pour quatre ans, dénoncée avec un préavis de six mois ».
        if (!sentence.IsOfNotice(length)) return denunciation_.Doubt();
        denunciation_.Add(length, sentence.StartOf(length), text);
        last_ = {&denunciation_};
        return;
      case NoticeSentence::About::kNothing:
        others_.emplace_back(text);
    }
  }

  // `usual`: of a convention that says nothing.
  NoticePeriod Taken(Gathered* said, const NoticePeriod& usual) const {
    if (!said->silent() || others_.empty()) return said->Take(usual);
    for (const std::string& sentence : others_) said->Quote(sentence);
    return said->Unread(usual);
  }

  Gathered breach_;
  Gathered law_;
  Gathered denunciation_;
  // Of the article: it speaks of a breach; the kinds of its last sentence that does; whose length
  // was said last; the notices of the last sentence about any.
  bool of_breach_ = false;
  std::vector<Gathered*> kinds_;
  std::vector<Gathered*> last_;
  std::vector<Gathered*> spoken_;
  // Sentences with a length and no word of what it is of.
  std::vector<std::string> others_;
  std::vector<std::string> exit_;
  bool without_notice_ = false;
};

Words UnitsOf(const NoticePeriod& period) {
  const bool in_days = period.days > 0;
  const auto count = static_cast<std::uint64_t>(in_days ? period.days : period.months);
  return {in_days ? Counted(count, "jour", "jours") : Counted(count, "mois", "mois"),
          in_days ? Counted(count, "day", "days") : Counted(count, "month", "months")};
}

}  // namespace

bool NoticePeriod::FromReceipt(v1::NoticeKind kind) const {
  if (from == CountedFrom::kUnsaid) return kind == v1::NOTICE_KIND_DENUNCIATION;
  return from != CountedFrom::kSending;
}

const NoticePeriod& NoticePeriods::Of(v1::NoticeKind kind) const {
  if (kind == v1::NOTICE_KIND_LAW && IsOn(Rule::kNoticeByCaf)) return law;
  const bool denounced = kind == v1::NOTICE_KIND_DENUNCIATION && IsOn(Rule::kDenunciation);
  return denounced ? denunciation : formal;
}

NoticePeriods ReadNoticePeriods(std::span<const absl::string_view> articles) {
  PeriodReader reader;
  for (const absl::string_view article : articles) reader.Read(article);
  return reader.Take();
}

Words LengthOf(const NoticePeriod& period) {
  if (!period.ends_on.has_value()) {
    const Words units = UnitsOf(period);
    if (!period.to_term) return units;
    return {absl::StrCat(units.fr, " avant le terme"), absl::StrCat(units.en, " before the term")};
  }
  const Words end = YearDayWords(*period.ends_on);
  if (!period.given_before.has_value()) {
    const Words units = UnitsOf(period);
    return {absl::StrCat(units.fr, " avant le ", end.fr),
            absl::StrCat(units.en, " before ", end.en)};
  }
  const Words before = YearDayWords(*period.given_before);
  return {absl::StrCat("pour le ", end.fr,
                       period.day_included ? ", au plus tard le " : ", avant le ", before.fr),
          absl::StrCat("for ", end.en, period.day_included ? ", at the latest on " : ", before ",
                       before.en)};
}

Words SaidOf(const NoticePeriod& period) {
  if (period.quotes.empty()) return {};
  Words out{absl::StrCat("La convention dit : « ", absl::StrJoin(period.quotes, " » « "), " »."),
            absl::StrCat("The convention says: “", absl::StrJoin(period.quotes, "” “"), "”.")};
  if (!period.unclear) return out;
  const Words length = LengthOf(period);
  absl::StrAppend(&out.fr, " Greffe n'en comprend pas le délai avec certitude : ", length.fr,
                  " supposés, à vérifier ; ce qui en dépend est à qualifier.");
  absl::StrAppend(&out.en, " Greffe does not understand its period with certainty: ", length.en,
                  " supposed, to be checked; what hangs on it is to be qualified.");
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

Words ExitSaid(const std::vector<std::string>& exit, std::optional<CivilDate> last_day) {
  if (exit.empty()) return {};
  Words until{"au terme du préavis", "at the end of the notice"};
  if (last_day.has_value()) {
    until = {absl::StrCat("le ", DateFr(*last_day)), absl::StrCat("on ", DateEn(*last_day))};
  }
  return {absl::StrCat(" La convention dit : « ", absl::StrJoin(exit, " » « "),
                       " ». Lus comme le retrait de cette partie seule, ces mots laissent la "
                       "convention continuer entre les autres ; lus comme une fin pour tous, elle "
                       "finit ",
                       until.fr, "."),
          absl::StrCat(" The convention says: “", absl::StrJoin(exit, "” “"),
                       "”. Read as the exit of that party alone, these words let the convention "
                       "go on between the others; read as an end for all, it ends ",
                       until.en, ".")};
}

}  // namespace greffe::rules
