#ifndef GREFFE_CORE_BASE_FRENCH_NAME_H_
#define GREFFE_CORE_BASE_FRENCH_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

// Names of organisations inside a French sentence, with the article that their first word asks for:
// « Ville de Rodez » gives « la Ville de Rodez ». A name that begins with none of the known words
// (a town, an id, a name that is its own) is quoted behind « le partenaire », which is right
// whatever it is. Pure; thread safe.
namespace greffe {

// « la Ville de Rodez », « l'Agglomération d'Agen », « les communes du Val »,
// « le partenaire « Agen 2030 » ». Also behind « par » and « pour ».
std::string TheParty(absl::string_view name);
// « de la Ville de Rodez », « de l'Agglomération d'Agen », « du syndicat », « des communes »,
// « du partenaire « Agen 2030 » ».
std::string OfParty(absl::string_view name);
// « à la Ville de Rodez », « au syndicat », « aux communes », « au partenaire « Agen 2030 » ».
std::string ToParty(absl::string_view name);

}  // namespace greffe

#endif  // GREFFE_CORE_BASE_FRENCH_NAME_H_
