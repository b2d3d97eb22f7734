// Lines that list facilities one piece a line: what each of them is.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_FACILITY_LINES_H_
#define GREFFE_CORE_READER_FACILITY_LINES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "core/reader/blocks.h"
#include "core/reader/facility_text.h"

namespace greffe::reader {

// Lines that each say one thing: a type, a commune, a name, an address, or name and address.
bool IsListing(const Block& block);

// « Accueils de loisirs (ALSH) », « Ludothèques »: a type over names.
bool IsTypeHead(absl::string_view text);
// The type in brackets at the end of such a line.
FacilityType BracketedType(absl::string_view text);

// Whether the first facility of the text has its address there.
bool HasAddress(absl::string_view text);
// « Étang communal, 42998 BROUILLAC » below a name: one place, and no way or type among its words.
bool IsBareAddress(absl::string_view text);
// « Périscolaire – École du Centre 57991 PORT »: a dash before the address. `text` is a line or
// two.
std::optional<NamedPlace> SplitAtDash(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_FACILITY_LINES_H_
