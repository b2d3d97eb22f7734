#include "core/convention/text/standing_facts.h"

namespace greffe {

StandingFacts::StandingFacts(const StateData& data, EventNumber seen_by)
    : data_(data), seen_by_(seen_by) {
  if (seen_by == kNone) return;
  for (const LifeFact& other : data.life) {
    if (other.replaces.empty() || !data.Saw(seen_by, other.event)) continue;
    corrected_.insert(other.replaces.begin(), other.replaces.end());
  }
}

bool StandingFacts::Has(const LifeFact& fact) const {
  const EventRow& row = data_.events[fact.event];
  if (!row.authorised) return false;
  if (seen_by_ == kNone) return !row.replaced;
  return data_.Saw(seen_by_, fact.event) && !corrected_.contains(fact.event);
}

}  // namespace greffe
