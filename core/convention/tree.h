#ifndef GREFFE_CORE_CONVENTION_TREE_H_
#define GREFFE_CORE_CONVENTION_TREE_H_

#include <functional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "core/convention/consolidate.h"

namespace greffe {

// Sides of each element that stand, by id. Ids point into the state. Looked up, never iterated into
// anything that leaves without being sorted.
using ElementMap = absl::flat_hash_map<absl::string_view, ElementSides>;

// Says whether a removal takes out what a side puts below: it does when its act builds on the
// side's. What was put beside it, or after, is an orphan that people must see.
using Covers = std::function<bool(const ElementSide& removal, const ElementSide& below)>;

// Fills `elements`, `clashes` and findings about the tree. Total: what hangs nowhere, or in a
// loop, is shown at the top. Without `whole`, a parent outside the map is no finding: the text is
// a part.
void PlaceElements(ElementMap elements, bool whole, const Covers& covers, ConsolidatedText& text);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_TREE_H_
