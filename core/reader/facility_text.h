// Names and addresses of facilities: one cell or line may hold several without a mark between them.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_FACILITY_TEXT_H_
#define GREFFE_CORE_READER_FACILITY_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace greffe::reader {

// The class of a text that starts with the name of a type (EAJE, RPE, LAEP, ALSH…): "" when it does
// not. `bytes` is the length of that name.
struct FacilityType {
  std::string name;
  std::size_t bytes = 0;
};
FacilityType FacilityTypeAt(absl::string_view text);

struct NamedPlace {
  std::string name;
  std::string address;
};

// Cuts after each postcode with its town (« 47000 AGEN », « 12 000 RODEZ ») and takes each piece
// apart. A piece that starts with a postcode has an empty name: the end of an address that a page
// cut.
// Who runs a place (« … Gestionnaire : association X ») is none: it is left out.
std::vector<NamedPlace> SplitFacilities(absl::string_view text);

// A facility that a sentence names: a type, the name in « », the address up to the postcode's town.
struct ProsePlace {
  std::string type;  // As printed.
  NamedPlace place;
};
std::vector<ProsePlace> FacilitiesInProse(absl::string_view text);

// Whether `text` is an address from its first word on: a number or the name of a way or building,
// with a postcode after it.
bool StartsAddress(absl::string_view text);

// Whether `text` holds a postcode.
bool HasPostcode(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FACILITY_TEXT_H_
