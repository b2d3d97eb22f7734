// Identifiers of French administration: acts sent to the prefecture, organisations, postcodes.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ACTES_H_
#define GREFFE_CORE_READER_ACTES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/base/actes.h"

namespace greffe::reader {

// The first identifier inside `text`.
std::optional<ActesId> FindActesId(absl::string_view text);

// The department of a postcode of five digits: "47", "2A" is not told from "20", "974". Empty for
// anything else.
std::string DepartmentOfPostcode(absl::string_view postcode);
// The first five-digit postcode in `text`, spaces inside (« 12 000 ») let through before a word;
// empty when there is none.
std::string FindPostcode(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_ACTES_H_
