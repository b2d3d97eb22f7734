#include "core/convention/party_roll.h"

#include <algorithm>
#include <set>

#include "core/convention/conclude.h"

namespace greffe {
namespace {

void CountSides(PartyRoll* roll) {
  roll->sides = 0;
  for (const auto& [partner, entry] : roll->parties) roll->sides += entry.side ? 1 : 0;
}

// The successor stands where the other stood, beside what it already was.
void Move(const Succession& succession, PartyRoll* roll) {
  const auto held = roll->places.find(succession.place);
  if (succession.effect != SuccessionEffect::kTakesPlace || held == roll->places.end() ||
      held->second != succession.before || succession.before == succession.after) {
    return;
  }
  const PartyRoll::Entry before = roll->parties[succession.before];
  held->second = succession.after;
  if (roll->PlaceOf(succession.before).empty()) roll->parties.erase(succession.before);
  const auto [after, fresh] = roll->parties.emplace(succession.after, before);
  if (!fresh) after->second.side = after->second.side || before.side;
  roll->succeeded.emplace(succession.before, succession.on);
  roll->succeeded.erase(succession.after);
  CountSides(roll);
}

}  // namespace

bool PartyRoll::IsSide(const std::string& partner) const {
  const auto found = parties.find(partner);
  return found != parties.end() && found->second.side;
}

v1::PartnerKind PartyRoll::KindOf(const std::string& partner) const {
  const auto found = parties.find(partner);
  return found == parties.end() ? v1::PARTNER_KIND_UNSPECIFIED : found->second.kind;
}

std::string PartyRoll::PlaceOf(const std::string& partner) const {
  for (const auto& [place, holder] : places) {
    if (holder == partner) return place;
  }
  return "";
}

std::string PartyRoll::HolderOf(const std::string& place) const {
  const auto found = places.find(place);
  return found == places.end() ? "" : found->second;
}

PartyRoll RollOf(const ConsolidatedText& text) {
  PartyRoll roll;
  if (text.terms != nullptr) roll.term_last = CivilDate::TryParse(text.terms->end_date());
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    if (!element.has_party()) continue;
    const v1::Party& party = element.party();
    PartyRoll::Entry& entry = roll.parties[party.partner_id()];
    entry.kind = party.kind();
    entry.side = entry.side || !party.signing_offices().empty();
    roll.places[element.id()] = party.partner_id();
  }
  CountSides(&roll);
  if (roll.sides > 0) return roll;
  for (auto& [partner, entry] : roll.parties) entry.side = true;
  CountSides(&roll);
  return roll;
}

void PartyRolls::Lend(const ConsolidatedText& text, CivilDate on) {
  lent_ = &text;
  lent_on_ = on;
}

std::size_t PartyRolls::TextPeriod(CivilDate day) const {
  if (!breaks_.has_value()) {
    std::set<CivilDate> days;
    for (const RevisionNumber r : ConcludedRevisions(data_)) {
      days.insert(*data_.revisions[r].effective_from);
    }
    breaks_.emplace(days.begin(), days.end());
  }
  if (breaks_->empty()) return 0;
  // Before the first day of effect, the text that will have effect first (Consolidate).
  const auto after = std::upper_bound(breaks_->begin(), breaks_->end(), day);
  return std::max<std::size_t>(1, static_cast<std::size_t>(after - breaks_->begin()));
}

const PartyRoll& PartyRolls::OfText(CivilDate day) const {
  const std::size_t period = TextPeriod(day);
  const auto found = by_text_.find(period);
  if (found != by_text_.end()) return found->second;
  const bool lent = lent_ != nullptr && TextPeriod(lent_on_) == period;
  PartyRoll roll = lent ? RollOf(*lent_) : RollOf(Consolidate(data_, day));
  return by_text_.emplace(period, std::move(roll)).first->second;
}

PartyRoll PartyRolls::Moved(CivilDate day, const std::vector<Succession>& successions) const {
  PartyRoll roll = OfText(day);
  for (const Succession& one : successions) {
    if (one.on <= day) Move(one, &roll);
  }
  return roll;
}

const std::vector<Succession>& PartyRolls::successions() const {
  if (successions_.has_value()) return *successions_;
  std::vector<Succession> judged;
  for (const auto& [day, records] : FindSuccessions(data_)) {
    const PartyPlaces places = Moved(day, judged).places;
    for (Succession& one : JudgeSuccessions(data_, records, places)) {
      judged.push_back(std::move(one));
    }
  }
  successions_ = std::move(judged);
  return *successions_;
}

const PartyRoll& PartyRolls::On(CivilDate day) const {
  const std::vector<Succession>& all = successions();
  if (all.empty()) return OfText(day);
  const auto until = std::upper_bound(all.begin(), all.end(), day,
                                      [](CivilDate d, const Succession& s) { return d < s.on; });
  const std::pair key(TextPeriod(day), static_cast<std::size_t>(until - all.begin()));
  const auto found = moved_.find(key);
  if (found != moved_.end()) return found->second;
  return moved_.emplace(key, Moved(day, all)).first->second;
}

}  // namespace greffe
