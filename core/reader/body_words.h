// What words of a governance text say: names of bodies, fields of a body, meetings a year.
//
// Pure and thread safe. By lexicon (lexicon/bodies.inc, body_fields.inc, body_sentences.inc).
#ifndef GREFFE_CORE_READER_BODY_WORDS_H_
#define GREFFE_CORE_READER_BODY_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "core/reader/fold.h"
#include "greffe/v1/element.pb.h"

namespace greffe::reader {

enum class BodyField { kMembers, kGuests, kChair, kSecretariat, kCadence, kFunctions };

struct BodyName {
  v1::BodyKind kind = v1::BODY_KIND_UNSPECIFIED;
  std::string text;    // As printed.
  std::size_t at = 0;  // Index of its first word.
};

// No name of the lexicon has more words: a name is told by this many words from its first on,
// whatever the length of the text (kept so by a test).
inline constexpr std::size_t kBodyNameWords = 8;

// The name of a body at words[at], the words of `text`. Reads kBodyNameWords words at most.
std::optional<BodyName> BodyNameAt(absl::string_view text, const std::vector<Word>& words,
                                   std::size_t at);

// The first name of a body among the first `within` words.
std::optional<BodyName> FindBodyName(absl::string_view text, const std::vector<Word>& words,
                                     std::size_t within);

// « Le Comité de pilotage », « Les Groupes Projets de la Convention… »: a heading that names a
// body.
std::optional<BodyName> HeadingBodyName(absl::string_view text);

// Whether a name is that of a person's post, such as « chargé de coopération »: a body only where
// a heading makes it one.
bool IsPost(absl::string_view name);

// « le », « une »: an article in front of a name, folded.
bool IsFrenchArticle(absl::string_view word);

// The field that a label such as « Composition » names.
std::optional<BodyField> BodyFieldOf(absl::string_view label);

// « Composition : les maires »: the field and what stands there.
struct BodyPair {
  BodyField field = BodyField::kFunctions;
  std::string value;
};
std::optional<BodyPair> BodyPairOf(absl::string_view text);

// What a sentence about a body tells; its functions when no word says otherwise.
BodyField BodyFieldOfSentence(absl::string_view text);

// « au moins une fois par an » gives 1, « a minima deux fois par an » 2, « tous les six mois » 2,
// « trimestriel » 4; 0 when the text does not say.
uint32_t MeetingsPerYear(absl::string_view text);

}  // namespace greffe::reader

#endif  // GREFFE_CORE_READER_BODY_WORDS_H_
