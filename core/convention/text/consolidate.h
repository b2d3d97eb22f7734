#ifndef GREFFE_CORE_CONVENTION_TEXT_CONSOLIDATE_H_
#define GREFFE_CORE_CONVENTION_TEXT_CONSOLIDATE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "core/base/time.h"
#include "core/convention/state/state.h"
#include "greffe/v1/view.pb.h"

namespace greffe {

// One value of an element. Pointers live as long as the state.
struct ElementSide {
  // The revision that put it; kNone in the text of a draft.
  RevisionNumber revision = kNone;
  const ActId* act = nullptr;
  const DraftChange* change = nullptr;
  // Null when this side removes the element, or is an original that leaves it out; then `change`
  // may be null too.
  const v1::Element* element = nullptr;
};
using ElementSides = absl::InlinedVector<ElementSide, 1>;

// An element in its place.
struct PlacedElement {
  absl::string_view id;
  // 0 at the top.
  std::uint32_t depth = 0;
  // Values that stand, sorted by (revision leaf, change leaf, index): one, or several that clash.
  // At least one puts the element; the first that does gives the place. A side that removes it is
  // here too.
  ElementSides sides;
  // The first side that puts the element.
  const ElementSide& shown() const;
};

// A text at a date.
struct ConsolidatedText {
  // Nothing is concluded: the draft is shown.
  bool project = false;
  // In reading order: parents before children, siblings by position, ties by id.
  std::vector<PlacedElement> elements;
  // Elements whose sides differ, by id. They are among `elements` unless all sides remove them.
  std::vector<PlacedElement> clashes;
  // Found while reading: orphans, loops, several originals or concluded revisions.
  std::vector<v1::Finding> findings;
  // Content of element `terms` (its first side), or null.
  const v1::Terms* terms = nullptr;

  // Null when the id is not in the text.
  const PlacedElement* Find(absl::string_view id) const;
};

// What concluded acts say on a date: each element as put by the concluded revisions in effect that
// no other one in effect builds on. Before the first day of effect, the text that will have effect
// first. When nothing is concluded: ProjectText.
ConsolidatedText Consolidate(const StateData& data, CivilDate on);
// The original act's frozen text (the last one not withdrawn) or, not frozen, its draft.
ConsolidatedText ProjectText(const StateData& data);
// The text of one revision alone, or of an act's draft alone, in tree order: what an act puts. An
// element whose parent the act does not put stands at the top. Removals are not among `elements`.
ConsolidatedText RevisionText(const StateData& data, RevisionNumber revision);
ConsolidatedText DraftText(const StateData& data, const ActFacts& act);

// What these revisions say together, with nothing else, whether concluded or not.
ConsolidatedText TextOfRevisions(const StateData& data, std::vector<RevisionNumber> revisions);

// Elements that a revision puts.
std::vector<const v1::Element*> PutElements(const ActFacts& act, const Revision& revision);
// Elements that stand when these revisions and all that they build on are taken together, whatever
// the date and whether concluded or not; every side of a clash. By id.
std::vector<const v1::Element*> ElementsOf(const StateData& data,
                                           const std::vector<RevisionNumber>& revisions);
// True when an element of that id is among them; no other is looked at.
bool Puts(const StateData& data, const std::vector<RevisionNumber>& revisions,
          absl::string_view element_id);

// Of these concluded revisions those in effect on a day; before the first day of effect, those that
// will have effect first.
std::vector<RevisionNumber> InEffect(const StateData& data,
                                     const std::vector<RevisionNumber>& concluded, CivilDate on);
// The frozen text to show of an act that is not concluded: not withdrawn, after which no other was
// frozen by somebody who had seen it; of several, the least leaf. kNone when there is none.
RevisionNumber LatestFrozen(const StateData& data, const ActFacts& act);

// Project, concluded, in force, expired on a date: effect is [start, end + 1).
v1::ConventionStanding StandingOn(const ConsolidatedText& text, CivilDate on);
// concluded_on of the original; of several, the earliest. Absent before.
std::optional<CivilDate> InForceSince(const StateData& data);
// The act with kind ORIGINAL shown (least leaf of opening), or null.
const ActFacts* OriginalAct(const StateData& data);

// SHA-256 of an element's content, and of a text: docs/formats/text-digest.md.
Digest ElementDigest(const v1::Element& element);
Digest TextDigest(const ConsolidatedText& text);
// The same of a text whose sides have no draft change behind them; `content` tells ElementDigest.
using ContentDigestOf = std::function<Digest(const PlacedElement&, const ElementSide&)>;
Digest DigestOfText(const ConsolidatedText& text, const ContentDigestOf& content);
v1::ConventionCounts CountsOf(const ConsolidatedText& text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_CONSOLIDATE_H_
