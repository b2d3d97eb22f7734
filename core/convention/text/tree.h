#ifndef GREFFE_CORE_CONVENTION_TEXT_TREE_H_
#define GREFFE_CORE_CONVENTION_TEXT_TREE_H_

#include <functional>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/convention/text/consolidate.h"

namespace greffe {

// The sides of one element that stand; at least one. The id points into the state.
struct StandingElement {
  absl::string_view id;
  ElementSides sides;
};

// Says whether a removal takes out what a side puts below: it does when its act builds on the
// side's. What was put beside it, or after, is an orphan that people must see.
using Covers = std::function<bool(const ElementSide& removal, const ElementSide& below)>;

// Fills `elements`, `clashes` and findings about the tree from elements sorted by id. Total: what
// hangs nowhere, or in a loop, is shown at the top. Without `whole`, a parent outside is no
// finding: the text is a part.
void PlaceElements(std::vector<StandingElement> standing, bool whole, const Covers& covers,
                   ConsolidatedText& text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TEXT_TREE_H_
