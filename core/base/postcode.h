#ifndef GREFFE_CORE_BASE_POSTCODE_H_
#define GREFFE_CORE_BASE_POSTCODE_H_

#include <string>

#include "absl/strings/string_view.h"

// Postcodes of addresses. Pure; thread safe.
namespace greffe {

// The first five-digit postcode in `text`, spaces inside (« 12 000 ») let through before a word;
// empty when there is none. Boxes of a post office (CS, BP, TSA) are none.
std::string FindPostcode(absl::string_view text);

// The department of a postcode of five digits: "47", "2A" is not told from "20", "974". Empty for
// anything else.
std::string DepartmentOfPostcode(absl::string_view postcode);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_POSTCODE_H_
