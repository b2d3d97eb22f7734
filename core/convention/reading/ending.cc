#include "core/convention/reading/ending.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/convention/elements/french.h"
#include "core/rules/life.h"
#include "core/rules/notice.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

// Articles named in one sentence.
constexpr std::size_t kPartiesNamed = 3;

std::optional<rules::Deadline> DeadlineFrom(const LifeBook& book, const rules::NoticePeriod& period,
                                            std::optional<CivilDate> from) {
  if (!from.has_value()) return std::nullopt;
  std::optional<CivilDate> term_last;
  if (period.to_term) {
    const auto term = book.rolls().TermEndFrom(*from);
    if (term.has_value()) term_last = term->last;
  }
  const absl::StatusOr<rules::Deadline> deadline = rules::NoticeDeadline(period, *from, term_last);
  return deadline.ok() ? std::optional<rules::Deadline>(*deadline) : std::nullopt;
}

// L-53: by a period that is not clear nothing ends by itself.
rules::DenunciationEffect Effect(const NoticeFacts& notice, std::optional<CivilDate> effect_on,
                                 CivilDate on) {
  const auto effect = rules::EffectOfDenunciation(notice.sides, effect_on, on);
  const bool ends = effect == rules::DenunciationEffect::kEnds;
  return ends && notice.period.unclear ? rules::DenunciationEffect::kToQualify : effect;
}

// What came before the term is for who compares all that could end it (FindEnding).
bool TermOver(const LifeBook& book, CivilDate day) { return NotOver(book, {}, day).has_value(); }

NoticeDefect DefectOf(const LifeBook& book, const NoticeFacts& notice) {
  if (rules::CheckAfterConclusion(book.concluded_on(), notice.sent_on)) {
    return NoticeDefect::kBeforeConclusion;
  }
  if (TermOver(book, notice.sent_on)) return NoticeDefect::kAfterTerm;
  const PartyRoll& roll = book.RollOn(notice.sent_on);
  if (!roll.IsParty(notice.sender)) return NoticeDefect::kNoParty;
  if (rules::CheckMaySend(notice.kind, roll.KindOf(notice.sender)))
    return NoticeDefect::kNoStanding;
  return notice.kind == v1::NOTICE_KIND_DENUNCIATION && notice.rests_on_unwritten
             ? NoticeDefect::kUnwritten
             : NoticeDefect::kNone;
}

// The earliest receipt, so that nobody moves the end of a notice by saying later that it came
// again.
const LifeFact* ReceiptOf(const StateData& data, const LifeBook& book, const LifeLine& line) {
  for (const LifeFact* received : book.Standing(line, Life::kNoticeReceived)) {
    if (received->day < line.opening->day) continue;
    if (book.RollOn(received->day).IsParty(data.PartnerOf(received->event))) return received;
  }
  return nullptr;
}

void ReadDenunciation(const StateData& data, const LifeBook& book, const LifeLine& line,
                      NoticeFacts* out) {
  out->sides = book.RollOn(out->sent_on).sides;
  const std::optional<rules::Deadline>& deadline = out->counting();
  if (deadline.has_value()) {
    out->sides = std::max(out->sides, book.RollOn(deadline->last_day).sides);
  }
  for (const LifeFact* fact : book.Standing(line, Life::kDenunciationRetracted)) {
    const bool in_time = !deadline.has_value() || fact->day <= deadline->last_day;
    if (in_time && SpeaksForSender(book, *out, data.PartnerOf(fact->event), fact->day)) {
      out->retracted = fact;
    }
  }
}

// TerminationHolds, were the period of the notice clear.
bool TerminationGrounded(const StateData& data, const LifeBook& book, const LifeLine& line,
                         const NoticeFacts* notice, const LifeFact& termination) {
  const PartyRoll& roll = book.RollOn(termination.day);
  const std::string& author = data.PartnerOf(termination.event);
  if (!roll.IsSide(author)) return false;
  if (EndArticlesOn(book, termination.day).none_stands) return false;
  // What was sent or seen before the conclusion, and what comes before it or after the term, is no
  // end.
  if (rules::CheckAfterConclusion(book.concluded_on(), line.opening->day) ||
      rules::CheckAfterConclusion(book.concluded_on(), termination.day) ||
      TermOver(book, termination.day)) {
    return false;
  }
  const auto ground = static_cast<v1::TerminationGround>(termination.variant);
  if (line.kind() == Life::kUncoveredChangeObserved) {
    return NamesWhatChanged(data, *line.opening) &&
           ground == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION &&
           !rules::CheckMayTerminate(ground, v1::NOTICE_KIND_UNSPECIFIED, roll.KindOf(author));
  }
  // The first days tell: what was cured or found without effect then still is.
  return notice != nullptr && notice->kind != v1::NOTICE_KIND_DENUNCIATION &&
         notice->defect == NoticeDefect::kNone &&
         ground == v1::TERMINATION_GROUND_FRUITLESS_NOTICE &&
         (notice->cured == nullptr || notice->cured->day > termination.day) &&
         notice->fruitless != nullptr && notice->fruitless->day <= termination.day &&
         !rules::CheckMayTerminate(ground, notice->kind, roll.KindOf(author));
}

void ReadFormalNotice(const StateData& data, const LifeBook& book, const LifeLine& line,
                      NoticeFacts* out) {
  // Who gave the notice says that the breach is cured; who received it only claims so.
  for (const LifeFact* fact : book.Standing(line, Life::kNoticeCured)) {
    if (!SpeaksForSender(book, *out, data.PartnerOf(fact->event), fact->day)) continue;
    out->cured = fact;
    break;
  }
  for (const LifeFact* fact : book.Standing(line, Life::kNoticeFruitless)) {
    const PartyRoll& roll = book.RollOn(fact->day);
    const std::string& author = data.PartnerOf(fact->event);
    if (!roll.IsSide(author) || rules::CheckMaySend(out->kind, roll.KindOf(author)) ||
        rules::CheckFruitless(out->period, out->sent_on, fact->day, out->received_on)) {
      continue;
    }
    out->fruitless = fact;
    break;
  }
  for (const LifeFact* fact : book.Standing(line, Life::kTerminationDeclared)) {
    if (!TerminationGrounded(data, book, line, out, *fact)) continue;
    (out->period.unclear ? out->unclear_termination : out->terminated) = fact;
    break;
  }
}

EndingFacts WorkOutEnding(const StateData& data, const LifeBook& book) {
  EndingFacts out;
  const auto take = [&](rules::Ending ending, const LifeFact* fact) {
    if (out.ending.has_value() && out.ending->last_day <= ending.last_day) return;
    out.ending = ending;
    out.fact = fact;
  };
  const auto terminate = [&](const LifeFact* fact) {
    take({fact->day, rules::EndingKind::kTermination, book.RollOn(fact->day).sides}, fact);
  };
  for (const LifeLine& line : book.lines()) {
    if (!book.Stands(line)) continue;
    if (line.kind() == Life::kUncoveredChangeObserved) {
      for (const LifeFact* fact : book.Standing(line, Life::kTerminationDeclared)) {
        if (!TerminationHolds(data, book, line, nullptr, *fact)) continue;
        terminate(fact);
        break;
      }
    }
    if (line.kind() != Life::kNoticeSent) continue;
    const NoticeFacts notice = ReadNotice(data, book, line);
    if (notice.terminated != nullptr) terminate(notice.terminated);
    if (const LifeFact* const unclear = notice.unclear_termination;
        unclear != nullptr &&
        (!out.unclear_termination.has_value() || unclear->day < *out.unclear_termination)) {
      out.unclear_termination = unclear->day;
    }
    if (notice.kind == v1::NOTICE_KIND_DENUNCIATION && notice.retracted == nullptr) {
      out.told[notice.place].insert(notice.to.begin(), notice.to.end());
    }
    const std::optional<rules::Deadline>& deadline = notice.counting();
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || notice.defect != NoticeDefect::kNone ||
        notice.retracted != nullptr || !deadline.has_value()) {
      continue;
    }
    EndingFacts::Denounced& counts = out.denounced[notice.place];
    if (counts.line == nullptr || deadline->last_day < counts.last_day) {
      counts = {&line, notice.received_on, deadline->last_day};
    }
    if (!book.RollOn(notice.sent_on).IsSide(notice.sender)) continue;
    const CivilDate effect = deadline->effect_on;
    if (notice.EffectOn(effect) == rules::DenunciationEffect::kEnds) {
      take({deadline->last_day, rules::EndingKind::kDenunciation, notice.sides}, line.opening);
    } else if (!out.to_qualify.has_value() || effect < *out.to_qualify) {
      out.to_qualify = effect;
    }
  }
  return out;
}

}  // namespace

std::optional<rules::Term> TermBetween(const std::string& first, const std::string& last) {
  const auto from = CivilDate::TryParse(first);
  const auto to = CivilDate::TryParse(last);
  if (!from.has_value() || !to.has_value() || *to < *from) return std::nullopt;
  return rules::Term{*from, *to};
}

std::optional<rules::Term> TermOf(const ConsolidatedText& text) {
  if (text.terms == nullptr) return std::nullopt;
  return TermBetween(text.terms->start_date(), text.terms->end_date());
}

const EndArticles& EndArticlesOn(const LifeBook& book, CivilDate day) {
  std::shared_ptr<const EndArticles>& known = book.end_articles_[day];
  if (known != nullptr) return *known;
  std::vector<const v1::Element*> stand;
  std::vector<std::string> unwritten;
  const std::vector<PartyRoll::EndArticle>& all = book.RollOn(day).end_articles;
  for (const PartyRoll::EndArticle& one : all) {
    if (book.FirstUnwritten(one.within, day) == nullptr) {
      stand.push_back(one.element);
    } else if (unwritten.size() < kPartiesNamed) {
      const std::string& number = one.element->article().number();
      unwritten.push_back(number.empty() ? one.element->id() : absl::StrCat("article ", number));
    }
  }
  std::shared_ptr<const rules::NoticePeriods>& periods = book.periods_[stand];
  if (periods == nullptr) {
    std::vector<absl::string_view> bodies;
    for (const v1::Element* one : stand) bodies.push_back(one->article().body());
    periods = std::make_shared<const rules::NoticePeriods>(
        bodies.empty() ? rules::NoticePeriods() : rules::ReadNoticePeriods(bodies));
  }
  known = std::make_shared<const EndArticles>(
      EndArticles{*periods, absl::StrJoin(unwritten, ", "), !all.empty() && stand.empty()});
  return *known;
}

bool NoticeFacts::to_qualify() const {
  const CivilDate over = sent_on;
  return kind == v1::NOTICE_KIND_DENUNCIATION &&
         Effect(*this, over, over) == rules::DenunciationEffect::kToQualify;
}

rules::DenunciationEffect NoticeFacts::EffectOn(CivilDate on) const {
  const std::optional<rules::Deadline>& deadline = counting();
  return Effect(*this,
                deadline.has_value() ? std::optional<CivilDate>(deadline->effect_on) : std::nullopt,
                on);
}

rules::Words NoticeFacts::WhyToQualify() const {
  rules::Words out;
  if (sides > 2) out = {absl::StrCat(sides, " parties"), absl::StrCat(sides, " parties")};
  if (!period.unclear) return out;
  const char* const between = out.fr.empty() ? "" : ", ";
  absl::StrAppend(&out.fr, between, "délai non compris avec certitude");
  absl::StrAppend(&out.en, between, "period not understood with certainty");
  return out;
}

rules::Words ReceivedWords(std::optional<CivilDate> received_on) {
  if (!received_on.has_value()) return {};
  const std::string day = received_on->ToString();
  return {absl::StrCat(", reçue le ", FrenchDate(day)),
          absl::StrCat(", received on ", EnglishDate(day))};
}

NoticeFacts ReadNotice(const StateData& data, const LifeBook& book, const LifeLine& line) {
  NoticeFacts out;
  out.kind = static_cast<v1::NoticeKind>(line.opening->variant);
  out.sender = data.PartnerOf(line.root->event);
  out.sent_on = line.opening->day;
  const std::vector<TextNumber>& words = line.opening->words;
  for (std::size_t i = 1; i < words.size(); ++i) out.to.push_back(data.Text(words[i]));
  out.numbered = !words.empty() && data.Text(words.front()) == kNumberedLetter;
  out.place = book.RollOn(out.sent_on).PlaceOf(out.sender);
  const EndArticles& articles = EndArticlesOn(book, out.sent_on);
  out.period = articles.periods.Of(out.kind);
  out.exit = articles.periods.exit;
  out.unwritten = articles.unwritten;
  out.rests_on_unwritten = articles.none_stands;
  out.defect = DefectOf(book, out);
  out.received = ReceiptOf(data, book, line);
  if (out.received != nullptr) out.received_on = out.received->day;
  out.from_sending = DeadlineFrom(book, out.period, out.sent_on);
  out.from_receipt = DeadlineFrom(book, out.period, out.received_on);
  if (out.kind == v1::NOTICE_KIND_DENUNCIATION) {
    ReadDenunciation(data, book, line, &out);
  } else {
    ReadFormalNotice(data, book, line, &out);
  }
  return out;
}

bool SpeaksForSender(const LifeBook& book, const NoticeFacts& notice, const std::string& partner,
                     CivilDate day) {
  const PartyRoll& roll = book.RollOn(day);
  if (!notice.place.empty() && roll.HolderOf(notice.place) == partner) return true;
  // A party that left by an avenant still answers for what it sent.
  return partner == notice.sender && !roll.IsSucceeded(partner);
}

bool NamesWhatChanged(const StateData& data, const LifeFact& observed) {
  if (!rules::IsOn(rules::Rule::kWithoutNotice)) return true;
  // A fact about no element in particular is about the terms.
  return observed.variant != 0 || data.Text(observed.element) != "terms";
}

bool TerminationHolds(const StateData& data, const LifeBook& book, const LifeLine& line,
                      const NoticeFacts* notice, const LifeFact& termination) {
  if (notice != nullptr && notice->period.unclear) return false;
  return TerminationGrounded(data, book, line, notice, termination);
}

EndingFacts FindEnding(const StateData& data, const LifeBook& book) {
  if (book.ending_ == nullptr) {
    book.ending_ = std::make_shared<const EndingFacts>(WorkOutEnding(data, book));
  }
  return *book.ending_;
}

const EndingFacts::Denounced* DenouncedAlready(const LifeBook& book, const EndingFacts& ending,
                                               const std::string& partner, CivilDate day,
                                               const LifeLine* own) {
  if (!rules::IsOn(rules::Rule::kDenunciation)) return nullptr;
  const auto found = ending.denounced.find(book.RollOn(day).PlaceOf(partner));
  if (found == ending.denounced.end() || found->second.line == own) return nullptr;
  const bool other = own != nullptr || found->second.line->opening->day <= day;
  return other ? &found->second : nullptr;
}

std::optional<rules::End> EndMet(const LifeBook& book, const EndingFacts& ending, CivilDate day) {
  const std::optional<PartyRolls::TermEnd> term = book.rolls().TermEndFrom(day);
  if (ending.ending.has_value() && rules::IsOn(rules::Rule::kTermination)) {
    const CivilDate early = ending.ending->last_day;
    if (!term.has_value() || early < term->last) return rules::End{early, true};
  }
  if (!term.has_value()) return std::nullopt;
  return rules::End{term->last, false};
}

std::optional<rules::Term> EffectOf(const LifeBook& book, const ConsolidatedText& text,
                                    const EndingFacts& ending, CivilDate day) {
  std::optional<rules::Term> term = TermOf(text);
  const std::optional<rules::End> end = EndMet(book, ending, day);
  if (!term.has_value() || !end.has_value() || end->last_day < term->first) return std::nullopt;
  term->last = end->last_day;
  return term;
}

std::optional<rules::Oddity> NotOver(const LifeBook& book, const EndingFacts& ending,
                                     CivilDate day) {
  return rules::CheckNotOver(EndMet(book, ending, day), day);
}

v1::ConventionStanding StandingOn(const StateData& data, const LifeBook& book,
                                  const ConsolidatedText& text, CivilDate on) {
  const v1::ConventionStanding standing = StandingOn(text, on);
  // Concluded and not in effect yet, it binds and may end as well.
  if (standing == v1::CONVENTION_STANDING_PROJECT || !rules::IsOn(rules::Rule::kTermination)) {
    return standing;
  }
  const std::optional<rules::End> end = EndMet(book, FindEnding(data, book), on);
  const bool ended = end.has_value() && end->early && end->last_day < on && TermOf(text);
  return ended ? v1::CONVENTION_STANDING_TERMINATED : standing;
}

}  // namespace greffe
