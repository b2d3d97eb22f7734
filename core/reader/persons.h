// Who represents a party: « représentée par Madame X, Présidente, et par son Directeur, M. Y ».
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PERSONS_H_
#define GREFFE_CORE_READER_PERSONS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

struct NamedOffice {
  std::string name;  // With its civility, as printed; may be empty (« représentée par son Maire »).
  std::string office;  // Without « son », « la »; first letter as printed. May be empty.
};

// The persons in `text`, what stands after « représenté par » up to the next clause of the party.
std::vector<NamedOffice> ParseRepresentatives(absl::string_view text);

// Whether the plain `text` starts with a civility (« monsieur », « mme »…).
bool StartsWithCivility(absl::string_view plain);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PERSONS_H_
