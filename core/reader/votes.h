// Figures and dates of a deliberation, as its text prints them.
//
// All functions take plain text (letters.h). Pure and thread safe.
#ifndef GREFFE_CORE_READER_VOTES_H_
#define GREFFE_CORE_READER_VOTES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace greffe::reader {

enum class Figure {
  kMembersInOffice,
  kPresent,
  kRepresented,
  kVotesFor,
  kVotesAgainst,
  kAbstentions,
};
// The figure printed after its label (« Présents : 32 », « présents (32) », « abstentions : deux »)
// or before it (« 35 voix pour », « 32 présents »), as decimal digits; empty when there is none.
// Numbers above 999 are none.
std::string FigureIn(absl::string_view plain, Figure figure);

enum class ActDate { kVoted, kConvened, kPublished, kSent, kReceived };
// The date printed after the words for it, YYYY-MM-DD: « Reçu le 27/06/2025 », « séance du 19
// décembre 2022 ». Empty when there is none.
std::string ActDateIn(absl::string_view plain, ActDate date);

// Where « délibération » with a number or a date of its own is mentioned: what follows the first
// « n° » after the word, what follows « en date du », « du ».
struct Mention {
  std::string number;  // As in the printed text given beside the plain one.
  std::string date;
};
std::optional<Mention> MentionIn(absl::string_view printed);

// The number after « n° » in a printed text: « N°2025-057 – Convention » gives "2025-057".
std::string NumberAfterSign(absl::string_view printed);

// « conseil municipal de la ville de X », as printed: the assembly up to the next clause; empty for
// none.
std::string AssemblyIn(absl::string_view printed);
// "municipal", "communautaire", "administration"…: which assembly a plain text names; empty for
// none.
std::string AssemblyKind(absl::string_view plain);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_VOTES_H_
