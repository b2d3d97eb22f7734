#ifndef GREFFE_CORE_CONVENTION_READING_STALE_H_
#define GREFFE_CORE_CONVENTION_READING_STALE_H_

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/convention/decide_common.h"
#include "core/convention/state/state.h"
#include "core/convention/text/conclude.h"
#include "core/rules/registry.h"

// What changed since somebody looked. Private to core/convention.
namespace greffe {

// Tells whether an event was known.
using Knows = std::function<bool(EventNumber)>;

// What was concluded by acts other than one. Made once for many elements; borrows the state.
class ConcludedElsewhere final {
 public:
  ConcludedElsewhere(const StateData& data, const ActId& act);

  // A change whose conclusion was not known: of the element, one that takes it out with what it
  // stands in, or, for somebody who takes the element out, one that puts something below it.
  struct Unknown {
    // kNone: there is none. Of several the one with the least leaf.
    RevisionNumber revision = kNone;
    // What it changes: the element, or what stands below it.
    std::string element_id;
  };
  Unknown UnknownChange(const std::string& element_id, bool takes_out, const Knows& knows) const;

 private:
  struct Concluded {
    RevisionNumber revision = kNone;
    Conclusion conclusion;
  };

  // The element and what it stands in, as the acts on record place it.
  std::vector<std::string> Lineage(const std::string& element_id) const;

  const StateData& data_;
  std::vector<Concluded> concluded_;
  // What a revision puts below each element, one of them; made when somebody takes elements out.
  const std::map<std::string, std::string>& PutBelow(RevisionNumber revision) const;

  // Parents by element; made when something is not known.
  mutable std::optional<std::map<std::string, std::string>> parents_;
  mutable std::map<RevisionNumber, std::map<std::string, std::string>> put_below_;
};

// ABORTED (L-35): what the user's act says of `own_id` (`mine`; null: takes it out) was written
// without `unknown`, which may change what stands below it. Tells the words that each changes in
// the text that its revision found.
absl::Status StaleBase(const StateData& data, const ConcludedElsewhere::Unknown& unknown,
                       const std::string& own_id, const v1::Element* mine);

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

#endif  // GREFFE_CORE_CONVENTION_READING_STALE_H_
