#include "core/convention/reading/life.h"

#include <algorithm>
#include <tuple>

#include "core/convention/text/conclude.h"

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

}  // namespace

LifeBook::LifeBook(const StateData& data, const ConsolidatedText& text, CivilDate on)
    : LifeBook(data) {
  rolls_.Lend(text, on);
}

LifeBook::LifeBook(const StateData& data) : data_(data), rolls_(data) {
  // Rows come after what they answer or correct.
  bool may_end = false;
  std::vector<std::uint32_t> root(data.life.size(), kNone);
  // The fact itself opens its thread, or is a correction of the one that does.
  std::vector<bool> opens(data.life.size(), false);
  std::map<std::uint32_t, std::vector<const LifeFact*>> members;
  for (std::uint32_t n = 0; n < data.life.size(); ++n) {
    if (!data.events[data.life[n].event].authorised) continue;
    const LifeFact& fact = data.life[n];
    const auto kind = static_cast<LifeCase>(fact.kind);
    may_end = may_end || kind == Life::kNoticeSent || kind == Life::kTerminationDeclared;
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
  const std::vector<UnwrittenRecord> unwritten = UnwrittenRecordsIn(data);
  if (!unwritten.empty()) unwritten_ = UnwrittenBook(data, unwritten, ConcludedRevisions(data));
  if (may_end) concluded_on_ = InForceSince(data);
}

const LifeLine* LifeBook::LineOf(EventNumber event) const {
  const auto found = line_by_event_.find(event);
  return found == line_by_event_.end() ? nullptr : &lines_[found->second];
}

const std::string* LifeBook::FirstUnwritten(const std::vector<std::string>& elements,
                                            CivilDate day) const {
  if (unwritten_.empty()) return nullptr;
  const CivilDate text_day = rolls_.TextDay(day);
  const auto found = std::find_if(
      elements.begin(), elements.end(),
      [&](const std::string& element) { return unwritten_.Has(element, day, text_day); });
  return found == elements.end() ? nullptr : &*found;
}

std::vector<const LifeFact*> LifeBook::Standing(const LifeLine& line, LifeCase kind) const {
  std::vector<const LifeFact*> out;
  for (const LifeFact* fact : line.others) {
    if (static_cast<LifeCase>(fact->kind) == kind && FactStands(data_, *fact)) out.push_back(fact);
  }
  return out;
}

std::vector<const LifeFact*> LifeBook::StandingFor(const LifeLine& line, LifeCase kind,
                                                   const std::string& party) const {
  std::vector<const LifeFact*> out = Standing(line, kind);
  std::erase_if(out, [&](const LifeFact* fact) {
    return data_.PartnerOf(fact->event) != SpeakerFor(*this, party, line.opening->day, fact->day);
  });
  return out;
}

bool LifeBook::Stands(const LifeLine& line) const { return FactStands(data_, *line.opening); }

const LifeFact* LifeBook::Last(const LifeLine& line, LifeCase kind) const {
  const std::vector<const LifeFact*> standing = Standing(line, kind);
  return standing.empty() ? nullptr : standing.back();
}

std::string SpeakerFor(const LifeBook& book, const std::string& party, CivilDate then,
                       CivilDate day) {
  const std::string place = book.RollOn(then).PlaceOf(party);
  const std::string holder = place.empty() ? "" : book.RollOn(day).HolderOf(place);
  // A party that left by an avenant still answers for what it did.
  return holder.empty() ? party : holder;
}

bool WasAsked(const StateData& data, const LifeBook& book, const LifeLine& line,
              const std::string& partner, CivilDate day) {
  const LifeFact& request = *line.opening;
  if (request.words.empty()) return book.RollOn(day).IsParty(partner);
  return std::any_of(request.words.begin(), request.words.end(), [&](TextNumber asked) {
    return data.Text(asked) == partner ||
           SpeakerFor(book, data.Text(asked), request.day, day) == partner;
  });
}

bool IsAgreed(const v1::Element& element, absl::string_view path) {
  if (element.has_party() || element.has_funding_line()) return true;
  return element.has_terms() && !path.empty() && path != "terms.title";
}

const LifeFact* LastOpinion(const StateData& data, const LifeBook& book, const LifeLine& line,
                            CivilDate until) {
  const LifeFact* last = nullptr;
  const std::string& holder = data.Text(line.opening->detail);
  for (const LifeFact* fact : book.StandingFor(line, Life::kDpoOpinionGiven, holder)) {
    if (fact->day <= until) last = fact;
  }
  return last;
}

std::optional<CivilDate> FirstOpinion(const StateData& data, const LifeBook& book,
                                      const LifeLine& line) {
  const std::string& holder = data.Text(line.opening->detail);
  const std::vector<const LifeFact*> opinions =
      book.StandingFor(line, Life::kDpoOpinionGiven, holder);
  if (opinions.empty()) return std::nullopt;
  return opinions.front()->day;
}

}  // namespace greffe
