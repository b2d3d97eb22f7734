// Identifiers of French administration: acts sent to the prefecture, organisations, postcodes.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_ACTES_H_
#define GREFFE_CORE_READER_ACTES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// The identifier of an act in @ctes (domain §7.1): 012-211202023-20250623-DEL2025057-DE.
struct ActesId {
  std::string department;  // "012", "02A"
  std::string siren;       // Nine digits.
  std::string date;        // Eight digits, as printed.
  std::string number;      // As transmitted; hyphens are let through.
  std::string nature;      // "DE"…
  // Whether the grammar holds strictly: number of [0-9A-Z_], 15 at most, nature known.
  bool strict = false;
  std::string Text() const;
};
// Reads `text` whole, spaces around hyphens let through. Nothing when it has not that shape.
std::optional<ActesId> ParseActesId(absl::string_view text);
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
