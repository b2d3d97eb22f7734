#ifndef GREFFE_CORE_BASE_SIREN_H_
#define GREFFE_CORE_BASE_SIREN_H_

#include "absl/strings/string_view.h"

namespace greffe {

// The Luhn sum of a SIREN (9 digits) or SIRET (14), spaces skipped; La Poste's SIRET by its own
// rule (domain.md section 7.3). False for anything else.
bool IsValidSiren(absl::string_view digits);
bool IsValidSiret(absl::string_view digits);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_SIREN_H_
