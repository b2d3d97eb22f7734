// What a name of a person looks like, and in which passages one is expected.
//
// Pure and thread safe; linear in the text.
#ifndef GREFFE_CORE_READER_NAME_SHAPE_H_
#define GREFFE_CORE_READER_NAME_SHAPE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/fold.h"

namespace greffe::reader {

// A text and its words; the text outlives it.
struct NameText {
  explicit NameText(absl::string_view whole) : text(whole), words(Words(whole)) {}
  // What stands between words[at - 1] and words[at]; before the first word, what opens the text.
  absl::string_view Gap(std::size_t at) const;

  absl::string_view text;
  std::vector<Word> words;
};

// Capitalised words that stand together, particles inside.
struct NameShape {
  std::size_t parts = 0;  // Words joined by a hyphen are one part; particles are none.
  bool mixed = false;  // « NOM Prénom »: a part in capitals of three letters or more, and another.
  bool initial = false;   // « A. EXEMPLE ».
  bool given = false;     // A part is a given name in use in France.
  bool body = false;      // Holds a word of bodies, headings or facilities: no person's name.
  bool capitals = false;  // Starts with a part in capitals of five letters or more.
};

enum class NamePassage : unsigned char {
  kRunning,
  kAttendance,  // After « Présents : », « Excusés », « Secrétaire de séance : »…
  kSigning,     // After « Fait à … ».
  kUnderOffice  // Under a line that holds an office and no name.
};

bool IsCivility(const Word& word);
bool IsPluralCivility(const Word& word);
// First word of an office: « maire », « présidente »…
bool IsOfficeWord(const Word& word);
bool IsParticle(const Word& word);
// « Saint », « Ste »: what follows is a place.
bool IsSaint(const Word& word);

// Whether only spaces, hyphens, apostrophes and a dot stand between words[at - 1] and words[at].
bool Joined(const NameText& in, std::size_t at);

// Whether words[at] is « J. ».
bool IsInitial(const NameText& in, std::size_t at);

// Words of the run of capitalised words that starts at words[at], offices, civilities and numbers
// left out; 0 when none does. Looks at `most` words, so that who asks at each word of a long line
// of capitals stays linear.
std::size_t RunAt(const NameText& in, std::size_t at, std::size_t most);
NameShape ShapeOf(const NameText& in, std::size_t at, std::size_t length);

// The passage of each word.
std::vector<NamePassage> PassagesOf(const NameText& in);

// Whether one of the phrases that announce a name (« pouvoir à », « secrétaire de séance : ») ends
// right before words[at]; whether one that a name comes before follows words[at - 1].
bool CueBefore(const NameText& in, std::size_t at);
bool CueAfter(const NameText& in, std::size_t at);
// Whether an office stands before words[at] in its clause (« Le Maire de X, »), or after a comma
// behind words[at - 1] (« , adjointe »).
bool OfficeBefore(const NameText& in, std::size_t at);
bool OfficeAfter(const NameText& in, std::size_t at);
// How far back NamesPlace looks: « écoles Jean Moulin, Paul Bert », or up to the comma.
enum class PlaceReach : unsigned char { kLine, kClause };
// Whether words[at] stands in quotation marks, or after a word of streets or facilities: « crèche
// Jean Moulin » names a place.
bool NamesPlace(const NameText& in, std::size_t at, PlaceReach reach);
// Whether words[at] opens its line, cell or clause, and whether words[at - 1] ends one.
bool OpensCell(const NameText& in, std::size_t at);
bool EndsCell(const NameText& in, std::size_t at);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_NAME_SHAPE_H_
