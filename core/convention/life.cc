#include "core/convention/life.h"

#include <algorithm>
#include <tuple>

#include "core/rules/notice.h"

namespace greffe {
namespace {

using Life = v1::LifeRecorded;

bool Stands(const StateData& data, const LifeFact& fact) {
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

// What the fact corrects, else what it answers; of several corrected the one with the least leaf.
std::uint32_t ParentOf(const StateData& data, const LifeFact& fact) {
  EventNumber least = kNone;
  for (const EventNumber event : fact.replaces) {
    if (RowOf(data, event) == kNone) continue;
    if (least == kNone || data.LeafOf(event) < data.LeafOf(least)) least = event;
  }
  if (least != kNone) return RowOf(data, least);
  return fact.answers == kNone ? kNone : RowOf(data, fact.answers);
}

std::optional<rules::Deadline> DeadlineFrom(v1::NoticeKind kind, std::optional<CivilDate> from) {
  if (!from.has_value()) return std::nullopt;
  const absl::StatusOr<rules::Deadline> deadline = rules::NoticeDeadline(kind, *from);
  return deadline.ok() ? std::optional<rules::Deadline>(*deadline) : std::nullopt;
}

// The last standing cure, up to a day: who gave the notice says that the breach is cured; who
// received it only claims so.
const LifeFact* CuredBySender(const StateData& data, const LifeBook& book, const LifeLine& line,
                              std::optional<CivilDate> until) {
  const LifeFact* out = nullptr;
  for (const LifeFact* fact : book.Standing(line, Life::kNoticeCured)) {
    const bool sender = data.PartnerOf(fact->event) == data.PartnerOf(line.opening->event);
    if (sender && (!until.has_value() || fact->day <= *until)) out = fact;
  }
  return out;
}

// The last standing finding, up to a day, by a party and after the period, that nothing was done.
const LifeFact* FoundFruitless(const StateData& data, const LifeBook& book, const LifeLine& line,
                               const PartyRoll& roll, std::optional<CivilDate> until) {
  const auto kind = static_cast<v1::NoticeKind>(line.opening->variant);
  const LifeFact* out = nullptr;
  for (const LifeFact* fact : book.Standing(line, Life::kNoticeFruitless)) {
    if (!roll.IsSide(data.PartnerOf(fact->event))) continue;
    if (until.has_value() && *until < fact->day) continue;
    if (!rules::CheckFruitless(kind, line.opening->day, fact->day)) out = fact;
  }
  return out;
}

}  // namespace

LifeBook::LifeBook(const StateData& data) : data_(data) {
  // Rows come after what they answer or correct.
  std::vector<std::uint32_t> root(data.life.size(), kNone);
  std::map<std::uint32_t, std::vector<const LifeFact*>> members;
  for (std::uint32_t n = 0; n < data.life.size(); ++n) {
    if (!data.events[data.life[n].event].authorised) continue;
    const std::uint32_t parent = ParentOf(data, data.life[n]);
    root[n] = parent == kNone ? n : root[parent];
    members[root[n]].push_back(&data.life[n]);
  }
  for (auto& [number, facts] : members) {
    LifeLine line;
    line.root = &data.life[number];
    std::sort(facts.begin(), facts.end(),
              [&](const LifeFact* a, const LifeFact* b) { return ByDay(data, a, b); });
    for (const LifeFact* fact : facts) {
      if (fact->kind != line.root->kind || !Stands(data, *fact)) continue;
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
}

const LifeLine* LifeBook::LineOf(EventNumber event) const {
  const auto found = line_by_event_.find(event);
  return found == line_by_event_.end() ? nullptr : &lines_[found->second];
}

std::vector<const LifeFact*> LifeBook::Standing(const LifeLine& line, LifeCase kind) const {
  std::vector<const LifeFact*> out;
  for (const LifeFact* fact : line.others) {
    if (static_cast<LifeCase>(fact->kind) == kind && Stands(data_, *fact)) out.push_back(fact);
  }
  return out;
}

const LifeFact* LifeBook::Last(const LifeLine& line, LifeCase kind) const {
  const std::vector<const LifeFact*> standing = Standing(line, kind);
  return standing.empty() ? nullptr : standing.back();
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
  out.cured = CuredBySender(data, book, line, std::nullopt);
  out.fruitless = FoundFruitless(data, book, line, roll, std::nullopt);
  for (const LifeFact* fact : book.Standing(line, Life::kTerminationDeclared)) {
    if (out.terminated == nullptr && TerminationHolds(data, book, roll, *fact)) {
      out.terminated = fact;
    }
  }
  return out;
}

bool TerminationHolds(const StateData& data, const LifeBook& book, const PartyRoll& roll,
                      const LifeFact& termination) {
  const LifeLine* const line = book.LineOf(termination.event);
  const auto party = roll.parties.find(data.PartnerOf(termination.event));
  if (line == nullptr || party == roll.parties.end() || !party->second.side) return false;
  const auto ground = static_cast<v1::TerminationGround>(termination.variant);
  if (line->kind() == Life::kUncoveredChangeObserved) {
    return ground == v1::TERMINATION_GROUND_UNSIGNED_MODIFICATION &&
           !rules::CheckMayTerminate(ground, v1::NOTICE_KIND_UNSPECIFIED, party->second.kind);
  }
  if (line->kind() != Life::kNoticeSent || ground != v1::TERMINATION_GROUND_FRUITLESS_NOTICE) {
    return false;
  }
  const auto notice = static_cast<v1::NoticeKind>(line->opening->variant);
  return notice != v1::NOTICE_KIND_DENUNCIATION &&
         CuredBySender(data, book, *line, termination.day) == nullptr &&
         FoundFruitless(data, book, *line, roll, termination.day) != nullptr &&
         !rules::CheckMayTerminate(ground, notice, party->second.kind);
}

EndingFacts FindEnding(const StateData& data, const LifeBook& book, const PartyRoll& roll) {
  EndingFacts out;
  const auto take = [&](CivilDate last_day, rules::EndingKind kind, const LifeFact* fact) {
    if (out.ending.has_value() && out.ending->last_day <= last_day) return;
    out.ending = rules::Ending{last_day, kind};
    out.fact = fact;
  };
  for (const LifeLine& line : book.lines()) {
    for (const LifeFact* fact : book.Standing(line, Life::kTerminationDeclared)) {
      if (TerminationHolds(data, book, roll, *fact)) {
        take(fact->day, rules::EndingKind::kTermination, fact);
      }
    }
    if (line.kind() != Life::kNoticeSent) continue;
    const NoticeFacts notice = ReadNotice(data, book, line, roll);
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
  if (standing != v1::CONVENTION_STANDING_IN_FORCE || !rules::IsOn(rules::Rule::kTermination)) {
    return standing;
  }
  const EndingFacts end = FindEnding(data, text);
  const bool over = end.ending.has_value() && end.ending->last_day < on;
  return over ? v1::CONVENTION_STANDING_EXPIRED : standing;
}

}  // namespace greffe
