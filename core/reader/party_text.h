// The text of a party, taken apart: its name, its clauses, where the next party starts.
//
// Pure and thread safe.
#ifndef GREFFE_CORE_READER_PARTY_TEXT_H_
#define GREFFE_CORE_READER_PARTY_TEXT_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "greffe/v1/element.pb.h"

namespace greffe::reader {

// A text with the plain form of each of its bytes' places, so that clauses found in the plain form
// can be cut out of the printed one.
struct Mapped {
  std::string printed;
  std::string plain;
  // Byte of `printed` where each byte of `plain` comes from; one more for the end.
  std::vector<std::size_t> at;
};
Mapped MapPlain(std::string printed);

// A clause of a party: what its words say about what follows them.
enum class Clause { kNone, kRepresented, kSeat, kAlias, kSiren, kMandate };
struct FoundClause {
  Clause clause = Clause::kNone;
  std::size_t begin = 0;  // Bytes of the plain text.
  std::size_t end = 0;    // After its words.
};
// The clauses of a plain text, in order.
std::vector<FoundClause> FindClauses(absl::string_view plain);

// The printed text before its first clause: the name, or the names. Points into `text`.
absl::string_view BeforeClauses(absl::string_view text);

// A printed piece one-spaced, without the separators at its ends: « , la Ville ; » gives « la Ville
// ».
std::string TrimmedName(absl::string_view text);

// Bytes of what stands before a party's name in a plain text: « entre : la commune » gives 11.
std::size_t PlainLeadBytes(absl::string_view plain);

// Where a second party starts inside a paragraph: « …, d'une part, et la ville de Port, représentée
// par… ». Bytes of the plain text, in order, the first party left out.
// A party may also open one of the lines that start at `lines`, after a mark.
std::vector<std::size_t> FurtherParties(absl::string_view plain,
                                        const std::set<std::size_t>& lines = {});

// The kind of organisation whose name `text` starts with, article left out; UNSPECIFIED for none.
v1::PartnerKind PartnerKindOf(absl::string_view text);

// The kind that a name has by a word of the lexicon at its start or, where none stands there,
// inside it: « Mirevent Agglomération ». UNSPECIFIED for none.
v1::PartnerKind PartnerKindWithin(absl::string_view name);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_PARTY_TEXT_H_
