#include "core/convention/text/offices.h"

#include <algorithm>
#include <utility>

#include "core/convention/text/conclude.h"
#include "core/convention/text/standing_facts.h"
#include "greffe/v1/life.pb.h"

namespace greffe {

OfficeBook::OfficeBook(const StateData& data, const PartyRolls& rolls) : data_(data) {
  const StandingFacts standing(data);
  for (const LifeFact& fact : data.life) {
    if (static_cast<v1::LifeRecorded::FactCase>(fact.kind) !=
            v1::LifeRecorded::kRepresentativeChanged ||
        !standing.Has(fact)) {
      continue;
    }
    const std::string& party = data.Text(fact.element);
    if (rolls.On(fact.day).HolderOf(party) != data.PartnerOf(fact.event)) continue;
    changes_.push_back({&fact, party, data.Text(fact.words[0]), data.Text(fact.words[1])});
  }
  std::sort(changes_.begin(), changes_.end(), [&](const OfficeChange& a, const OfficeChange& b) {
    if (a.fact->day != b.fact->day) return a.fact->day < b.fact->day;
    return data.LeafOf(a.fact->event) < data.LeafOf(b.fact->event);
  });
}

const OfficeChange* OfficeBook::Last(const PlacedElement& party, const std::string& office_id,
                                     CivilDate on) const {
  const OfficeChange* last = nullptr;
  for (const OfficeChange& one : changes_) {
    if (one.party == party.id && one.office_id == office_id && one.fact->day <= on) last = &one;
  }
  if (last == nullptr || party.shown().revision == kNone) return last;
  const std::optional<CivilDate> written = Conclude(data_, party.shown().revision).concluded_on;
  return written.has_value() && last->fact->day < *written ? nullptr : last;
}

std::string OfficeReads(const OfficeBook& book, const ConsolidatedText& in_force,
                        const v1::Element& party, const v1::SigningOffice& office, CivilDate on) {
  const PlacedElement* const placed = in_force.Find(party.id());
  if (placed == nullptr || placed->shown().element == nullptr || book.changes().empty()) {
    return office.office();
  }
  for (const v1::SigningOffice& now : placed->shown().element->party().signing_offices()) {
    if (now.id() != office.id() || now.office() != office.office()) continue;
    const OfficeChange* const last = book.Last(*placed, office.id(), on);
    if (last != nullptr) return last->reads;
  }
  return office.office();
}

bool EverRead(const StateData& data, const std::string& office_id, const std::string& words) {
  for (const auto& [id, act] : data.acts) {
    for (const DraftChange& change : act.changes) {
      if (change.put == nullptr || !change.put->has_party()) continue;
      for (const v1::SigningOffice& office : change.put->party().signing_offices()) {
        if (office.id() == office_id && office.office() == words) return true;
      }
    }
  }
  const PartyRolls rolls(data);
  const OfficeBook book(data, rolls);
  return std::any_of(book.changes().begin(), book.changes().end(), [&](const OfficeChange& one) {
    return one.office_id == office_id && one.reads == words;
  });
}

}  // namespace greffe
