#ifndef GREFFE_CORE_CONVENTION_ELEMENT_LOOKUP_H_
#define GREFFE_CORE_CONVENTION_ELEMENT_LOOKUP_H_

#include <string>

#include "core/convention/state.h"

namespace greffe {

// An element of that id that any act puts, in draft or in force; null when none ever did. Of
// several the one whose event has the least leaf among those not replaced, so that every replica
// picks the same. Private to core/convention.
const v1::Element* FindElementAnywhere(const StateData& data, const std::string& id);

// « Article 3 – Gouvernance », or the id of an unknown one.
std::string ElementName(const StateData& data, const std::string& id);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENT_LOOKUP_H_
