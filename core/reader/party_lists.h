// Parties that stand in a table under column heads, and communes named in one sentence.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PARTY_LISTS_H_
#define GREFFE_CORE_READER_PARTY_LISTS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/model.h"

namespace greffe::reader {

// One party a row, where the first row heads the columns (« Signataire », « Adresse », « Représenté
// par », « Qualité »); empty for any other table.
std::vector<Party> PartiesUnderHeads(const Block& table);

// « les communes de A, B et d'Orsagne »: « Commune de A », « Commune de B », « Commune d'Orsagne ».
// `text` ends where the first clause about them starts. Empty when it names no communes so.
std::vector<std::string> CommunesIn(absl::string_view text);

// « les communes ci-après : Pont (M. A), Orsagne (Mme B) »: each with who represents it. Empty for
// any other text.
struct NamedCommune {
  std::string name;    // « Commune de Pont ».
  std::string person;  // With civility, as printed.
};
std::vector<NamedCommune> CommunesWithPersons(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PARTY_LISTS_H_
