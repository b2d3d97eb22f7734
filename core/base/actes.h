#ifndef GREFFE_CORE_BASE_ACTES_H_
#define GREFFE_CORE_BASE_ACTES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe {

// The identifier of an act transmitted to the prefecture by @ctes (domain.md section 7.1):
// 012-211202023-20250623-DEL2025057-DE.
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

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_ACTES_H_
