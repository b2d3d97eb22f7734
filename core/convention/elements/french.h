#ifndef GREFFE_CORE_CONVENTION_ELEMENTS_FRENCH_H_
#define GREFFE_CORE_CONVENTION_ELEMENTS_FRENCH_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "greffe/v1/act.pb.h"
#include "greffe/v1/follow_up.pb.h"
#include "greffe/v1/instrument.pb.h"
#include "greffe/v1/view.pb.h"

// Words for people, in French and in English, shared by sentences on events, refusals, the board
// and the printed text. Legal terms are French in both. Pure; thread safe.
namespace greffe {

// "2025-03-01" gives « 1er mars 2025 », “1 March 2025”. What is not a date comes back as it is.
std::string FrenchDate(absl::string_view date);
std::string EnglishDate(absl::string_view date);
// "3 actions", "1 action"; of none, French has the singular and English the plural.
std::string Count(std::size_t n, absl::string_view one, absl::string_view many);
std::string CountEn(std::size_t n, absl::string_view one, absl::string_view many);
// The first 12 digits of a hash, as people compare them.
std::string Short(absl::string_view hex);

std::string FrenchName(v1::ActKind kind);
std::string EnglishName(v1::ActKind kind);
std::string FrenchName(v1::ConventionStanding standing);
std::string FrenchName(v1::SignatureKind kind);
std::string EnglishName(v1::SignatureKind kind);
std::string FrenchName(v1::ProgressState state);
std::string EnglishName(v1::ProgressState state);
// « A », « B », « C »: which instrument a change needs; the same in both languages.
const char* ClassLetter(v1::ChangeClass change_class);
// « couvre », « à délibérer », « avis juridique »; “?” for what newer software added.
const char* FrenchName(v1::MandateCoverage coverage);
const char* EnglishName(v1::MandateCoverage coverage);

}  // namespace greffe

#endif  // GREFFE_CORE_CONVENTION_ELEMENTS_FRENCH_H_
