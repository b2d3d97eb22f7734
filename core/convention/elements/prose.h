#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_PROSE_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_PROSE_H_

#include <string>

#include "greffe/v1/element.pb.h"

namespace greffe {

// An element as an avenant quotes it, in French: one line for a row of a list, title and text for
// anything else. Ids, enums and flags are left out. Private to core/convention.
std::string ProseOf(const v1::Element& element);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_PROSE_H_
