#ifndef GREFFE_CORE_CONVENTION_STALE_H_
#define GREFFE_CORE_CONVENTION_STALE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/conclude.h"
#include "core/convention/decide_common.h"
#include "core/convention/state.h"
#include "core/rules/registry.h"

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
  RevisionNumber UnknownChange(const std::string& element_id, const Knows& knows);

 private:
  struct Concluded {
    RevisionNumber revision = kNone;
    Conclusion conclusion;
  };
  // The element and what it stands in, as the drafts of all acts place it.
  std::vector<std::string> Lineage(const std::string& element_id);

  const StateData& data_;
  std::vector<Concluded> concluded_;
  // Of each element; made when first asked for.
  std::optional<std::map<absl::string_view, absl::string_view>> parents_;
};

// ABORTED (L-35): the in-force value of the element was changed by `revision`, the user's act says
// `mine` (null: removes it). Tells the words that each changes in the text that `revision` found.
absl::Status StaleBase(const StateData& data, RevisionNumber revision,
                       const std::string& element_id, const v1::Element* mine);

// « Texte = « 2025 » », “Text = “2025””: the first differing fields of `value` against `other`, by
// the words that people read for them; « supprimé. » for null. Ends its sentence.
rules::Words Excerpt(const v1::Element* value, const v1::Element* other);

// ABORTED: the value changed since it was read. Each says whose it is and what it says, in both
// languages: what people wrote, names and titles are the same in both.
struct StaleValue {
  std::string field;
  rules::Words subject;
  rules::Words theirs;
  rules::Words mine;
};
absl::Status StaleError(const StaleValue& stale);

// « Commune d'Astaffort, le 1er mars 2025 », “Commune d'Astaffort, on 1 March 2025” for the event.
rules::Words AuthorText(const StateData& data, EventNumber event);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_STALE_H_
