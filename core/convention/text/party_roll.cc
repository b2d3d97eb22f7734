#include "core/convention/text/party_roll.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/base/limits.h"
#include "core/convention/text/conclude.h"
#include "core/rules/force.h"

namespace greffe {
namespace {

void CountSides(PartyRoll* roll) {
  roll->sides = 0;
  for (const auto& [partner, entry] : roll->parties) roll->sides += entry.side ? 1 : 0;
}

// The successor stands where the other stood, beside what it already was. True when it does.
bool Move(const Succession& succession, PartyRoll* roll) {
  const auto held = roll->places.find(succession.place);
  if (succession.effect != SuccessionEffect::kTakesPlace || held == roll->places.end() ||
      held->second != succession.before || succession.before == succession.after) {
    return false;
  }
  const PartyRoll::Entry before = roll->parties[succession.before];
  held->second = succession.after;
  if (roll->PlaceOf(succession.before).empty()) roll->parties.erase(succession.before);
  const auto [after, fresh] = roll->parties.emplace(succession.after, before);
  if (!fresh) after->second.side = after->second.side || before.side;
  CountSides(roll);
  return true;
}

// The terms that a revision puts; null when it puts none.
const v1::Terms* TermsPut(const ActFacts& act, const Revision& revision) {
  for (const std::uint32_t place : revision.content) {
    const v1::Element* const put = act.changes[place].put.get();
    if (put != nullptr && put->has_terms()) return &put->terms();
  }
  return nullptr;
}

// A roll is kept each so many successions, so that none is far from the one before it.
constexpr std::size_t kKeptEach = 64;

}  // namespace

bool PartyRoll::IsSide(const std::string& partner) const {
  const auto found = parties.find(partner);
  return found != parties.end() && found->second.side;
}

bool PartyRoll::IsSucceeded(const std::string& partner) const {
  if (moves == nullptr) return false;
  const auto found = moves->find(partner);
  if (found == moves->end()) return false;
  const auto after =
      std::lower_bound(found->second.begin(), found->second.end(), std::pair(successions, false));
  return after != found->second.begin() && std::prev(after)->second;
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
  // What the element read stands in: parents come before their children.
  std::vector<absl::string_view> within;
  for (const PlacedElement& placed : text.elements) {
    const v1::Element& element = *placed.shown().element;
    within.resize(std::min<std::size_t>({placed.depth, within.size(), limits::kTreeDepth}));
    within.push_back(placed.id);
    if (element.article().role() == v1::CLAUSE_ROLE_TERMINATION) {
      roll.end_articles.push_back({&element, {within.begin(), within.end()}});
    }
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

void PartyRolls::FindBreaks() const {
  std::set<CivilDate> days;
  std::set<CivilDate> of_term;
  // The least last day that any of them gives; absent when one gives none.
  std::optional<CivilDate> least;
  bool all_give = true;
  for (const RevisionNumber r : ConcludedRevisions(data_)) {
    const Revision& revision = data_.revisions[r];
    days.insert(*revision.effective_from);
    const v1::Terms* const terms = TermsPut(data_.acts.at(revision.act), revision);
    if (terms == nullptr) continue;
    of_term.insert(*revision.effective_from);
    const std::optional<CivilDate> last = CivilDate::TryParse(terms->end_date());
    all_give = all_give && last.has_value();
    if (last.has_value()) least = std::min(least.value_or(*last), *last);
  }
  breaks_.emplace(days.begin(), days.end());
  term_breaks_.assign(of_term.begin(), of_term.end());
  const bool in_time = all_give && least.has_value() && breaks_->back() <= *least;
  if (breaks_->size() < 2 || in_time || !rules::IsOn(rules::Rule::kBeforeEnd)) return;
  const std::optional<TermEnd> end = TermEndOf(breaks_->front());
  if (!end.has_value()) return;
  // A text that ends the term just before it takes effect does have that effect.
  const auto late = std::find_if(breaks_->begin() + 1, breaks_->end(), [&](CivilDate from) {
    return from > end->last && from != end->given_from;
  });
  if (late == breaks_->end()) return;
  stillborn_from_ = *late;
  breaks_->erase(late, breaks_->end());
  std::erase_if(term_breaks_, [&](CivilDate from) { return from >= *stillborn_from_; });
}

std::size_t PartyRolls::TextPeriod(CivilDate day) const {
  if (!breaks_.has_value()) FindBreaks();
  if (breaks_->empty()) return 0;
  // Before the first day of effect, the text that will have effect first (Consolidate).
  const auto after = std::upper_bound(breaks_->begin(), breaks_->end(), day);
  return std::max<std::size_t>(1, static_cast<std::size_t>(after - breaks_->begin()));
}

CivilDate PartyRolls::TextDay(CivilDate day) const {
  TextPeriod(day);
  const bool late = stillborn_from_.has_value() && *stillborn_from_ <= day;
  return late ? CivilDate{stillborn_from_->days - 1} : day;
}

const PartyRoll& PartyRolls::OfText(CivilDate day) const {
  const std::size_t period = TextPeriod(day);
  const auto found = by_text_.find(period);
  if (found != by_text_.end()) return found->second;
  const bool lent = lent_ != nullptr && TextPeriod(lent_on_) == period;
  PartyRoll roll = lent ? RollOf(*lent_) : RollOf(Consolidate(data_, TextDay(day)));
  return by_text_.emplace(period, std::move(roll)).first->second;
}

const std::optional<PartyRolls::TermEnd>& PartyRolls::TermEndOf(CivilDate day) const {
  const auto found = term_ends_.find(TextPeriod(day));
  if (found != term_ends_.end()) return found->second;
  std::optional<TermEnd> end;
  if (const std::optional<CivilDate>& last = OfText(day).term_last) end = TermEnd{*last, {}};
  auto next = std::upper_bound(term_breaks_.begin(), term_breaks_.end(), day);
  // Before the first day of effect, the text of that day is in force already.
  if (next != term_breaks_.end() && TextPeriod(*next) == TextPeriod(day)) ++next;
  for (; end.has_value() && next != term_breaks_.end(); ++next) {
    if (*next > end->last.NextDay()) break;
    const std::optional<CivilDate>& last = OfText(*next).term_last;
    if (!last.has_value()) {
      end.reset();
    } else if (*last != end->last) {
      // What was done before a text that takes effect is not undone by it.
      end = TermEnd{std::max(*last, CivilDate{next->days - 1}), *next};
    }
  }
  return term_ends_.emplace(TextPeriod(day), end).first->second;
}

std::optional<PartyRolls::TermEnd> PartyRolls::TermEndFrom(CivilDate day) const {
  const std::optional<CivilDate>& last = OfText(day).term_last;
  if (!last.has_value()) return std::nullopt;
  // What is over is not prolonged any more.
  return day <= *last ? TermEndOf(day) : TermEnd{*last, std::nullopt};
}

const std::vector<Succession>& PartyRolls::successions() const {
  if (successions_.has_value()) return *successions_;
  std::vector<Succession> judged;
  // The places of each day, moved on from those of the day before while the text stays.
  std::optional<std::size_t> period;
  PartyRoll roll;
  std::size_t moved = 0;
  for (const auto& [day, records] : FindSuccessions(data_)) {
    if (period != TextPeriod(day)) {
      period = TextPeriod(day);
      roll = OfText(day);
      moved = 0;
    }
    for (; moved < judged.size(); ++moved) Move(judged[moved], &roll);
    for (Succession& one : JudgeSuccessions(data_, records, roll.places)) {
      judged.push_back(std::move(one));
    }
  }
  successions_ = std::move(judged);
  return *successions_;
}

const PlaceMoves& PartyRolls::MovesOf(CivilDate day) const {
  const std::size_t period = TextPeriod(day);
  const auto found = moves_.find(period);
  if (found != moves_.end()) return found->second;
  PlaceMoves& moves = moves_[period];
  const std::vector<Succession>& all = successions();
  PartyRoll roll = OfText(day);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!Move(all[i], &roll)) continue;
    moves[all[i].before].emplace_back(i, true);
    moves[all[i].after].emplace_back(i, false);
  }
  return moves;
}

const PartyRoll& PartyRolls::On(CivilDate day) const {
  const std::vector<Succession>& all = successions();
  if (all.empty()) return OfText(day);
  const auto until = std::upper_bound(all.begin(), all.end(), day,
                                      [](CivilDate d, const Succession& s) { return d < s.on; });
  const std::size_t period = TextPeriod(day);
  const auto count = static_cast<std::size_t>(until - all.begin());
  // The last roll of this text that is kept, at most so many successions before.
  const auto next = moved_.upper_bound({period, count});
  const bool kept = next != moved_.begin() && std::prev(next)->first.first == period;
  const std::size_t from = kept ? std::prev(next)->first.second : 0;
  if (kept && from == count) return std::prev(next)->second;
  PartyRoll roll = kept ? std::prev(next)->second : OfText(day);
  roll.moves = &MovesOf(day);
  for (std::size_t i = from; i < count; ++i) {
    Move(all[i], &roll);
    roll.successions = i + 1;
    if (roll.successions % kKeptEach == 0) moved_.emplace(std::pair(period, i + 1), roll);
  }
  return moved_.emplace(std::pair(period, count), std::move(roll)).first->second;
}

}  // namespace greffe
