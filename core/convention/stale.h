#ifndef GREFFE_CORE_CONVENTION_STALE_H_
#define GREFFE_CORE_CONVENTION_STALE_H_

#include <functional>
#include <string>
#include <vector>

#include "core/convention/conclude.h"
#include "core/convention/decide_common.h"
#include "core/convention/state.h"

// What changed since somebody looked. Private to core/convention.
namespace greffe {

// Tells whether an event was known.
using Knows = std::function<bool(EventNumber)>;

// What was concluded by acts other than one. Made once for many elements; borrows the state.
class ConcludedElsewhere final {
 public:
  ConcludedElsewhere(const StateData& data, const ActId& act);

  // A revision that changes the element, or takes it out with what it stands in, and whose
  // conclusion was not known; kNone when there is none. Of several the one with the least leaf.
  RevisionNumber UnknownChange(const std::string& element_id, const Knows& knows) const;

 private:
  struct Concluded {
    RevisionNumber revision = kNone;
    Conclusion conclusion;
  };
  const StateData& data_;
  std::vector<Concluded> concluded_;
};
// The same for one element.
RevisionNumber UnknownChange(const StateData& data, const ActId& act, const std::string& element_id,
                             const Knows& knows);

// ABORTED (L-35): the in-force value of the element was changed by `revision`, the user's act says
// `mine` (null: removes it).
absl::Status StaleBase(const StateData& data, RevisionNumber revision,
                       const std::string& element_id, const v1::Element* mine);

// « dates.from : « 2025 » », the first differing fields of `value` against `other`; « supprimé »
// for null.
std::string Excerpt(const v1::Element* value, const v1::Element* other);

// ABORTED: the value changed since it was read. Each says whose it is and what it says.
struct StaleValue {
  std::string field;
  std::string subject;
  std::string theirs;
  std::string mine;
};
absl::Status StaleError(const StaleValue& stale);

// « Commune d'Astaffort, le 2025-03-01 » for the event.
std::string AuthorText(const StateData& data, EventNumber event);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STALE_H_
