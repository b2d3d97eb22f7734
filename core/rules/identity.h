#ifndef GREFFE_CORE_RULES_IDENTITY_H_
#define GREFFE_CORE_RULES_IDENTITY_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/rules/registry.h"
#include "greffe/v1/element.pb.h"

// Who and where an organisation or a person is: keys, communes, postcodes, spellings. Pure.
namespace greffe::rules {

// CHK-01: nine digits with their key.
std::optional<Oddity> CheckSiren(const std::string& siren);
// CHK-01: fourteen digits with theirs (La Poste's establishments have a rule of their own).
std::optional<Oddity> CheckSiret(const std::string& siret);

// CHK-02: the INSEE code that the SIREN of a commune lets one guess, 45285 of 214502858: 21,
// department, 0, commune, key. Empty for any other SIREN. A hint: communes merge, codes change, and
// Corsica reads 20 for 2A and 2B.
std::string CommuneOfSiren(absl::string_view siren);
// CHK-02: the INSEE code on record is another one.
std::optional<Oddity> CheckCommuneOfSiren(absl::string_view siren, absl::string_view insee);

// L-07, CHK-19: an organisation whose assembly votes on a convention, by its kind (commune, EPCI,
// syndicat, département), or by the INSEE code or the SIREN of a commune where its kind does not
// tell: for one of which a text does not say that it deliberates. Never by a name. Nothing for a
// CAF, the State and the Éducation nationale, which vote nothing.
std::optional<Oddity> CheckAssembly(v1::PartnerKind kind, absl::string_view siren,
                                    absl::string_view insee);

// CHK-35: an address with a postcode of another department than that of the commune. Nothing where
// either is not said. A few communes have the postcode of the next department: to be looked at.
std::optional<Oddity> CheckPostcode(absl::string_view address, absl::string_view insee);
// CHK-35: of four departments or more, those that are not the one which three quarters share, by
// their places. Nothing where no department is so common.
std::vector<std::size_t> StrayDepartments(const std::vector<std::string>& departments);

// A word of a name where a document prints it; views of the caller's texts.
struct PrintedName {
  // With its marks, in small letters: « yıldız ».
  absl::string_view spelling;
  // Letters and digits alone, without marks.
  absl::string_view key;
  // Key of the word before, such as a first name.
  absl::string_view before;
};
// CHK-34: other marks on the same letters, or one letter more, fewer or other behind the same word
// of three letters or more. Only ever a hint: nothing in Greffe goes by a name.
bool MayBeOneName(const PrintedName& a, const PrintedName& b);

}  // namespace greffe::rules

#endif  // GREFFE_CORE_RULES_IDENTITY_H_
