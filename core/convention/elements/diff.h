#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_DIFF_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_DIFF_H_

#include <functional>
#include <string>

#include "core/base/digest.h"
#include "greffe/v1/view.pb.h"

namespace greffe {

// The element of an id where the comparison stands; null when it has none.
using ElementOf = std::function<const v1::Element*(const std::string&)>;

// Kind, elements and changed fields of one changed element; either side may be null, not both.
// `place` names the element after what it stands in, as `where` tells.
v1::DiffEntry MakeDiffEntry(const v1::Element* before, const v1::Element* after,
                            const ElementOf& where);

// True when both say the same, place in the tree included. Where it was read is not compared.
bool SameElement(const v1::Element& a, const v1::Element& b);
// Equal for the same elements alone: by it, many are told apart without comparing each with each.
Digest WordingDigest(const v1::Element& element);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_DIFF_H_
