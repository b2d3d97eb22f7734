#include "core/convention/life.h"

#include <algorithm>
#include <tuple>

#include "core/rules/notice.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

bool FactStands(const StateData& data, const LifeFact& fact) {
  return data.events[fact.event].authorised && !data.events[fact.event].replaced;
}

bool ByDay(const StateData& data, const LifeFact* a, const LifeFact* b) {
  return std::tie(a->day, data.LeafOf(a->event)) < std::tie(b->day, data.LeafOf(b->event));
}

// The row of a fact that came before and counts; kNone for another event.
std::uint32_t RowOf(const StateData& data, EventNumber event) {
  const auto found = data.life_by_event.find(event);
  return found == data.life_by_event.end() || !data.events[event].authorised ? kNone
                                                                             : found->second;
}

// What the fact corrects; of several the one with the least leaf. kNone when it corrects nothing.
std::uint32_t CorrectedBy(const StateData& data, const LifeFact& fact) {
  EventNumber least = kNone;
  for (const EventNumber event : fact.replaces) {
    if (RowOf(data, event) == kNone) continue;
    if (least == kNone || data.LeafOf(event) < data.LeafOf(least)) least = event;
  }
  return least == kNone ? kNone : RowOf(data, least);
}

std::optional<rules::Deadline> DeadlineFrom(v1::NoticeKind kind, std::optional<CivilDate> from) {
  if (!from.has_value()) return std::nullopt;
  const absl::StatusOr<rules::Deadline> deadline = rules::NoticeDeadline(kind, *from);
  return deadline.ok() ? std::optional<rules::Deadline>(*deadline) : std::nullopt;
}

}  // namespace

LifeBook::LifeBook(const StateData& data) : data_(data) {
  // Rows come after what they answer or correct.
  bool terminated = false;
  std::vector<std::uint32_t> root(data.life.size(), kNone);
  // The fact itself opens its thread, or is a correction of the one that does.
  std::vector<bool> opens(data.life.size(), false);
  std::map<std::uint32_t, std::vector<const LifeFact*>> members;
  for (std::uint32_t n = 0; n < data.life.size(); ++n) {
    if (!data.events[data.life[n].event].authorised) continue;
    if (static_cast<LifeCase>(data.life[n].kind) == Life::kTerminationDeclared) {
      terminated = true;
    }
    const LifeFact& fact = data.life[n];
    const std::uint32_t corrected = CorrectedBy(data, fact);
    const std::uint32_t answered = fact.answers == kNone ? kNone : RowOf(data, fact.answers);
    const std::uint32_t parent = corrected != kNone ? corrected : answered;
    root[n] = parent == kNone ? n : root[parent];
    opens[n] = parent == kNone || (corrected != kNone && opens[corrected]);
    members[root[n]].push_back(&data.life[n]);
  }
  for (auto& [number, facts] : members) {
    LifeLine line;
    line.root = &data.life[number];
    std::sort(facts.begin(), facts.end(),
              [&](const LifeFact* a, const LifeFact* b) { return ByDay(data, a, b); });
    for (const LifeFact* fact : facts) {
      const auto row = static_cast<std::size_t>(fact - data.life.data());
      if (!opens[row] || !FactStands(data, *fact)) continue;
      const bool less =
          line.opening == nullptr || data.LeafOf(fact->event) < data.LeafOf(line.opening->event);
      if (less) line.opening = fact;
    }
    if (line.opening == nullptr) line.opening = line.root;
    for (const LifeFact* fact : facts) {
      if (fact != line.opening) line.others.push_back(fact);
    }
    lines_.push_back(std::move(line));
  }
  std::sort(lines_.begin(), lines_.end(), [&](const LifeLine& a, const LifeLine& b) {
    return ByDay(data, a.opening, b.opening);
  });
  for (std::size_t n = 0; n < lines_.size(); ++n) {
    line_by_event_[lines_[n].opening->event] = n;
    for (const LifeFact* fact : lines_[n].others) line_by_event_[fact->event] = n;
  }
  if (terminated) concluded_on_ = InForceSince(data);
}

const LifeLine* LifeBook::LineOf(EventNumber event) const {
  const auto found = line_by_event_.find(event);
  return found == line_by_event_.end() ? nullptr : &lines_[found->second];
}

std::vector<const LifeFact*> LifeBook::Standing(const LifeLine& line, LifeCase kind) const {
  std::vector<const LifeFact*> out;
  for (const LifeFact* fact : line.others) {
    if (static_cast<LifeCase>(fact->kind) == kind && FactStands(data_, *fact)) out.push_back(fact);
  }
  return out;
}

std::vector<const LifeFact*> LifeBook::StandingBy(const LifeLine& line, LifeCase kind,
                                                  const std::string& partner) const {
  std::vector<const LifeFact*> out = Standing(line, kind);
  std::erase_if(out, [&](const LifeFact* fact) { return data_.PartnerOf(fact->event) != partner; });
  return out;
}

bool LifeBook::Stands(const LifeLine& line) const { return FactStands(data_, *line.opening); }

const LifeFact* LifeBook::Last(const LifeLine& line, LifeCase kind) const {
  const std::vector<const LifeFact*> standing = Standing(line, kind);
  return standing.empty() ? nullptr : standing.back();
}

std::optional<CivilDate> FirstOpinion(const StateData& data, const LifeBook& book,
                                      const LifeLine& line) {
  const std::string& holder = data.Text(line.opening->detail);
  const std::vector<const LifeFact*> opinions =
      book.StandingBy(line, Life::kDpoOpinionGiven, holder);
  if (opinions.empty()) return std::nullopt;
  return opinions.front()->day;
}

bool PartyRoll::IsSide(const std::string& partner) const {
  const auto found = parties.find(partner);
  return found != parties.end() && found->second.side;
}

v1::PartnerKind PartyRoll::KindOf(const std::string& partner) const {
  const auto found = parties.find(partner);
  return found == parties.end() ? v1::PARTNER_KIND_UNSPECIFIED : found->second.kind;
}

PartyRoll RollOf(const ConsolidatedText& text) {
  PartyRoll roll;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (!element.has_party()) continue;
    const v1::Party& party = element.party();
    PartyRoll::Entry& entry = roll.parties[party.partner_id()];
    const bool side = entry.side || !party.signing_offices().empty();
    entry = {element.id(), party.name(), party.kind(), side};
  }
  for (const auto& [partner, entry] : roll.parties) roll.sides += entry.side ? 1 : 0;
  if (roll.sides > 0) return roll;
  for (auto& [partner, entry] : roll.parties) entry.side = true;
  roll.sides = roll.parties.size();
  return roll;
}

std::optional<rules::Term> TermBetween(const std::string& first, const std::string& last) {
  const auto from = CivilDate::Parse(first, "start_date");
  const auto to = CivilDate::Parse(last, "end_date");
  if (!from.ok() || !to.ok() || *to < *from) return std::nullopt;
  return rules::Term{*from, *to};
}

std::optional<rules::Term> TermOf(const ConsolidatedText& text) {
  if (text.terms == nullptr) return std::nullopt;
  return TermBetween(text.terms->start_date(), text.terms->end_date());
}

NoticeFacts ReadNotice(const StateData& data, const LifeBook& book, const LifeLine& line,
                       const PartyRoll& roll) {
  NoticeFacts out;
  out.kind = static_cast<v1::NoticeKind>(line.opening->variant);
  out.sender = data.PartnerOf(line.opening->event);
  out.sent_on = line.opening->day;
  // The earliest, so that nobody moves the end of a notice by saying later that it came again.
  for (const LifeFact* received : book.Standing(line, Life::kNoticeReceived)) {
    const bool party = roll.parties.count(data.PartnerOf(received->event)) > 0;
    if (!party || received->day < out.sent_on) continue;
    out.received_on = received->day;
    break;
  }
  out.from_sending = DeadlineFrom(out.kind, out.sent_on);
  out.from_receipt = DeadlineFrom(out.kind, out.received_on);
  if (out.kind == v1::NOTICE_KIND_DENUNCIATION) {
    for (const LifeFact* fact : book.Standing(line, Life::kDenunciationRetracted)) {
      const bool in_time = !out.counting().has_value() || fact->day <= out.counting()->last_day;
      if (data.PartnerOf(fact->event) == out.sender && in_time) out.retracted = fact;
    }
    return out;
  }
  // Who gave the notice says that the breach is cured; who received it only claims so.
  const std::vector<const LifeFact*> cures = book.StandingBy(line, Life::kNoticeCured, out.sender);
  if (!cures.empty()) out.cured = cures.front();
  for (const LifeFact* fact : book.Standing(line, Life::kNoticeFruitless)) {
    if (!roll.IsSide(data.PartnerOf(fact->event))) continue;
    if (rules::CheckFruitless(out.kind, out.sent_on, fact->day)) continue;
    out.fruitless = fact;
    break;
  }
  for (const LifeFact* fact : book.Standing(line, Life::kTerminationDeclared)) {
    if (!TerminationHolds(data, book, roll, line, &out, *fact)) continue;
    out.terminated = fact;
    break;
  }
  return out;
}

bool TerminationHolds(const StateData& data, const LifeBook& book, const PartyRoll& roll,
                      const LifeLine& line, const NoticeFacts* notice,
                      const LifeFact& termination) {
  const auto party = roll.parties.find(data.PartnerOf(termination.event));
  if (party == roll.parties.end() || !party->second.side) return false;
  if (!book.concluded_on().has_value() || termination.day < *book.concluded_on()) return false;
  const auto ground = static_cast<v1::TerminationGround>(termination.variant);
  if (line.kind() == Life::kUncoveredChangeObserved) {
    return ground == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION &&
           !rules::CheckMayTerminate(ground, v1::NOTICE_KIND_UNSPECIFIED, party->second.kind);
  }
  // The first days tell: what was cured or found without effect then still is.
  return notice != nullptr && notice->kind != v1::NOTICE_KIND_DENUNCIATION &&
         ground == v1::TERMINATION_GROUND_FRUITLESS_NOTICE &&
         (notice->cured == nullptr || notice->cured->day > termination.day) &&
         notice->fruitless != nullptr && notice->fruitless->day <= termination.day &&
         !rules::CheckMayTerminate(ground, notice->kind, party->second.kind);
}

EndingFacts FindEnding(const StateData& data, const LifeBook& book, const PartyRoll& roll) {
  EndingFacts out;
  const auto take = [&](CivilDate last_day, rules::EndingKind kind, const LifeFact* fact) {
    if (out.ending.has_value() && out.ending->last_day <= last_day) return;
    out.ending = rules::Ending{last_day, kind};
    out.fact = fact;
  };
  for (const LifeLine& line : book.lines()) {
    if (!book.Stands(line)) continue;
    if (line.kind() == Life::kUncoveredChangeObserved) {
      for (const LifeFact* fact : book.Standing(line, Life::kTerminationDeclared)) {
        if (!TerminationHolds(data, book, roll, line, nullptr, *fact)) continue;
        take(fact->day, rules::EndingKind::kTermination, fact);
        break;
      }
    }
    if (line.kind() != Life::kNoticeSent) continue;
    const NoticeFacts notice = ReadNotice(data, book, line, roll);
    if (notice.terminated != nullptr) {
      take(notice.terminated->day, rules::EndingKind::kTermination, notice.terminated);
    }
    const std::optional<rules::Deadline>& deadline = notice.counting();
    if (notice.kind != v1::NOTICE_KIND_DENUNCIATION || notice.retracted != nullptr ||
        !deadline.has_value() || !roll.IsSide(notice.sender)) {
      continue;
    }
    const CivilDate effect = deadline->effect_on;
    if (rules::EffectOfDenunciation(roll.sides, effect, effect) ==
        rules::DenunciationEffect::kEnds) {
      take(deadline->last_day, rules::EndingKind::kDenunciation, line.opening);
    } else if (!out.to_qualify.has_value() || effect < *out.to_qualify) {
      out.to_qualify = effect;
    }
  }
  return out;
}

EndingFacts FindEnding(const StateData& data, const ConsolidatedText& text) {
  if (data.life.empty()) return {};
  return FindEnding(data, LifeBook(data), RollOf(text));
}

v1::ConventionStanding StandingOn(const StateData& data, const ConsolidatedText& text,
                                  CivilDate on) {
  const v1::ConventionStanding standing = StandingOn(text, on);
  const bool had_effect =
      standing == v1::CONVENTION_STANDING_IN_FORCE || standing == v1::CONVENTION_STANDING_EXPIRED;
  if (!had_effect || !rules::IsOn(rules::Rule::kTermination)) return standing;
  const EndingFacts end = FindEnding(data, text);
  const std::optional<rules::Term> term = TermOf(text);
  const bool ended = end.ending.has_value() && end.ending->last_day < on && term.has_value() &&
                     end.ending->last_day < term->last;
  return ended ? v1::CONVENTION_STANDING_TERMINATED : standing;
}

}  // namespace greffe
