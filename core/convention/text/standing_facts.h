#ifndef GREFFE_CORE_CONVENTION_TEXT_STANDING_FACTS_H_
#define GREFFE_CORE_CONVENTION_TEXT_STANDING_FACTS_H_

#include "absl/container/flat_hash_set.h"
#include "core/convention/state/state.h"

namespace greffe {

// Facts of life that stand: authorised and not corrected, as the author of `seen_by` had seen them
// (kNone: all). Made once for many questions, in one pass; borrows the state. Private to
// core/convention.
class StandingFacts final {
 public:
  explicit StandingFacts(const StateData& data, EventNumber seen_by = kNone);

  bool Has(const LifeFact& fact) const;

 private:
  const StateData& data_;
  const EventNumber seen_by_;
  // With `seen_by`: what a record that it saw corrects, whoever made that.
  absl::flat_hash_set<EventNumber> corrected_;
};

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_STANDING_FACTS_H_
